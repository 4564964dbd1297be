"""Names of a statement: each must stand in the quotes, or in their context, in whatever script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from qa.check.alignment import Alignment, Replaced, same_spelling
from qa.check.concepts import Concepts
from qa.check.figures import UNDATED, dates_of
from qa.check.findings import finding
from qa.check.tokens import Token, Tokens
from qa.text.dates import DateMention
from qa.text.known_names import Standing, begins_sentence, has_other_meaning, is_known_name, name_standing, place_of
from qa.text.names import same_name, skeleton
from qa.values import Finding

# Tuned on name mutations of PQuAD sentences against the entailed pairs of FarsTail.
_NEAR_VERBATIM: Final = 0.6
_VERBATIM: Final = 0.75
_SHORTEST_GLUED: Final = 5
_SHORTEST_ACROSS: Final = 4  # a name of three letters meets, or misses, another by chance
_OF_A_KIND: Final = ("ology", "ists", "idae", "inae", "oids", "itis")  # fields, trades and kinds, capitalised in names


def name_findings(
    said: Tokens, quotes: Sequence[Tokens], context: Sequence[Tokens], alignment: Alignment | None, concepts: Concepts
) -> list[Finding]:
    """A finding for each name that neither the quotes nor their context have, or that stands in another's place."""
    quoted = [token for text in quotes for token in text.tokens]
    there = [*quoted, *(token for text in context for token in text.tokens)]
    across = alignment is None
    findings = [
        finding("name", "name_absent", said=token.text)
        for index, token in enumerate(said.tokens)
        if standing(said, index) == "name"
        and not (across and _doubtful(said, index))
        and not _stands_in(token, there, said, quotes, concepts)
    ]
    if alignment is not None and not findings:
        return _replaced_names(alignment, quoted, there)
    return findings


def standing(text: Tokens, index: int) -> Standing:
    """Whether a token is a name, perhaps one, or a common word."""
    token = text.tokens[index]
    if token.number or not token.content:
        return "word"
    written = token.text if token.folded[0].isascii() else token.folded
    before = text.tokens[index - 1].folded if index else ""
    return name_standing(written, text.language, before=before, begins=begins_sentence(text.text, token.start))


def _doubtful(said: Tokens, index: int) -> bool:
    """Whether a name, of which another language may have a translation or no trace, is too unsure to be missed there.

    Abbreviations are written out there; a word that begins a sentence is unknown rather than a name, unless another
    capital follows; and a name that the dictionaries know as a word as well («أكبر») is most often the word.
    """
    token = said.tokens[index]
    if place_of(token.folded) is not None:
        return False
    if sum(letter.isupper() for letter in token.text) > 1 or len(token.folded) < _SHORTEST_ACROSS:
        return True
    if token.folded[0].isascii():
        following = said.tokens[index + 1].text if index + 1 < len(said.tokens) else ""
        begins = begins_sentence(said.text, token.start) and not following[:1].isupper()
        begins = begins and not is_known_name(token.folded)
        return begins or token.folded.endswith(_OF_A_KIND) or has_other_meaning(token.folded, "en")
    return len(token.folded) < _SHORTEST_ACROSS or has_other_meaning(token.folded, said.language)


def _stands_in(
    token: Token, there: Sequence[Token], said: Tokens, quotes: Sequence[Tokens], concepts: Concepts
) -> bool:
    if _is_in(token, there) or any(_same(token, other) for other in there):
        return True
    if len(token.folded) >= _SHORTEST_GLUED and token.folded in "".join(other.folded for other in there):
        return True
    meant = {each for each in concepts.translate(token.folded, said.language) if each[0] != "~"}
    return any(
        meant & concepts.translate(other.folded, quote.language)
        for quote in quotes
        if meant and quote.language != said.language
        for other in quote.tokens
        if other.content
    )


def _same(token: Token, other: Token) -> bool:
    """Whether two tokens write one name, or name one place and its people."""
    if other.number or token.number:
        return False
    if token.folded == other.folded or same_spelling(token, other):
        return True
    place = place_of(token.folded)
    if place is not None and place == place_of(other.folded):
        return True
    one, two = skeleton(token.folded), skeleton(other.folded)
    if not one or not two or abs(len(one) - len(two)) > _MOST_EXTRA:
        return False
    if one[0] != two[0] and not {one[0], two[0]} & _UNSURE_STARTS:
        return False
    if min(len(one), len(two)) >= _LONG_NAME and (one.startswith(two) or two.startswith(one)):
        return True  # California and Californians
    return same_name(token.folded, other.folded)


_LONG_NAME: Final = 4  # consonants
_MOST_EXTRA: Final = 3  # an article or another clitic
_UNSURE_STARTS: Final = frozenset("AWYHL")


def _replaced_names(alignment: Alignment, quoted: Sequence[Token], there: Sequence[Token]) -> list[Finding]:
    """Where the statement follows its quote word by word but has other words in the place of a name.

    What is only in the context may stand for a name («the ambassador»), and not for what the quote says of it.
    """
    if alignment.share < _NEAR_VERBATIM:
        return []
    said, quote = alignment.said, alignment.quote
    dates = dates_of(said.text, UNDATED)
    findings = []
    for swap in alignment.replaced:
        block = said.tokens[swap.said_start : swap.said_end]
        lost = [quote.tokens[at] for at in range(swap.start, swap.end) if _may_be_name(quote, at)]
        lost = [token for token in lost if not any(_same(token, other) for other in block)]
        gone = [token for token in lost if not any(same_spelling(token, other) for other in said.tokens)]
        only_names = all(_may_be_name(quote, at) for at in range(swap.start, swap.end) if quote.tokens[at].content)
        source = there if only_names else quoted
        new = [each for each in block if each.content and not (_is_in(each, source) or _is_figure(each, dates))]
        known = [
            said.tokens[at]
            for at in range(swap.said_start, swap.said_end)
            if standing(said, at) == "name" and said.tokens[at] not in new
        ]
        if not lost and alignment.share >= _VERBATIM and _has_unknown(said, swap, new):
            lost = [token for token in quote.tokens[swap.start : swap.end] if token.content]
        if (lost and new) or (gone and known):
            findings.append(finding("name", "name_differs", said=_written(new or known), quoted=_written(lost)))
    return findings


def _is_figure(token: Token, dates: Sequence[DateMention]) -> bool:
    return token.number or any(each.start < token.end and token.start < each.end for each in dates)


def _has_unknown(said: Tokens, swap: Replaced, new: Sequence[Token]) -> bool:
    """Whether a word that no dictionary has is among those that replace others."""
    return any(said.tokens[at] in new and standing(said, at) != "word" for at in range(swap.said_start, swap.said_end))


def _may_be_name(text: Tokens, index: int) -> bool:
    """Whether a word of a quote may be a name, the first word of an English sentence among them."""
    token = text.tokens[index]
    if token.folded[0].isascii() and token.content and not token.number:
        return token.text[0].isupper()
    return standing(text, index) != "word"


def _is_in(token: Token, there: Sequence[Token]) -> bool:
    return any(same_spelling(token, other) for other in there)


def _written(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)
