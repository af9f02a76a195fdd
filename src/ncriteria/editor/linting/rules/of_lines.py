"""Rules on how the sets of several files stand to each other: who judges when, and who extends whom."""

from __future__ import annotations

from typing import Final

from ncriteria.editor.linting.rules.rule import LintRule, Severity
from ncriteria.words import phrase

_PROVINCE_SINCE_2024: Final = "years: {from: 2024}\n  territory: long-an"
_STRICTER: Final = "direction: stricter\n"


def _file(name: str, said: str, more: str = "", act: str = "") -> str:
    """A file of an example: a set of the line that all belong to, with what it says of itself and of its act."""
    return f"""\
# {name}.yaml
set:
  id: example.{name}
  standard: example
  title: "Ví dụ"
  instrument: {{number: 01/EXAMPLE, issuer: "Cơ quan ví dụ"{act}}}
  level: commune
  {said}
{more}"""


def _extending(most: int, direction: str = "", act: str = "") -> str:
    """The files of an example in which a province changes the limit of the nation."""
    nation = """\
parameters:
  most: {title: "Nhiều nhất", value: 10, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
clauses:
  few: {title: "Ít vụ", rule: social_evils <= param.most, encodes: exact, cite: [{instrument: 01/EXAMPLE, at: "1"}]}
"""
    province = f"""\
extends: nation.yaml
{direction}changes:
  - {{set: most, value: {most}, cite: [{{instrument: 01/EXAMPLE, at: "2"}}]}}
"""
    return (
        _file("nation", "years: {from: 2023}", nation) + "\n" + _file("province", _PROVINCE_SINCE_2024, province, act)
    )


OF_LINES: Final = (
    LintRule(
        code="NC147",
        severity=Severity.WARNING,
        title=phrase("the set before is none, or of another line"),
        why=phrase(
            "`supersedes` names a set that is neither in the folder nor among the shipped sets, "
            "or one of another standard or level. Of a file that stands alone this is a notice."
        ),
        do=phrase("correct `supersedes`, or the `standard` and `level` of the set"),
        bad=_file("old", "years: {from: 2022, to: 2023}")
        + "\n"
        + _file("new", "years: {from: 2024}\n  supersedes: example.older"),
        good=_file("old", "years: {from: 2022, to: 2023}")
        + "\n"
        + _file("new", "years: {from: 2024}\n  supersedes: example.old"),
    ),
    LintRule(
        code="NC150",
        severity=Severity.WARNING,
        title=phrase("a territory has no criteria before its own set begins"),
        why=phrase(
            "A set that is made for a territory leaves the earlier years to the set that it "
            "extends or supersedes. Where it names none, nothing judges the territory in those "
            "years."
        ),
        do=phrase("name in `supersedes` the set that the territory had before, or add a set for those years"),
        bad=_file("nation", "years: {from: 2022}") + "\n" + _file("province", _PROVINCE_SINCE_2024),
        good=_file("nation", "years: {from: 2022}")
        + "\n"
        + _file("province", f"{_PROVINCE_SINCE_2024}\n  supersedes: example.nation"),
    ),
    LintRule(
        code="NC151",
        severity=Severity.WARNING,
        title=phrase("a line of sets has a gap"),
        why=phrase(
            "The sets of a territory end before those of the whole country do, or a year lies "
            "between two sets. Nothing stands in."
        ),
        do=phrase(
            "add a set for those years, or correct `years`; a set that extends another says in `after_end` what holds "
            "after it"
        ),
        bad=_file("old", "years: {from: 2022, to: 2023}") + "\n" + _file("new", "years: {from: 2025}"),
        good=_file("old", "years: {from: 2022, to: 2024}") + "\n" + _file("new", "years: {from: 2025}"),
    ),
    LintRule(
        code="NC194",
        severity=Severity.WARNING,
        title=phrase("days between two sets"),
        why=phrase("On those days neither act is in force, and nothing says what held."),
        do=phrase("correct the days, or add what was in force then; where nothing was, the warning is right"),
        bad=_file("old", "in_force: {from: 2024-01-01, to: 2026-01-10}")
        + "\n"
        + _file("new", "in_force: {from: 2026-02-15}"),
        good=_file("old", "in_force: {from: 2024-01-01, to: 2026-02-14}")
        + "\n"
        + _file("new", "in_force: {from: 2026-02-15}"),
    ),
    LintRule(
        code="NC440",
        severity=Severity.ERROR,
        title=phrase("a set is not as it says it stands to the set that it extends"),
        why=phrase(
            "A record was found that breaks the declared `direction`. The message has it, as an embedded test gives it."
        ),
        do=phrase("correct the change, or the `direction`"),
        bad=_extending(12, _STRICTER),
        good=_extending(8, _STRICTER),
    ),
    LintRule(
        code="NC441",
        severity=Severity.NOTICE,
        title=phrase("what is known of a declared direction"),
        why=phrase(
            "The solver proves it for every record, where it is installed and decides it in time. Otherwise records "
            "were tried, and the message says how many."
        ),
        do=phrase(
            "nothing where it is proved; where it is not, install `ncriteria[prove]`, or take more time with "
            "`ncriteria prove --timeout`"
        ),
        bad=_extending(8, _STRICTER),
        good=_extending(8),
    ),
    LintRule(
        code="NC444",
        severity=Severity.WARNING,
        title=phrase("a set begins before its act is in force"),
        why=phrase(
            "An extending set judges no year whose window ends before its act is in force; the "
            "set that it extends judges that year."
        ),
        do=phrase("correct `years`, or `in_force` of the instrument"),
        bad=_extending(8, act=", in_force: 2025-01-15"),
        good=_extending(8, act=", in_force: 2024-08-15"),
    ),
)
