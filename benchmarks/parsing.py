"""How long it takes to parse rules and to load the shipped sets."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from itertools import islice, product

from measuring import interleaved, machine, print_times

from ncriteria.evaluation.criteria import catalog
from ncriteria.language.parser import parse

ROUNDS = 7
RULES = 1000
BASELINE = "python -c pass"
PARSE = f"parse {RULES} distinct rules"
LOAD = "load the shipped sets"
FORMS = (
    "{fact} <= prev_year * {number}",
    "{fact} <= {number} or {fact} < prev_year",
    "if prev_year.{fact} = 0 then {fact} = 0 else {fact} <= prev_year.{fact} * {number}",
    "{fact} / population * 100000 <= {number} and {fact} <= max(prev_year, years_ago(2, {fact}))",
    "count_true({fact} = 0, {fact} <= {number}, decreasing({fact}, 3)) >= 2",
    "known({fact}) and {fact} between 0 and {number}",
    'sum_years({fact}, 3) / 3 <= {number} or met("19.2/crime")',
    "10 * recognised >= {number} * in_scope and not ({fact} in (1, 2, 3))",
)
FACTS = ("crime_cases", "social_evil_cases", "traffic_accidents", "fires", "số_vụ_cháy_nổ")


def rules(number: int) -> list[str]:
    """`number` rules of the forms that criteria have, no two alike."""
    limits = [f"{whole}.{part:02d}" for whole in range(5) for part in range(100)]
    made = (form.format(fact=fact, number=limit) for limit, form, fact in product(limits, FORMS, FACTS))
    return list(islice(made, number))


def parse_all(texts: list[str]) -> None:
    for text in texts:
        parse(text)


def main() -> None:
    texts = rules(RULES)
    assert len(set(texts)) == RULES
    tasks = {
        BASELINE: partial(subprocess.run, [sys.executable, "-c", "pass"], check=True),
        PARSE: partial(parse_all, texts),
        LOAD: catalog,
    }
    medians = interleaved(tasks, ROUNDS)
    print(f"Reading: medians of {ROUNDS} interleaved runs ({machine()})")
    print_times(medians, BASELINE, {PARSE: "1000 ms"})


if __name__ == "__main__":
    main()
