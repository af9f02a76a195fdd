"""The public face changes only where somebody says so."""

from __future__ import annotations

from difflib import unified_diff

from tests.public_face import FILE, face


def test_names_signatures_options_schemas_and_codes_are_those_that_are_kept():
    kept, now = FILE.read_text(encoding="utf-8").splitlines(), face().splitlines()
    difference = "\n".join(unified_diff(kept, now, "kept", "now", lineterm="", n=0))
    told = "the public face differs; look at what docs/stability.md promises of it, then: python -m tests.public_face"
    assert not difference, f"{told}\n{difference}"
