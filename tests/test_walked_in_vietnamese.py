"""Every command on the examples, in Vietnamese: no English word beside rules and identifiers, no bare internal name."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from ncriteria.cli import SUMMARIES, program
from ncriteria.sets.catalog import SetCatalog, load_catalog
from ncriteria.words import LOCALE

ROOT = Path(__file__).parents[1]
TAN_HUNG, DISTRICT, MERGER = "examples/tan_hung/facts.csv", "examples/invented_district", "examples/invented_merger"
OLD, NEW, STRICTER = (
    "vn.bca.hd06-2022.commune",
    "vn.bca.hd04-2024.commune",
    "examples/stricter_reduction/ten-percent.yaml",
)
CALLS = [
    f"evaluate {TAN_HUNG} --standard ntm-19.2 --show-reading",
    f"evaluate {TAN_HUNG} --unit vinh-buu --details --missing",
    f"evaluate {TAN_HUNG} --standard tan-hung-targets --by-year",
    f"evaluate {DISTRICT}/facts.csv --attestations {DISTRICT}/attestations.csv --year 2024",
    f"evaluate {MERGER}/facts.csv --lineage {MERGER}/lineage.csv",
    f"evaluate {TAN_HUNG} --standard antt-safe --year 2024 -o OUT/a.xlsx",
    f"explain {TAN_HUNG} --unit vinh-buu --year 2023",
    f"room {TAN_HUNG} --standard ntm-19.2 --unit vinh-buu",
    f"room {DISTRICT}/august-2025.csv --as-of 2025-08",
    f"watch {DISTRICT}/august-2025.csv --as-of 2025-08",
    f"init {DISTRICT}/facts.csv --yes -o OUT/p.yaml",
    f"facts {NEW}",
    f"form {NEW} -o OUT/f.xlsx",
    "catalog",
    "catalog --stale --on 2026-03-01",
    "new OUT/n.yaml --id vn.vi-du.xa --year 2026",
    f"fill OUT/f.yaml --of {NEW}",
    f"fill OUT/f.yaml 19.2/fire --of {NEW} --rule 'fires = 0'",
    f"export {NEW} --dmn -o OUT/m.dmn",
    f"check {STRICTER}",
    f"try {NEW}",
    f"check {NEW} --advice",
    "rule --list",
    f"fmt {STRICTER} --check",
    f"fmt --diff {STRICTER}",
    f"test {STRICTER} --coverage",
    f"compare {OLD} {STRICTER}",
    f"prove {OLD} {STRICTER}",
    f"impact {OLD} {NEW} {TAN_HUNG} --years all",
    f"dossier {OLD} {STRICTER} {TAN_HUNG} --day 2026-01-02",
]
NOT_WALKED = {
    "verify": "a receipt tells identifiers",
    "schema": "a schema is for programs",
    "lsp": "a server speaks to editors",
}
OF_THE_LANGUAGE = """
    and or not if then else sum met param decreasing given expect true false between floor max min all any
    count
"""
"""Words of rules and of tests, which are quoted as they are written."""
OF_THE_FILE = """
    title type options value values group members rule note unit cite url issuer issued instrument years
    supersedes enumeration boolean number level standard aggregate facts unknown full restated reported
    mentioned approximated exact attested encodes headings when applies series year name
"""
"""Keys of the criteria file and of tables, and their values, which a comparison quotes."""
_QUOTED = re.compile(r"`[^`]*`|\"[\w-]+\"|«[^»]*»|--[\w-]+|\S*[_./-]\S*|\S+:\d\S*")


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.lower()))


@cache
def english() -> frozenset[str]:
    """Words of English messages that no Vietnamese message has."""
    with (LOCALE / "vi" / "LC_MESSAGES" / "ncriteria.po").open("rb") as file:
        messages = [one for one in read_po(file, locale="vi") if one.id]

    def words(texts: object) -> set[str]:
        several = (texts,) if isinstance(texts, str) else texts
        assert isinstance(several, tuple | list)
        return {word for text in several for word in words_of(_QUOTED.sub(" ", text))}

    said = {word for one in messages for word in words(one.id)}
    vietnamese = {word for one in messages for word in words(one.string)}
    vietnamese |= {word for one in sets().sets for word in words_of(f"{one.title.vi} {one.territory}")}
    return frozenset(said - vietnamese - identifiers() - SUMMARIES.keys())


@cache
def sets() -> SetCatalog:
    return load_catalog()


@cache
def identifiers() -> frozenset[str]:
    """Names of clauses, facts, parameters and options, which stand beside their titles."""

    def names() -> Iterator[str]:
        for criteria in sets().sets:
            yield from (part for member in criteria.members() for part in member.path.split("/"))
            yield from (*criteria.facts, *criteria.parameters)

    return frozenset(names())


def printed(call: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(ROOT)
    arguments = shlex.split(call.replace("OUT", str(folder)))
    result = CliRunner().invoke(program, arguments, env={"COLUMNS": "100"}, prog_name="ncriteria")
    assert result.exit_code in (0, 1), result.output
    return result.output


def bare_names(told: str) -> list[str]:
    """Identifiers of standards that stand without their title, outside of rules and of a roll-up's own path."""
    text = " ".join(told.split())
    for name in {one.standard: one.standard_title for one in sets().sets if one.standard_title}.items():
        text = text.replace(f"{name[1].vi} ({name[0]})", "")
    names = "|".join(map(re.escape, {one.standard for one in sets().sets}))
    return re.findall(rf"(?<![\w.\"-])(?:{names})(?![\w:.\"-])", text)


def test_every_command_is_walked() -> None:
    assert {call.split()[0] for call in CALLS} | NOT_WALKED.keys() == SUMMARIES.keys()


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.split()[0])
def test_a_command_says_nothing_in_english_and_no_standard_or_option_by_its_bare_name(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = printed(call, tmp_path, monkeypatch)
    words = words_of(_QUOTED.sub(" ", told))
    assert words & english() - words_of(OF_THE_LANGUAGE + OF_THE_FILE) == set()
    if not call.startswith(("catalog", "check", "test", "compare", "dossier")):
        assert bare_names(told) == []
        assert re.findall(r"(?<![\w\"-])(?:pass|fail|one_year|continuous)(?![\w\"-])", told) == []
