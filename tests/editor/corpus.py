"""One folder of files that every face of the check is asked about: shipped sets, slips, and files that are damaged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.case_files import read_cases
from tests.editor.messes import ROOT, SHIPPED
from tests.sets.writing import file_text

_CASES = ROOT / "tests" / "sets" / "cases"


def write_corpus(folder: Path, shipped: Sequence[Path] = SHIPPED) -> list[Path]:
    """Write the files into a folder; those of the slips are sets of lines of their own."""
    for path in shipped:
        (folder / path.name).write_bytes(path.read_bytes())
    for kind in ("refused", "warnings"):
        for number, case in enumerate(read_cases(_CASES / f"{kind}.yaml")):
            name = f"{kind}-{number}"
            text = file_text(case).replace("id: example.commune", f"id: example.{name}")
            text = text.replace("standard: example\n", f"standard: example-{name}\n")
            (folder / f"{name}.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "no-text.yaml").write_bytes(b"format: ncriteria/1\n# \xff\n")
    return sorted(folder.glob("*.yaml"))
