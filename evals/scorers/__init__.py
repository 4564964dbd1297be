"""Scorers: one small file each, from a sample to a value with a reason."""

from evals.scorers.citations import citation_quality
from evals.scorers.correctness import correctness
from evals.scorers.cost import cost
from evals.scorers.refusal import refusal
from evals.scorers.retrieval import retrieval
from evals.scorers.squad import squad_match
from evals.scorers.statements import answer_language, statement_rates
from evals.scorers.validity import citation_validity
from evals.scorers.values import Gold, Sample, Score, Scorer

ALL: tuple[Scorer, ...] = (
    correctness,
    retrieval,
    citation_validity,
    citation_quality,
    refusal,
    statement_rates,
    answer_language,
    squad_match,
    cost,
)
SEARCH: tuple[Scorer, ...] = (retrieval,)

__all__ = ["ALL", "SEARCH", "Gold", "Sample", "Score", "Scorer"]
