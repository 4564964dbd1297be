import json

import pytest

from ingest.readers.json_lines import read_json_article
from qa.errors import SourceError


def test_all_fields_are_read_and_others_passed_over() -> None:
    line = {
        "id": 7,
        "text": " The ferry sails.\n",
        "title": "The ferry",
        "source": "The Post",
        "url": "https://post.example/a",
        "author": "Ann Other",
        "published": "2026-01-09",
        "lang": "en",
        "views": 12,
    }
    draft = read_json_article(json.dumps(line).encode())
    assert draft.text == " The ferry sails.\n"
    assert (draft.title, draft.source, draft.url) == ("The ferry", "The Post", "https://post.example/a")
    assert (draft.author, draft.published, draft.language) == ("Ann Other", "2026-01-09", "en")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe\xfa", "not JSON"),
        (b"[1]", "must be an object"),
        (b'{"title": "T"}', "has no 'text'"),
        (b'{"text": ""}', "'text'"),
        (b'{"text": "  "}', "empty text"),
        (b'{"text": {"a": 1}}', "'text'"),
        (b'{"text": "a\\u0000b"}', "NUL"),
        (b'{"text": "a\\ud83d b"}', "surrogate"),
        (b'{"text": "ok", "title": "\\udc00"}', "surrogate"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_line_that_is_no_article_says_why(line: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_json_article(line)
