"""The language of a text."""

from __future__ import annotations

import re


def detect_language(text: str) -> str:
    """ISO 639 code of the text's language, or ``und``."""
    if len(re.findall("[ێۆڕڵ]", text)) > 1:
        return "ckb"
    if re.search("[ٹڈڑںے]", text):
        return "ur"
    arabic = len(re.findall("[\u0600-\u06ff]", text))
    latin = len(re.findall("[A-Za-z]", text))
    if arabic >= max(latin, 1):
        persian = len(re.findall(r"[پچژگی]|\b(?:است|که|از|را|در|به)\b", text))
        return "fa" if persian > len(re.findall(r"[ةيأإ]|\b(?:في|على|هل|ال\w+)", text)) else "ar"
    return "en" if latin else "und"
