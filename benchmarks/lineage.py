"""How long a table in columns takes whose units were merged in between, as a multiple of the same without a lineage.

10,600 communes become 3,300: five years of rows before, five after. Each verdict looks back at the year before, and at
the two years before that.
"""

from __future__ import annotations

import argparse
import datetime
import random
import warnings
from functools import partial
from pathlib import Path

import polars as pl
from measuring import interleaved, machine, print_times

import ncriteria as nc

CRITERIA = Path(__file__).parent
BEFORE, AFTER, FIRST = 10_600, 3_300, 2020
DAY = datetime.date(2025, 7, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    warnings.simplefilter("ignore", nc.TableWarning)
    frame, lineage = communes(), merger()
    tasks = {}
    for number in ("five", "twelve"):
        criteria = nc.load(CRITERIA / f"{number}.yaml")
        kept = frame.select("unit", "year", *(name for name in frame.columns if name in criteria.facts))
        judge = partial(nc.evaluate_table, kept, criteria)
        tasks |= {f"{number} clauses": judge, f"{number} clauses, lineage": partial(judge, lineage=lineage)}
    medians = interleaved(tasks, rounds)
    print(f"{frame.height:,} rows: medians of {rounds} interleaved runs ({machine()})")
    for number in ("five", "twelve"):
        of_set = {name: taken for name, taken in medians.items() if name.startswith(number)}
        print_times(of_set, f"{number} clauses", {f"{number} clauses, lineage": "1.5 times"})


def communes() -> pl.DataFrame:
    """Ten years of rows, sorted by unit and year; every figure is there."""
    drawn, declared = random.Random(1), nc.load(CRITERIA / "twelve.yaml").facts
    spans = ((BEFORE, range(FIRST, DAY.year)), (AFTER, range(DAY.year, FIRST + 10)))
    keys = sorted((f"{unit:05d}", year) for units, years in spans for unit in range(units) for year in years)
    columns: dict[str, list[object]] = {"unit": [unit for unit, _ in keys], "year": [year for _, year in keys]}
    for name, fact in declared.items():
        if fact.options:
            columns[name] = [drawn.choice(fact.options) for _ in keys]
        elif fact.type.is_numeric:
            columns[name] = [1 + drawn.randrange(20) for _ in keys]
        else:
            columns[name] = [drawn.random() < 0.9 for _ in keys]
    columns["traffic_deaths"] = [drawn.randrange(3) for _ in keys]
    return pl.DataFrame(columns)


def merger() -> nc.Lineage:
    """About three communes become one, which has the code of one of them."""
    whole = nc.Share.WHOLE
    return nc.Lineage(
        nc.Change(old=f"{unit:05d}", new=f"{unit % AFTER:05d}", share=whole, day=DAY) for unit in range(BEFORE)
    )


if __name__ == "__main__":
    main()
