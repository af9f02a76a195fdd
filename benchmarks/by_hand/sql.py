"""The twelve clauses as a careful programmer writes them in SQL for DuckDB."""

from __future__ import annotations

import duckdb

from by_hand.polars_frame import COLUMNS, COUNTS, LAST_YEAR, RATINGS, REFORM

_RANGES = ", ".join(f"min({name}) < 0" for name in COUNTS)
CHECK = f"""
SELECT
    (SELECT count(*) FROM facts WHERE unit IS NULL OR year IS NULL),
    (SELECT count(*) FROM (SELECT 1 FROM facts GROUP BY unit, year HAVING count(*) > 1)),
    (SELECT greatest({_RANGES}, min(population) < 1)::INT FROM facts),
    (SELECT count(*) FROM facts WHERE force_rating NOT IN {tuple(RATINGS)})
"""
TRUTHS = {
    "direction": "party_resolution AND pc_plan AND registered_early",
    "security": "anti_state_activities = 0 AND mass_petitions = 0",
    "crime": "crime_cases = 0 OR 20 * crime_cases <= 19 * crime_cases_before",
    "evils": "social_evil_cases = 0 OR social_evil_cases <= social_evil_cases_before",
    "traffic": "traffic_deaths = 0 OR traffic_deaths < traffic_deaths_before",
    "drugs": """drug_users = 0 OR
        drug_users < drug_users_before AND drug_users_before < drug_users_long_before AND drug_users_long_before > 0""",
    "model": "effective_models >= 1",
    "registered": """units_registered = hamlets + bodies
        AND units_registered >= coalesce(hamlets, 0) + coalesce(bodies, 0)""",
    "recognised": """(
            10 * (hamlets_recognised + bodies_recognised) >= 7 * (hamlets + bodies)
            OR 10 * (coalesce(hamlets_recognised, 0) + coalesce(bodies_recognised, 0)) >= 7 * (hamlets + bodies)
        ) AND coalesce(
            10 * (hamlets_recognised + bodies_recognised) >= 7 * (coalesce(hamlets, 0) + coalesce(bodies, 0)), true)""",
    "force": "force_rating IN ('xuất sắc', 'tốt', 'hoàn thành') AND officers_disciplined = 0",
    "border": """border_violations = 0 OR (
            border_violations * population_before <= border_violations_before * population
            OR border_violations * population_before <= border_violations_before * coalesce(population, 1)
        ) AND coalesce(
            border_violations * coalesce(population_before, 1) <= border_violations_before * population, true)""",
    "prevention": """camera_network AND self_managed_teams >= 3
        OR (complaints_received = 0 OR 5 * complaints_settled >= 4 * complaints_received)
            AND (camera_network OR self_managed_teams >= 3)""",
}
VERDICTS = "CREATE TYPE verdicts AS ENUM ('met', 'not_met', 'undetermined', 'not_applicable')"


def _verdict(truth: str) -> str:
    return f"""CASE WHEN {truth} THEN 'met'::verdicts WHEN NOT {truth} THEN 'not_met'::verdicts
        ELSE 'undetermined'::verdicts END"""


_BORDER = f"""CASE WHEN has_border THEN {_verdict("holds_border")}
    WHEN NOT has_border THEN 'not_applicable'::verdicts ELSE 'undetermined'::verdicts END"""
_FINE = " AND ".join("(NOT has_border OR holds_border)" if name == "border" else f"holds_{name}" for name in TRUTHS)
_BEFORE = ", ".join(f"before.{name} AS {name}_before" for name in LAST_YEAR)
JUDGE = f"""
WITH joined AS (
    SELECT facts.*, {_BEFORE}, long_before.drug_users AS drug_users_long_before
    FROM facts
    LEFT JOIN facts AS before ON before.unit = facts.unit AND before.year = facts.year - 1
        AND before.year <> {REFORM - 1}
    LEFT JOIN facts AS long_before ON long_before.unit = facts.unit AND long_before.year = facts.year - 2
        AND long_before.year NOT BETWEEN {REFORM - 2} AND {REFORM - 1}
), truths AS (
    SELECT *, {", ".join(f"{truth} AS holds_{name}" for name, truth in TRUTHS.items())} FROM joined
), whole AS (
    SELECT *, {_FINE} AS holds FROM truths
)
SELECT
    {", ".join(COLUMNS)},
    {_verdict("holds")} AS verdict,
    {_verdict("holds")} AS safe,
    {", ".join(f'{_BORDER if name == "border" else _verdict(f"holds_{name}")} AS "safe/{name}"' for name in TRUTHS)}
FROM whole
"""


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Every row of `facts` has a unit and a year, once; numbers and ratings lie where they may."""
    found = connection.execute(CHECK).fetchone()
    if found is None or any(found):
        raise ValueError(found)
