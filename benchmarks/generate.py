"""Facts of communes in several years, made from a seed: with gaps in the years, blanks, zeros and ties on purpose."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
import polars as pl
import pyarrow.parquet as pq
from attrs import frozen

Matrix: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.int64]]"
Random: TypeAlias = np.random.Generator

FIRST_YEAR = 2016
YEARS = 10
GAP = 0.04
"""The share of years of a commune that have no row."""
BLANK = 0.01
"""The share of cells that are blank."""
BATCH = 25_000
"""Communes that are made at a time, a row group of a file each."""
RATINGS = np.array(["xuất sắc", "tốt", "hoàn thành", "không hoàn thành"])


@frozen
class Wanted:
    """How many rows, from what seed; `shuffled` rows are in no order, others by unit and year."""

    rows: int
    seed: int = 1
    shuffled: bool = False


def frame(wanted: Wanted) -> pl.DataFrame:
    """The facts in memory: a row per commune and year, whole numbers in Int64."""
    made = pl.concat(batches(wanted), rechunk=True)
    return made.sample(fraction=1, shuffle=True, seed=wanted.seed) if wanted.shuffled else made


def write(wanted: Wanted, path: Path) -> None:
    """Write the facts as Parquet, a row group at a time; only shuffled rows are all in memory."""
    parts = [frame(wanted)] if wanted.shuffled else batches(wanted)
    writer: pq.ParquetWriter | None = None
    for part in parts:
        table = part.to_arrow(compat_level=pl.CompatLevel.oldest())
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=BATCH * YEARS)
    assert writer is not None
    writer.close()


def batches(wanted: Wanted) -> Iterator[pl.DataFrame]:
    """The facts of some communes at a time, in the order of units and years, until there are enough rows."""
    left = wanted.rows
    for number in range(wanted.rows):
        part = _batch(np.random.default_rng([wanted.seed, number]), number * BATCH, BATCH).head(left)
        yield part
        left -= part.height
        if left == 0:
            return


def _batch(random: Random, first: int, units: int) -> pl.DataFrame:
    shape = (units, YEARS)
    names = pl.select(pl.lit("VN-") + pl.int_range(first, first + units).cast(pl.String).str.zfill(8)).to_series()
    columns = {name: _blanked(random, values) for name, values in _facts(random, shape).items()}
    made = pl.DataFrame(
        {
            "unit": names.gather(np.repeat(np.arange(units), YEARS)),
            "year": np.tile(np.arange(FIRST_YEAR, FIRST_YEAR + YEARS), units),
            **columns,
        }
    )
    return made.filter(pl.Series(random.random(units * YEARS) >= GAP))


def _blanked(random: Random, values: np.ndarray) -> pl.Series:
    present = random.random(values.size) >= BLANK
    return pl.select(pl.when(pl.Series(present)).then(pl.Series(values.ravel()))).to_series()


def _facts(random: Random, shape: tuple[int, int]) -> Mapping[str, np.ndarray]:
    hamlets, bodies = 10 * random.integers(1, 3, shape), random.integers(0, 11, shape)
    # One in three has exactly 70 %, where that is a whole number.
    share = random.choice([70, 69, 71, 80, 90, 100], shape, p=[0.3, 0.05, 0.05, 0.2, 0.2, 0.2])
    recognised = -(-(hamlets + bodies) * share // 100)
    hamlets_recognised = np.minimum(hamlets, recognised)
    received = 5 * random.integers(0, 9, shape)
    population = random.integers(2_000, 30_000, (shape[0], 1)) + random.integers(-50, 50, shape).cumsum(axis=1)
    return {
        "party_resolution": _mostly(random, shape, 0.98),
        "pc_plan": _mostly(random, shape, 0.98),
        "registered_early": _mostly(random, shape, 0.97),
        "anti_state_activities": _seldom(random, shape, 0.01),
        "mass_petitions": _seldom(random, shape, 0.03),
        "crime_cases": _falling(random, shape, 6),
        "social_evil_cases": _falling(random, shape, 3),
        "traffic_deaths": random.poisson(0.4, shape),
        "drug_users": _falling(random, shape, 2),
        "effective_models": random.poisson(3, shape),
        "hamlets": hamlets,
        "bodies": bodies,
        "units_registered": hamlets + bodies - _seldom(random, shape, 0.05),
        "hamlets_recognised": hamlets_recognised,
        "bodies_recognised": recognised - hamlets_recognised,
        "population": np.maximum(population, 1),
        "force_rating": RATINGS[random.choice(4, shape, p=[0.1, 0.5, 0.37, 0.03])],
        "officers_disciplined": _seldom(random, shape, 0.03),
        "has_border": np.repeat(random.random((shape[0], 1)) < 0.05, shape[1], axis=1),
        "border_violations": _falling(random, shape, 1),
        "camera_network": _mostly(random, shape, 0.7),
        "self_managed_teams": random.integers(0, 12, shape),
        "complaints_received": received,
        "complaints_settled": np.minimum(received, received * random.integers(3, 6, shape) // 5),
    }


def _mostly(random: Random, shape: tuple[int, int], share: float) -> np.ndarray:
    return random.random(shape) < share


def _seldom(random: Random, shape: tuple[int, int], share: float) -> Matrix:
    return (random.random(shape) < share) * random.integers(1, 4, shape)


def _falling(random: Random, shape: tuple[int, int], scores: int) -> Matrix:
    """Counts that begin at multiples of 20, and then are exactly 95 % of the year before, the same, fewer, or new."""
    values = np.empty(shape, dtype=np.int64)
    values[:, 0] = 20 * random.integers(0, scores + 1, shape[0])
    for year in range(1, shape[1]):
        before = values[:, year - 1]
        kinds = random.choice(5, shape[0], p=[0.25, 0.1, 0.45, 0.15, 0.05])
        fewer = before - random.integers(0, 8, shape[0])
        fresh = 20 * random.integers(0, scores + 1, shape[0])
        new = np.choose(kinds, [before * 19 // 20, before, fewer, fresh, np.zeros_like(before)])
        values[:, year] = np.maximum(new, 0)
    return values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="the Parquet file to write")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shuffle", action="store_true", help="rows in no order, rather than by unit and year")
    given = parser.parse_args()
    write(Wanted(given.rows, given.seed, given.shuffle), given.path)


if __name__ == "__main__":
    main()
