"""The schemas that the package carries are those that the tables give: `python -m tests.report.schemas` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from ncriteria import report
from ncriteria.report.schema import result_schema

FOLDER = Path(report.__file__).with_name("schemas")


def texts() -> dict[str, str]:
    """The text of each schema by its name."""
    return {"result": json.dumps(result_schema(), ensure_ascii=False, indent=1) + "\n"}


def main() -> None:
    for name, text in texts().items():
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
