"""Criteria sets around generated rules: the facts, parameters and paths that `tests.strategies` draws from."""

from __future__ import annotations

from fractions import Fraction

from ncriteria.language.parser import parse
from ncriteria.language.tree import Ago, Expr
from ncriteria.sets.model import (
    Clause,
    Combination,
    CriteriaSet,
    DatedValue,
    Encodes,
    FactDeclaration,
    FactType,
    Group,
    Level,
    ParameterDeclaration,
    Years,
)
from ncriteria.sets.sources import Bilingual, Instrument
from tests.strategies import COUNTS, DAY, ENUMERATION, OPTIONS, TRUTHS

TITLE = Bilingual("Thử", "Trial")
PERIODS_SEEN = tuple(Ago(years) for years in range(6))
YEAR = 2024


def declarations() -> dict[str, FactDeclaration]:
    """The facts of the generated rules."""
    counts = {name: FactDeclaration(name, TITLE, FactType.COUNT, minimum=Fraction(0)) for name in COUNTS}
    counts[COUNTS[-1]] = FactDeclaration(COUNTS[-1], TITLE, FactType.COUNT, minimum=Fraction(0), maximum=Fraction(4))
    truths = {name: FactDeclaration(name, TITLE, FactType.BOOLEAN) for name in TRUTHS}
    status = FactDeclaration(ENUMERATION, TITLE, FactType.ENUMERATION, options=OPTIONS)
    return {**counts, **truths, ENUMERATION: status, DAY: FactDeclaration(DAY, TITLE, FactType.DATE)}


def clause(path: str, rule: Expr | str | None, applies_when: Expr | str | None = None) -> Clause:
    """A clause with a rule, or one that is not encoded."""
    encodes = Encodes.NOT_ENCODED if rule is None else Encodes.EXACT
    condition = parse(applies_when) if isinstance(applies_when, str) else applies_when
    return Clause(path, TITLE, parse(rule) if isinstance(rule, str) else rule, encodes, (), applies_when=condition)


def criteria_of(
    rule: Expr | str, *others: Clause | Group, facts: dict[str, FactDeclaration] | None = None, name: str = "test.set"
) -> CriteriaSet:
    """A set with the clause `rule`, the clauses that generated rules refer to, and `others`."""
    crime = clause("19.2/crime", "crimes <= prev_year", "has_border")
    fire = clause("19.2/fire", "accidents = 0")
    group = Group("19.2", TITLE, Combination.ALL, (crime, fire))
    parameter = ParameterDeclaration("reduction", TITLE, FactType.NUMBER, (DatedValue(None, Fraction(1, 20)),))
    return CriteriaSet(
        id=name,
        standard="test",
        title=TITLE,
        instrument=Instrument("1", TITLE),
        years=Years(2020, 2030),
        level=Level.DISTRICT,
        facts=declarations() if facts is None else facts,
        parameters={"reduction": parameter},
        clauses=(clause("rule", rule), group, *others),
    )
