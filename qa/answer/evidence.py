"""The evidence as an LLM reads it: fenced, labelled, within a token budget, with nothing in it that could pass
for a label, a fence or the refusal word. Quotes never come from here: they are cut from the article itself.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from qa.tokenizer import count_tokens
from qa.values import Evidence, Passage

REFUSAL = "NO_ANSWER"
# A bracket around nothing but digits and separators, in any script: what the label parser would take for a label.
_LABEL_LIKE = re.compile(r"[\[【［]([\d\s.,،;؛:٫&†\-–—]*)[\]】］]")
# Bidi overrides and isolates, zero-width characters but the half-space and its joiner, control and tag characters.
_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class FencedEvidence:
    """The text between the fences and the fence's name, which no article can know beforehand."""

    text: str
    fence: str


def fence_evidence(evidence: Evidence, budget: int) -> FencedEvidence:
    """The best passages, label before each sentence, in at most ``budget`` o200k_base tokens (of this text).

    The first sentence of the first passage is always there. What does not fit is left out from the end, so the
    labels are those of ``evidence``.
    """
    lines: list[str] = []
    for number, passage in enumerate(evidence.passages, start=1):
        heading = _heading(number, passage)
        for position in range(1, len(passage.sentences) + 1):
            line = f"[{number}.{position}] {defuse(passage.sentence(position - 1))}"
            new = [line] if position > 1 else [heading, line]
            budget -= sum(count_tokens(each) + 1 for each in new)
            if budget < 0 and lines:
                return _fenced(lines, evidence)
            lines += new
    return _fenced(lines, evidence)


def defuse(text: str) -> str:
    """Article text for an LLM's eyes: one line, visible characters, no label, fence or refusal word of its own."""
    line = " ".join(_UNSEEN.sub(" ", text).split())
    line = _LABEL_LIKE.sub(r"(\1)", line).replace("<", "‹").replace(">", "›")
    return line.replace(REFUSAL, REFUSAL.replace("_", " "))


def _heading(number: int, passage: Passage) -> str:
    about = (passage.title, passage.source, (passage.published or "")[:10])
    return " | ".join([f"Article {number}", *(defuse(part) for part in about if part)])


def _fenced(lines: list[str], evidence: Evidence) -> FencedEvidence:
    text = "\n".join(lines)
    digest = hashlib.sha256(f"{evidence.question}\n{text}".encode()).hexdigest()
    return FencedEvidence(text, f"articles-{digest[:8]}")
