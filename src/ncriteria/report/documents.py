"""The object that every `--json` prints: the tool that wrote it, the schema, the command, and the problems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from ncriteria import __version__
from ncriteria.errors import Problem

Plain = dict[str, object]

SCHEMA: Final = "ncriteria-result/1"
"""The schema of all results and its version, which grows where a key changes its meaning or goes."""


def document(command: str | None, payload: Mapping[str, object], problems: Iterable[Problem] = ()) -> Plain:
    """What a command found, as one object; `problems` are those of the call as a whole.

    `command` is `None` where the call names none, or one that there is not.
    """
    from ncriteria.report.results import plain_problem

    told = {**payload, "problems": [plain_problem(one) for one in problems]}
    return {"ncriteria": __version__, "schema": SCHEMA, "command": command, **told}


def json_text(plain: Mapping[str, object]) -> str:
    """Plain data as JSON, its letters as they are."""
    return json.dumps(plain, ensure_ascii=False, indent=2)
