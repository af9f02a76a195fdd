"""The page is built from what is pinned, always the same, and can run nothing but itself."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest
from web.build import HERE, page_html, parts_of

from ncriteria.browser.labels import labels
from ncriteria.report.page import page_html as verdicts_page

PARTS = {"a.bin": bytes(range(256)) * 10, "b.txt": "số liệu".encode()}
EXAMPLE = {"facts": "unit;name\na;</script><script>alert(1)</script>&amp;", "attestations": ""}


@pytest.fixture(scope="module")
def page():
    return page_html(PARTS, EXAMPLE)


def blocks(page, kind):
    return re.findall(rf"<{kind}( [^>]*)?>(.*?)</{kind}>", page, re.DOTALL)


def test_the_same_inputs_give_the_same_page(page):
    assert page_html(PARTS, EXAMPLE) == page


def test_the_parts_come_out_as_they_went_in(page):
    found = re.findall(r'data-part="([^"]*)">([^<]*)</script>', page)
    assert {name: gzip.decompress(base64.b64decode(text)) for name, text in found} == PARTS


def digests(page, kind, attributes=""):
    texts = [text for given, text in blocks(page, kind) if given == attributes]
    return [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in texts]


def test_the_policy_lets_the_page_run_its_own_scripts_and_ask_nobody(page):
    shown = verdicts_page([])
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.replace("&#39;", "'").split("; ")}
    assert rules.pop("script-src") == [
        *digests(page, "script"),
        *digests(shown, "script"),
        "'wasm-unsafe-eval'",
        "blob:",
    ]
    assert rules.pop("style-src") == [*digests(page, "style"), *digests(shown, "style")]
    assert rules == {
        "default-src": ["'none'"],
        "worker-src": ["blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_data_cannot_end_the_script_that_holds_it(page):
    (held,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert json.loads(held)["example"] == EXAMPLE
    assert "<" not in held


def test_the_page_names_no_other_place(page):
    assert re.findall(r"\b(?:src|href|action)=", page) == []
    assert set(re.findall(r"https?://[\w.]+", page)) <= set()
    assert set(re.findall(r"https?://[\w.]+", (HERE / "page" / "worker.js").read_text("utf-8"))) == {
        "https://page.invalid"
    }


def test_every_word_of_the_page_is_used_and_every_use_has_its_word():
    sources = "".join(path.read_text("utf-8") for path in sorted((HERE / "page").iterdir()))
    template = (HERE / "page" / "index.html").read_text("utf-8")
    names = {name for name in labels("vi") if not name.startswith(("verdict_", "level_", "role_"))}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", sources)] == []
    used = set(re.findall(r'(?:say|failing|tellStatus)\("(\w+)"', sources)) | set(re.findall(r"say\.(\w+)", template))
    assert used <= labels("vi").keys()


def test_what_is_compiled_for_another_machine_is_left_out(tmp_path):
    names = ("yaml/__init__.py", "yaml/_yaml.cpython-314-x86_64-linux-gnu.so", "ncriteria/cli/__init__.py")
    wasm = "calamine.cpython-314-wasm32-emscripten.so"
    with zipfile.ZipFile(tmp_path / "one.whl", "w") as wheel:
        for name in (*names, wasm):
            wheel.writestr(name, "")
    with zipfile.ZipFile(tmp_path / "python_stdlib.zip", "w") as library:
        library.writestr("os.py", "")
    for name in ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "pyodide-lock.json").write_text('{"info": {}, "packages": {"numpy": {}}}')
    parts = parts_of(tmp_path, tmp_path.glob("*.whl"))
    (tmp_path / "packages.zip").write_bytes(parts["packages.zip"])
    assert zipfile.ZipFile(tmp_path / "packages.zip").namelist() == [wasm, "yaml/__init__.py"]
    assert json.loads(parts["pyodide-lock.json"]) == {"info": {}, "packages": {}}


def test_all_that_the_page_carries_is_pinned_by_its_content():
    requirements = (HERE / "requirements.txt").read_text("utf-8")
    lines = [line for line in requirements.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w-]+==[\d.]+ \\|    --hash=sha256:[0-9a-f]{64}", line) for line in lines)
    assert len([line for line in lines if "--hash" in line]) == len(lines) / 2
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert all("integrity" in one and "resolved" not in one for one in packages.values())
    asked = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_what_the_page_carries_is_what_the_library_is_tested_with():
    pinned = re.compile(r"^([\w-]+)==([\d.]+)", re.MULTILINE)
    tested = dict(pinned.findall((HERE.parent / "constraints.txt").read_text("utf-8")))
    carried = dict(pinned.findall((HERE / "requirements.txt").read_text("utf-8")))
    assert carried == {name: tested[name] for name in carried}


def test_the_sources_of_the_page_are_small():
    assert all(len(path.read_text("utf-8").splitlines()) <= 400 for path in Path(HERE / "page").iterdir())
