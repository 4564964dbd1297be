"""Reads articles into a library: ``ingest(["articles/"], home=".sanad")``."""

from ingest.report import Failure, IngestReport, Progress
from ingest.run import ingest

__all__ = ["Failure", "IngestReport", "Progress", "ingest"]
