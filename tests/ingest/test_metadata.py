import pytest

from ingest.datelines import is_dateline, named_author
from ingest.metadata import Header, describe
from ingest.page import read_page
from ingest.records import Draft
from ingest.times import read_moment

BODY = "\n\nThe mayor of Port Ellery said that the bridge would open to carts and bicycles on the first of May.\n"
PERSIAN_BODY = "\n\nشهردار سپیدخور گفت که پل تازه شهر از نخستین روز مهر باز می‌شود و ساخت آن به پایان رسیده است.\n"


def header(text: str, **stated: str) -> Header:
    draft = Draft(text=text, **stated)  # type: ignore[arg-type]
    return describe(draft, read_page(text, title=draft.title))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-11-16", "2025-11-16"),
        ("2025-10-21T11:04:30+03:30", "2025-10-21T11:04"),
        ("بین‌الملل 11:04 - 29 مهر 1404", "2025-10-21T11:04"),
        ("تاریخ انتشار: ۰۷ بهمن ۱۴۰۴ - ۱۴:۲۵", "2026-01-27T14:25"),
        ("9 January 2026", "2026-01-09"),
        ("٩ أيار (مايو) ٢٠٢٦", "2026-05-09"),
        ("3 ساعت پیش", None),
        ("2 days ago", None),
        ("spring", None),
        ("31 February 2026", None),
    ],
)
def test_a_date_is_read_when_it_is_one_certain_day(text: str, day: str | None) -> None:
    moment = read_moment(text).moment
    assert (moment and moment.text) == day


@pytest.mark.parametrize(
    "line",
    [
        "بین‌الملل 11:04 - 29 مهر 1404",
        "بینالملل 11:04 - 29 مهر 1404",
        "تاریخ انتشار: ۰۷ بهمن ۱۴۰۴ - ۱۴:۲۵",
        "3 ساعت پیش",
        "منذ ساعتين",
        "2 days ago",
        "3 min read",
        "Published on 9 January 2026 at 10:20 GMT",
        "آخر تحديث: 16 نوفمبر 2025 10:20",
    ],
)
def test_datelines(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "The bridge opened on 9 January 2026 after two years of work",
        "در ۲۲ مهر ۱۴۰۴ پل تازه شهر باز شد",
        "Two ferries and a bridge",
        "The price rose a year ago, and nobody noticed it until now",
    ],
)
def test_lines_that_tell_something_are_no_datelines(line: str) -> None:
    assert not is_dateline(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ann Other", "Ann Other"),
        ("By Ann Other and Jo Else", "Ann Other and Jo Else"),
        ("نویسنده: مهری نخلبان", "مهری نخلبان"),
        ("بقلم: سعاد المغربي", "سعاد المغربي"),
        ("By the sea", None),
        ("By Friday the clock had stopped.", None),
    ],
)
def test_bylines(line: str, name: str | None) -> None:
    assert named_author(line) == name


def test_what_the_format_states_comes_first() -> None:
    found = header(
        "A bridge for Port Ellery\nBy Ann Other\n9 January 2026" + BODY,
        title="A bridge, at last",
        source="The Post",
        author="Jo Else",
        published="۷ اسفند ۱۴۰۴",
        language="en-GB",
        url="https://post.example/bridge",
    )
    assert found == Header(
        "A bridge, at last", "The Post", "https://post.example/bridge", "Jo Else", "2026-02-26", "en"
    )


def test_what_the_page_shows_comes_second() -> None:
    text = "A bridge for Port Ellery\nBy Ann Other\n9 January 2026" + BODY + "© 2026 The Post. All rights reserved."
    assert header(text) == Header("A bridge for Port Ellery", "The Post", None, "Ann Other", "2026-01-09", "en")


@pytest.mark.parametrize(
    ("text", "source", "author"),
    [
        ("پل سپیدخور\n\nخبرگزاری سیماب؛ مهری نخلبان* - " + PERSIAN_BODY.strip(), "خبرگزاری سیماب", "مهری نخلبان"),
        ("پل سپیدخور باز شد" + PERSIAN_BODY.rstrip() + "/تسنیم", "تسنیم", None),
        ("پل سپیدخور باز شد" + PERSIAN_BODY + "منبع: نامه کرانه", "نامه کرانه", None),
        ("خبرگزاری سیماب\nجستجو\n\nپل سپیدخور باز شد" + PERSIAN_BODY, "خبرگزاری سیماب", None),
        ("A bridge opens\n\nLONDON (Reuters) - " + BODY.strip(), "Reuters", None),
        ("A bridge opens" + BODY, None, None),
        ("پل سپیدخور باز شد" + PERSIAN_BODY, None, None),
    ],
)
def test_outlet_and_author_in_the_text(text: str, source: str | None, author: str | None) -> None:
    found = header(text)
    assert (found.source, found.author) == (source, author)


def test_no_date_is_taken_from_the_body() -> None:
    assert (
        header(
            "A bridge for Port Ellery" + BODY + "It was begun on 3 May 2019, the mayor said to the council."
        ).published
        is None
    )


def test_the_language_is_told_from_the_text() -> None:
    assert header("پل سپیدخور باز شد" + PERSIAN_BODY).language == "fa"
    assert header("A bridge" + BODY).language == "en"
