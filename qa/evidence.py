"""The evidence as an LLM reads it: fenced, labelled, within a token budget, with nothing in it that could pass
for a label, a fence or the refusal word. Quotes never come from here: they are cut from the article itself.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from qa.budget import by_worth
from qa.tokenizer import count_tokens
from qa.values import Evidence, Label, Passage

REFUSAL = "NO_ANSWER"
_SHORTEST = 16  # tokens; hardly a sentence is shorter with its label
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
    """The best sentences, each behind its label, in at most ``budget`` o200k_base tokens (of this text).

    The best one is always there. They stand in the order of the passages; the labels are those of ``evidence``,
    whatever is left out.
    """
    lines: dict[Label, str] = {}
    headings: dict[int, str] = {}
    for label in by_worth(evidence):
        passage, _ = evidence.locate(label)
        line = f"[{label}] {defuse(passage.sentence(label.sentence - 1))}"
        new = [line] if label.passage in headings else [_heading(label.passage, passage), line]
        cost = sum(count_tokens(each) + 1 for each in new)
        if cost > budget and lines:
            if budget < _SHORTEST:
                break
            continue
        budget -= cost
        lines[label] = line
        headings.setdefault(label.passage, new[0])
    ordered: list[str] = []
    for label in sorted(lines):
        if headings.get(label.passage):
            ordered.append(headings.pop(label.passage))
        ordered.append(lines[label])
    return _fenced(ordered, evidence)


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
