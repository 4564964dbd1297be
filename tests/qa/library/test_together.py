"""Several processes at once: some search while one adds, removes and rebuilds; some are killed."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event

import pytest

from qa.library import Library
from tests.qa.library import workers

Start = Callable[..., BaseProcess]


@pytest.mark.slow
def test_others_search_while_one_writes(tmp_path: Path, start: Start, context: ForkServerContext) -> None:
    """700 articles, 1,400 passages: Chroma saves its graph meanwhile."""
    home, stop = str(tmp_path / "home"), tmp_path / "stop"
    Library.open(workers.settings_of(home)).close()
    reports = context.SimpleQueue()
    readers = [start(workers.search_until, home, str(stop), reports) for _ in range(2)]
    writer = start(workers.add_many, home, 700, 50)
    writer.join(100)
    last = start(workers.update_remove_rebuild, home)
    last.join(100)
    stop.touch()
    for reader in readers:
        reader.join(20)
    assert [process.exitcode for process in (writer, last, *readers)] == [0, 0, 0, 0]
    for _ in readers:
        report = reports.get()
        assert report.wrong == ()
        assert report.searches > 5
        assert report.articles_found > 20


def test_a_reader_finds_what_another_process_has_just_added(tmp_path: Path, run: Callable[..., int | None]) -> None:
    home = tmp_path / "home"
    with Library.open(workers.settings_of(home)) as library:
        library.add([workers.prepared(number) for number in range(3)])
        assert run(workers.add_many, str(home), 40, 40) == 0
        wanted = workers.prepared(31).passages[1].text
        hits = library.vectors.query(library.embedder.embed_query(wanted), 3)
        assert library.passages([hits[0].id])[0].text == wanted
        assert len(library.lexical.ids()) == len(library.vectors.ids()) == 80
        library.add([workers.prepared(50)])
        assert library.vectors.query(library.embedder.embed_query(wanted), 1)[0].id == hits[0].id


def test_all_that_is_read_inside_a_snapshot_is_of_one_state(tmp_path: Path) -> None:
    with Library.open(workers.settings_of(str(tmp_path))) as library, ThreadPoolExecutor(1) as other:
        library.add([workers.prepared(1)])
        first, second = (workers.prepared(number).article.id for number in (1, 2))
        with library.snapshot():
            assert [each.id for each in library.articles()] == [first]
            other.submit(library.add, [workers.prepared(2)]).result()
            other.submit(library.remove, [first]).result()
            assert [each.id for each in library.articles()] == [first]
            assert library.passages_of(first)
            assert [each.id for each in other.submit(library.articles).result()] == [second]
        assert [each.id for each in library.articles()] == [second]


@pytest.mark.slow
def test_two_writers_take_turns(tmp_path: Path, start: Start) -> None:
    home = str(tmp_path / "home")
    Library.open(workers.settings_of(home)).close()
    writers = [start(workers.add_range, home, first, first + 40, 8) for first in (0, 40, 20)]
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    together = workers.dump(home)
    clean = tmp_path / "clean"
    workers.add_range(str(clean), 0, 80, 40)
    assert together == workers.dump(clean)


@pytest.mark.slow
def test_killed_readers_and_writers_harm_nobody(tmp_path: Path, start: Start, context: ForkServerContext) -> None:
    home, stop = str(tmp_path / "home"), str(tmp_path / "stop")
    reports = context.SimpleQueue()
    Library.open(workers.settings_of(home)).close()
    steady = start(workers.search_until, home, stop, reports)
    for round in range(4):
        writer = start(workers.add_many, home, 240, 40)
        reader = start(workers.search_until, home, str(tmp_path / "never"), reports)
        time.sleep(0.4 + 0.3 * round)
        reader.kill()
        writer.kill()
        reader.join()
        writer.join()
    workers.add_many(home, 240, 40)
    Path(stop).touch()
    steady.join(20)
    assert steady.exitcode == 0
    assert reports.get().wrong == ()
    clean = tmp_path / "clean"
    workers.add_many(str(clean), 240, 40)
    assert workers.dump(home) == workers.dump(clean)


def test_threads_search_while_one_adds(tmp_path: Path, run: Callable[..., int | None]) -> None:
    """One object, many threads, and another process that writes in between."""
    home, count = str(tmp_path / "home"), 120
    with Library.open(workers.settings_of(home)) as library, ThreadPoolExecutor(4) as threads:
        library.add([workers.prepared(number) for number in range(20)])
        done = Event()

        def search() -> int:
            searches = 0
            while not done.is_set():
                wanted = workers.prepared(searches % 20).passages[0].text
                hits = library.vectors.query(library.embedder.embed_query(wanted), 5)
                assert wanted in [passage.text for passage in library.passages([hit.id for hit in hits])]
                searches += 1
            return searches

        searching = [threads.submit(search) for _ in range(3)]
        for first in range(20, count, 40):
            library.add([workers.prepared(number) for number in range(first, first + 20)])
            assert run(workers.add_range, home, first + 20, first + 40, 20) == 0
        done.set()
        assert all(thread.result() > 3 for thread in searching)
        assert library.vectors.ids() == library.lexical.ids()
    # Opened anew, because what the other process wrote last is caught up with now and then only.
    with Library.open(workers.settings_of(home)) as library:
        stored = library.vectors.embeddings(sorted(library.vectors.ids()))
        assert len(stored) == 280
        missed = [id for id, vector in stored.items() if library.vectors.query(vector, 1)[0].score < 0.999]
        assert len(missed) < 14, missed  # HNSW is approximate, most of all among near-copies as these are
