"""What two criteria sets say differently, part by part; the order of a file and its layout are no part of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Final

from ncriteria.analysis.cases import scalar
from ncriteria.language.printer import show, show_rational
from ncriteria.language.tree import Expr
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.model import (
    Clause,
    CriteriaSet,
    FactDeclaration,
    FactType,
    Group,
    ParameterDeclaration,
    ParameterValue,
)
from ncriteria.sets.sources import Basis, Bilingual, Citation, UnitName
from ncriteria.sets.years.series import Series
from ncriteria.words import Language, Message


class Subject(Enum):
    """What differs."""

    HEADER = "header"
    PARAMETER = "parameter"
    FACT = "fact"
    CLAUSE = "clause"
    GRADE = "grade"


class ChangeKind(Enum):
    """How it differs."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


SUBJECTS: Final[Mapping[Subject, Message]] = {
    Subject.HEADER: Message("Header"),
    Subject.PARAMETER: Message("Parameters"),
    Subject.FACT: Message("Facts"),
    Subject.CLAUSE: Message("Clauses"),
    Subject.GRADE: Message("Grades"),
}
CHANGES: Final[Mapping[ChangeKind, Message]] = {
    ChangeKind.ADDED: Message("added"),
    ChangeKind.REMOVED: Message("removed"),
    ChangeKind.RENAMED: Message("renamed"),
    ChangeKind.CHANGED: Message("changed"),
}
Shown = Bilingual | str | tuple[str, ...] | None


@frozen
class Aspect:
    """One key of a part, with what it was and what it is; `None` is nothing. `key` is that of the criteria file.

    Of several texts whose order means nothing, such as citations, only those stand here that the other side has not.
    """

    key: str
    old: Shown
    new: Shown


@frozen
class Difference:
    """One part that differs: the header, a parameter, a fact, a clause or group, or a grade.

    `name` is its name or path in the new set, or in the old one where it was removed; `was` the one it had before it
    was renamed. `aspects` are the keys that differ; of what was added or removed, what it says.
    """

    subject: Subject
    change: ChangeKind
    name: str
    was: str | None = None
    aspects: tuple[Aspect, ...] = ()


Aspects = Mapping[str, Shown]


def differing(old: Aspects, new: Aspects) -> tuple[Aspect, ...]:
    """The keys whose values differ."""
    keys = dict.fromkeys([*old, *new])
    return tuple(_aspect(key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key))


def _aspect(key: str, old: Shown, new: Shown) -> Aspect:
    if isinstance(old, tuple) and isinstance(new, tuple):
        gone, come = (tuple(text for text in one if text not in other) for one, other in ((old, new), (new, old)))
        return Aspect(key, gone or None, come or None)
    return Aspect(key, old, new)


def shown_in(aspect: Aspect, language: Language) -> Language:
    """The language in which an aspect differs: the other one, where the texts in `language` are the same."""
    both = aspect.old, aspect.new
    old, new = (one.text(language) if isinstance(one, Bilingual) else one for one in both)
    if old != new:
        return language
    return "en" if language == "vi" else "vi"


def stated(aspects: Aspects, *, gone: bool) -> tuple[Aspect, ...]:
    """Everything that a part says, as gone or as new."""
    said = [(key, value) for key, value in aspects.items() if value is not None]
    return tuple(Aspect(key, value, None) if gone else Aspect(key, None, value) for key, value in said)


def header_difference(old: CriteriaSet, new: CriteriaSet) -> Iterator[Difference]:
    """How the headers differ, if they do; how a set is written down (`extends`) is not part of what it says."""
    aspects = differing(_header(old), _header(new))
    if aspects:
        yield Difference(Subject.HEADER, ChangeKind.CHANGED, new.id, aspects=aspects)


def _header(criteria: CriteriaSet) -> Aspects:
    instrument = criteria.instrument
    return {
        "id": criteria.id,
        "standard": criteria.standard,
        "standard.title": criteria.standard_title,
        "title": criteria.title,
        "instrument.number": instrument.number,
        "instrument.issuer": instrument.issuer,
        "instrument.issued": _day(instrument.issued),
        "instrument.in_force": _day(instrument.in_force),
        "instrument.url": instrument.url,
        "instrument.retrieved": _day(instrument.retrieved),
        "instrument.sha256": instrument.sha256,
        "years": str(criteria.years),
        "in_force.days": None if criteria.held is None else str(criteria.held),
        "in_force.cite": None if criteria.held is None else _citations(criteria.held.cite),
        "level": criteria.level.value,
        "territory": criteria.territory,
        "supersedes": criteria.supersedes,
        "after_end": None if criteria.after_end is None else criteria.after_end.value,
        "window": None if criteria.window is None else str(criteria.window),
        "window.cite": None if criteria.window is None else _citations(criteria.window.cite),
        "comparable": _unordered(" = ".join(sorted(group.ids)) for group in criteria.comparable),
        "comparable.cite": _citations(cite for group in criteria.comparable for cite in group.cite),
        "only_when_named": "true" if criteria.only_when_named else None,
        "grades": _in_order(criteria.grades),
        "note": criteria.note,
    }


def _in_order(grades: Sequence[Grade]) -> str | None:
    """The grades of a scale, the best first."""
    return " > ".join(grade.id for grade in grades) or None


def grade_aspects(grade: Grade, when: Expr) -> Aspects:
    """What a grade says; `when` is its condition with the paths that are compared."""
    return {
        "title": grade.title,
        "when": None if grade.rest else show(when),
        "otherwise": "true" if grade.rest else None,
        "cite": _citations(grade.cite),
        "note": grade.note,
    }


def _day(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def named_differences(subject: Subject, old: Mapping[str, Aspects], new: Mapping[str, Aspects]) -> Iterator[Difference]:
    """How parts that are known by name differ, in the order of the new set, then of the old one."""
    for name, aspects in new.items():
        if name not in old:
            yield Difference(subject, ChangeKind.ADDED, name, aspects=stated(aspects, gone=False))
        elif found := differing(old[name], aspects):
            yield Difference(subject, ChangeKind.CHANGED, name, aspects=found)
    for name, aspects in old.items():
        if name not in new:
            yield Difference(subject, ChangeKind.REMOVED, name, aspects=stated(aspects, gone=True))


def parameter_differences(old: CriteriaSet, new: CriteriaSet) -> Iterator[Difference]:
    """How the parameters differ."""
    before, after = (
        {name: _parameter(declared) for name, declared in criteria.parameters.items()} for criteria in (old, new)
    )
    yield from named_differences(Subject.PARAMETER, before, after)


def fact_differences(old: CriteriaSet, new: CriteriaSet) -> Iterator[Difference]:
    """How the declared facts differ."""
    before, after = ({name: _fact(declared) for name, declared in criteria.facts.items()} for criteria in (old, new))
    yield from named_differences(Subject.FACT, before, after)


def _parameter(declared: ParameterDeclaration) -> Aspects:
    dated = [(value.since, _value(value.value, percent=declared.percent)) for value in declared.values]
    return {
        "title": declared.title,
        "type": declared.type.value,
        **_unit(declared.unit),
        "options": _unordered(declared.options),
        "options.title": _titles(declared.option_titles),
        "value": "; ".join(value if since is None else f"{since}: {value}" for since, value in dated),
        "cite": _citations(declared.cite),
        "note": declared.note,
    }


def _value(value: ParameterValue, *, percent: bool) -> str:
    if percent and isinstance(value, Fraction):
        return f"{show_rational(value * 100)}%"
    return scalar(value)


def _unit(unit: UnitName | None) -> Aspects:
    if unit is None:
        return {"unit": None, "unit.one": None}
    return {"unit": Bilingual(unit.vi, unit.en), "unit.one": unit.one}


def _fact(declared: FactDeclaration) -> Aspects:
    return {
        "title": declared.title,
        "type": declared.type.value,
        **_unit(declared.unit),
        "min": _end(declared, declared.minimum),
        "max": _end(declared, declared.maximum),
        "decimals": None if declared.decimals is None else str(declared.decimals),
        "options": " < ".join(declared.options) if declared.ordered else _unordered(declared.options),
        "options.title": _titles(declared.option_titles),
        "attested": "true" if declared.attested else None,
        "attested_by": _bodies(declared.attested_by),
        "aggregate": None if declared.aggregate is None else str(declared.aggregate),
        "over_months": declared.over_months,
        "headings": _unordered(declared.headings),
        "supplier": declared.supplier,
        "window": None if declared.window is None else str(declared.window),
        "window.cite": None if declared.window is None else _citations(declared.window.cite),
        "series": _series(declared.series),
        "published": None if declared.published is None else str(declared.published),
        "note": declared.note,
    }


def _series(series: Series) -> str | None:
    return "; ".join(one.id if one.since is None else f"{one.since}: {one.id}" for one in series) or None


def _end(declared: FactDeclaration, end: Fraction | None) -> str | None:
    """An end of the declared range; that a count is 0 or more goes without saying."""
    return None if end is None or (declared.type is FactType.COUNT and end == 0) else show_rational(end)


def _unordered(texts: Iterable[str]) -> tuple[str, ...] | None:
    return tuple(sorted(set(texts))) or None


def _titles(titles: Mapping[str, Bilingual]) -> tuple[str, ...] | None:
    return _unordered(f"{option}: {' / '.join(dict.fromkeys((one.vi, one.en)))}" for option, one in titles.items())


def _bodies(bodies: Iterable[Bilingual]) -> tuple[str, ...] | None:
    return _unordered(" / ".join(dict.fromkeys((body.vi, body.en))) for body in bodies)


def _citations(cite: Iterable[Citation]) -> tuple[str, ...] | None:
    return _unordered(citation_text(citation) for citation in cite)


def citation_text(citation: Citation, told: Callable[[Basis], str] = lambda basis: basis.value) -> str:
    """A citation on one line: the instrument, the place in it, how much of the text is known, and the address."""
    basis = f" ({told(citation.basis)})" if citation.basis else ""
    address = f" <{citation.url}>" if citation.url else ""
    copy = ", ".join(filter(None, (_day(citation.retrieved), citation.sha256 and f"sha256 {citation.sha256}")))
    return f"{citation.where}{basis}{address}{f' [{copy}]' if copy else ''}"


def member_aspects(member: Clause | Group) -> Aspects:
    """What a clause or group says, apart from its path."""
    common = {
        "title": member.title,
        "applies_when": _rule(member.applies_when),
        "grades": _in_order(member.grades),
        "cite": _citations(member.cite),
        "note": member.note,
    }
    match member:
        case Clause(accepts_windows=accepted, awaits=awaited):
            own: Aspects = {
                "rule": _rule(member.rule),
                "when_zero_base": _rule(member.zero_base),
                "encodes": member.encodes.value,
                "attested_by": _bodies(member.attested_by),
                "accepts_windows": None if accepted is None else accepted.note,
                "accepts_windows.cite": None if accepted is None else _citations(accepted.cite),
                "awaits": None if awaited is None else awaited.document,
                "awaits.from": None if awaited is None else awaited.issuer,
            }
        case Group():
            own = {
                "group": member.combination.value,
                "n": None if member.minimum is None else str(member.minimum),
                "not_applicable": "counts" if member.counts_not_applicable else None,
                "members": _unordered(identifier(inner.path) for inner in member.members),
            }
    return {**own, **common}


def identifier(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


def _rule(expr: Expr | None) -> str | None:
    return None if expr is None else show(expr)
