"""What speaks for a run of words as the answer within its sentence: its borders, its type, and the question around it.

Every feature is a name, such as ``when:before=سال`` (a *when* question, and the word before the run is «سال»), so
that the weights can be read. A run scores the sum of the weights of its own names and of those of its two borders.

Of the words themselves only stop words and markers are named. With every frequent word, and the first and last letters
of all, the marks of PQuAD that were kept out rose by 1 in F1, and those of TyDi QA and of corpus/ fell by 2 to 8.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qa.answer.analysis import Analysis
from qa.answer.questions import Question, marker_words
from qa.values import Span

Places = npt.NDArray[np.int64]
LONGEST = 20  # words of a run
_SHORT = 6  # runs up to this long may begin and end anywhere, longer ones where something breaks
_BREAKS = frozenset('*-.,،;؛:!?؟«»()[]"“”–—|…')
_CLOSE = 3  # words on each side of a run in which the question's own words count as near
_LONG_RUNS = (7, 10, 14)  # where the buckets of longer runs begin
FAR = 6  # distances from here on are one


@dataclass(frozen=True, slots=True)
class Word:
    """A whole word of a sentence. ``kind`` is the first of these that it is.

    digit, asked (a word of the question), stop, name, word; ``gap`` is the punctuation between it and the word before.
    """

    folded: str
    start: int
    end: int
    kind: str
    gap: str


@dataclass(frozen=True, slots=True)
class Runs:
    """The candidate runs of a sentence: run i is ``words[first[i]]`` to ``words[last[i]]``, both included."""

    words: tuple[Word, ...]
    first: Places
    last: Places

    def span(self, run: int) -> Span:
        """Where a run is in the sentence."""
        return Span(self.words[self.first[run]].start, self.words[self.last[run]].end)


def split_runs(question: Question, sentence: Analysis) -> Runs:
    """The words of a sentence and its candidate runs; none in a sentence without words."""
    found = tuple(_words(question, sentence))
    breaks_before = [place == 0 or _breaks(found[place - 1], word) for place, word in enumerate(found)]
    breaks_after = [*breaks_before[1:], True]
    runs = [
        (first, last)
        for first in range(len(found))
        for last in range(first, min(first + LONGEST, len(found)))
        if last - first < _SHORT or (breaks_before[first] and breaks_after[last])
    ]
    table = np.array(runs, dtype=np.int64).reshape(-1, 2)
    return Runs(found, table[:, 0], table[:, 1])


def _breaks(before: Word, after: Word) -> bool:
    return bool(after.gap) or "word" not in (before.kind, after.kind) or before.kind in ("stop", "asked")


def _words(question: Question, sentence: Analysis) -> Iterator[Word]:
    named = {place for name in sentence.mentions.names for place in range(name.start, name.end)}
    asked = frozenset(question.stems)
    tokens = list(zip(sentence.tokens, sentence.stems, strict=True))
    at = end = 0
    while at < len(tokens):
        token = tokens[at][0]
        parts = [each for each in tokens[at : at + 8] if each[0].start == token.start]
        folded = "".join(part.folded for part, _ in parts)
        stems = [stem for _, stem in parts if stem]
        if folded[0].isdecimal():
            kind = "digit"
        elif not stems:
            kind = "stop"
        elif asked.intersection(stems):
            kind = "asked"
        else:
            kind = "name" if token.start in named else "word"
        gap = "".join(mark for mark in sentence.text[end : token.start] if mark in _BREAKS)
        yield Word(folded, token.start, token.end, kind, gap[:2])
        at, end = at + len(parts), token.end


def word_names(question: Question, runs: Runs) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """For each word, the names of the features of a run that begins with it, that ends with it, and that has it."""
    kind, words, focus = question.kind, runs.words, question.focus
    begins: list[list[str]] = []
    ends: list[list[str]] = []
    inside: list[list[str]] = []
    for place, word in enumerate(words):
        before = _shown(words[place - 1]) if place else "^"
        after = _shown(words[place + 1]) if place + 1 < len(words) else "$"
        gap_after = words[place + 1].gap if place + 1 < len(words) else "$"
        own = _shown(word)
        begins.append([
            f"before={before}", f"{kind}:before={before}", f"first={own}", f"{kind}:first={own}",
            f"gap<{word.gap}", f"{kind}:gap<{bool(word.gap)}", f"before={before} first={word.kind}",
            f"{focus}:before={before}", f"{focus}:first={own}",
        ])  # fmt: skip
        ends.append([
            f"after={after}", f"{kind}:after={after}", f"last={own}", f"{kind}:last={own}",
            f"gap>{gap_after}", f"{kind}:gap>{bool(gap_after)}", f"after={after} last={word.kind}",
            f"{focus}:after={after}", f"{focus}:last={own}",
        ])  # fmt: skip
        inside.append([f"in={own}", f"{kind}:in={own}", f"{focus}:in={own}", f"gap in={word.gap}"])
    return begins, ends, inside


def _shown(word: Word) -> str:
    """A word as a border is named for it: itself when it is a common one, else its kind."""
    return word.folded if word.kind == "stop" or word.folded in marker_words() else f"<{word.kind}>"


def run_names(question: Question, sentence: Analysis, runs: Runs) -> list[tuple[str, Places]]:
    """Feature templates with the bucket that each run falls into; a name is ``template=bucket``."""
    words, first, last = runs.words, runs.first, runs.last
    length = last - first + 1
    asked = np.array([word.kind == "asked" for word in words], dtype=np.int64)
    digits = np.array([word.kind == "digit" for word in words], dtype=np.int64)
    gaps = np.array([bool(word.gap) for word in words], dtype=np.int64)
    stops = np.array([word.kind == "stop" for word in words], dtype=np.int64)
    kind = question.kind
    left, right = _distances(asked, first, last)
    crossed_left = _inside(gaps, np.maximum(first - left + 2, 0), first)
    crossed_right = _inside(gaps, last + 1, np.minimum(last + right, len(words) - 1))
    near = _inside(asked, np.maximum(first - _CLOSE, 0), first - 1) + _inside(
        asked, last + 1, np.minimum(last + _CLOSE, len(words) - 1)
    )
    bucket = np.where(length <= _SHORT, length, _SHORT + np.searchsorted(_LONG_RUNS, length, "right") + 1)
    dates, numbers, names = (
        _against(spans, runs) for spans in (sentence.mentions.dates, sentence.mentions.numbers, sentence.mentions.names)
    )
    focus = _of_focus(question, sentence, runs)
    between = _between(runs)
    return [
        (f"{kind}:length", bucket),
        ("asked", np.minimum(_inside(asked, first, last), 3)),
        (f"{kind}:asked", np.minimum(_inside(asked, first, last), 1)),
        ("left", left + FAR * (crossed_left > 0)),
        ("right", right + FAR * (crossed_right > 0)),
        ("wrapped", _wrapped(sentence, runs)),
        (f"{kind}:left", np.minimum(left, 3)),
        (f"{kind}:right", np.minimum(right, 3)),
        ("near", near),
        ("gaps", np.minimum(_inside(gaps, first + 1, last), 3)),
        (f"{kind}:gaps", np.minimum(_inside(gaps, first + 1, last), 1)),
        (f"{kind}:digits", np.minimum(_inside(digits, first, last), 2)),
        (f"{kind}:date", dates),
        (f"{kind}:number", numbers),
        (f"{kind}:name", names),
        (f"{kind}:focus", focus),
        ("stops", np.minimum(_inside(stops, first, last), 3)),
        ("aligned", _aligned(question, runs)),
        ("beside", _beside(question, sentence, runs)),
        ("crossed", _crossed(question, sentence, runs)),
        (f"{kind}:between", between),
        ("between", between),
        ("whole", (first == 0).astype(np.int64) + 2 * (last == len(words) - 1)),
    ]


def _inside(flags: Places, first: Places, last: Places) -> Places:
    """How many words from first to last, both included, are flagged."""
    sums = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(np.where(last >= first, sums[np.maximum(last, -1) + 1] - sums[np.minimum(first, len(flags))], 0))


def _distances(asked: Places, first: Places, last: Places) -> tuple[Places, Places]:
    """Words from a run to the nearest word of the question before and behind it, at most ``FAR``."""
    before = np.full(len(asked) + 1, FAR)
    for place in range(len(asked)):
        before[place + 1] = 1 if asked[place] else min(FAR, before[place] + 1)
    behind = np.full(len(asked) + 1, FAR)
    for place in reversed(range(len(asked))):
        behind[place] = 1 if asked[place] else min(FAR, behind[place + 1] + 1)
    return before[first], behind[last + 1]


def _against(spans: tuple[Span, ...], runs: Runs) -> Places:
    """0 a run meets none of the spans, 1 it is one, 2 it holds one, 3 it is inside one, 4 it cuts through one."""
    starts = np.array([word.start for word in runs.words])[runs.first]
    ends = np.array([word.end for word in runs.words])[runs.last]
    found = np.zeros(len(starts), dtype=np.int64)
    for start, end in spans:
        meets = (starts < end) & (start < ends)
        holds, within = (starts <= start) & (ends >= end), (starts >= start) & (ends <= end)
        found = np.where(
            found != 0, found, np.where(~meets, 0, np.where(holds & within, 1, np.where(holds, 2, 3 + ~within)))
        )
    return found


_CLASSES = ("digit", "asked", "stop", "name", "word")


def _between(runs: Runs) -> Places:
    """What stands on both sides: the edge or a mark of punctuation, or a word of some kind; 7 × left + right."""
    kinds = np.array([0, *(2 + _CLASSES.index(word.kind) for word in runs.words), 0])
    gaps = np.array([False, *(bool(word.gap) for word in runs.words), False])
    left = np.where(gaps[runs.first + 1], 1, kinds[runs.first])
    right = np.where(gaps[runs.last + 2], 1, kinds[runs.last + 2])
    return np.asarray(7 * left + right)


def _beside(question: Question, sentence: Analysis, runs: Runs) -> Places:
    """Whether a stem from beside the interrogative is within two words: 1 the one before it on the left, 2 the one

    behind it on the right, 4 the one before it on the right, 8 the one behind it on the left; summed.
    """
    found = np.zeros(len(runs.first), dtype=np.int64)
    for stem, left, right in ((question.before[-1:], 1, 4), (question.after[:1], 8, 2)):
        flags = _has(sentence, runs, stem)
        on_left = _inside(flags, np.maximum(runs.first - 2, 0), runs.first - 1) > 0
        on_right = _inside(flags, runs.last + 1, np.minimum(runs.last + 2, len(runs.words) - 1)) > 0
        found += left * on_left + right * on_right
    return found


def _crossed(question: Question, sentence: Analysis, runs: Runs) -> Places:
    """Of the question's words in the sentence, how many stand on the run's side that they have in the question.

    0 none stands anywhere, else 1 to 5 for the share, in fifths.
    """
    leading, trailing = question.leading, question.trailing
    one, other = _has(sentence, runs, leading), _has(sentence, runs, trailing)
    end = np.full(len(runs.first), len(runs.words) - 1)
    begin = np.zeros(len(runs.first), dtype=np.int64)
    kept = _inside(one, begin, runs.first - 1) + _inside(other, runs.last + 1, end)
    turned = _inside(other, begin, runs.first - 1) + _inside(one, runs.last + 1, end)
    every = kept + turned
    return np.asarray(np.where(every == 0, 0, 1 + (4 * kept) // np.maximum(every, 1)))


def _has(sentence: Analysis, runs: Runs, stems: Collection[str]) -> Places:
    at = {sentence.tokens[place].start for stem in stems for place in sentence.where.get(stem, ())}
    return np.array([word.start in at for word in runs.words], dtype=np.int64)


def _wrapped(sentence: Analysis, runs: Runs) -> Places:
    """0 a run cuts through no brackets or quotation, 1 it fills one, 2 it opens or closes one alone, 3 both."""
    opened = _counted(sentence, runs, "(«[“")
    closed = _counted(sentence, runs, ")»]”")
    first, last = runs.first, runs.last
    inside_opened, inside_closed = opened[last] - opened[first], closed[last] - closed[first]
    gaps = [word.gap for word in runs.words] + [sentence.text[runs.words[-1].end :].strip()[:2]]
    opens = np.array([any(mark in "(«[“" for mark in gap) for gap in gaps])[first]
    closes = np.array([any(mark in ")»]”" for mark in gap) for gap in gaps])[last + 1]
    balanced = inside_opened == inside_closed
    return np.asarray(np.where(balanced, (opens & closes).astype(np.int64), np.where(opens | closes, 2, 3)))


def _counted(sentence: Analysis, runs: Runs, marks: str) -> Places:
    """For each word, how many of the marks stand before it in the sentence."""
    return np.array([sum(sentence.text.count(mark, 0, word.start) for mark in marks) for word in runs.words])


def _of_focus(question: Question, sentence: Analysis, runs: Runs) -> Places:
    """0 the noun asked about is not near, 1 it is in the run, 2 just before it, 3 just behind it."""
    flags = _has(sentence, runs, (question.focus,))
    first, last = runs.first, runs.last
    padded = np.concatenate([[0], flags, [0]])
    inside = _inside(flags, first, last) > 0
    return np.asarray(np.where(inside, 1, np.where(padded[first] > 0, 2, np.where(padded[last + 2] > 0, 3, 0))))


def _aligned(question: Question, runs: Runs) -> Places:
    """Whether the run stands where the interrogative stood: 1 behind the word before it, 2 before the next, 3 both."""
    folded = np.array([word.folded for word in runs.words])
    padded = np.concatenate([[""], folded, [""]])
    before = (padded[runs.first] == question.left) & bool(question.left)
    after = (padded[runs.last + 2] == question.right) & bool(question.right)
    return np.asarray(before.astype(np.int64) + 2 * after)
