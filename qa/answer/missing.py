"""Names in a question that the evidence has nowhere: what is said of Iran does not answer what is asked of France.

Measured on 200 questions of each bench file against their own passage alone: 0 to 4 % of them name something that it
does not; against another passage of the file, 18 to 49 % do.
"""

from __future__ import annotations

from qa.answer.features import Candidates
from qa.answer.questions import Question
from qa.text import fold, words
from qa.text.known_names import find_names
from qa.text.names import same_name
from qa.values import Evidence

_SHORTEST_ALIKE = 4  # letters of a name that may be spelled another way; shorter ones are too easily alike


def missing_names(question: Question, evidence: Evidence, candidates: Candidates) -> tuple[str, ...]:
    """The names in the question as typed of which no word is in any passage or title, in any script or spelling."""
    typed = evidence.asked or evidence.question
    names = [typed[start:end] for start, end in find_names(typed, evidence.language)]
    if not names:
        return ()
    texts = [fold(f"{passage.title or ''}\n{passage.text}").text for passage in evidence.passages]
    together = "".join("".join(text.split()) for text in texts)  # half-spaces are lost or turned into spaces
    meant = frozenset[str]().union(*(sentence.content for sentence in candidates.sentences))
    stems = dict(zip(question.content, question.stems, strict=True))
    spelled = {word.folded for text in texts for word in words(text)}

    def present(word: str) -> bool:
        if word in together or stems.get(word) in meant:
            return True
        return len(word) >= _SHORTEST_ALIKE and any(same_name(word, other) for other in spelled)

    return tuple(name for name in names if not any(present(part) for word in words(name) for part in word.parts))
