"""The page: judgements as one file that opens offline, with all that they rest on."""

from ncriteria.report.page.html import page_html
from ncriteria.report.page.offline import PageError

__all__ = ["PageError", "page_html"]
