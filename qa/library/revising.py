"""From an article with its passages to the revision that is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime

from qa.errors import LibraryError
from qa.library.facts import facts_in
from qa.library.records import Indexed, Known, Prepared, Revised, content_hash, passage_id
from qa.library.rows import HEADER
from qa.library.sketches import sketch_of
from qa.values import Article, Passage


def hashes_of(batch: Sequence[Prepared]) -> dict[str, str]:
    """The content hash of each article, by its id."""
    return {prepared.article.id: content_hash(prepared.article, prepared.passages) for prepared in batch}


def changed(batch: Sequence[Prepared], hashes: Mapping[str, str], known: Mapping[str, Known]) -> list[Prepared]:
    """Those of the batch that are new or differ from what is known."""
    return [prepared for prepared in batch if _hash(known, prepared) != hashes[prepared.article.id]]


def refingerprinted(batch: Sequence[Prepared], known: Mapping[str, Known], news: Sequence[Prepared]) -> list[Prepared]:
    """Those of the batch whose source has changed but not what is made of it."""
    revised = {prepared.article.id for prepared in news}
    return [
        prepared
        for prepared in batch
        if prepared.fingerprint
        and prepared.article.id not in revised
        and known[prepared.article.id].fingerprint != prepared.fingerprint
    ]


def revise(prepared: Prepared, known: Mapping[str, Known], hash: str, index: Indexed) -> Revised:
    """The next revision of an article, with its passages numbered and headed."""
    before = known.get(prepared.article.id)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    article = replace(prepared.article, revision=before.revision + 1 if before else 1, updated=now)
    passages = tuple(_passage(article, ordinal, passage) for ordinal, passage in enumerate(prepared.passages))
    sketch = prepared.sketch or sketch_of(passages)
    facts = facts_in(article, passages) if prepared.facts is None else prepared.facts
    return Revised(article, hash, passages, index, prepared.fingerprint, sketch, facts)


def validate(prepared: Prepared) -> None:
    """Raises LibraryError for an article that cannot be stored as it is."""
    article = prepared.article
    if not article.id:
        raise LibraryError(f"An article from {article.origin or 'an unnamed source'} has no id.")
    for field in fields(article):
        value = getattr(article, field.name)
        if isinstance(value, str):
            _refuse_surrogates(article, field.name, value)
    for passage in prepared.passages:
        if not 0 <= passage.start < passage.end or article.text[passage.start : passage.end] != passage.text:
            raise LibraryError(f"Passage {passage.start}-{passage.end} of article {article.id} is not what it holds.")


def _refuse_surrogates(article: Article, name: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise LibraryError(
            f"The {name} of article {article.id!r} has half a surrogate pair at {error.start}, which is no character.",
            hint="Replace it with U+FFFD.",
        ) from error


def _hash(known: Mapping[str, Known], prepared: Prepared) -> str | None:
    found = known.get(prepared.article.id)
    return found.hash if found else None


def _passage(article: Article, ordinal: int, passage: Passage) -> Passage:
    return replace(
        passage,
        id=passage_id(article.id, article.revision, ordinal),
        article_id=article.id,
        ordinal=ordinal,
        score=0.0,
        **{name: getattr(article, name) for name in HEADER},
    )
