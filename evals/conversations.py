"""How often the last turn of a conversation cites the right article, a language.

    python -m evals.conversations [--home HOME]

Asks the conversations in ``evals/cases/conversations.*.jsonl`` of the sample articles, with whatever answers by the
settings; without ``--home`` of a library made for it. Prints a line a language, and one for each that went wrong,
with the standalone question that was searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.asking import ask
from evals.datasets.own import CASES, read_cases
from evals.datasets.values import Case
from evals.gold import Shelf
from evals.over_corpus import print_report
from qa.sanad import Sanad
from qa.values import Answer


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation, the answer to its last question, and whether that cites an article that answers it."""

    case: Case
    answer: Answer | None
    right: bool


def hold(sanad: Sanad) -> list[Held]:
    """All conversations over the sample articles that have earlier turns and an answer."""
    shelf = Shelf(sanad.library)
    held = []
    for case in read_cases(CASES):
        if case.turns and case.answerable and "conversation" in case.tags:
            answer = ask(sanad, case).answer
            wanted = {gold.article_id for gold in shelf.locate(case)}
            cited = {
                id
                for citation in (answer.citations if answer else ())
                for id in (citation.article_id, *(copy.article_id for copy in citation.also_in))
            }
            held.append(Held(case, answer, bool(wanted & cited)))
    return held


def report(held: Sequence[Held]) -> list[str]:
    """A line a language, then a line for each conversation that cites no right article."""
    lines = []
    for language in sorted({each.case.language for each in held}):
        right = [each.right for each in held if each.case.language == language]
        lines.append(f"{language}: {sum(right)} of {len(right)} ({100 * sum(right) / len(right):.0f} %)")
    for each in held:
        if not each.right:
            searched = each.answer.standalone_question if each.answer else each.case.question
            refused = ", refused" if each.answer and each.answer.refused else ""
            lines.append(f"  {each.case.id}{refused}: {searched}")
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Hold the conversations and print the report."""
    print_report(__doc__ or "", lambda sanad: report(hold(sanad)), arguments)


if __name__ == "__main__":
    main()
