"""The chat page: ask, read the answer as it comes, and check each sentence against its source with one click.

Gradio carries it and is imported only when a page is built.
"""

from qa.page.server import build_page, mount_page, run, serve

__all__ = ["build_page", "mount_page", "run", "serve"]
