"""A digest of what a criteria set says, by which a form or a result tells whether it is of the same version."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Final, get_args

import attrs

from ncriteria.language.printer import show, show_rational
from ncriteria.language.tree import Expr
from ncriteria.sets.model import CriteriaSet

_EXPRESSIONS: Final = get_args(Expr)
_NOT_SAID: Final = frozenset({"tests", "inherited", "not_inherited", "extends", "source"})
"""What a set carries that is no part of what it says: its tests, and the files that it is made of."""
SHOWN: Final = 12
"""How many digits of a digest messages show."""


def digest_of(criteria: CriteriaSet) -> str:
    """The digest of a set: 64 hexadecimal digits (SHA-256) that are the same wherever the same is said.

    Layout, comments, the order of facts and parameters, and the tests do not change it. What is left out is left out of
    the digest too, so a key that the format gains later changes nothing for sets without it.
    """
    said = json.dumps(_said(criteria), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _said(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case Fraction():
            return show_rational(value)
        case datetime.date():
            return value.isoformat()
        case Mapping():
            return {str(key): _said(inner) for key, inner in value.items()}
        case tuple():
            return [_said(inner) for inner in value]
        case _ if isinstance(value, _EXPRESSIONS):
            return show(value)
        case _ if attrs.has(kind := type(value)):
            return _said_by_fields(value, kind)
        case _:
            return value


def _said_by_fields(value: object, kind: type[attrs.AttrsInstance]) -> dict[str, object]:
    fields = [one for one in attrs.fields(kind) if one.eq and one.name not in _NOT_SAID]
    given = {one.name: getattr(value, one.name) for one in fields}
    return {name: _said(inner) for name, inner in given.items() if not _is_nothing(inner)}


def _is_nothing(value: object) -> bool:
    """Whether a key was left out; a range may begin with 0, which equals `False`."""
    return value is None or value is False or value in ((), {})
