"""The JSON Schema (2020-12) of all results, made from the tables that say how records are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin

from attrs import field

from ncriteria.errors import Problem
from ncriteria.quick_classes import frozen
from ncriteria.report import documents
from ncriteria.report.form.telling import FormWritten
from ncriteria.report.key_types import alternatives, key_types
from ncriteria.report.needs.telling import FactsNeeded
from ncriteria.report.receipts.comparing import ReceiptChecked
from ncriteria.report.receipts.receipt import Receipt
from ncriteria.report.records.criteria import CheckFindings, RulesTold, SetsInCatalog
from ncriteria.report.records.dossier import EditTold
from ncriteria.report.records.filling import FilledTold, LeftToFill
from ncriteria.report.records.impact import Flips, Impacted
from ncriteria.report.records.relation import Compared, Proved
from ncriteria.report.records.results import Judgements, ResultDocument
from ncriteria.report.records.room import Rooms
from ncriteria.report.records.rule_testing import TestedSets, Tests, TrialTold
from ncriteria.report.records.staleness import StaleTold
from ncriteria.report.records.tables import TableVerdicts
from ncriteria.report.structure import LEAVES, RECORDS, Plain
from ncriteria.report.watching.telling import Watched

COMMANDS: Final[Mapping[str | None, tuple[type, ...]]] = {
    None: (ResultDocument,),
    "evaluate": (Judgements, TableVerdicts),
    "explain": (Judgements,),
    "verify": (ReceiptChecked,),
    "check": (CheckFindings,),
    "rule": (RulesTold,),
    "try": (TrialTold,),
    "test": (Tests, TestedSets),
    "room": (Rooms,),
    "watch": (Watched,),
    "compare": (Compared,),
    "prove": (Proved,),
    "impact": (Impacted, Flips),
    "dossier": (EditTold,),
    "facts": (FactsNeeded,),
    "form": (FormWritten,),
    "catalog": (SetsInCatalog, StaleTold),
    "init": (documents.ProjectBegun,),
    "new": (documents.SetBegun,),
    "fill": (FilledTold, LeftToFill),
    "fmt": (documents.FilesLaidOut,),
    "lsp": (),
    "export": (documents.DmnWritten,),
    "schema": (documents.SchemaFound, documents.SchemasFound),
}
"""What each command may find; under `None` what `Result.to_json` holds."""
_ENVELOPE = ("ncriteria", "schema", "command", "problems")


def result_schema() -> Plain:
    """The schema of everything that `--json` prints: the object around, and what each command may find."""
    defined = _Definitions()
    rules = [_rule(command, found, defined) for command, found in COMMANDS.items()]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{documents.SCHEMA.replace('/', ':')}",
        "title": "Results of ncriteria",
        "type": "object",
        "properties": {
            "ncriteria": {"description": "the version of the tool", "type": "string"},
            "schema": {"const": documents.SCHEMA},
            "command": {"description": "null for a result of Python, and for a call that names no command"},
            "problems": {"type": "array", "items": defined.of(Problem)},
            "receipt": {"anyOf": [defined.of(Receipt), {"type": "null"}]},
        },
        "required": list(_ENVELOPE),
        "oneOf": rules,
        "$defs": dict(sorted(defined.found.items())),
    }


def _rule(command: str | None, found: Iterable[type], defined: _Definitions) -> Plain:
    """What stands in the object of a command: one of what it may find, or nothing where there are problems."""
    payloads = [defined.of(one) for one in found]
    nothing = {"properties": {"problems": {"minItems": 1}}, "maxProperties": len(_ENVELOPE)}
    return {"properties": {"command": {"const": command}}, "anyOf": [*payloads, nothing]}


@frozen
class _Definitions:
    """The definitions that the schema needs, by the name of the class."""

    found: dict[str, Plain] = field(factory=dict)

    def of(self, hint: Any) -> Plain:
        """What the schema says of values of a type."""
        if hint in LEAVES:
            return LEAVES[hint].schema
        if hint in RECORDS:
            return self._record(hint)
        origin, inner = get_origin(hint), get_args(hint)
        if origin is Literal:
            return {"enum": list(inner)}
        if isinstance(hint, type) and issubclass(hint, Enum):
            return {"enum": [one.value for one in hint]}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self._any_of(alternatives(inner[1]))}
        assert isinstance(origin, type), f"nothing says how {hint} is told"
        assert issubclass(origin, Sequence), f"nothing says how {hint} is told"
        return {"type": "array", "items": self._any_of(alternatives(inner[0]))}

    def _any_of(self, hints: Iterable[Any]) -> Plain:
        found: list[Plain] = []
        for one in map(self.of, hints):
            if one not in found:
                found.append(one)
        return found[0] if len(found) == 1 else {"anyOf": found}

    def _record(self, kind: type) -> Plain:
        if kind.__name__ not in self.found:
            told = RECORDS[kind]
            self.found[kind.__name__] = {}  # what is inside may name it again
            self.found[kind.__name__] = {
                "type": "object",
                "properties": {key: self._any_of(key_types(kind, source)) for key, source in told.keys.items()},
                "required": [key for key in told.keys if key not in told.omitted],
            }
        return {"$ref": f"#/$defs/{kind.__name__}"}
