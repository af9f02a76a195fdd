"""The twelve clauses as a careful programmer writes them in Python: exact, and aware of what is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ncriteria.sets.model import Verdict

Facts: TypeAlias = Mapping[str, int | bool | str | None]
Truth: TypeAlias = bool | None

MET, NOT_MET, UNDETERMINED, NOT_APPLICABLE = Verdict
PASSING = frozenset(["xuất sắc", "tốt", "hoàn thành"])


def judge(facts: Facts, prev_year: Facts, two_years_ago: Facts) -> tuple[Verdict, dict[str, Verdict]]:
    """The verdict of the whole set and of each clause; a fact that is absent or `None` is unknown."""
    get, before = facts.get, prev_year.get

    party_resolution, pc_plan, registered_early = get("party_resolution"), get("pc_plan"), get("registered_early")
    if party_resolution is False or pc_plan is False or registered_early is False:
        direction = False
    else:
        direction = True if party_resolution and pc_plan and registered_early else None

    anti_state, petitions = get("anti_state_activities"), get("mass_petitions")
    security = False if anti_state or petitions else None if anti_state is None or petitions is None else True

    crime, crime_before = get("crime_cases"), before("crime_cases")
    if crime == 0:
        reduced = True
    elif crime is None or crime_before is None:
        reduced = None
    else:
        reduced = 20 * crime <= 19 * crime_before

    evils, evils_before = get("social_evil_cases"), before("social_evil_cases")
    contained = True if evils == 0 else None if evils is None or evils_before is None else evils <= evils_before

    deaths, deaths_before = get("traffic_deaths"), before("traffic_deaths")
    traffic = True if deaths == 0 else None if deaths is None or deaths_before is None else deaths < deaths_before

    users = get("drug_users")
    if users == 0:
        drugs = True
    elif users is None:
        drugs = None
    else:
        drugs = _falls(users, before("drug_users"), two_years_ago.get("drug_users"))

    models = get("effective_models")
    model = None if models is None else models >= 1

    hamlets, bodies = get("hamlets"), get("bodies")
    registered_units = get("units_registered")
    if hamlets is None or bodies is None:
        some = (hamlets or 0) + (bodies or 0)
        registered = False if registered_units is not None and some > registered_units else None
    else:
        registered = None if registered_units is None else registered_units == hamlets + bodies

    recognised = _recognised(hamlets, bodies, get("hamlets_recognised"), get("bodies_recognised"))

    rating, disciplined = get("force_rating"), get("officers_disciplined")
    if disciplined or (rating is not None and rating not in PASSING):
        force = False
    else:
        force = None if disciplined is None or rating is None else True

    at_border = get("has_border")
    border_violations = get("border_violations") if at_border is not False else None
    calm = None if at_border is False else _calm(border_violations, get("population"), before)

    cameras, teams = get("camera_network"), get("self_managed_teams")
    received, settled = get("complaints_received"), get("complaints_settled")
    enough_teams = None if teams is None else teams >= 3
    settles = True if received == 0 else None if received is None or settled is None else 5 * settled >= 4 * received
    three = (cameras, enough_teams, settles)
    prevention = True if three.count(True) >= 2 else False if three.count(False) >= 2 else None

    border_is_fine = True if at_border is False or calm else (None if at_border is None or calm is None else False)
    truths = (
        *(direction, security, reduced, contained, traffic, drugs, model, registered, recognised, force),
        *(border_is_fine, prevention),
    )
    overall = NOT_MET if False in truths else UNDETERMINED if None in truths else MET
    border = _verdict(calm) if at_border else UNDETERMINED if at_border is None else NOT_APPLICABLE
    return overall, {
        "safe": overall,
        "safe/direction": _verdict(direction),
        "safe/security": _verdict(security),
        "safe/crime": _verdict(reduced),
        "safe/evils": _verdict(contained),
        "safe/traffic": _verdict(traffic),
        "safe/drugs": _verdict(drugs),
        "safe/model": _verdict(model),
        "safe/registered": _verdict(registered),
        "safe/recognised": _verdict(recognised),
        "safe/force": _verdict(force),
        "safe/border": border,
        "safe/prevention": _verdict(prevention),
    }


def _verdict(truth: Truth) -> Verdict:
    return MET if truth else UNDETERMINED if truth is None else NOT_MET


def _falls(users: int, before: int | None, two_years_ago: int | None) -> Truth:
    if before is None:
        return False if two_years_ago == 0 else None
    if users >= before:
        return False
    return None if two_years_ago is None else before < two_years_ago


def _recognised(
    hamlets: int | None, bodies: int | None, hamlets_recognised: int | None, bodies_recognised: int | None
) -> Truth:
    if hamlets is not None and bodies is not None:
        needed = 7 * (hamlets + bodies)
        if hamlets_recognised is not None and bodies_recognised is not None:
            return 10 * (hamlets_recognised + bodies_recognised) >= needed
        return True if 10 * ((hamlets_recognised or 0) + (bodies_recognised or 0)) >= needed else None
    if hamlets_recognised is None or bodies_recognised is None:
        return None
    return False if 10 * (hamlets_recognised + bodies_recognised) < 7 * ((hamlets or 0) + (bodies or 0)) else None


def _calm(violations: int | None, population: int | None, before: Callable[[str], int | None]) -> Truth:
    """Whether violations per head are no more than a year ago; there is at least one inhabitant."""
    if violations == 0:
        return True
    violations_before, population_before = before("border_violations"), before("population")
    if violations is None or violations_before is None:
        return None
    if population is None:
        return True if population_before and violations * population_before <= violations_before else None
    if population_before is None:
        return False if violations > violations_before * population else None
    return violations * population_before <= violations_before * population
