"""Sets that extend another: `replace`, `add` and `remove` of clauses, `set` of parameters, each with its citation."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from ncriteria.errors import TextPlace
from ncriteria.language.hints.near_misses import did_you_mean, path_meant
from ncriteria.sets.model import Clause, Group, OverlayChange, ParameterDeclaration
from ncriteria.sets.reading.clauses import inner_member, member_of
from ncriteria.sets.reading.declarations import dated_nodes, dated_values, is_percent
from ncriteria.sets.reading.fields import Fields, FileReading, citations, fields, text
from ncriteria.sets.reading.nodes import Listing, Node, Table
from ncriteria.sets.sources import Citation
from ncriteria.words import phrase

_VERBS = ("replace", "add", "remove", "set")
_KEYS = {
    "replace": ("replace", "clause", "cite"),
    "add": ("add", "clause", "cite"),
    "remove": ("remove", "cite"),
    "set": ("set", "value", "values", "cite"),
}
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
    verb = verbs[0]
    given = fields(reading, node, _KEYS[verb], phrase("the change `{verb}`", verb=verb))
    cite, target = given.require("cite", citations) or (), given.require(verb, text)
    if target is None:
        return base
    match verb:
        case "replace":
            changed = evolve(base, clauses=_replaced(reading, given, base.clauses, target))
            change = OverlayChange("replace", target, cite)
        case "remove":
            changed = evolve(base, clauses=_with(reading, given.place, base.clauses, target, None))
            change = OverlayChange("remove", target, cite)
        case "add":
            changed = evolve(base, clauses=_added(reading, given, base.clauses, target))
            change = OverlayChange("add", target, cite)
        case _:
            changed = evolve(base, parameters=_parameters_set(reading, given, base.parameters, target, cite))
            change = OverlayChange("set", target, cite)
    return evolve(changed, changes=(*base.changes, change))


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
    if parent not in _groups(members):
        hint = path_meant(target, _groups(members)) or phrase("`/` is the top of the set")
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
        reading.report(
            "NC122", phrase("the extended set has no parameter `{target}`", target=target), given.place, hint
        )
        return parameters
    nodes = dated_nodes(reading, given)
    values, percent = dated_values(reading, nodes, declared.type, declared.options), is_percent(nodes)
    return {**parameters, target: evolve(declared, values=values, percent=percent, cite=cite, place=given.place)}


def _paths(members: Members) -> list[str]:
    return [path for member in members for path in (member.path, *(_paths(_inner(member))))]


def _groups(members: Members) -> list[str]:
    return [path for member in members if isinstance(member, Group) for path in (member.path, *_groups(member.members))]


def _empty_groups(members: Members) -> list[str]:
    groups = [member for member in members if isinstance(member, Group)]
    within = [path for group in groups for path in _empty_groups(group.members)]
    return [group.path for group in groups if not group.members] + within


def _inner(member: Clause | Group) -> Members:
    return member.members if isinstance(member, Group) else ()
