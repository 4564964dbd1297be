"""Damaged files of every format, through the real ingest: ``python -m evals.fuzz --minutes 10``."""
