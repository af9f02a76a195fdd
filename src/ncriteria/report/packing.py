"""Data that stands within another file: JSON, deflated, in letters that mean nothing to HTML, XML and workbooks."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from typing import Final

from ncriteria.report.structure import Plain

_MOST_BYTES: Final = 512 * 1024 * 1024


def packed(data: Plain) -> str:
    """The data as it stands in a file."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A name may hold half of a pair of code units, which no file can.
    return b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode("ascii")


def unpacked(text: str) -> str:
    """The JSON that was packed; raises `ValueError` where it is damaged, or very large."""
    inflating = zlib.decompressobj()
    try:
        content = inflating.decompress(b64decode(text.strip(), validate=True), _MOST_BYTES)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not inflating.eof:
        raise ValueError("it ends too early, or is too large")
    return content.decode("utf-8")
