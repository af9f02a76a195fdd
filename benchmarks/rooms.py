"""How long `ncriteria room` takes over a whole CSV file, three facts varying, as a multiple of reading it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from files import ROWS, write_facts
from measuring import interleaved, machine, print_times

CRITERIA = Path(__file__).with_name("five.yaml")
VARYING = ("crime_cases", "social_evil_cases", "traffic_deaths")
PROGRAM = [sys.executable, "-c", "from ncriteria.cli import main; main()"]
READING = "import csv, sys; list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))"
BASELINE = "csv.DictReader"
EVALUATE = "ncriteria evaluate"
ROOM = "ncriteria room, three facts"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, env=environment)
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.csv"
        write_facts(facts, given.rows)
        judged = [str(facts), "--criteria", str(CRITERIA)]
        tasks = {
            BASELINE: partial(run, [sys.executable, "-c", READING, str(facts)]),
            EVALUATE: partial(run, [*PROGRAM, "evaluate", *judged]),
            ROOM: partial(run, [*PROGRAM, "room", *judged, *(word for name in VARYING for word in ("--fact", name))]),
        }
        medians = interleaved(tasks, given.rounds)
    print(f"Room of {given.rows:,} rows: medians of {given.rounds} interleaved runs ({machine()})")
    print_times(medians, BASELINE, {ROOM: "60 s"})
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
