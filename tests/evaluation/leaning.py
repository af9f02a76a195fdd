"""Sets that lean on verdicts of other years and standards: two guidances, one after the other, and a revocation."""

from __future__ import annotations

from ncriteria.evaluation.criteria import Catalog
from ncriteria.sets.catalog import set_catalog
from ncriteria.sets.loader import loads_set
from ncriteria.sets.model import CriteriaSet

_SET = """\
format: ncriteria/1
set:
  id: test.{id}
  standard: {standard}
  title: {{vi: "Bộ {id}", en: "Set {id}"}}
  instrument: {{number: {number}, issuer: Test}}
  years: {years}
  level: commune
facts:
  cases: {{title: {{vi: "Số vụ", en: Cases}}, type: count, unit: {{vi: vụ, en: cases}}}}
  border: {{title: {{vi: "Biên giới", en: Border}}, type: boolean}}
clauses:
{clauses}"""
_CLAUSE = (
    """  {path}: {{title: "{path}", rule: '{rule}', {more}encodes: exact, cite: [{{instrument: 1/T, at: "1"}}]}}\n"""
)


def leaning_set(
    identifier: str, standard: str, years: str, rules: dict[str, str | None], number: str = "1/T"
) -> CriteriaSet:
    """A set of clauses by path; a rule may be followed by `; ` and further keys of its clause.

    A clause without a rule is not encoded."""
    clauses = ""
    for path, told in rules.items():
        rule, _, more = (told or "").partition("; ")
        clause = _CLAUSE.format(path=path, rule=rule, more=f"{more}, " if more else "")
        clauses += clause if told else clause.replace("rule: '', encodes: exact", "encodes: not_encoded")
    return loads_set(_SET.format(id=identifier, standard=standard, years=years, clauses=clauses, number=number))


def guidances() -> tuple[CriteriaSet, CriteriaSet]:
    """A looser guidance for 2021 to 2022, a stricter one for 2023 to 2024; the second has a clause more."""
    first = leaning_set("hd06", "ntm", "{from: 2021, to: 2022}", {"calm": "cases <= 3"}, "06/HD")
    later = {"calm": "cases <= 1; applies_when: not border", "strict": "cases = 0"}
    return first, leaning_set("hd04", "ntm", "{from: 2023, to: 2024}", later, "04/HD")


def revocation(**rules: str) -> CriteriaSet:
    """A set that leans on the guidances, for 2021 to 2024."""
    return leaning_set("qd18", "revocation", "{from: 2021, to: 2024}", rules, "18/2022")


def catalog_of(*sets: CriteriaSet) -> Catalog:
    """The guidances and further sets."""
    return Catalog(set_catalog((*guidances(), *sets)))
