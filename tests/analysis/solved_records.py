"""Records as questions to the solver: formulas that hold of one record only."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from ncriteria.analysis.proof.solving.solver import Formula, equal, number, opposite, whole
from ncriteria.analysis.proof.solving.variables import Variables
from ncriteria.language.tree import FactKey
from ncriteria.sets.model import FactType, FactValue, RollUp


def fixed(
    variables: Variables, values: Mapping[FactKey, FactValue], given_shares: Mapping[tuple[str, str], RollUp]
) -> list[Formula]:
    """That the variables have the values of a record."""
    found: list[Formula] = []
    for key, variable in variables.facts.items():
        value = values.get(key)
        if value is None:
            found.append(opposite(variable.known))
        elif variable.type is FactType.BOOLEAN:
            found += [variable.known, variable.truth if value else opposite(variable.truth)]
        elif isinstance(value, (str, datetime.date)):
            found += [variable.known, equal(variable.value, whole(variables.code(value)))]
        else:
            assert isinstance(value, Fraction)
            found += [variable.known, equal(variable.value, number(value))]
    for at, share in variables.shares.items():
        roll_up = given_shares.get(at)
        if roll_up is None:
            found += [opposite(share.known), opposite(share.empty)]
        elif roll_up.met + roll_up.not_met == 0:
            found += [opposite(share.known), share.empty]
        else:
            value = Fraction(roll_up.met, roll_up.met + roll_up.not_met)
            found += [share.known, equal(share.value, number(value))]
    for at, counted in variables.counted.items():
        told = given_shares.get(at)
        value = Fraction(told.met) if isinstance(told, RollUp) else told
        known = counted.variable.known
        found += [opposite(known)] if value is None else [known, equal(counted.variable.value, number(value))]
    return found
