"""Build `ncriteria.html`: CPython in WebAssembly, the library and what it needs, and a page around them, in one file.

The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ncriteria.browser.labels import labels
from ncriteria.report.page import page_html as report_page
from ncriteria.words import Language

HERE = Path(__file__).parent
PAGE = HERE / "page"
MOST_BYTES = 13_000_000
"""The page travels by mail and on sticks: it may not grow larger unnoticed."""
_PYODIDE = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs")
_SCRIPTS = ("words.js", "python.js", "asking.js", "results.js", "editing.js", "page.js")
_LEFT_OUT = ("ncriteria/testing/", "ncriteria/cli/")
_LANGUAGES: tuple[Language, ...] = ("vi", "en")


def parts_of(pyodide: Path, wheels: Iterable[Path]) -> Mapping[str, bytes]:
    """What the page unpacks when it is opened, by name."""
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    return {
        **{name: (pyodide / name).read_bytes() for name in _PYODIDE},
        "pyodide-lock.json": json.dumps({"info": lock["info"], "packages": {}}).encode(),
        "python_stdlib.zip": _zipped(_members(pyodide / "python_stdlib.zip")),
        "packages.zip": _zipped(member for wheel in sorted(wheels) for member in _members(wheel)),
    }


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive that a browser can use: what is compiled for another machine is left out."""
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if not name.endswith("/") and not _is_foreign(name):
                yield name, opened.read(name)


def _is_foreign(name: str) -> bool:
    is_compiled = name.endswith((".so", ".c", ".pyx")) and not name.endswith("wasm32-emscripten.so")
    return is_compiled or name.endswith((".pyi", ".po")) or name.startswith(_LEFT_OUT)


def _zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive that is not compressed, for the page compresses it as a whole; always the same for the same files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(members):
            archive.writestr(zipfile.ZipInfo(name), content)
    return written.getvalue()


def packed(content: bytes) -> str:
    """Bytes as text that a page can carry."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def page_html(parts: Mapping[str, bytes], example: Mapping[str, str]) -> str:
    """The page. Its policy lets it run its own scripts and nothing else, and ask nobody for anything."""
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    script = _script()
    told = {language: labels(language) for language in _LANGUAGES}
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((PAGE / "index.html").read_text(encoding="utf-8")).render(
        say=told["vi"],
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        worker=packed((PAGE / "worker.js").read_bytes()),
        data=_inert({"labels": told, "example": example}),
        parts={name: packed(content) for name, content in parts.items()},
    )


def _script() -> str:
    """The scripts of the page as one, whose names are nobody else's."""
    joined = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{joined}}})();\n'


def _policy(style: str, script: str) -> str:
    """What the page may run: its own scripts, Python, and the page of verdicts that it shows within."""
    shown = report_page([])
    styles, scripts = (
        re.findall(rf"{kind}-src '(sha256-[^']+)'", shown.replace("&#39;", "'")) for kind in ("style", "script")
    )
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_quoted([_digest(script), *scripts, 'wasm-unsafe-eval'])} blob:",
            f"style-src {_quoted([_digest(style), *styles])}",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _quoted(sources: Iterable[str]) -> str:
    return " ".join(f"'{one}'" for one in sources)


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


def _inert(data: object) -> Markup:
    """Data as JSON that no text in it can end: a page would read `</script>` as its end."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def main() -> None:
    """Build the page from what `make page` has brought together."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("wheels", type=Path, help="the folder with the wheels of the library and its needs")
    asked.add_argument("--pyodide", type=Path, default=HERE / "node_modules/pyodide")
    asked.add_argument("--example", type=Path, default=HERE.parent / "examples/invented_district")
    asked.add_argument("--output", type=Path, default=HERE.parent / "ncriteria.html")
    given = asked.parse_args()
    parts = parts_of(given.pyodide, given.wheels.glob("*.whl"))
    example = {name: (given.example / f"{name}.csv").read_text(encoding="utf-8") for name in ("facts", "attestations")}
    content = page_html(parts, example).encode()
    if len(content) > MOST_BYTES:
        raise SystemExit(f"the page has {len(content)} bytes; at most {MOST_BYTES} are meant")
    given.output.write_bytes(content)
    print(f"{given.output.name}: {len(content) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
