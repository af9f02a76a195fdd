"""The schemas that the package carries are those that the tables give: `python -m tests.report.schemas` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from ncriteria import report
from ncriteria.editor.schema import project_schema, set_schema
from ncriteria.report.schema import result_schema
from ncriteria.sets.files.files import SET_SCHEMA, shipped_folder

_FOLDER = Path(report.__file__).with_name("schemas")
FILES = {
    "result": _FOLDER / "result.json",
    "set": shipped_folder() / SET_SCHEMA,
    "project": _FOLDER / "project.json",
}


def texts() -> dict[str, str]:
    """The text of each schema by its name."""
    schemas = {"result": result_schema(), "set": set_schema(), "project": project_schema()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas.items()}


def main() -> None:
    for name, text in texts().items():
        FILES[name].write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
