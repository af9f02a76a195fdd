"""Sets that extend another: `replace`, `add`, `remove` of clauses, `set` of parameters and of how many members of a
group must be met, each change with its citation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from attrs import evolve, field

from ncriteria.errors import TextPlace
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.quick_classes import frozen
from ncriteria.sets.keys import tables
from ncriteria.sets.model import Clause, Group, ParameterDeclaration
from ncriteria.sets.reading.clauses import inner_member, member_of
from ncriteria.sets.reading.declarations import dated_nodes, dated_values, is_percent
from ncriteria.sets.reading.fields import Fields, FileReading, citations, fields, text, whole
from ncriteria.sets.reading.nodes import Listing, Node, Table
from ncriteria.sets.sources import Citation, OverlayChange, OverlayVerb
from ncriteria.words import phrase

_VERBS = tuple(verb.value for verb in OverlayVerb)
Members = tuple[Clause | Group, ...]


@frozen
class Overlaid:
    """The clauses and parameters of the extended set, as changed so far."""

    clauses: Members
    parameters: Mapping[str, ParameterDeclaration]
    changes: tuple[OverlayChange, ...] = field(default=())


def overlay(reading: FileReading, node: Node, base: Overlaid) -> Overlaid:
    """`base` with the `changes:` of a file made to it, one after the other."""
    if not isinstance(node, Listing):
        reading.report("NC108", phrase("`changes` is a list"), node.place)
        return base
    result = base
    for item in node.items:
        result = _changed(reading, item, result)
    return result


def _changed(reading: FileReading, node: Node, base: Overlaid) -> Overlaid:
    keys = {entry.key.text for entry in node.entries} if isinstance(node, Table) else set()
    verbs = [verb for verb in _VERBS if verb in keys]
    if len(verbs) != 1:
        hint = phrase('such as `- {{remove: "19.2/petition", cite: [...]}}`')
        reading.report(
            "NC122", phrase("a change has one of the verbs {verbs}", verbs=", ".join(_VERBS)), node.place, hint
        )
        return base
    verb = OverlayVerb(verbs[0])
    given = fields(reading, node, tables.CHANGES[verb].keys, phrase("the change `{verb}`", verb=verb.value))
    cite, target = given.require("cite", citations) or (), given.require(verb, text)
    if target is None:
        return base
    changed = _made(reading, given, base, OverlayChange(verb, target, cite))
    return evolve(changed, changes=(*base.changes, OverlayChange(verb, target, cite)))


def _made(reading: FileReading, given: Fields, base: Overlaid, change: OverlayChange) -> Overlaid:
    target = change.target
    match change.verb:
        case OverlayVerb.REPLACE:
            return evolve(base, clauses=_replaced(reading, given, base.clauses, target))
        case OverlayVerb.REMOVE:
            return evolve(base, clauses=_with(reading, given.place, base.clauses, target, None))
        case OverlayVerb.ADD:
            return evolve(base, clauses=_added(reading, given, base.clauses, target))
        case OverlayVerb.SET if "n" in given:
            return evolve(base, clauses=_size_set(reading, given, base.clauses, target))
        case OverlayVerb.SET:
            return evolve(base, parameters=_parameters_set(reading, given, base.parameters, target, change.cite))
        case _:
            assert_never(change.verb)


def _replaced(reading: FileReading, given: Fields, members: Members, target: str) -> Members:
    replacement: Clause | Group | None = given.require("clause", lambda reading, node: member_of(reading, node, target))
    return members if replacement is None else _with(reading, given.place, members, target, replacement)


def _with(
    reading: FileReading, place: TextPlace, members: Members, target: str, replacement: Clause | Group | None
) -> Members:
    """`members` with the one at path `target` replaced, or left out."""
    if target not in _paths(members):
        hint = path_meant(target, _paths(members))
        reading.report("NC122", phrase('the extended set has no clause "{target}"', target=target), place, hint)
        return members
    result = _substituted(members, target, replacement)
    emptied = [path for path in _empty_groups(result) if path not in reading.incomplete]
    if emptied or not result:
        reading.report(
            "NC122",
            phrase(
                'without "{target}", {group} would be empty',
                target=target,
                group=emptied[0] if emptied else phrase("the set"),
            ),
            place,
        )
        return members
    return result


def _substituted(members: Members, target: str, replacement: Clause | Group | None) -> Members:
    result: list[Clause | Group] = []
    for member in members:
        if member.path == target:
            result += [] if replacement is None else [replacement]
        elif isinstance(member, Group):
            result.append(evolve(member, members=_substituted(member.members, target, replacement)))
        else:
            result.append(member)
    return tuple(result)


def _added(reading: FileReading, given: Fields, members: Members, target: str) -> Members:
    """`members` with a clause added to the group at path `target`, or at the top for `/`."""
    parent = "" if target == "/" else target
    new = given.require("clause", lambda reading, node: inner_member(reading, node, parent))
    if new is None:
        return members
    if not parent:
        return (*members, new)
    groups = [group.path for group in _groups(members)]
    if parent not in groups:
        hint = path_meant(target, groups) or phrase("`/` is the top of the set")
        reading.report("NC122", phrase('the extended set has no group "{target}"', target=target), given.place, hint)
        return members
    return _joined(members, parent, new)


def _joined(members: Members, parent: str, new: Clause | Group) -> Members:
    result: list[Clause | Group] = []
    for member in members:
        if not isinstance(member, Group):
            result.append(member)
        elif member.path == parent:
            result.append(evolve(member, members=(*member.members, new)))
        else:
            result.append(evolve(member, members=_joined(member.members, parent, new)))
    return tuple(result)


def _size_set(reading: FileReading, given: Fields, members: Members, target: str) -> Members:
    """`members` with another number of members that the `at_least` group at path `target` needs."""
    size, groups = given.require("n", whole), {group.path: group for group in _groups(members)}
    if "value" in given or "values" in given:
        message = phrase("`set` gives a parameter a `value`, or a group its `n`, not both")
        reading.report("NC122", message, given.place)
    counting = {path: group for path, group in groups.items() if group.minimum is not None}
    if target not in counting:
        hint = path_meant(target, counting)
        if target in groups:
            hint = phrase("`n` is of `at_least` groups; `replace` makes another group of this one")
        message = phrase('the extended set has no `at_least` group "{target}"', target=target)
        reading.report("NC122", message, given.place, hint)
        return members
    return (
        members
        if size is None
        else _substituted(members, target, evolve(counting[target], minimum=size, place=given.place))
    )


def _parameters_set(
    reading: FileReading,
    given: Fields,
    parameters: Mapping[str, ParameterDeclaration],
    target: str,
    cite: tuple[Citation, ...],
) -> Mapping[str, ParameterDeclaration]:
    declared = parameters.get(target)
    if declared is None:
        hint = did_you_mean(target, parameters)
        if "/" in target:
            hint = phrase("of an `at_least` group, `set` changes the `n`")
        reading.report(
            "NC122", phrase("the extended set has no parameter `{target}`", target=target), given.place, hint
        )
        return parameters
    nodes = dated_nodes(reading, given)
    values, percent = dated_values(reading, nodes, declared.type, declared.options), is_percent(nodes)
    return {**parameters, target: evolve(declared, values=values, percent=percent, cite=cite, place=given.place)}


def _paths(members: Members) -> list[str]:
    return [path for member in members for path in (member.path, *(_paths(_inner(member))))]


def _groups(members: Members) -> list[Group]:
    return [one for member in members if isinstance(member, Group) for one in (member, *_groups(member.members))]


def _empty_groups(members: Members) -> list[str]:
    groups = [member for member in members if isinstance(member, Group)]
    within = [path for group in groups for path in _empty_groups(group.members)]
    return [group.path for group in groups if not group.members] + within


def _inner(member: Clause | Group) -> Members:
    return member.members if isinstance(member, Group) else ()
