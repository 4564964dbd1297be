"""Speed and memory, side by side with a stock LlamaIndex + Chroma pipeline on the same data in one run.

One module a bench, named like its command: ``sanad bench startup`` runs :mod:`evals.bench.startup`. Each has a
function ``measure`` that takes its options by keyword and ``progress``, a function of (done, total), and returns a
:class:`evals.bench.result.Result`; the command line prints it as a table or JSON and writes the plot.
"""
