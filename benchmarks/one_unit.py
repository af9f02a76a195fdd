"""How long it takes to show one unit of a table of 6,000 rows, as a multiple of Python's own start."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from measuring import interleaved, machine, print_times

ROUNDS = 11
DISTRICTS, COMMUNES, YEARS = 40, 2_000, (2021, 2022, 2023)
FACTS = ("crime_cases", "social_evil_cases", "traffic_accidents", "grave_crime_cases")
PROGRAM = [sys.executable, "-c", "from ncriteria.cli import main; main()"]
BASELINE = "python -c pass"


def main() -> None:
    """Measure one commune and one district, whose verdict rests on its communes, of a table with few facts."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, env=environment)
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.csv"
        facts.write_text("\n".join(lines()) + "\n", encoding="utf-8")
        whole = [*PROGRAM, "evaluate", str(facts)]
        commands = {
            BASELINE: [sys.executable, "-c", "pass"],
            "one commune in one year": [*whole, "--unit", "c77", "--year", "2023"],
            "one district in one year": [*whole, "--unit", "tan-hung", "--year", "2023"],
            "every commune and district": whole,
        }
        # The last takes so long that few rounds must do.
        medians = interleaved({name: partial(run, commands[name]) for name in list(commands)[:3]}, ROUNDS)
        medians |= interleaved({"every commune and district": partial(run, whole)}, 1)
    print(f"One unit of {COMMUNES * len(YEARS):,} rows: medians of {ROUNDS} interleaved runs ({machine()})")
    print_times(medians, BASELINE, dict.fromkeys(list(commands)[1:3], "100 times"))


def lines() -> list[str]:
    """The rows of communes in districts, one a year, and of their districts."""
    chance = random.Random(17)
    found = [",".join(("unit", "name", "level", "parent", "year", *FACTS))]
    for year in YEARS:
        found += [f"{district(number)},Huyện {number},huyện,,{year},,,," for number in range(DISTRICTS)]
        for number in range(COMMUNES):
            values = ",".join(str(chance.randrange(10)) for _ in FACTS)
            found.append(f"c{number},Xã {number},xã,{district(number % DISTRICTS)},{year},{values}")
    return found


def district(number: int) -> str:
    """The identifier of a district; the shipped targets are those of the first."""
    return "tan-hung" if number == 0 else f"d{number}"


if __name__ == "__main__":
    main()
