"""Lines that only say when or by whom something was published: «۲۹ مهر ۱۴۰۴ - ۱۱:۰۴», "3 min read", "By Ann Other"."""

from __future__ import annotations

import re
from datetime import date

from ingest.layout import squash
from ingest.phrases import phrases
from qa.text import fold
from qa.text.dates import DateMention, find_dates

_TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?\b")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ANY_DAY = date(2000, 1, 1)  # what a year is supposed from where only the form of a line matters
_MAX_LETTERS = 200
_MAX_WORDS = 20
_MAX_OTHER_WORDS = 3
_AGO_WORDS = 8
_BYLINE_WORDS = 10
_ENGLISH_BYLINE = re.compile(r"^[Bb][Yy]\s+((?:[A-Z][\w.'’-]*\s*(?:,|and|&)?\s*){1,8})$")


def is_dateline(line: str) -> bool:
    """Whether a line is a date or an age and nearly nothing else: at most three words that tell something."""
    if (
        len(line) > _MAX_LETTERS
        or len(line.split()) > _MAX_WORDS
        or not (has_age(line) or _has_day(line) or _is_reading_time(line))
    ):
        return False
    return len(_other_words(line)) <= _MAX_OTHER_WORDS


def is_byline(line: str) -> bool:
    """Whether a short line names the author: «نویسنده: …», "By Ann Other"."""
    return named_author(line) is not None


def named_author(line: str) -> str | None:
    """The author that a byline names, or None."""
    if len(line) > _MAX_LETTERS or len(line.split()) > _BYLINE_WORDS or line.rstrip().endswith((".", "؟", "?", "!")):
        return None
    if found := _ENGLISH_BYLINE.match(line):
        return found.group(1)
    label, colon, name = line.partition(":")
    return name.strip() or None if colon and squash(label) in phrases().byline else None


def has_age(line: str) -> bool:
    """Whether a short line says how long ago something was: "2 days ago", «۳ ساعت پیش», «منذ ساعتين»."""
    words = fold(line).text.split()
    return len(words) <= _AGO_WORDS and not phrases().ago.isdisjoint(map(squash, words))


def day_mentioned(line: str) -> DateMention | None:
    """The first mention of one certain day in a line, or None."""
    for mention in find_dates(line):
        if mention.precision == "day" and not mention.approximate:
            return mention
    return None


def _has_day(line: str) -> bool:
    return bool(_TIME.search(fold(line).text)) or day_mentioned(line) is not None or _is_day_without_year(line)


def _is_day_without_year(line: str) -> bool:
    """Whether a line is a day and a month and no more: «۲۴ آبان», "Sunday 16 November"."""
    mentions = [mention for mention in find_dates(line, _ANY_DAY) if mention.precision == "day"]
    if not any(_NUMBER.search(fold(line[mention.start : mention.end]).text) for mention in mentions):
        return False
    rest = list(line)
    for mention in mentions:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return not _WORD.search("".join(rest))


def _is_reading_time(line: str) -> bool:
    key = squash(line)
    return bool(_NUMBER.search(key)) and _NUMBER.sub("", key) in phrases().dateline


def _other_words(line: str) -> list[str]:
    """The words of a line that neither write a date nor stand around one."""
    if has_age(line) or _is_day_without_year(line):
        return []
    kept = list(line)
    for mention in find_dates(line):
        kept[mention.start : mention.end] = " " * (mention.end - mention.start)
    rest = _TIME.sub(" ", fold("".join(kept)).text)
    known = phrases().dateline | phrases().section
    return [word for word in _WORD.findall(rest) if squash(word) not in known]
