"""What an answer took: time, tokens, money."""

from __future__ import annotations

from collections.abc import Iterator

from evals.scorers.values import Sample, Score


def cost(sample: Sample) -> Iterator[Score]:
    """``latency_ms``, ``tokens`` (prompt and completion) and ``cost`` in US dollars, None where it is not known."""
    answer = sample.answer
    if answer is None:
        yield from (Score(name, None, "no answer") for name in ("latency_ms", "tokens", "cost"))
        return
    spent = ", ".join(f"{stage} {time:.1f}" for stage, time in answer.timings_ms.items())
    yield Score("latency_ms", answer.timings_ms.get("total"), spent)
    usage = answer.usage
    tokens = usage.prompt_tokens + usage.completion_tokens
    yield Score("tokens", float(tokens), f"{usage.prompt_tokens} in, {usage.completion_tokens} out")
    yield Score("cost", usage.cost, "US dollars" if usage.cost is not None else "no price is known")
