"""Work that is shared with other processes: nothing lost, nothing twice, nobody waited for for ever."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.errors import WorkerError
from qa.workers import AHEAD, FEW, Lost, Workers
from tests import odd_jobs

MANY = range(FEW + 40)


def test_results_come_in_the_order_of_the_items_and_from_other_processes() -> None:
    with Workers(odd_jobs.with_process, count=2) as workers:
        results = list(workers.map(MANY))
    assert [item for item, _ in results] == list(MANY)
    assert [result[0] for _, result in results] == [item * item for item in MANY]
    assert os.getpid() not in {result[1] for _, result in results}


def test_a_few_items_are_done_here_unless_they_must_not_be() -> None:
    with Workers(odd_jobs.with_process, count=1) as workers:
        assert {process for _, (_, process) in workers.map(range(5))} == {os.getpid()}
    with Workers(odd_jobs.with_process, count=1, alone=lambda item: item == 3) as workers:
        assert os.getpid() not in {process for _, (_, process) in workers.map(range(5))}
    with Workers(odd_jobs.with_process, count=1) as workers:
        assert list(workers.map([])) == []


def test_an_item_that_its_process_dies_or_fails_of_is_named_and_the_others_are_done() -> None:
    with Workers(odd_jobs.dangerous, count=2) as workers:
        results = dict(workers.map(MANY))
    lost = {item: result.reason for item, result in results.items() if isinstance(result, Lost)}
    assert set(lost) == {odd_jobs.KILLED, odd_jobs.EXITING, odd_jobs.FAILING}
    assert "SIGKILL" in lost[odd_jobs.KILLED]
    assert "exit code 7" in lost[odd_jobs.EXITING]
    assert "ValueError: no such number" in lost[odd_jobs.FAILING]
    assert all(results[item] == item for item in MANY if item not in lost)


def test_an_item_that_hangs_is_given_up_and_the_others_are_done() -> None:
    with Workers(odd_jobs.hanging, count=1, limit=lambda item: 0.6 if item == odd_jobs.HANGING else 60.0) as workers:
        results = dict(workers.map(MANY))
    assert isinstance(results[odd_jobs.HANGING], Lost)
    assert "longer than 1 s" in results[odd_jobs.HANGING].reason
    assert [item for item, result in results.items() if isinstance(result, Lost)] == [odd_jobs.HANGING]


def test_no_more_is_read_ahead_than_there_is_room_for() -> None:
    read: list[int] = []

    def items() -> Iterator[int]:
        for item in range(4 * AHEAD):
            read.append(item)
            yield item

    with Workers(odd_jobs.slow, count=1) as workers:
        for taken, _ in enumerate(workers.map(items()), start=1):
            assert len(read) - taken <= AHEAD + 32
            if taken == 100:
                break
    assert len(read) < 2 * AHEAD


def test_large_items_take_the_room_of_many() -> None:
    read: list[bytes] = []

    def items() -> Iterator[bytes]:
        for number in range(60):
            read.append(bytes([number]) * 1_000_000)
            yield read[-1]

    with Workers(len, count=1, size=len) as workers:
        mapped = workers.map(items())
        assert next(mapped)[1] == 1_000_000
        assert len(read) <= 16


@pytest.mark.skipif(os.name == "nt", reason="needs the C library's sleep")
def test_a_process_goes_on_while_the_lock_of_this_one_is_held(tmp_path: Path) -> None:
    with Workers(odd_jobs.large, count=1) as workers:
        results = workers.map((str(tmp_path), number) for number in range(288))
        assert len(next(results)[1]) == 100_000  # type: ignore[arg-type]
        while (begun := len(list(tmp_path.iterdir()))) < 100:
            time.sleep(0.01)
        ctypes.PyDLL(None).sleep(3)  # as Chroma does it: no other thread of this process runs meanwhile
        assert len(list(tmp_path.iterdir())) - begun > 60
        assert [len(result) for _, result in results] == [100_000] * 287  # type: ignore[arg-type]


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on files")
def test_results_without_room_are_an_error_that_says_so() -> None:
    with (
        Workers(odd_jobs.without_room, count=1) as workers,
        pytest.raises(WorkerError, match="cannot be kept until it is stored: File too large") as raised,
    ):
        list(workers.map(MANY))
    assert "TMPDIR" in (raised.value.hint or "")


def test_what_a_function_prints_does_not_come_between_the_results() -> None:
    with Workers(odd_jobs.talkative, count=1) as workers:
        assert [result for _, result in workers.map(MANY)] == list(MANY)


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "program.py"  # which has no guard around its code, and needs none
    script.write_text(
        "from tests import odd_jobs\nfrom qa.workers import Workers\n"
        "workers = Workers(odd_jobs.with_process, count=2)\n"
        "for item, result in workers.map(range(10_000)):\n    print(result[1], flush=True)\n"
    )
    root = Path(__file__).resolve().parent.parent.parent
    program = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert program.stdout is not None
    processes = {int(program.stdout.readline()) for _ in range(200)}
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    deadline = time.monotonic() + 20
    while any(odd_jobs.is_running(process) for process in processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes
    assert [process for process in processes if odd_jobs.is_running(process)] == []


def test_closing_stops_what_is_under_way() -> None:
    with Workers(odd_jobs.hanging, count=1, alone=lambda item: True) as workers:
        waiting = workers.map([odd_jobs.HANGING])
        got: list[object] = []
        thread = threading.Thread(target=lambda: got.extend(waiting))
        thread.start()
        time.sleep(0.3)
    thread.join(20)
    assert not thread.is_alive()
    assert isinstance(got[0][1], Lost)  # type: ignore[index]


@dataclass(frozen=True)
class Unreadable:
    """Pickles, and fails when it is read back."""

    def __call__(self, item: int) -> int:
        return item

    def __reduce__(self) -> tuple[object, ...]:
        return (odd_jobs.refuse_to_load, ())


def test_a_process_that_cannot_begin_is_an_error_that_says_so() -> None:
    with Workers(Unreadable(), count=1) as workers, pytest.raises(WorkerError, match="cannot be started"):
        list(workers.map(MANY))
