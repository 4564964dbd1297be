"""A run written down: a table for the terminal, one JSON document, and one HTML page that needs nothing else."""
