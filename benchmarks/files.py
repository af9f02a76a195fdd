"""How long a CSV file takes to become a file of all verdicts, as a multiple of what Python needs to read it."""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from measuring import interleaved, machine, print_times

import ncriteria as nc

ROWS = 53_000
ROUNDS = 5
YEARS = range(2020, 2025)
HEADINGS = (
    *("Mã đơn vị", "Đơn vị", "Cấp", "Năm", "Có nghị quyết", "Số vụ xâm phạm trật tự xã hội", "Số vụ tệ nạn xã hội"),
    *("Số người chết vì tai nạn giao thông", "Dân số"),
)
SYLLABLES = ("An", "Bình", "Hòa", "Hưng", "Lộc", "Lợi", "Long", "Minh", "Mỹ", "Phú", "Tân", "Thạnh", "Thuận", "Vĩnh")
BASELINE = "csv.DictReader"
READ = "read_facts"
JUDGE = "evaluate_rows, verdicts alone"
WHOLE = "CSV to a file of all verdicts"
TARGETS = {WHOLE: "60 times"}


def write_facts(path: Path, rows: int) -> None:
    """A CSV file of communes in five years each, with blanks, zeros and bounds, as an office keeps it."""
    drawn = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEADINGS)
        for number in range(rows):
            commune, year = divmod(number, len(YEARS))
            writer.writerow([*_commune(commune), YEARS[year], *_figures(drawn)])


def _commune(number: int) -> Iterator[str]:
    before, last = divmod(number, len(SYLLABLES))
    yield f"{number:05}"
    yield f"Xã {SYLLABLES[before % len(SYLLABLES)]} {SYLLABLES[last]} {number:05}"
    yield "xã"


def _figures(drawn: random.Random) -> Iterator[str]:
    yield drawn.choice(("Có", "Có", "Có", "Không", ""))
    for most in (60, 30, 6):
        count = drawn.randrange(most)
        yield drawn.choices((f"{count}", f"{count:02}", f">={count}", ""), (80, 18, 1, 1))[0]
    yield f"{drawn.randrange(3, 25)}.{drawn.randrange(1000):03}"


def read_plainly(path: Path) -> None:
    """Every row as a mapping of texts."""
    with path.open(encoding="utf-8", newline="") as source:
        for _ in csv.DictReader(source):
            pass


def judge(table: nc.FactTable, criteria: nc.Criteria) -> None:
    for one in nc.evaluate_rows(table, criteria):
        assert one.verdicts is not None


def write_verdicts(judgements: Iterable[nc.Judgement], path: Path) -> None:
    """A row for each judgement: the unit, the year, and the verdicts of the set and of every clause and group."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        for one in judgements:
            assert one.verdicts is not None
            verdicts = (one.verdicts.verdict, *one.verdicts.clauses.values())
            writer.writerow((one.row.unit.id, one.row.year, *(verdict.value for verdict in verdicts)))


def whole(facts: Path, target: Path, criteria: nc.Criteria) -> None:
    table = nc.read_facts(facts, criteria.facts)
    write_verdicts(nc.evaluate_rows(table, criteria), target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    criteria = nc.load(Path(__file__).with_name("five.yaml"))
    with tempfile.TemporaryDirectory(prefix="ncriteria-") as folder:
        facts, target = Path(folder) / "facts.csv", Path(folder) / "verdicts.csv"
        write_facts(facts, asked.rows)
        table = nc.read_facts(facts, criteria.facts)
        tasks = {
            BASELINE: partial(read_plainly, facts),
            READ: partial(nc.read_facts, facts, criteria.facts),
            JUDGE: partial(judge, table, criteria),
            WHOLE: partial(whole, facts, target, criteria),
        }
        medians = interleaved(tasks, asked.rounds)
    print(f"A CSV file of {asked.rows:,} rows: medians of {asked.rounds} interleaved runs ({machine()})")
    print_times(medians, BASELINE, TARGETS)


if __name__ == "__main__":
    main()
