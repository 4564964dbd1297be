"""Do two sentences give different figures, dates or names for the same thing?

Both are judged as answers to one question. What they count or measure must be the same, what surrounds them must bear
on the question equally, and neither value may stand beside the other sentence. Careful by design: two figures side
by side that do not contradict each other are worse than one that is missed.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from qa.check.dates import Dated, is_range
from qa.check.dates import agree as agree_on_days
from qa.check.figures import UNDATED, dates_of, numbers_of
from qa.check.names import standing
from qa.check.numbers import agree
from qa.check.tokens import Token, tokens_of
from qa.text.dates import DateMention
from qa.text.known_names import find_names, place_of
from qa.text.names import same_name
from qa.text.numbers import Quantity
from qa.values import Span

ConflictKind = Literal["number", "date", "name"]
Senses = frozenset[str]

# Chosen on the cases over corpus/: what disagrees there is found, and nothing else is.
_COUNTED_WITHIN: Final = 2  # words behind a figure, the first content word of which is what it counts
_FEWEST_WORDS: Final = 3  # content words of a question that says which story it means
_COVERED_AROUND: Final = 0.7  # of the question's words, the least that a sentence has with its title and passage
_COVERED_ACROSS: Final = 0.6  # the same across languages, where the table does not know every word
_COVERED: Final = 0.6  # the least that a sentence has by itself, where a date or a name is asked
_COVERED_MEASURED: Final = 0.5  # the same where a measure is asked: every story has some
_SHARED_WORDS: Final = 3  # content words that two sentences share when they tell of the same thing
_SHARED_ASKED: Final = 2  # words of the question that two sentences share when they measure the same thing
_SAME_AMOUNT: Final = Decimal("0.1")  # figures that are "about" so much may differ by this share
_SAME_ORDER: Final = 10  # how many times larger a figure may be and still be another version of the same
_MEANT: Final = 0.25  # least weight of a meaning that counts
_LONG_SKELETON: Final = 4  # its mark and three consonants: a word that is a name in another language too
_ABOVE: Final = frozenset({">", ">="})
_BELOW: Final = frozenset({"<", "<="})


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with its language, what stands around it (title, passages) and what all of that means.

    ``answer`` is the range of ``text`` that answers, None when that is not known.
    """

    text: str
    language: str
    around: tuple[str, ...]
    whole: Senses
    answer: Span | None = None

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's words."""
        return tokens_of(self.text, self.language).tokens

    @property
    def senses(self) -> Senses:
        """What the sentence's words mean."""
        return senses_of(self.text, self.language)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for, the senses of each of its content words, interrogatives aside, and its own numbers."""

    kind: ConflictKind
    language: str
    words: tuple[Senses, ...]
    values: frozenset[Decimal]

    def covered(self, said: Senses) -> float:
        """The share of the question's words that have a sense in ``said``."""
        return sum(bool(word & said) for word in self.words) / len(self.words) if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where in ``one`` and in ``other`` the values are that contradict each other, as ranges of their texts."""

    kind: ConflictKind
    one: Span
    other: Span


@lru_cache(maxsize=4096)
def senses_of(text: str, language: str) -> Senses:
    """The senses of all content words of a text."""
    content = (token for token in tokens_of(text, language).tokens if token.content)
    return frozenset[str]().union(*(_of(token, language) for token in content))


@lru_cache(maxsize=256)
def senses_around(texts: tuple[str, ...], language: str) -> Senses:
    """The senses of several texts together: an article's title and passages."""
    return frozenset[str]().union(*(senses_of(text, language) for text in texts))


def may_conflict(asked: Asked, sentence: str) -> bool:
    """Whether a sentence has a value of the kind that is asked for at all; names are not looked for."""
    if asked.kind == "name":
        return True
    return bool(numbers_of(sentence) if asked.kind == "number" else dates_of(sentence, UNDATED))


def find_conflict(asked: Asked, one: Telling, other: Telling) -> Conflict | None:
    """How another sentence contradicts what ``one`` answers, or None."""
    if len(asked.words) < _FEWEST_WORDS or not (_tells_of(asked, one) and _tells_of(asked, other)):
        return None
    if asked.kind == "number":
        return _number_conflict(asked, one, other)
    says_all = all(word & other.senses for word in asked.words if word & one.senses)
    if not says_all or asked.covered(other.senses) < _COVERED or _shared(one, other) < _SHARED_WORDS:
        return None
    return _date_conflict(one, other) if asked.kind == "date" else _name_conflict(one, other)


def _tells_of(asked: Asked, telling: Telling) -> bool:
    """Whether a sentence, with what stands around it, is about what the question is about."""
    least = _COVERED_AROUND if telling.language == asked.language else _COVERED_ACROSS
    return asked.covered(telling.whole) >= least


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with the senses of the words behind it; ``span`` takes the first of them in: «۱۸٬۲۰۰ تماشاگر»."""

    quantity: Quantity
    counted: Senses
    span: Span


def _figures(text: str, language: str) -> list[_Figure]:
    """The numbers of a text that are no part of a date."""
    dates = dates_of(text, UNDATED)
    tokens = tokens_of(text, language).tokens
    found = []
    for each in numbers_of(text):
        if each.ordinal or any(_meet(Span(each.start, each.end), date) for date in dates):
            continue
        inside = [token for token in tokens if each.start <= token.start < each.end and not token.number]
        after = [token for token in tokens if token.start >= each.end][:_COUNTED_WITHIN]
        near = bool(after) and after[0].content and not text[each.end : after[0].start].strip()
        thing = [token for token in after if token.content and not token.number][:1]
        counted = frozenset[str]().union(*(_of(token, language) for token in (*inside, *thing) if token.content))
        found.append(_Figure(each, counted, Span(each.start, after[0].end if near else each.end)))
    return found


def _number_conflict(asked: Asked, one: Telling, other: Telling) -> Conflict | None:
    if _other_day(one, other):
        return None
    for mine in _figures(one.text, one.language):
        if mine.quantity.value in asked.values:
            continue
        for theirs in _figures(other.text, other.language):
            same = _contradict(mine.quantity, theirs.quantity) and _same_thing(asked, mine, theirs, one, other)
            if same and not _given(mine, other) and not _given(theirs, one):
                return Conflict("number", mine.span, theirs.span)
    return None


def _same_thing(asked: Asked, mine: _Figure, theirs: _Figure, one: Telling, other: Telling) -> bool:
    """Whether two figures count or measure the thing that is asked for."""
    left, right = mine.quantity, theirs.quantity
    if left.unit != right.unit and left.unit and right.unit:
        return False
    if max(left.value, right.value) > _SAME_ORDER * min(left.value, right.value):
        return False
    counted = mine.counted & theirs.counted
    said = one.senses & other.senses
    both = sum(bool(word & said) for word in asked.words)
    if left.unit is None and right.unit is None:
        return any(word & counted for word in asked.words) and (both > 1 or not _names_another(other, one))
    # Days, degrees and people are counted everywhere: more must agree.
    answers = one.answer is not None and _meet(one.answer, left)
    if not (answers or any(word & counted for word in asked.words)):
        return False
    if left.unit != right.unit or both < _SHARED_ASKED:
        return False
    return asked.covered(other.senses) >= _COVERED_MEASURED and _shared(one, other) >= _SHARED_WORDS


def _names_another(telling: Telling, one: Telling) -> bool:
    """Whether a sentence has a name that the other and what stands around it lack: it may tell of another place."""
    names = find_names(telling.text, telling.language)
    named = [token for token in telling.tokens if token.content and any(_meet(name, token) for name in names)]
    return any(not _of(token, telling.language) & one.whole for token in named)


def _date_conflict(one: Telling, other: Telling) -> Conflict | None:
    """Only between sentences with one date each: which of several is the answer is anybody's guess."""
    ours, theirs = dates_of(one.text, UNDATED), dates_of(other.text, UNDATED)
    if len(ours) != 1 or len(theirs) != 1:
        return None
    mine, its = ours[0], theirs[0]
    if mine.precision != its.precision or any(each.approximate or is_range(each) for each in (mine, its)):
        return None
    if _dated(mine, one, other) or _dated(its, other, one):
        return None
    return Conflict("date", Span(mine.start, mine.end), Span(its.start, its.end))


def _name_conflict(one: Telling, other: Telling) -> Conflict | None:
    if one.answer is None or other.answer is None:
        return None
    ours, theirs = (_name_in(each) for each in (one, other))
    if not ours or not theirs or _named(ours, other) or _named(theirs, one):
        return None
    return Conflict("name", one.answer, other.answer)


def _name_in(telling: Telling) -> list[Token]:
    """The words of the answer, when it holds what may be a name."""
    text = tokens_of(telling.text, telling.language)
    places = [at for at, token in enumerate(text.tokens) if telling.answer and _meet(telling.answer, token)]
    if all(standing(text, at) == "word" for at in places):
        return []
    return [text.tokens[at] for at in places if text.tokens[at].content]


def _named(name: Sequence[Token], telling: Telling) -> bool:
    """Whether any word of a name stands in or around a sentence, in any script."""
    return any(
        part.key == token.key or same_name(part.folded, token.folded)
        for text in (telling.text, *telling.around)
        for token in tokens_of(text, telling.language).tokens
        if token.content
        for part in name
    )


def _given(figure: _Figure, telling: Telling) -> bool:
    """Whether a sentence, or what stands around it, gives the same figure of the same thing too."""
    return any(
        not _contradict(figure.quantity, each.quantity)
        for text in (telling.text, *telling.around)
        for each in _figures(text, telling.language)
        if (each.quantity.unit and each.quantity.unit == figure.quantity.unit) or each.counted & figure.counted
    )


def _contradict(one: Quantity, other: Quantity) -> bool:
    if agree(one, other) or agree(other, one):
        return False
    for first, second in ((one, other), (other, one)):
        if first.comparator in _ABOVE and second.value >= first.value:
            return False
        if first.comparator in _BELOW and second.value <= first.value:
            return False
    loose = one.approximate or other.approximate
    return not (loose and abs(one.value - other.value) <= _SAME_AMOUNT * max(abs(one.value), abs(other.value)))


def _dated(mention: DateMention, mine: Telling, telling: Telling) -> bool:
    """Whether a sentence, or what stands around it, gives the same day too."""
    said = Dated(mine.text, mention)
    return any(
        agree_on_days(said, had) or agree_on_days(had, said)
        for text in (telling.text, *telling.around)
        for had in (Dated(text, each) for each in dates_of(text, UNDATED))
    )


def _other_day(one: Telling, other: Telling) -> bool:
    """Whether both sentences name days and no two of them agree: they tell of different times."""
    ours = [Dated(one.text, each) for each in dates_of(one.text, UNDATED)]
    theirs = [Dated(other.text, each) for each in dates_of(other.text, UNDATED)]
    return bool(ours and theirs) and not any(
        agree_on_days(left, right) or agree_on_days(right, left) for left in ours for right in theirs
    )


def _shared(one: Telling, other: Telling) -> int:
    """Content words of one sentence, numbers aside, that the other has too."""
    content = (token for token in one.tokens if token.content and not token.number)
    return sum(bool(_of(token, one.language) & other.senses) for token in content)


def _of(token: Token, language: str) -> Senses:
    return frozenset({f"={token.key}"}) if token.number else _senses(token.folded, language) | {token.key}


@lru_cache(maxsize=1 << 15)
def _senses(word: str, language: str) -> Senses:
    from qa.text.concepts import SKELETON_MARK, concepts_of

    meant = {
        concept
        for concept, weight in concepts_of(word, language).items()
        if weight >= _MEANT or (concept[0] == SKELETON_MARK and len(concept) >= _LONG_SKELETON)
    }
    place = place_of(word)
    spelt = {f"@{place}"} if place else {f"={word.removeprefix('ال')}"}  # Persian and Arabic spell names alike
    return frozenset(meant | spelt)


def _meet(span: Span, other: Quantity | DateMention | Token | Span) -> bool:
    return span.start < other.end and other.start < span.end


def read_asked(kind: ConflictKind, question: str, language: str, asking: Set[str]) -> Asked:
    """What a question asks for; ``asking`` are the stems of its interrogative."""
    tokens = [each for each in tokens_of(question, language).tokens if each.content and each.key not in asking]
    values = frozenset(each.value for each in numbers_of(question))
    return Asked(kind, language, tuple(_of(token, language) for token in tokens), values)
