"""What holds for every test: a clean environment, its own working folder, no network but loopback; and a browser."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A test asserts no timing, and CI tries the same examples each time: what it says can be said again.
settings.register_profile("sanad", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", settings.get_profile("sanad"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "sanad")


CHROMIUM_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class NetworkRefusedError(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the person who runs the tests leaks in; ``.env``, ``sanad.toml`` and ``.sanad`` neither."""
    for name in list(os.environ):
        if name.upper().startswith(("SANAD_", "OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Refuse every connection and every look-up that is not of this machine, at the socket."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise NetworkRefusedError(f"a test connects to {address}")
        connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host and not _is_loopback(host):
            raise NetworkRefusedError(f"a test looks up {host}")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(scope="module")  # Playwright keeps an event loop in this thread while it runs
def browser() -> Iterator[Browser]:
    """A real Chromium: Playwright's own, or the system's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        found = own if own.is_file() else shutil.which("chromium") or shutil.which("google-chrome")
        if not found:
            pytest.skip("there is no Chromium here; `python -m playwright install chromium` brings one")
        launched = playwright.chromium.launch(executable_path=str(found), args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


def _is_loopback(host: str | bytes) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {"localhost", "::", "0.0.0.0", ""}:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
