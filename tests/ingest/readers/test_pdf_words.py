"""Vowel signs in PDFs: words as they come out of files that a browser printed, by position and in order of drawing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_words import mend_words, sign_share, without_signs
from qa.errors import SourceError
from tests.ingest.readers.test_documents import PERSIAN, pdf

NEWS = (
    "قالت البلدية إن القطار الجديد 2025 يبدأ العمل في المدينة من يوم السبت أيضاً، وأكّد الوزير أنّ المشروع مهمّ جدّاً، "
    "وأنه سيُفتتح مرّة أخرى حتّى نهاية العام، كما قال Reuters أمس في مؤتمر صحفي."
)


@pytest.mark.parametrize(
    ("torn", "drawn", "whole"),
    [
        ("مهمّ جدّ اً للمدينة", "مهمّ جدّاً للمدينة", "مهمّ جدّاً للمدينة"),
        ("سيُ فتتح مرّ ة أخرى", "أخرى سيُفتتح مرّة", "سيُفتتح مرّة أخرى"),
        ("في مؤتمر صحفيّ. وأكّ د أن", "وأكّد أنّ في مؤتمر صحفي", "في مؤتمر صحفي. وأكّد أنّ"),
        ("كتاب ها را", "كتابها را", "كتاب ها را"),  # no sign anywhere: not touched
    ],
)
def test_words_that_were_torn_are_whole_again(torn: str, drawn: str, whole: str) -> None:
    mended = mend_words(torn, drawn)
    assert (mended.text, mended.torn) == (whole, 0)


def test_words_that_are_nowhere_else_are_counted_and_left() -> None:
    mended = mend_words("قال إنّ ال ب حر هادئ", "قال إنّ هادئ")
    assert (mended.text, mended.torn) == ("قال إنّ ال ب حر هادئ", 3)


def test_two_spellings_of_a_word_decide_nothing() -> None:
    assert mend_words("عَ لم", "عِلم عَلَم").torn == 2


def test_a_word_is_joined_only_over_spaces() -> None:
    assert mend_words("مرّ، ة", "مرّة").text == "مرّ، ة"


def test_the_share_of_signs() -> None:
    assert sign_share(without_signs(NEWS)) == 0
    assert 0.01 < sign_share(NEWS) < 0.1
    assert sign_share("وَذَكَرَ المُديرُ") > 0.5


def test_signs_of_a_page_that_draws_its_lines_from_the_left_stay_where_they_are() -> None:
    line = "وقال إن هذه التذكرة جدّاً في المدينة من هذا اليوم على ما ذكر في هذا المؤتمر أيضاً"
    glyphs = {one: code for code, one in enumerate(sorted(set(line)), start=1)}
    assert read_pdf(pdf(line[::-1], glyphs=glyphs)).text == line


def test_text_that_is_vowelled_throughout_is_refused() -> None:
    line = "وَقالَ إِنَّ هٰذِهِ التَّذكِرَةَ في المَدينَةِ مِن هٰذا اليَومِ عَلى ما ذُكِرَ في هٰذا المُؤتَمَرِ"
    glyphs = {one: code for code, one in enumerate(sorted(set(line)), start=1)}
    with pytest.raises(SourceError, match="vowel signs"):
        read_pdf(pdf(line[::-1], glyphs=glyphs))


def test_a_foreign_name_does_not_make_a_page_unreadable() -> None:
    line = "The ferry of Port Ellery sails at noon, and the harbour is called (بندر) by those who come from there."
    glyphs = {one: code for code, one in enumerate(sorted(set(line)), start=1)}
    assert "The ferry of Port Ellery sails at noon" in read_pdf(pdf(line, glyphs=glyphs)).text


@pytest.mark.browser
@pytest.mark.parametrize(("text", "language"), [(NEWS, "ar"), (PERSIAN, "fa")])
def test_what_a_browser_prints_is_read_as_it_was_written(tmp_path: Path, text: str, language: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium on the PATH to print with")
    page = tmp_path / "page.html"
    page.write_text(
        f"<html dir=rtl lang={language}><meta charset=utf-8><body style='width:15cm'><p>{text}</p></body></html>",
        encoding="utf-8",
    )
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path}/u"]
    printed = tmp_path / "page.pdf"
    command = [chromium, *flags, f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    assert read_pdf(printed.read_bytes()).text == text
