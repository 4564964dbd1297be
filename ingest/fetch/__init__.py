"""Fetching from the web, safely: what is asked, how often, and how much is taken."""

from ingest.fetch.fetcher import Fetched, Fetcher, Limits, Validators

__all__ = ["Fetched", "Fetcher", "Limits", "Validators"]
