"""The page: judgements as one file that opens offline, with all that they rest on."""

from ncriteria.report.page.html import PageError, page_html

__all__ = ["PageError", "page_html"]
