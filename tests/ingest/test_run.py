"""Whole runs into real libraries."""

import json
from pathlib import Path

import pytest

from ingest import IngestReport, ingest
from ingest.run import BATCH
from qa.library import Library, Prepared
from qa.settings import Settings, load_settings

ARTICLES = {
    "ferry.txt": "The ferry of Sepidkhor sails again\n\nThe ferry sails at noon but on Fridays. It rests at dusk.\n",
    "library.md": "---\ntitle: کتابخانه شناور\ndate: ۷ اسفند ۱۴۰۴\n---\nکتابخانه هر هفته به بندر می‌آید. رایگان است.\n",
    "sub/metro.html": "<html lang='ar'><head><title>مترو نورسان</title></head><body><article>"
    "<p>قالت البلدية إن القطار الجديد يبدأ العمل يوم السبت في تمام الساعة الثامنة صباحاً.</p>"
    "<p>وتبلغ كلفة التذكرة خمسة مراجين، ولا يدفع الأطفال شيئاً حتى السابعة من أعمارهم.</p></article></body></html>",
    "wire.jsonl": '{"id": "wire-1", "text": "The clock has stopped. Nobody knows why."}\n'
    '{"id": "wire-2", "text": "The gulls have left the roof of the market."}\n',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "articles"
    for name, text in ARTICLES.items():
        write(root / name, text)
    return root


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, len(report.failed)


def test_a_folder_goes_in_with_its_metadata(folder: Path, home: Path) -> None:
    report = ingest([folder], home=home)
    assert counts(report) == (5, 0, 0, 0)
    assert report.articles == 5
    with Library.open(load_settings(home=home)) as library:
        articles = {article.title or article.id: article for article in library.articles()}
        assert articles["کتابخانه شناور"].published == "2026-02-26"
        assert articles["مترو نورسان"].language == "ar"
        assert articles["The ferry of Sepidkhor sails again"].origin == str((folder / "ferry.txt").resolve())
        assert articles["wire-1"].origin == f"{(folder / 'wire.jsonl').resolve()}:1"
        ferry = library.article(articles["The ferry of Sepidkhor sails again"].id)
        assert ferry.text == ARTICLES["ferry.txt"]
        assert [passage.text for passage in library.passages_of("wire-2")] == [
            "The gulls have left the roof of the market."
        ]


class Counting(Library):
    """A library that counts what it is given to store."""

    given = 0

    def add(self, batch: list[Prepared]) -> list:  # type: ignore[override, type-arg]
        type(self).given += len(batch)
        return super().add(batch)


def test_an_unchanged_folder_is_not_touched_again(folder: Path, home: Path) -> None:
    ingest([folder], home=home)
    settings = load_settings(home=home)
    with Counting.open(settings) as library:
        before = library.status().revision
        report = ingest([folder], settings=settings, library=library)
        assert counts(report) == (0, 0, 5, 0)
        assert report.articles == 5
        assert (Counting.given, library.status().revision) == (0, before)


def test_a_changed_file_becomes_a_new_revision_and_its_old_passages_go(folder: Path, home: Path) -> None:
    ingest([folder], home=home)
    write(folder / "ferry.txt", ARTICLES["ferry.txt"].replace("noon", "eleven"))
    assert counts(ingest([folder], home=home)) == (0, 1, 4, 0)
    with Library.open(load_settings(home=home)) as library:
        (ferry,) = [article for article in library.articles() if article.id.startswith("ferry")]
        assert ferry.revision == 2
        text = " ".join(passage.text for passage in library.passages_of(ferry.id))
        assert "eleven" in text
        assert "noon" not in text


def test_another_passage_size_splits_anew(folder: Path, home: Path) -> None:
    ingest([folder], home=home)
    report = ingest([folder], settings=load_settings(home=home, passage_tokens=32))
    assert report.failed == ()
    assert report.added == 0
    assert report.updated + report.unchanged == 5
    assert counts(ingest([folder], settings=load_settings(home=home, passage_tokens=32))) == (0, 0, 5, 0)


def test_the_later_line_of_an_article_is_its_update(home: Path, tmp_path: Path) -> None:
    lines = [{"id": "a", "text": "It opens on Monday."}, {"id": "b", "text": "B."}, {"id": "a", "text": "On Tuesday."}]
    write(tmp_path / "wire.jsonl", "\n".join(map(json.dumps, lines)))
    first = ingest([tmp_path / "wire.jsonl"], home=home)
    assert counts(first) == (2, 1, 0, 0)
    assert first.articles == 2
    assert counts(ingest([tmp_path / "wire.jsonl"], home=home)) == (0, 0, 2, 0)
    with Library.open(load_settings(home=home)) as library:
        assert (library.article("a").text, library.article("a").revision) == ("On Tuesday.", 2)


def test_broken_files_are_named_and_stop_nothing(folder: Path, home: Path) -> None:
    write(folder / "empty.txt", "")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "nul.txt").write_bytes(b"one \x00 two")
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    write(folder / "bad.jsonl", '{"id": "good", "text": "Good."}\n{"id": "bad"\n\n{"title": "no text"}\n')
    report = ingest([folder, folder / "missing.txt"], home=home)
    assert counts(report)[0] == 6
    failed = {Path(failure.source).name: failure.reason for failure in report.failed}
    assert set(failed) == {
        "empty.txt",
        "binary.txt",
        "nul.txt",
        "picture.html",
        "bad.jsonl:2",
        "bad.jsonl:4",
        "missing.txt",
    }
    assert "empty" in failed["empty.txt"]
    assert "NUL" in failed["nul.txt"]
    assert "JSON" in failed["bad.jsonl:2"]
    assert all("\n" not in reason for reason in failed.values())


def test_an_id_of_two_sources_goes_in_once_and_is_reported(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "in" / "1.jsonl", '{"id": "a", "text": "One."}')
    write(tmp_path / "in" / "2.jsonl", '{"id": "a", "text": "Two."}')
    report = ingest([tmp_path / "in"], home=home)
    assert counts(report) == (1, 0, 0, 1)
    assert "1.jsonl" in report.failed[0].reason


def test_files_of_one_name_in_two_folders_are_two_articles(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "in" / "monday" / "news.txt", "The clock has stopped.")
    write(tmp_path / "in" / "tuesday" / "news.txt", "The clock goes again.")
    assert counts(ingest([tmp_path / "in"], home=home)) == (2, 0, 0, 0)


def test_more_articles_than_one_batch_and_progress_to_the_end(home: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"n{number}", "text": f"This is story {number}."}) for number in range(BATCH + 9)]
    write(tmp_path / "wire.jsonl", "\n".join(lines))
    seen: list[tuple[int, int]] = []
    report = ingest([tmp_path / "wire.jsonl"], home=home, progress=lambda done, total: seen.append((done, total)))
    assert report.added == BATCH + 9
    assert seen[-1] == (BATCH + 9, BATCH + 9)
    assert [done for done, _ in seen] == list(range(1, BATCH + 10))


def test_an_interrupted_run_is_finished_by_the_next(home: Path, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"n{number}", "text": f"This is story {number}."}) for number in range(2 * BATCH)]
    write(tmp_path / "wire.jsonl", "\n".join(lines))

    def interrupt(done: int, total: int) -> None:
        if done == BATCH + 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([tmp_path / "wire.jsonl"], home=home, progress=interrupt)
    report = ingest([tmp_path / "wire.jsonl"], home=home)
    assert counts(report) == (BATCH, 0, BATCH, 0)


def test_a_report_is_plain_data(folder: Path, home: Path) -> None:
    report = ingest([folder / "missing"], home=home)
    assert json.loads(json.dumps(report.to_dict()))["failed"][0]["source"].endswith("missing")
    assert report.articles == 0


def test_bulk_files_in_other_encodings(home: Path, tmp_path: Path) -> None:
    text = json.dumps({"id": "a", "text": "کتابخانه شناور هر هفته به بندر می‌آید."}, ensure_ascii=False)
    (tmp_path / "mark.jsonl").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (tmp_path / "wide.jsonl").write_bytes(text.replace('"a"', '"b"').encode("utf-16"))
    (tmp_path / "old.jsonl").write_bytes(text.replace('"a"', '"c"').replace("ی", "ي").encode("windows-1256"))
    report = ingest([tmp_path / "mark.jsonl", tmp_path / "wide.jsonl", tmp_path / "old.jsonl"], home=home)
    assert counts(report) == (3, 0, 0, 0)
    with Library.open(load_settings(home=home)) as library:
        assert {library.article(name).text.replace("ي", "ی") for name in "abc"} == {json.loads(text)["text"]}


def test_settings_and_home_are_two_ways_to_say_where(folder: Path, home: Path) -> None:
    settings: Settings = load_settings(home=home)
    assert ingest([folder], settings=settings).added == 5
    assert ingest([folder], home=str(home)).unchanged == 5
