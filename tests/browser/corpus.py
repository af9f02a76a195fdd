"""Questions of a page, with the calls of the command line that ask the same: tables of many kinds, right and wrong."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from attrs import field, frozen
from click.testing import CliRunner

import ncriteria as nc
from ncriteria.cli import program
from ncriteria.sets.model import FactDeclaration, FactType

_ROOT = Path(__file__).parents[2]
_SETS = {one.id: Path(one.source or "") for one in nc.catalog().sets.sets if one.facts}
_DISTRICT = _ROOT / "examples" / "invented_district"


@frozen
class Case:
    """A question, the files that it names, and the arguments of the command line after the name of the command."""

    name: str
    asks: str
    question: dict[str, Any]
    files: dict[str, bytes] = field(repr=False)
    arguments: tuple[str, ...]

    def printed(self, folder: Path, *more: str) -> str:
        """What the command line prints of it with `more` arguments, in a folder with the files."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content)
        if isinstance(edited := self.question.get("criteria"), dict):
            (folder / edited["file"]).write_text(edited["text"], encoding="utf-8")
        call = [self.asks, *self.arguments, *more, "--json", "--lang", self.question["language"]]
        found = CliRunner().invoke(program, call, env={"COLUMNS": "80"}, prog_name="ncriteria")
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.stdout.removesuffix("\n")


def corpus() -> list[Case]:
    """All cases, the same ones each time."""
    return [*_generated(), *_edits(), *_named()]


def _case(name: str, asks: str, files: dict[str, bytes], arguments: list[str], **question: Any) -> Case:
    facts = next(iter(files))
    asked = {"language": "vi", "facts": facts, **question}
    return Case(name, asks, asked, files, tuple(arguments))


def _generated() -> Iterator[Case]:
    """Tables of random figures under each shipped set, and under all of them."""
    for seed in range(30):
        random = Random(seed)
        chosen = random.choice([None, *_SETS])
        declared = nc.catalog()[chosen].facts if chosen else nc.catalog()[random.choice([*_SETS])].facts
        level = nc.catalog()[chosen].level.value if chosen else random.choice(["commune", "hamlet", "district"])
        rows = _rows(random, list(declared.values()), level, is_wrong=seed % 5 == 4)
        ending = ("csv", "xlsx")[seed % 2]
        content = _csv(rows) if ending == "csv" else _workbook(rows)
        reading = {"keep_going": True} if seed % 10 == 9 else {}
        arguments = [f"facts.{ending}", *(["--criteria", chosen] if chosen else [])]
        arguments += ["--keep-going"] if reading else []
        question = {"criteria": chosen, "reading": reading, "language": random.choice(["vi", "en"])}
        yield _case(f"{seed}-{ending}-{chosen}", "evaluate", {f"facts.{ending}": content}, arguments, **question)


def _rows(random: Random, declared: list[FactDeclaration], level: str, *, is_wrong: bool) -> list[list[str]]:
    asked = random.sample(declared, k=random.randint(1, len(declared)))
    headings = [one.name if random.random() < 0.5 else one.title.vi for one in asked]
    rows, kind = [["unit", "name", "level", "year", *headings]], "Xã" if level == "commune" else "Số"
    for unit in range(random.randint(1, 4)):
        years = sorted(random.sample(range(2021, 2026), k=random.randint(1, 3)))
        for year in years:
            values = [_cell(random, one, is_first=year == years[0]) for one in asked]
            rows.append([f"xa-{unit}", f"{kind} <b>{unit}</b> «{unit}»", level, str(year), *values])
    if is_wrong:
        rows[-1][-1] = random.choice(["-5", "??", "1,2,3", "#REF!"])
    return rows


def _cell(random: Random, declared: FactDeclaration, *, is_first: bool) -> str:
    if random.random() < 0.15:
        return ""
    match declared.type:
        case FactType.COUNT:
            count = random.choice([0, 1, random.randint(0, 30)])
            both = f"{count:02}/{random.randint(0, 30):02}"
            return random.choice([str(count), f">={count}", both if is_first else str(count)])
        case FactType.NUMBER:
            return str(random.randint(0, 100))
        case FactType.BOOLEAN:
            return random.choice(["Có", "Không", "x"])
        case FactType.ENUMERATION:
            return random.choice(list(declared.options) or ["a"])
        case FactType.DATE:
            return f"{random.randint(1, 28)}/{random.randint(1, 12)}/2024"


def _csv(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()


def _workbook(rows: list[list[str]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.isdecimal():
                    sheet.write_number(number, column, int(cell))
                else:
                    sheet.write_string(number, column, cell)
    return written.getvalue()


def _district() -> dict[str, bytes]:
    return {name: (_DISTRICT / name).read_bytes() for name in ("facts.csv", "attestations.csv")}


def _edits() -> Iterator[Case]:
    """Edits of sets, and whom they touch."""
    edits = (
        ("stricter", "vn.bca.hd06-2022.commune", "value: 5%", "value: 40%", {}),
        ("every-year", "vn.bca.hd06-2022.commune", "value: 5%", "value: 40%", {"tries_all_years": True}),
        ("open-value", "vn.bca.hd04-2024.commune", "value: unknown", "value: pass", {}),
        ("same", "vn.bca.hd04-2024.commune", "", "", {}),
        (
            "broken-rule",
            "vn.bca.hd06-2022.commune",
            "traffic_accidents <= prev_year",
            "traffic_accident <= prev_year",
            {},
        ),
        ("broken-yaml", "vn.bca.hd06-2022.commune", "clauses:", "clauses: [", {}),
    )
    for name, identifier, old, new, more in edits:
        original = _SETS[identifier].read_text(encoding="utf-8")
        text = original.replace(old, new) if old else original
        edited = {"text": text, "file": f"{identifier}.yaml"}
        arguments = [identifier, edited["file"], "facts.csv"] + (["--years", "all"] if more else [])
        yield _case(
            f"edit-{name}",
            "impact",
            _district(),
            arguments,
            criteria=edited,
            original=identifier,
            **more,
        )
        if old:
            yield _case(
                f"judged-by-{name}",
                "evaluate",
                _district(),
                ["facts.csv", "--criteria", edited["file"], "--ignore-unknown"],
                criteria=edited,
                original=identifier,
                reading={"ignore_unknown": True},
            )


def _named() -> Iterator[Case]:
    """What a page asks beside: attestations, filters, how a table is read, files of other kinds, and none at all."""
    district = _district()
    attested = ["facts.csv", "--attestations", "attestations.csv"]
    yield _case("attested", "evaluate", district, attested, attestations=["attestations.csv"])
    yield _case(
        "filtered",
        "evaluate",
        {"facts.csv": (_ROOT / "examples/tan_hung/facts.csv").read_bytes()},
        ["facts.csv", "--standard", "ntm-19.2", "--year", "2023"],
        standards=["ntm-19.2"],
        years=[2023],
    )
    yield _case(
        "no-level",
        "evaluate",
        {"bảng.csv": "Xã;Số vụ tai nạn giao thông\nA;3\nB;…\nC;2".encode()},
        ["bảng.csv", "--level", "commune", "--table-year", "2024", "--blank", "…"],
        reading={"level": "commune", "year": 2024, "blanks": ["…"]},
    )
    for name, content in {
        "trống.csv": b"",
        "lạ.csv": "unit;level;year;gì đó\na;commune;2024;1".encode(),
        "tcvn3.csv": "unit;level;year;traffic_accidents\nV\u00dcnh;commune;2024;1".encode("latin-1"),
        "hỏng.xlsx": b"PK\x03\x04 no workbook",
        "bảng.parquet": b"PAR1",
        "bảng.json": json.dumps([{"unit": "a", "level": "commune", "year": 2024, "traffic_accidents": 1}]).encode(),
        "bảng.yaml": b"- {unit: a, level: commune, year: 2024, traffic_accidents: 1}",
        "sai.yaml": b"- {unit: a, level: commune",
    }.items():
        if not name.endswith(".parquet"):  # which the command line judges another way
            yield _case(name, "evaluate", {name: content}, [name])
