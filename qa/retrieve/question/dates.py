"""The dates of articles, where a question names them: "last week", «اخبار آبان ۱۴۰۴», منذ أكتوبر.

A date limits the search when it is plainly the time of the articles: said of them ("news of October"), as a beginning
("since October": whoever tells what happened since then wrote after it), or reckoned from today in days, weeks or
months ("last week"). Any other date may be part of what is asked ("What happened in 1979?"), as may last year's:
articles of that time only rank higher. A date to come, a decade and a century say nothing of the articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from qa.retrieve.question.cues import Asked, phrases
from qa.text.date_words import Precision, month_pattern, weekday_pattern
from qa.text.dates import DateMention, find_dates
from qa.text.folding import fold
from qa.text.numbers import find_numbers
from qa.text.numerals import unit_of
from qa.values import Filters, Understanding

DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_FINE: Final[frozenset[Precision]] = frozenset({"day", "week", "month"})
_COARSE: Final[frozenset[Precision]] = frozenset({"decade", "century"})
HALF_A_YEAR: Final = timedelta(days=182)  # find_dates takes the year that is nearest to the day it is given
_TOLD: Final = re.compile("earlier|later")  # "two days earlier": than what?


@dataclass(frozen=True, slots=True)
class _Time:
    """The words ``[start, stop)`` mean these days. ``reckoned`` is from today, by words such as "last week"."""

    start: int
    stop: int
    first: date
    last: date
    fine: bool
    reckoned: bool


def read_dates(asked: Asked, today: date) -> Iterator[Understanding]:
    """The one time or range that the question gives; nothing when it gives several."""
    times = _linked(asked, [*_past_stretches(asked, today), *_mentions(asked, today)])
    if len(times) == 1:
        yield from _meant(asked, times[0], today)


def _meant(asked: Asked, time: _Time, today: date) -> Iterator[Understanding]:
    if time.first > today:
        return
    start, stop = _before_filler(asked, time.start), time.stop
    said_of = asked.before(start, "article")
    if said_of is None and (of := asked.before(start, "of")) is not None:
        said_of, start = asked.before(of, "article"), of
    since = _since(asked, time, today)
    if since is not None:
        yield _understanding(asked, since.start, since.stop, Filters(since=since.first), strict=True)
    elif said_of is not None or asked.after(stop, "article") is not None:
        yield _understanding(asked, time.start, stop, Filters(since=time.first, until=time.last), strict=True)
    else:
        strict = time.reckoned and time.fine and time.first < today  # "today" and اليوم often mean nowadays
        yield _understanding(asked, time.start, stop, Filters(since=time.first, until=time.last), strict=strict)


class _Since(NamedTuple):
    start: int
    stop: int
    first: date


def _since(asked: Asked, time: _Time, today: date) -> _Since | None:
    """The words of "since DATE", «از DATE به بعد», if they are so; "after 1966" begins with 1967."""
    place = _before_filler(asked, time.start)
    if (start := asked.before(place, "since")) is not None:
        return _Since(start, asked.after(time.stop, "onwards") or time.stop, time.first)
    if (start := asked.before(place, "after")) is not None:
        later = time.last + timedelta(days=1)
        return _Since(start, time.stop, later if time.first < time.last < today else time.first)
    start, stop = asked.before(place, "from"), asked.after(time.stop, "onwards")
    return _Since(start, stop, time.first) if start is not None and stop is not None else None


def _before_filler(asked: Asked, place: int) -> int:
    while (earlier := asked.before(place, "filler")) is not None:
        place = earlier
    return place


def _understanding(asked: Asked, start: int, stop: int, filters: Filters, *, strict: bool) -> Understanding:
    first, last = asked.span(start, stop)
    return Understanding("dates", asked.text[first:last], first, last, filters, strict)


def _mentions(asked: Asked, today: date) -> Iterator[_Time]:
    """The dates that are written in the question, the plain weekdays left out."""
    for mention in find_dates(asked.text, today):
        words = fold(asked.text[mention.start : mention.end]).text
        weekday = weekday_pattern().fullmatch(words)
        if mention.precision in _COARSE or _TOLD.search(words) or (weekday and not _is_turned(weekday)):
            continue
        start, stop = asked.places(mention.start, mention.end)
        reckoned = mention.approximate and not month_pattern().search(words)
        if reckoned and _before_event(asked, stop):
            continue
        if not reckoned and mention.first > today:
            mention = _before_today(asked.text, mention, today)
        yield _Time(start, stop, mention.first, mention.last, mention.precision in _FINE, reckoned)


def _before_event(asked: Asked, stop: int) -> bool:
    """Whether «ماه پیش» goes on as «ماه پیش از جنگ»: the month before the war."""
    if asked.joined(stop - 1, stop) not in phrases("ago"):
        return False
    return asked.after(stop, "before.event") is not None and asked.after(stop, "by") is None


def _is_turned(weekday: re.Match[str]) -> bool:
    """Whether a weekday is last week's or next week's, not any."""
    return bool(weekday["way"]) or weekday["turn"] in ("last", "next")


def _before_today(text: str, mention: DateMention, today: date) -> DateMention:
    """The same words read as the past: "since March" in November is not about the March to come."""
    earlier = find_dates(text, today - HALF_A_YEAR)
    return next((each for each in earlier if each.start == mention.start), mention)


def _past_stretches(asked: Asked, today: date) -> Iterator[_Time]:
    """«دو هفته گذشته», "the last 10 days", خلال الأشهر الثلاثة الماضية: up to today."""
    for number in find_numbers(asked.text):
        start, stop = asked.places(number.start, number.end)
        unit = number.unit
        if (
            unit is None and start and (before_it := unit_of(asked.words[start - 1].folded.removeprefix("ال")))
        ):  # الأيام الثلاثة
            unit, start = before_it.name, start - 1
        days = DAYS.get(unit or "")
        if days is None or not 0 < number.value < 10_000:
            continue
        before, after = asked.before(start, "past.before"), asked.after(stop, "past.after")
        needed = phrases("past.needed")
        cues = [asked.joined(place, place + 1) for place in range(before if before is not None else start, start)]
        if after is None and not needed.intersection(cues):
            continue
        first = today - timedelta(days=int(days * number.value))
        yield _Time(before if before is not None else start, after or stop, first, today, unit != "year", True)


def _linked(asked: Asked, times: Sequence[_Time]) -> list[_Time]:
    """The times in reading order, the first of those that overlap; two that make a range become one."""
    apart: list[_Time] = []
    for time in times:
        if all(time.stop <= other.start or other.stop <= time.start for other in apart):
            apart.append(time)
    apart.sort(key=lambda time: time.start)
    if len(apart) != 2:
        return apart
    first, second = apart
    middle = asked.after(first.stop, "to")
    linked = middle is not None and _before_filler(asked, second.start) <= middle <= second.start
    if linked and second.last < first.first:  # "October to January 2025"
        first = next((each for each in _mentions(asked, second.first) if each.start == first.start), first)
    if not linked or second.last < first.first:
        return apart
    return [_Time(first.start, second.stop, first.first, second.last, first.fine and second.fine, False)]
