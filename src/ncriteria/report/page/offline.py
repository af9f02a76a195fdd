"""What every page is made with: a template in which nothing is markup, and a policy that lets nothing else in."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from ncriteria.errors import NCriteriaError, Problem
from ncriteria.words import phrase

if TYPE_CHECKING:
    from jinja2 import Template


class PageError(NCriteriaError):
    """A page that cannot be written."""


def policy(style: str, script: str | None = None) -> str:
    """What the page may load and run: nothing but its own style and script."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_digest(style)}",
            *([] if script is None else [f"script-src {_digest(script)}"]),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def template_of(source: str) -> Template:
    """The template; raises `PageError` where Jinja2 (the extra `report`) is not installed."""
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError:
        reason = phrase("pages are written with Jinja2, which is not there")
        hint = phrase('install it: pip install "ncriteria[report]"')
        raise PageError(Problem("NC360", reason, None, hint)) from None
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(source)


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
