"""Colours of the style sheet: text stands out from what is behind it (WCAG 2.2, 1.4.3: 4.5 to 1), light and dark."""

from __future__ import annotations

import re

import pytest

from qa.page.server import page_file

STYLE = page_file("style.css")
PAIRS = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "wash"), ("ink", "quote"), ("ink", "answer"),
    ("soft", "paper"), ("soft", "sheet"), ("soft", "wash"),
    ("accent", "paper"), ("accent", "sheet"), ("accent", "tint"), ("on-accent", "accent"),
    ("alarm", "paper"), ("alarm", "sheet"), ("sheet", "alarm"), ("alarm", "alarm-wash"), ("paper", "ink"),
]  # fmt: skip


def colours(theme: str) -> dict[str, str]:
    opening = ":root {" if theme == "light" else ':root[data-theme="dark"] {'
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{6})", STYLE.partition(opening)[2].partition("}")[0]))


def luminance(colour: str) -> float:
    """Relative luminance in [0, 1], as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "behind"), PAIRS)
def test_text_stands_out(theme: str, text: str, behind: str) -> None:
    known = colours(theme)
    lighter, darker = sorted((luminance(known[text]), luminance(known[behind])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_nothing_is_fetched_by_the_style_or_the_script() -> None:
    script = page_file("script.js")
    assert not re.search(r"url\(|@import|@font-face", STYLE)
    assert not re.search(r"https?:", STYLE + script)
