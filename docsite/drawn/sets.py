"""A page for each shipped set, drawn from its file in each language: what it asks, of which figures, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from docsite.drawn.markdown import block, code, plain, table
from docsite.navigation import below
from ncriteria.evaluation.explanation.conditions import condition_lines
from ncriteria.evaluation.explanation.sources import source_lines
from ncriteria.evaluation.explanation.text import combination_text
from ncriteria.evaluation.explanation.values import Voice, fact_text, fact_value_teller, leaf_value_teller
from ncriteria.language.printer import show
from ncriteria.language.tree import Expr, FactKey, Parameter, is_verdict
from ncriteria.language.values import Unknown
from ncriteria.report.needs.describing import value_wanted
from ncriteria.sets.catalog import SetCatalog, load_catalog
from ncriteria.sets.grades.grade import Grade
from ncriteria.sets.model import Clause, CriteriaSet, EmbeddedTest, FactValue, Group, ParameterDeclaration
from ncriteria.sets.names import LEVELS, VERDICTS, standard_text
from ncriteria.words import Language

_DEEPEST_HEADING = 6
FOLDERS: Final[Mapping[Language, str]] = {"en": "sets/", "vi": "vi/sets/"}
"""Where the pages stand."""


@frozen
class Headings:
    """What the parts of a page are called."""

    title: str
    opening: str
    set: str
    standard: str
    level: str
    years: str
    instrument: str
    issued: str
    territory: str
    follows: str
    extends: str
    file: str
    clauses: str
    rule: str
    zero_base: str
    applies_when: str
    grades: str
    otherwise: str
    parameters: str
    value: str
    since: str
    figures: str
    name: str
    what: str
    written: str
    tests: str
    test: str
    expected: str
    undecided: str


HEADINGS: Final[Mapping[Language, Headings]] = {
    "en": Headings(
        title="The shipped sets, one by one",
        opening="Each page is drawn from the file of the set. [The shipped sets](/docs/shipped-sets.md) says how they "
        "were encoded, and what is not known.",
        set="Set",
        standard="Standard",
        level="Level",
        years="Years",
        instrument="Instrument",
        issued="Issued",
        territory="Territory",
        follows="Follows",
        extends="Extends",
        file="File",
        clauses="What it asks",
        rule="Rule",
        zero_base="Where the earlier year has 0",
        applies_when="Applies when",
        grades="Grades, the best first",
        otherwise="otherwise",
        parameters="Parameters",
        value="Value",
        since="From",
        figures="Figures",
        name="Name",
        what="What it is",
        written="What is written",
        tests="Worked cases",
        test="Case",
        expected="Expected",
        undecided="left open by the text",
    ),
    "vi": Headings(
        title="Từng bộ tiêu chí kèm theo",
        opening="Mỗi trang được lập từ tệp của bộ tiêu chí. [Các bộ tiêu chí kèm theo]"
        "(/docs/vi/bo-tieu-chi-kem-theo.md) nêu cách mã hóa và những gì chưa biết.",
        set="Bộ tiêu chí",
        standard="Tiêu chuẩn",
        level="Cấp",
        years="Năm xét",
        instrument="Văn bản",
        issued="Ngày ban hành",
        territory="Địa bàn",
        follows="Thay thế",
        extends="Bổ sung cho",
        file="Tệp",
        clauses="Nội dung xét",
        rule="Quy tắc",
        zero_base="Khi năm trước bằng 0",
        applies_when="Chỉ áp dụng khi",
        grades="Xếp loại, từ mức cao nhất",
        otherwise="trường hợp còn lại",
        parameters="Tham số",
        value="Giá trị",
        since="Từ năm",
        figures="Số liệu",
        name="Tên",
        what="Nội dung",
        written="Cần ghi",
        tests="Trường hợp mẫu",
        test="Trường hợp",
        expected="Kết quả",
        undecided="văn bản để ngỏ",
    ),
}


def pages() -> Mapping[str, str]:
    """The pages by path, in each language, with one that leads to them."""
    catalog = load_catalog()
    found: dict[str, str] = {}
    for language, folder in FOLDERS.items():
        made = {f"{folder}{one.id}.md": page(one, catalog, language) for one in catalog.sets}
        found[f"{folder.rstrip('/')}.md"] = _index(catalog, language, folder) + below(made, folder)
        found.update(made)
    return found


def _index(catalog: SetCatalog, language: Language, folder: str) -> str:
    told = HEADINGS[language]
    say = Voice(language, catalog.sets[0]).say
    rows = (
        [
            f"[{plain(one.title.text(language))}](/{folder}{one.id}.md)",
            say.this(LEVELS[one.level]),
            one.years.in_words(say),
            plain(one.instrument.number),
        ]
        for one in catalog.sets
    )
    return f"# {told.title}\n\n{told.opening}\n\n{table([told.set, told.level, told.years, told.instrument], rows)}"


def page(criteria: CriteriaSet, catalog: SetCatalog, language: Language) -> str:
    """The page of one set."""
    return "\n".join(_page(Voice(language, criteria), HEADINGS[language], catalog))


def _page(voice: Voice, told: Headings, catalog: SetCatalog) -> Iterator[str]:
    criteria, language = voice.criteria, voice.language
    yield f"# {plain(criteria.title.text(language))}\n"
    yield table([told.set, code(criteria.id)], _header(voice, told, catalog))
    if criteria.note is not None:
        yield f"{plain(criteria.note.text(language))}\n"
    yield f"## {told.clauses}\n"
    for member in criteria.members():
        yield from _member(voice, told, member)
    yield from _grades(voice, told, criteria.grades)
    yield from _parameters(voice, told)
    yield f"## {told.figures}\n"
    facts = [one for name, one in criteria.facts.items() if not is_verdict(name)]
    rows = ([code(one.name), plain(one.title.text(language)), plain(value_wanted(voice, one))] for one in facts)
    yield table([told.name, told.what, told.written], rows)
    yield from _tests(voice, told)


def _header(voice: Voice, told: Headings, catalog: SetCatalog) -> Iterator[tuple[str, str]]:
    criteria, language, say = voice.criteria, voice.language, voice.say
    ids = {one.id for one in catalog.sets}
    standard = standard_text(criteria.standard, criteria.standard_title, language)
    yield told.standard, f"{plain(standard)} ({code(criteria.standard)})"
    yield told.level, say.this(LEVELS[criteria.level])
    yield told.years, criteria.years.in_words(say)
    instrument = criteria.instrument
    number = plain(instrument.number)
    linked = f"[{number}]({instrument.url})" if instrument.url else number
    yield told.instrument, f"{linked}, {plain(instrument.issuer.text(language))}"
    if instrument.issued is not None:
        yield told.issued, say.day(instrument.issued)
    if criteria.territory is not None:
        yield told.territory, code(criteria.territory)
    extended = None if criteria.extended is None else criteria.extended.id
    for label, other in ((told.follows, criteria.supersedes), (told.extends, extended)):
        if other is not None:
            yield label, f"[{other}]({other}.md)" if other in ids else code(other)
    if criteria.source is not None:
        name = Path(criteria.source).name
        yield told.file, f"[{name}](/criteria/{name})"


def _member(voice: Voice, told: Headings, member: Clause | Group) -> Iterator[str]:
    depth = min(3 + member.path.count("/"), _DEEPEST_HEADING)
    yield f"{'#' * depth} {plain(member.title.text(voice.language))}\n"
    yield f"{code(member.path)}\n"
    if isinstance(member, Group):
        yield f"{_sentence(combination_text(voice, member))}\n"
    elif member.rule is not None:
        yield from _rule(voice, told.rule, member.rule)
        if member.zero_base is not None:
            yield from _rule(voice, told.zero_base, member.zero_base)
    if member.applies_when is not None:
        yield from _rule(voice, told.applies_when, member.applies_when)
    yield "\n".join(f"- {plain(line)}" for line in source_lines(voice, member)) + "\n"
    yield from _grades(voice, told, member.grades)


def _grades(voice: Voice, told: Headings, grades: Sequence[Grade]) -> Iterator[str]:
    if grades:
        yield f"**{told.grades}**\n"
        yield "".join(f"- {_grade(voice, told, one)}\n" for one in grades)


def _grade(voice: Voice, told: Headings, grade: Grade) -> str:
    condition = told.otherwise if grade.rest else code(show(grade.when))
    return f"{plain(grade.title.text(voice.language))}: {condition}"


def _rule(voice: Voice, label: str, rule: Expr) -> Iterator[str]:
    """A rule as it is written, then as it is told."""
    yield f"**{label}**\n"
    yield block("expression", show(rule))
    lines = []
    for line in condition_lines(voice, rule):
        words = line.lstrip(" ")
        lines.append(f"{' ' * (len(line) - len(words))}- {plain(words)}")
    yield "\n".join(lines) + "\n"


def _parameters(voice: Voice, told: Headings) -> Iterator[str]:
    if not voice.criteria.parameters:
        return
    yield f"## {told.parameters}\n"
    rows = (row for declared in voice.criteria.parameters.values() for row in _values(voice, told, declared))
    yield table([told.name, told.what, told.since, told.value], rows)


def _values(voice: Voice, told: Headings, declared: ParameterDeclaration) -> Iterator[list[str]]:
    told_as = leaf_value_teller(voice, Parameter(declared.name))
    for dated in declared.values:
        value = told.undecided if dated.value is Unknown.UNKNOWN else told_as(dated.value)
        since = "" if dated.since is None else str(dated.since)
        yield [code(declared.name), plain(declared.title.text(voice.language)), since, plain(value)]


def _tests(voice: Voice, told: Headings) -> Iterator[str]:
    if not voice.criteria.tests:
        return
    yield f"## {told.tests}\n"
    yield table([told.test, told.figures, told.expected], (_case(voice, test) for test in voice.criteria.tests))


def _case(voice: Voice, test: EmbeddedTest) -> list[str]:
    def given(key: FactKey, value: FactValue) -> str:
        return f"{fact_text(voice, key)}: {fact_value_teller(voice, key.name)(value)}"

    figures = [given(key, value) for key, value in test.given.items() if key.name in voice.criteria.facts]
    expected = [f"{code(path)}: {voice.say.this(VERDICTS[verdict])}" for path, verdict in test.expect.items()]
    return [code(test.id), "\n".join(map(plain, figures)), "\n".join(expected)]


def _sentence(text: str) -> str:
    return f"{plain(text[:1].upper() + text[1:])}."
