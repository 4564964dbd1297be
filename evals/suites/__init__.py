"""Suites beside the cases: what the checker catches, and what gets past the checks when an LLM lies."""
