"""The twelve clauses as rule texts that both zen-engine and rule-engine take: true, false, or null where not known.

Neither engine has an unknown of its own: to compare a null is an error in both. So each text asks first what is known.
`PLAIN` are the texts without that, for records in which everything is known.
"""

from __future__ import annotations


def _or_zero(name: str) -> str:
    return f"({name} == null ? 0 : {name})"


_RECOGNISED = "hamlets_recognised + bodies_recognised"
_SOME_RECOGNISED = f"{_or_zero('hamlets_recognised')} + {_or_zero('bodies_recognised')}"
_UNITS, _SOME_UNITS = "hamlets + bodies", f"{_or_zero('hamlets')} + {_or_zero('bodies')}"
_UNITS_KNOWN = "hamlets != null and bodies != null"
_RECOGNISED_KNOWN = "hamlets_recognised != null and bodies_recognised != null"
_PASSING = 'force_rating in ["xuất sắc", "tốt", "hoàn thành"]'
_SETTLES = """complaints_received != null and (complaints_received == 0
    or (complaints_settled != null and 5 * complaints_settled >= 4 * complaints_received))"""
_SETTLES_NOT = """complaints_received != null and complaints_settled != null
    and 5 * complaints_settled < 4 * complaints_received"""

TRUTHS = {
    "direction": """(party_resolution == false or pc_plan == false or registered_early == false) ? false
        : ((party_resolution == null or pc_plan == null or registered_early == null) ? null : true)""",
    "security": """((anti_state_activities != null and anti_state_activities > 0)
            or (mass_petitions != null and mass_petitions > 0)) ? false
        : ((anti_state_activities == null or mass_petitions == null) ? null : true)""",
    "crime": """crime_cases == null ? null : (crime_cases == 0 ? true
        : (crime_cases_before == null ? null : (20 * crime_cases <= 19 * crime_cases_before)))""",
    "evils": """social_evil_cases == null ? null : (social_evil_cases == 0 ? true
        : (social_evil_cases_before == null ? null : (social_evil_cases <= social_evil_cases_before)))""",
    "traffic": """traffic_deaths == null ? null : (traffic_deaths == 0 ? true
        : (traffic_deaths_before == null ? null : (traffic_deaths < traffic_deaths_before)))""",
    "drugs": """drug_users == null ? null : (drug_users == 0 ? true
        : (drug_users_before == null
            ? ((drug_users_long_before != null and drug_users_long_before == 0) ? false : null)
            : (drug_users >= drug_users_before ? false
                : (drug_users_long_before == null ? null : (drug_users_before < drug_users_long_before)))))""",
    "model": "effective_models == null ? null : (effective_models >= 1)",
    "registered": f"""({_UNITS_KNOWN}) ? (units_registered == null ? null : (units_registered == {_UNITS}))
        : ((units_registered != null and {_SOME_UNITS} > units_registered) ? false : null)""",
    "recognised": f"""({_UNITS_KNOWN}) ? (({_RECOGNISED_KNOWN}) ? (10 * ({_RECOGNISED}) >= 7 * ({_UNITS}))
            : ((10 * ({_SOME_RECOGNISED}) >= 7 * ({_UNITS})) ? true : null))
        : (({_RECOGNISED_KNOWN} and 10 * ({_RECOGNISED}) < 7 * ({_SOME_UNITS})) ? false : null)""",
    "force": f"""((officers_disciplined != null and officers_disciplined > 0)
            or (force_rating != null and not ({_PASSING}))) ? false
        : ((officers_disciplined == null or force_rating == null) ? null : true)""",
    "border": """(has_border == false or border_violations == null) ? null : (border_violations == 0 ? true
        : (border_violations_before == null ? null
            : (population == null
                ? ((population_before != null and border_violations * population_before <= border_violations_before)
                    ? true : null)
                : (population_before == null
                    ? (border_violations > border_violations_before * population ? false : null)
                    : (border_violations * population_before <= border_violations_before * population)))))""",
    "prevention": f"""((camera_network == true ? 1 : 0)
            + ((self_managed_teams != null and self_managed_teams >= 3) ? 1 : 0)
            + (({_SETTLES}) ? 1 : 0)) >= 2 ? true
        : (((camera_network == false ? 1 : 0) + ((self_managed_teams != null and self_managed_teams < 3) ? 1 : 0)
            + (({_SETTLES_NOT}) ? 1 : 0)) >= 2 ? false : null)""",
}
PLAIN = {
    "direction": "party_resolution and pc_plan and registered_early",
    "security": "anti_state_activities == 0 and mass_petitions == 0",
    "crime": "crime_cases <= crime_cases_before * 0.95",
    "evils": "social_evil_cases <= social_evil_cases_before",
    "traffic": "traffic_deaths == 0 or traffic_deaths < traffic_deaths_before",
    "drugs": """drug_users == 0
        or (drug_users < drug_users_before and drug_users_before < drug_users_long_before)""",
    "model": "effective_models >= 1",
    "registered": f"units_registered == {_UNITS}",
    "recognised": f"{_RECOGNISED} >= 0.7 * ({_UNITS})",
    "force": f"{_PASSING} and officers_disciplined == 0",
    "border": """(not has_border)
        or border_violations / population <= border_violations_before / population_before""",
    "prevention": """((camera_network ? 1 : 0) + (self_managed_teams >= 3 ? 1 : 0)
        + (complaints_settled >= 0.8 * complaints_received ? 1 : 0)) >= 2""",
}
