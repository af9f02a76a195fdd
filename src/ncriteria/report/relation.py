"""Relations as plain data, for programs: what `--json` prints."""

from __future__ import annotations

from ncriteria.analysis.cases import scalar
from ncriteria.analysis.proof.relation import ClauseRelation, Outcome, Relation, Witness
from ncriteria.language.values import Unknown
from ncriteria.report.results import Plain
from ncriteria.sets.model import FactValue, Years


def plain_years(years: Years) -> Plain:
    """Assessment years; an open end is `null`."""
    return {"from": years.first, "to": years.last}


def plain_relation(relation: ClauseRelation) -> Plain:
    """A relation: what it is, whether it is proved, and the witnesses; `null` where two clauses cannot be compared."""
    return {
        "old_path": relation.old_path,
        "new_path": relation.new_path,
        "relation": _name(relation.relation),
        "proved": relation.proved,
        "when_all_facts_are_known": _name(relation.when_complete),
        "unlike_fact": relation.unlike_fact,
        "narrowed_facts": list(relation.narrowed),
        "records_searched": relation.searched,
        "witnesses": [_plain_witness(witness) for witness in relation.witnesses],
    }


def _name(relation: Relation | None) -> str | None:
    return None if relation is None else relation.value


def _plain_witness(witness: Witness) -> Plain:
    row = witness.row
    return {
        "shows": witness.way.value,
        "smallest": witness.smallest,
        "year": row.year,
        "facts": {str(key): _plain_value(value) for key, value in row.facts.items()},
        "share_met": [
            {"level": level, "path": path, "met": roll_up.met, "not_met": roll_up.not_met}
            for (level, path), roll_up in row.shares.items()
        ],
        "old": _plain_outcome(witness.old),
        "new": _plain_outcome(witness.new),
    }


def _plain_value(value: FactValue) -> str | bool:
    """A value as a criteria file has it; numbers as text, for they are exact."""
    return value if isinstance(value, bool | str) else scalar(value)


def _plain_outcome(outcome: Outcome) -> Plain:
    passes = None if isinstance(outcome.passes, Unknown) else outcome.passes
    return {"verdict": outcome.verdict.value, "passes": passes}
