"""HTML that cannot be broken out of: text becomes markup only by being escaped here.

Every piece of the page is built with :func:`element`. A plain ``str`` among its children or attributes is data
(an article, a question, words of an LLM) and is escaped; only :class:`Html`, which nothing else makes, is not.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal

Direction = Literal["rtl", "ltr"]

_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link"})
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_ADDRESS: Final = re.compile(r"https?://[^\s\x00-\x20\x7f]+", re.IGNORECASE)

# Left to the bidi algorithm, these change places with their neighbours in a right-to-left line: Latin names with
# their punctuation, dates with hyphens, signed numbers and percentages.
_ISOLATED: Final = re.compile(
    r"(?:https?://[^\s<>\"'«»،؛]+)"
    r"|(?:[A-Za-z][A-Za-z0-9]*(?:[.'’&+#/@:_-]*[A-Za-z0-9]+|[+#]+)*"
    r"(?:[ \u00a0]+[A-Za-z][A-Za-z0-9]*(?:[.'’&+#/@:_-]*[A-Za-z0-9]+|[+#]+)*)*)"
    r"|(?:\d{1,4}-\d{1,2}-\d{1,4})"
    r"|(?:[+−-]?\d+(?:[.,٫٬/]\d+)*[ \u00a0]?[%٪])"
    r"|(?:(?<![\w)])[+−-]\d+(?:[.,٫٬]\d+)*)"
)
# Overrides reorder letters, so that a text reads other than it is; they are shown, not obeyed. All other bidi
# controls are confined to the isolate that each piece of text stands in.
_OVERRIDES: Final = {"\u202d": "LRO", "\u202e": "RLO"}
_OVERRIDE: Final = re.compile("[\u202d\u202e]")


class Html(str):
    """Markup that is sent to the browser as it is."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Text as markup that shows it. Characters that HTML cannot hold are shown as U+FFFD."""
    return text if isinstance(text, Html) else Html(html.escape(text.replace("\x00", "\ufffd"), quote=True))


def join(parts: Iterable[str | None], separator: str = "") -> Html:
    """Parts one after the other, escaped where they are not markup; None is left out."""
    return Html(escape(separator).join(escape(part) for part in parts if part is not None))


def element(tag: str, /, *children: str | None, **attributes: str | bool | None) -> Html:
    """``<tag attributes>children</tag>``. ``class_`` is ``class``, ``data_x`` is ``data-x``.

    An attribute that is None or False is left out, one that is True has no value. Raises ValueError for a name
    of an element or attribute that is none, and for an attribute that would run or fetch something.
    """
    if not _NAME.fullmatch(tag):
        raise ValueError(f"{tag!r} is no element")
    opening = f"<{tag}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opening if tag in _VOID else f"{opening}{join(children)}</{tag}>")


def link(address: str | None, *children: str | None, **attributes: str | bool | None) -> Html | None:
    """A link to another site, opened apart and told nothing; None unless the address is http or https."""
    if address is None or not _ADDRESS.fullmatch(address.strip()):
        return None
    return element(
        "a", *children, target="_blank", rel="noopener noreferrer", **{"href": address.strip(), **attributes}
    )


def direction(text: str) -> Direction:
    """The direction of a paragraph: that of most of its letters, and left to right if it has none.

    The first letter, by which HTML's ``dir="auto"`` goes, misjudges «Reuters گزارش داد …».
    """
    counts = {"L": 0, "R": 0, "AL": 0}
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in counts:
            counts[kind] += 1
    return "rtl" if counts["R"] + counts["AL"] > counts["L"] else "ltr"


def prose(text: str, around: Direction) -> Html:
    """Text for a line of direction ``around``, with what would change places there isolated."""
    if around == "ltr":
        return _visible(text)
    pieces: list[Html] = []
    done = 0
    for match in _ISOLATED.finditer(text):
        pieces += [_visible(text[done : match.start()]), element("bdi", _visible(match.group()), dir="ltr")]
        done = match.end()
    return join([*pieces, _visible(text[done:])])


def line(text: str, name: str = "bdi", **attributes: str | bool | None) -> Html:
    """A run of text in its own direction, isolated from what stands around it."""
    around = direction(text)
    return element(name, prose(text, around), dir=around, **attributes)


def _visible(text: str) -> Html:
    pieces: list[Html] = []
    done = 0
    for match in _OVERRIDE.finditer(text):
        name = _OVERRIDES[match.group()]
        pieces += [
            escape(text[done : match.start()]),
            element("span", name, class_="control", title=f"U+{ord(match.group()):04X}"),
        ]
        done = match.end()
    return join([*pieces, escape(text[done:])])


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name.startswith("on") or name in {"style", "srcdoc"}:
        raise ValueError(f"{name!r} is no attribute for this page")
    if value is None or value is False:
        return ""
    if name in {"href", "src"} and not re.match(r"(?:https?://|/(?!/)|#)", str(value), re.IGNORECASE):
        raise ValueError(f"{name} may not be {value!r}")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
