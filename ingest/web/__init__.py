"""What web addresses give: pages, and the feeds and sitemaps that list them."""

from ingest.web.reading import Web

__all__ = ["Web"]
