"""Processes for the library's tests."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

import pytest


@pytest.fixture(scope="session")
def context() -> ForkServerContext:
    """Processes come from a server that has imported everything, so each starts in milliseconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["chromadb", "tests.qa.library.workers"])
    return context


@pytest.fixture
def start(context: ForkServerContext) -> Callable[..., BaseProcess]:
    """Start a function in a process of its own."""

    def start(target: Callable[..., None], *args: Any) -> BaseProcess:
        process = context.Process(target=target, args=args, daemon=True)
        process.start()
        return process

    return start


@pytest.fixture
def run(start: Callable[..., BaseProcess]) -> Callable[..., int | None]:
    """Run a function in a process of its own; its exit code, negative when a signal has ended it."""

    def run(target: Callable[..., None], *args: Any) -> int | None:
        process = start(target, *args)
        process.join(60)
        return process.exitcode

    return run
