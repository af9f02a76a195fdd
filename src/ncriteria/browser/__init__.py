"""The library behind a page: what a browser asks, as JSON, and what it is answered. Nothing here knows a browser."""

from ncriteria.browser.desk import Desk

__all__ = ["Desk"]
