"""The twelve clauses as a careful programmer writes them in pandas, on columns of Arrow: true, false or missing."""

from __future__ import annotations

import pandas as pd

from by_hand.polars_frame import COUNTS, LAST_YEAR, PASSING, RATINGS, REFORM

VERDICTS = ["met", "not_met", "undetermined", "not_applicable"]


def check(facts: pd.DataFrame) -> None:
    """Every row has a unit and a year, once; numbers and ratings lie where they may."""
    problems = {
        "nameless": facts["unit"].isna().any() or facts["year"].isna().any(),
        "twice": facts.duplicated(["unit", "year"]).any(),
        "negative": (facts[COUNTS].min() < 0).any() or facts["population"].min() < 1,
        "foreign": not facts["force_rating"].dropna().isin(RATINGS).all(),
    }
    for name, is_wrong in problems.items():
        if is_wrong:
            raise ValueError(name)


def judge(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts with a column of verdicts for each clause, the rows in their order."""
    keys = ["unit", "year"]
    year = facts["year"]
    before = facts.loc[year != REFORM - 1, [*keys, *LAST_YEAR]].assign(year=year + 1)
    old = facts.loc[~year.between(REFORM - 2, REFORM - 1), [*keys, "drug_users"]]
    long_before = old.assign(year=year + 2)
    joined = facts.merge(before, on=keys, how="left", suffixes=("", "_before")).merge(
        long_before, on=keys, how="left", suffixes=("", "_long_before")
    )
    truths = _truths(joined)
    at_border = joined["has_border"]
    whole = ~at_border | truths["border"]
    for name, truth in truths.items():
        if name != "border":
            whole &= truth
    codes = {"verdict": _codes(whole), "safe": _codes(whole)}
    codes |= {f"safe/{name}": _codes(truth) for name, truth in truths.items()}
    border = codes["safe/border"].copy()
    border[at_border.isna().to_numpy()] = 2
    border[(~at_border).fillna(False).to_numpy(dtype=bool)] = 3
    codes["safe/border"] = border
    verdicts = {name: pd.Categorical.from_codes(found, VERDICTS) for name, found in codes.items()}
    return pd.concat([facts, pd.DataFrame(verdicts, index=facts.index)], axis=1)


def _codes(truth: pd.Series):
    return (~truth).astype("int8[pyarrow]").fillna(2).to_numpy(dtype="int8")


def _truths(facts: pd.DataFrame) -> dict[str, pd.Series]:
    """Whether each clause holds; missing where that is not known. A count that is not known is still 0 or more."""
    crime, evils, deaths = facts["crime_cases"], facts["social_evil_cases"], facts["traffic_deaths"]
    users, before, long_before = facts["drug_users"], facts["drug_users_before"], facts["drug_users_long_before"]
    units, some_units = facts["hamlets"] + facts["bodies"], facts["hamlets"].fillna(0) + facts["bodies"].fillna(0)
    recognised = facts["hamlets_recognised"] + facts["bodies_recognised"]
    some_recognised = facts["hamlets_recognised"].fillna(0) + facts["bodies_recognised"].fillna(0)
    violations, violations_before = facts["border_violations"], facts["border_violations_before"]
    population, population_before = facts["population"], facts["population_before"]
    cameras, teams = facts["camera_network"], facts["self_managed_teams"] >= 3
    settles = (facts["complaints_received"] == 0) | (
        5 * facts["complaints_settled"] >= 4 * facts["complaints_received"]
    )
    passing = facts["force_rating"].isin(PASSING).astype("bool[pyarrow]").where(facts["force_rating"].notna())
    return {
        "direction": facts["party_resolution"] & facts["pc_plan"] & facts["registered_early"],
        "security": (facts["anti_state_activities"] == 0) & (facts["mass_petitions"] == 0),
        "crime": (crime == 0) | (20 * crime <= 19 * facts["crime_cases_before"]),
        "evils": (evils == 0) | (evils <= facts["social_evil_cases_before"]),
        "traffic": (deaths == 0) | (deaths < facts["traffic_deaths_before"]),
        "drugs": (users == 0) | ((users < before) & (before < long_before) & (long_before > 0)),
        "model": facts["effective_models"] >= 1,
        "registered": (facts["units_registered"] == units) & (facts["units_registered"] >= some_units),
        "recognised": ((10 * recognised >= 7 * units) | (10 * some_recognised >= 7 * units))
        & (10 * recognised >= 7 * some_units).fillna(True),
        "force": passing & (facts["officers_disciplined"] == 0),
        "border": (violations == 0)
        | (
            (
                (violations * population_before <= violations_before * population)
                | (violations * population_before <= violations_before * population.fillna(1))
            )
            & (violations * population_before.fillna(1) <= violations_before * population).fillna(True)
        ),
        "prevention": (cameras & teams) | (settles & (cameras | teams)),
    }
