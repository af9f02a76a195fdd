"""The twelve clauses as a careful programmer writes them in Polars: the same columns and the same meaning of blanks."""

from __future__ import annotations

import polars as pl
from polars import col

VERDICTS = pl.Enum(["met", "not_met", "undetermined", "not_applicable"])
RATINGS = ["xuất sắc", "tốt", "hoàn thành", "không hoàn thành"]
PASSING = RATINGS[:3]
COUNTS = [
    *("anti_state_activities", "mass_petitions", "crime_cases", "social_evil_cases", "traffic_deaths", "drug_users"),
    *("effective_models", "hamlets", "bodies", "units_registered", "hamlets_recognised", "bodies_recognised"),
    *("officers_disciplined", "border_violations", "self_managed_teams", "complaints_received", "complaints_settled"),
]
COLUMNS = [
    *("unit", "year", "party_resolution", "pc_plan", "registered_early", "anti_state_activities", "mass_petitions"),
    *("crime_cases", "social_evil_cases", "traffic_deaths", "drug_users", "effective_models", "hamlets", "bodies"),
    *("units_registered", "hamlets_recognised", "bodies_recognised", "population", "force_rating"),
    *("officers_disciplined", "has_border", "border_violations", "camera_network", "self_managed_teams"),
    *("complaints_received", "complaints_settled"),
]
LAST_YEAR = [
    *("crime_cases", "social_evil_cases", "traffic_deaths", "drug_users", "border_violations", "population"),
]

REFORM = 2025
"""The year in which communes were made anew: from it on, a row of an earlier year is another unit's."""


def check(facts: pl.LazyFrame) -> None:
    """Every row has a unit and a year, once; numbers and ratings lie where they may."""
    counted = facts.group_by("unit", "year").len()
    _refuse([_wrong(facts), counted.select(twice=(col("len") > 1).any())])


def _wrong(facts: pl.LazyFrame) -> pl.LazyFrame:
    return facts.select(
        nameless=(col("unit").is_null() | col("year").is_null()).any(),
        negative=pl.any_horizontal(*(col(name).min() < 0 for name in COUNTS), col("population").min() < 1),
        foreign=(~col("force_rating").is_in(RATINGS)).any(),
    )


def _refuse(asked: list[pl.LazyFrame]) -> None:
    for found in pl.collect_all(asked):
        for name, is_wrong in found.row(0, named=True).items():
            if is_wrong:
                raise ValueError(name)


def check_sorted(facts: pl.LazyFrame) -> None:
    """As `check`, and that the rows stand in the order of units and years, so that none stands twice."""
    unit, year = col("unit"), col("year")
    rises = (unit > unit.shift()) | ((unit == unit.shift()) & (year > year.shift()))
    _refuse([_wrong(facts), facts.select(unsorted=(~rises).any())])


def judge(facts: pl.LazyFrame, *, ordered: bool = True) -> pl.LazyFrame:
    """The facts with a column of verdicts for each clause; `ordered` keeps the order of the rows."""
    order = "left" if ordered else "none"
    last_year = (col(name).alias(f"{name}_before") for name in LAST_YEAR)
    before = facts.filter(col("year") != REFORM - 1).select("unit", col("year") + 1, *last_year)
    old = facts.filter(~col("year").is_between(REFORM - 2, REFORM - 1))
    long_before = old.select("unit", col("year") + 2, col("drug_users").alias("drug_users_long_before"))
    joined = facts.join(before, on=["unit", "year"], how="left", maintain_order=order).join(
        long_before, on=["unit", "year"], how="left", maintain_order=order
    )
    return _judged(joined)


def judge_sorted(facts: pl.LazyFrame) -> pl.LazyFrame:
    """The same, where the rows are known to be in the order of units and years: earlier years stand just above."""

    def above(rows: int, years: int) -> pl.Expr:
        is_cut = col("year").is_between(REFORM, REFORM + years - 1)
        return (col("unit") == col("unit").shift(rows)) & (col("year") == col("year").shift(rows) + years) & ~is_cut

    before = [pl.when(above(1, 1)).then(col(name).shift()).alias(f"{name}_before") for name in LAST_YEAR]
    users = col("drug_users")
    long_before = pl.when(above(1, 2)).then(users.shift(1)).when(above(2, 2)).then(users.shift(2))
    return _judged(facts.with_columns(*before, long_before.alias("drug_users_long_before")))


def _judged(joined: pl.LazyFrame) -> pl.LazyFrame:
    at_border = col("has_border")
    holds = [f"holds_{name}" for name in TRUTHS]
    fine = [~at_border | col("holds_border") if name == "holds_border" else col(name) for name in holds]
    verdicts = {f"safe/{name}": _verdict(col(f"holds_{name}")) for name in TRUTHS}
    border = pl.when(at_border).then(verdicts["safe/border"])
    verdicts["safe/border"] = border.otherwise(pl.when(~at_border).then(NOT_APPLICABLE).otherwise(UNDETERMINED))
    return (
        joined.with_columns(truth.alias(f"holds_{name}") for name, truth in TRUTHS.items())
        .with_columns(holds=pl.all_horizontal(fine))
        .select(*COLUMNS, verdict=_verdict(col("holds")), safe=_verdict(col("holds")), **verdicts)
    )


MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = (pl.lit(name, dtype=VERDICTS) for name in VERDICTS.categories)


def _verdict(truth: pl.Expr) -> pl.Expr:
    return pl.when(truth).then(MET).otherwise(pl.when(~truth).then(NOT_MET).otherwise(UNDETERMINED))


def _truths() -> dict[str, pl.Expr]:
    """Whether each clause holds; null where that is not known. A count that is not known is still 0 or more."""
    crime, evils, deaths = col("crime_cases"), col("social_evil_cases"), col("traffic_deaths")
    users, before, long_before = col("drug_users"), col("drug_users_before"), col("drug_users_long_before")
    units, some_units = col("hamlets") + col("bodies"), col("hamlets").fill_null(0) + col("bodies").fill_null(0)
    recognised = col("hamlets_recognised") + col("bodies_recognised")
    some_recognised = col("hamlets_recognised").fill_null(0) + col("bodies_recognised").fill_null(0)
    violations, violations_before = col("border_violations"), col("border_violations_before")
    population, population_before = col("population"), col("population_before")
    cameras, teams = col("camera_network"), col("self_managed_teams") >= 3
    received, settled = col("complaints_received"), col("complaints_settled")
    settles = (received == 0) | (5 * settled >= 4 * received)
    return {
        "direction": col("party_resolution") & col("pc_plan") & col("registered_early"),
        "security": (col("anti_state_activities") == 0) & (col("mass_petitions") == 0),
        "crime": (crime == 0) | (20 * crime <= 19 * col("crime_cases_before")),
        "evils": (evils == 0) | (evils <= col("social_evil_cases_before")),
        "traffic": (deaths == 0) | (deaths < col("traffic_deaths_before")),
        "drugs": (users == 0) | ((users < before) & (before < long_before) & (long_before > 0)),
        "model": col("effective_models") >= 1,
        "registered": (col("units_registered") == units) & (col("units_registered") >= some_units),
        "recognised": ((10 * recognised >= 7 * units) | (10 * some_recognised >= 7 * units))
        & (10 * recognised >= 7 * some_units).fill_null(True),
        "force": col("force_rating").is_in(PASSING) & (col("officers_disciplined") == 0),
        "border": (violations == 0)
        | (
            (
                (violations * population_before <= violations_before * population)
                | (violations * population_before <= violations_before * population.fill_null(1))
            )
            & (violations * population_before.fill_null(1) <= violations_before * population).fill_null(True)
        ),
        "prevention": (cameras & teams) | (settles & (cameras | teams)),
    }


TRUTHS = _truths()
