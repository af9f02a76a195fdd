"""The data of a page as its script reads it: what is said in each cell, put together again in Python."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from itertools import accumulate

from attrs import frozen

from ncriteria.evaluation.explanation.text import ClauseText
from ncriteria.report.page.cells import VERDICTS_IN_ORDER, Section
from ncriteria.report.page.sentences import exchanged
from ncriteria.sets.model import Verdict
from ncriteria.words import Words, words

SAID = tuple(Section[part.upper()] for part in ClauseText._fields if part != "sources")
"""The sections whose lines the explanation of a result has, too."""
OPEN = VERDICTS_IN_ORDER.index(Verdict.UNDETERMINED)


def data_of(page: str) -> dict:
    """The data of a page."""
    (packed,) = re.findall(r'<script type="application/octet-stream" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(zlib.decompress(b64decode(packed)))


@frozen
class Opened:
    """A page: the data, and where the numbers of each cell begin."""

    data: dict
    firsts: list[int]

    @property
    def rows(self) -> range:
        """The numbers of the rows."""
        return range(len(self.data["rows"]["unit"]))

    def paths(self, row: int) -> list[str]:
        """The paths of a row, the whole set first."""
        criteria = self.data["rows"]["criteria"][row]
        return ["", *(member["path"] for member in self.data["sets"][criteria]["members"])] if criteria >= 0 else [""]

    def cell(self, row: int, path: str) -> int:
        """The number of a cell."""
        before = sum(len(self.paths(other)) for other in range(row))
        return before + self.paths(row).index(path)

    def form(self, row: int, path: str) -> list:
        """The form of a cell."""
        return self.data["forms"][self.data["cells"][self.cell(row, path)]]

    def numbers(self, row: int, path: str) -> list[str]:
        """The numbers of a cell and of those after it."""
        return self.data["numbers"].split(" ")[self.firsts[self.cell(row, path)] :]

    def lines(self, row: int, path: str, language: int) -> Iterator[tuple[Section, str]]:
        """The lines of a cell in a language, 0 for Vietnamese."""
        numbers, lines = self.numbers(row, path), self.form(row, path)[2]
        for section, number in zip(lines[::2], lines[1::2], strict=True):
            template = self.data["templates"][number]
            told = numbers if language == 0 else [exchanged(one) for one in numbers]
            yield Section(section), "".join(p if isinstance(p, str) else told[p] for p in template[language])
            numbers = numbers[held(template) :]


def held(template: list) -> int:
    """How many numbers a template has."""
    return sum(isinstance(part, int) for part in template[0])


def opened(page: str) -> Opened:
    """A page, opened."""
    data = data_of(page)
    forms = [sum(held(data["templates"][one]) for one in form[2][1::2]) + form[4] for form in data["forms"]]
    return Opened(data, [0, *accumulate(forms[number] for number in data["cells"])])


def explanation(page: Opened, row: int, language: int) -> str:
    """What the page says of a row, in the order of an explanation of it."""
    rows, verdicts = page.data["rows"], page.data["verdicts"]
    criteria = page.data["sets"][rows["criteria"][row]]
    say = words(("vi", "en")[language])
    (title, *opening), whole = [pair[language] for pair in criteria["opening"]], list(page.lines(row, "", language))
    verdict = verdicts[page.form(row, "")[0]][language].upper()
    told = [f"{verdict}: {title} ({say('year {year}', year=rows['year'][row])})", *opening]
    for part in (Section.TIME, Section.ATTESTED):
        told += [text for section, text in whole if section is part]
    told.append("")
    for member in criteria["members"]:
        path, depth = member["path"], member["path"].count("/")
        verdict = verdicts[page.form(row, path)[0]][language]
        how = f" ({member['how'][language]})" if member["how"] else ""
        told.append(f"{'  ' * depth}[{verdict}] {path}: {member['title'][language]}{how}")
        said = list(_as_explained([one for one in page.lines(row, path, language) if one[0] in SAID], say))
        told += ["  " * (depth + 2) + line for line in (*said, *(pair[language] for pair in member["sources"]))]
    if page.form(row, "")[0] == OPEN:
        told += ["", *(text for section, text in whole if section is Section.WAITING)]
    return "\n".join(told)


def _as_explained(lines: list[tuple[Section, str]], say: Words) -> Iterator[str]:
    """The lines of a cell with what an explanation has for the headings of the page."""
    is_headed = False
    for section, text in lines:
        if section is Section.LEFT_IN_WORDS:
            yield from () if is_headed else (f"{say('Left to decide')}:",)
            is_headed = True
            yield f"  {text}"
        elif section is Section.LEFT:
            yield say("As the rule writes it: {condition}", condition=text)
        else:
            yield text
