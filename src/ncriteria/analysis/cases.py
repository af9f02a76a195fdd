"""A row of facts that rules are tried on: what is known of one unit, written as a criteria file would write it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from fractions import Fraction

from attrs import field

from ncriteria.evaluation.attesting.supposing import supposed
from ncriteria.evaluation.lowering import Readings
from ncriteria.evaluation.records.judging import judge
from ncriteria.evaluation.records.record import Record
from ncriteria.evaluation.result import Result
from ncriteria.language.printer import show_rational
from ncriteria.language.tree import THIS_YEAR, Ago, FactKey, InYear
from ncriteria.language.values import Interval, Unknown
from ncriteria.patterns import compiled_later
from ncriteria.quick_classes import frozen
from ncriteria.sets.inside import is_of_facts
from ncriteria.sets.model import CriteriaSet, FactValue, ParameterValue, Rolled, RollUp, Verdict

_PLAIN_KEY = compiled_later(r"(?!\d+\.\d+$)\w[\w./-]*")
_PLAIN_TEXT = compiled_later(r"[^\W\d_](?:[\w -]*\w)?")
_TAKEN = frozenset({"true", "false", "unknown", "null", "yes", "no", "on", "off"})


@frozen(repr=False)
class Row:
    """The facts of one unit in the assessment `year`, with values of parameters and roll-ups that stand for others.

    `attested` has the verdicts of clauses that are taken as attested, by path.
    """

    facts: Mapping[FactKey, FactValue]
    year: int
    parameters: Mapping[str, ParameterValue] = field(factory=dict)
    shares: Mapping[tuple[str, str], Rolled] = field(factory=dict)
    attested: Mapping[str, Verdict] = field(factory=dict)

    def __repr__(self) -> str:
        return "\n" + "\n".join(f"    {line}" for line in row_lines(self))


@frozen
class RowJudge:
    """Judges many rows by a set."""

    readings: Readings = field(converter=Readings)

    def judged(self, row: Row) -> Result:
        """The outcome of `row`; raises `EvaluationError` as judging does."""
        lowered = self.readings.of(row.year, row.parameters)
        attested = supposed(lowered, row.attested)
        return judge(lowered, Record(row.facts, row.year, row.shares, attested=attested))


def judged(criteria: CriteriaSet, row: Row) -> Result:
    """The outcome of one `row`; raises `EvaluationError` as judging does."""
    return RowJudge(criteria).judged(row)


def row_lines(row: Row, *, with_year: bool = True) -> list[str]:
    """The row as the keys of an embedded test; keys without content are left out."""
    entries = {
        "year": str(row.year) if with_year else "{}",
        "parameters": flow({name: scalar(value) for name, value in row.parameters.items()}),
        "given": flow(_given(row.facts)),
        "share_met": flow(_inside({at: one for at, one in row.shares.items() if not is_of_facts(at[1])})),
        "inside": flow(_inside({at: one for at, one in row.shares.items() if is_of_facts(at[1])})),
        "attested": flow({path: verdict.value for path, verdict in row.attested.items()}),
    }
    return [f"{key}: {text}" for key, text in entries.items() if text != "{}" or key == "given"]


Flow = Mapping[str, "str | Flow"]


def flow(content: Flow) -> str:
    """A mapping in the flow style of YAML; its texts are written already."""
    inner = (f"{quoted_key(key)}: {value if isinstance(value, str) else flow(value)}" for key, value in content.items())
    return "{" + ", ".join(inner) + "}"


def quoted_key(key: str) -> str:
    """A key of a mapping, in quotes where YAML or a reader could take it for something else."""
    return key if _PLAIN_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def written_key(key: FactKey | str) -> str:
    """A fact as it stands in a list of a criteria file: `prev_year.x`, or `"years_ago(2, x)"` in quotes."""
    name = str(key)
    return f'"{name}"' if "(" in name else name


def scalar(value: FactValue | ParameterValue) -> str:
    """The text of a value in a criteria file."""
    match value:
        case bool():
            return "true" if value else "false"
        case Fraction():
            return show_rational(value)
        case Interval(low=low, high=high):
            return _bound(low, high)
        case datetime.date():
            return value.isoformat()
        case Unknown():
            return "unknown"
        case str():
            return (
                value if _PLAIN_TEXT.fullmatch(value) and value not in _TAKEN else json.dumps(value, ensure_ascii=False)
            )


def _bound(low: Fraction | None, high: Fraction | None) -> str:
    if low is not None and high is not None:
        return f'"{show_rational(low)}..{show_rational(high)}"'
    return f'">={show_rational(low)}"' if low is not None else f'"<={show_rational(high or Fraction(0))}"'


def _given(facts: Mapping[FactKey, FactValue]) -> Flow:
    this_year: dict[str, str | Flow] = {}
    before: dict[str, str] = {}
    ago: dict[str, dict[str, str]] = {}
    fixed: dict[str, dict[str, str]] = {}
    for key, value in facts.items():
        match key.period:
            case Ago(1):
                before[key.name] = scalar(value)
            case Ago(years) if key.period != THIS_YEAR:
                ago.setdefault(str(years), {})[key.name] = scalar(value)
            case InYear(year):
                fixed.setdefault(str(year), {})[key.name] = scalar(value)
            case _:
                this_year[key.name] = scalar(value)
    groups: dict[str, Flow] = {"prev_year": before, "years_ago": _plain_years(ago), "at": _plain_years(fixed)}
    return {**this_year, **{key: content for key, content in groups.items() if content}}


def _plain_years(years: Mapping[str, Flow]) -> Flow:
    return dict(sorted(years.items(), key=lambda entry: int(entry[0])))


def _inside(shares: Mapping[tuple[str, str], Rolled]) -> Flow:
    levels: dict[str, dict[str, str | Flow]] = {}
    for (level, path), roll_up in shares.items():
        if not isinstance(roll_up, RollUp):
            levels.setdefault(level, {})[path] = scalar(roll_up)
            continue
        counts = {"met": str(roll_up.met), "not_met": str(roll_up.not_met), "undetermined": str(roll_up.undetermined)}
        if roll_up.undetermined == 0:
            del counts["undetermined"]
        levels.setdefault(level, {})[path] = counts
    return levels
