"""Answers as JSON: the object that `--json` prints, and lines of one object each. What is listed is told one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import indent
from typing import BinaryIO, Final

from ncriteria.report.answers.answer import Answer, Counts
from ncriteria.report.documents import document, json_text
from ncriteria.report.structure import Plain, TellingContext, plain, plain_object

_INDENT: Final = " " * 4


def write_json(answer: Answer, file: BinaryIO) -> Counts:
    """Write the object of `--json`, as it is printed."""
    head = _head(answer)
    before, found, after = json_text({**head, answer.listed: []}).partition(f'\n  "{answer.listed}": []')
    assert found, "the list stands among the keys of the object"
    file.write(_encoded(f'{before}\n  "{answer.listed}": ['))
    count = 0
    for told in _items(answer):
        text = indent(json.dumps(told, ensure_ascii=False, indent=2), _INDENT)
        file.write(_encoded(f"{',' if count else ''}\n{text}"))
        count += 1
    file.write(_encoded("\n  ]" if count else "]"))
    file.write(_encoded(f"{after}\n"))
    return {"": count}


def write_json_lines(answer: Answer, file: BinaryIO) -> Counts:
    """Write the object without what it lists as the first line, and then a line for each of that."""
    file.write(_line({key: value for key, value in _head(answer).items() if key != answer.listed}))
    count = 0
    for told in _items(answer):
        file.write(_line(told))
        count += 1
    return {"": count}


def _head(answer: Answer) -> Plain:
    told = plain_object(answer.head, TellingContext(answer.language))
    return document(answer.command, told, answer.problems, answer.receipt)


def _items(answer: Answer) -> Iterator[object]:
    """What is listed; what many share is written once as long as it is told of one."""
    return (plain(one, TellingContext(answer.language, is_written=True)) for one in answer.items())


def _line(told: object) -> bytes:
    return _encoded(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")


def _encoded(text: str) -> bytes:
    """UTF-8; half a character, which has no place there, as JSON escapes it."""
    return text.encode("utf-8", "backslashreplace")
