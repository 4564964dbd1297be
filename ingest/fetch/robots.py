"""What hosts ask of programs in their robots.txt."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from ingest.fetch.fetcher import USER_AGENT, AnswerError, Fetcher
from qa.errors import SourceError

_LONGEST_DELAY = 30.0
_LARGEST = 500_000
_NOTHING = ["User-agent: *", "Disallow: /"]


class Robots:
    """The rules of each host, asked for once a run.

    A host without any allows all, one that fails over them (status 500 and more) nothing."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, RobotFileParser] = {}

    def allows(self, url: str) -> bool:
        """Whether the host of ``url`` lets programs fetch it."""
        return self._of(url).can_fetch(USER_AGENT, url)

    def delay(self, url: str) -> float:
        """How many seconds its host asks to leave between two requests, 30 at most."""
        stated = self._of(url).crawl_delay(USER_AGENT)
        return min(float(stated), _LONGEST_DELAY) if stated else 0.0

    def _of(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = self._asked(f"{host}/robots.txt")
        return self._rules[host]

    def _asked(self, url: str) -> RobotFileParser:
        rules = RobotFileParser()
        rules.parse(self._lines(url))
        return rules

    def _lines(self, url: str) -> list[str]:
        try:
            data = self._fetcher.get(url).data or b""
        except AnswerError as error:
            return _NOTHING if error.status >= 500 else []
        except SourceError:
            return []
        return data[:_LARGEST].decode("utf-8", errors="replace").splitlines()
