"""Speed, memory and how well passages are found, side by side with stock LlamaIndex + Chroma on the same data.

One module a bench, named like its command: ``sanad bench startup`` runs :mod:`evals.bench.startup`. Each has a
function ``measure`` that takes its options by keyword and ``progress``, a function of (done, total), and returns a
:class:`evals.bench.result.Result`; the command line prints it as a table or JSON and writes the plot.
"""
