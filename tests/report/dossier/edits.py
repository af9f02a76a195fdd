"""Edits of a small set, and the dossiers of them."""

from __future__ import annotations

import datetime
from pathlib import Path

from ncriteria.analysis.impact.impact import Impact, impact
from ncriteria.facts.readers import read
from ncriteria.report.dossier.gathering import EditAsked, dossier_of
from ncriteria.report.dossier.model import Dossier
from ncriteria.report.dossier.statements import statements
from ncriteria.sets.loader import loads_located
from ncriteria.words import Language

OLD = Path(__file__).with_name("old.yaml").read_text(encoding="utf-8")
DAY = datetime.date(2026, 3, 31)
STRICTER = (
    ("fires <= 2", "fires <= 1"),
    ("id: few, given: {fires: 1}", "id: few, given: {fires: 0}"),
    ("id: as-many, given: {fires: 2}", "id: as-many, given: {fires: 1}"),
    ("id: too-many, given: {fires: 3}", "id: too-many, given: {fires: 2}"),
)
"""One fire less is allowed, and the tests know it."""
LOOSER = (("fires <= 2", "fires <= 3"),)
"""One fire more is allowed, and a test does not know it."""
TITLE = (("Few fires", "Fires are few"),)
HARD = (
    (
        "fires <= 2",
        "fires <= 2 or coalesce(a, 0) > 0 and coalesce(b, 0) > 0 and coalesce(a, 0) * coalesce(a, 0) * coalesce(a, 0)"
        " + coalesce(b, 0) * coalesce(b, 0) * coalesce(b, 0) = coalesce(c, 0) * coalesce(c, 0) * coalesce(c, 0)",
    ),
)
"""No cube is the sum of two others, so this changes nothing; that is beyond the solver."""
Edits = tuple[tuple[str, str], ...]


def edited(edits: Edits, text: str = OLD) -> str:
    """The text with each edit made, which it has room for once."""
    for found, replacement in edits:
        assert text.count(found) == 1, f"the set has {found!r} {text.count(found)} times"
        text = text.replace(found, replacement)
    return text


def dossier(edits: Edits, table: Path | None = None, *, seconds: float = 60.0) -> Dossier:
    """The dossier of these edits, with what they do to a table where one is given."""
    old, new = loads_located(OLD), loads_located(edited(edits))

    def counted() -> Impact:
        assert table is not None
        return impact(old.criteria, new.criteria, read(table, new.criteria.facts))

    asked = EditAsked(("dossier", "old.yaml", "new.yaml"), (), DAY, None if table is None else counted, seconds)
    return dossier_of(old.criteria, new, asked)


def said(found: Dossier, language: Language = "en") -> dict[str, list[str]]:
    """What is said, by what it rests on."""
    by_footing: dict[str, list[str]] = {}
    for one in statements(found, language):
        by_footing.setdefault(one.footing.value, []).append(one.text)
    return by_footing
