"""Shell blocks: commands that set up a machine are not run; that what they name exists is checked."""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import ROOT

_WHEEL = r"dist/ncriteria-([\d.]+)-py3-none-any\.whl"
_INSTALL = re.compile(rf'(?:python -m )?pip install (?:-e )?"?(?:\.|ncriteria|{_WHEEL})(?:\[([a-z,]+)\])?"?')


def check_line(line: str) -> None:
    """Make sure that the targets and extras that a line names exist; refuses lines that would have to be run."""
    bare = line.partition("#")[0].strip()
    if target := re.fullmatch(r"make ([a-z-]+)", bare):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE), f"the Makefile has no target `{target[1]}`"
    elif install := _INSTALL.fullmatch(bare):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert install[1] in (None, project["version"]), f"no wheel of the version {install[1]} is built"
        extras = set((install[2] or "").split(",")) - {""}
        assert extras <= project["optional-dependencies"].keys(), f"there are no extras {extras}"
    else:
        raise AssertionError(f"`{line}` is no `make` target and no `pip install`; put it into a `console` block")
