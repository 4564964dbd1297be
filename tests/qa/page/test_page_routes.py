"""What the page's addresses refuse."""

from __future__ import annotations

import httpx
import pytest


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "conversations", None),
        ("GET", "also?conversation=0123456789abcdef&exchange=x", None),
        ("PUT", "conversations/0123456789abcdef", {"title": "x"}),
        ("DELETE", "conversations/0123456789abcdef", None),
        ("POST", "feedback", {"conversation": "x", "exchange": "y", "verdict": "bad"}),
    ],
)
def test_only_the_pages_own_script_may_ask(site: str, method: str, path: str, body: object) -> None:
    assert httpx.request(method, f"{site}page/en/{path}", json=body).status_code == 403
    allowed = httpx.request(method, f"{site}page/en/{path}", json=body, headers={"x-sanad-page": "1"})
    assert allowed.status_code == (200 if path == "conversations" else 404)
    assert allowed.headers["content-security-policy"].endswith("sandbox")


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": "x" * 121}, {"title": "x", "more": 1}, [], "x"])
def test_an_unusable_title_is_refused(site: str, body: object) -> None:
    answer = httpx.put(f"{site}page/en/conversations/0123456789ab", json=body, headers={"x-sanad-page": "1"})
    assert answer.status_code == 422


def test_a_conversation_of_nobody_is_an_empty_file(site: str) -> None:
    answer = httpx.get(f"{site}page/en/conversation.md?conversation=0123456789ab")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
