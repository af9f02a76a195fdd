"""A proof as plain data, for programs: what `--json` prints."""

from __future__ import annotations

from ncriteria.analysis.proof.prove import Proof, YearProof
from ncriteria.analysis.proof.prove_remarks import Remarks
from ncriteria.report.relation import plain_relation, plain_years
from ncriteria.report.results import Plain


def plain_proof(proof: Proof) -> Plain:
    """A proof: the two sets, and for each run of years the relations and the clauses worth a second look."""
    return {"old": proof.old.id, "new": proof.new.id, "years": [_plain_year(found) for found in proof.years]}


def _plain_year(found: YearProof) -> Plain:
    return {
        "years": plain_years(found.years),
        "judged_as_if": list(found.judged_as_if),
        "set": plain_relation(found.whole),
        "clauses": [plain_relation(relation) for relation in found.clauses],
        "added": list(found.added),
        "removed": list(found.removed),
        "old_remarks": _plain_remarks(found.old_remarks),
        "new_remarks": _plain_remarks(found.new_remarks),
    }


def _plain_remarks(remarks: Remarks) -> Plain:
    found = [
        {"kind": remark.kind.value, "path": remark.path, "implied_by": list(remark.implied_by)}
        for remark in remarks.found
    ]
    return {"found": found, "undecided": list(remarks.undecided)}
