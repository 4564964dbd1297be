"""Which articles have left their source: the folder, file or archive, the feed or sitemap, that a run was given.

Only what was read to its end says that something has left it. What could not be reached, opened or read keeps all its
articles, and so does a source that is suddenly empty, as a folder is whose disk is not there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from ingest.intake import Intake
from ingest.report import Departure, Failure
from qa.library import Library
from qa.values import Article

_LINE = re.compile(r":\d+$")
_EMPTY = "holds no article now; what came from it is kept; `sanad remove` takes articles out"


@dataclass(frozen=True)
class Pruned:
    """What was removed, and which sources were not pruned, with the reason."""

    departed: tuple[Departure, ...]
    kept: tuple[Failure, ...]


def prune(intake: Intake, library: Library) -> Pruned:
    """Remove from the library what has left the sources of a run. To be called when the run has read them all."""
    held = {article.id: article for article in library.articles()}
    roots, empty = _roots(intake)
    gone = [*_gone_files(intake, held.values(), roots), *_gone_pages(intake, held)]
    gone = list({departure.article_id: departure for departure in gone}.values())
    library.remove([departure.article_id for departure in gone])
    for listing, present in intake.web.present.items():
        intake.visits.forget(listing, present)
    had = [root for root in empty if any(root in _places(article.origin or "") for article in held.values())]
    return Pruned(tuple(gone), tuple(Failure(root, _EMPTY) for root in had))


def _roots(intake: Intake) -> tuple[set[str], list[str]]:
    """The paths of the run that can be pruned, and those in which there is nothing."""
    paths = list(dict.fromkeys(os.path.realpath(path) for path in intake.paths if path.exists()))
    places = {place for source in intake.found.sources for place in _places(source.origin)}
    return {path for path in paths if path in places}, [path for path in paths if path not in places]


def _gone_files(intake: Intake, held: Iterable[Article], roots: set[str]) -> Iterator[Departure]:
    failed = {name for source in intake.failed for name in (_file(source), os.path.realpath(_file(source)))}
    settled = {source.origin for source in intake.found.sources if intake.is_settled(source.origin)}
    for article in held:
        if article.id in intake.seen or not article.origin:
            continue
        places = set(_places(article.origin))
        if places & roots and not places & failed and not places & settled:
            yield Departure(article.id, article.title, article.origin)


def _gone_pages(intake: Intake, held: dict[str, Article]) -> Iterator[Departure]:
    for listing, present in intake.web.present.items():
        for id in sorted(intake.visits.left(listing, present) - intake.seen):
            if id in held and (held[id].origin or "").startswith(("http://", "https://")):
                yield Departure(id, held[id].title, listing)


def _places(origin: str) -> Iterator[str]:
    """An origin, the file whose line it names, the archive whose member, and all folders above; none of an address."""
    if not os.path.isabs(origin):
        return
    yield origin
    yield (file := _file(origin))
    archive = file.partition("!")[0]
    yield archive
    yield from map(str, PurePath(archive).parents)


def _file(origin: str) -> str:
    """An origin without the line that it names."""
    return _LINE.sub("", origin)
