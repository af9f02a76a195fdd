"""Guidance 06 and Guidance 04 side by side, drawn from comparing their sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from docsite.drawn.markdown import code, plain, table
from docsite.drawn.sets import FOLDERS
from ncriteria.analysis.comparison.compare import ComparedClause, Comparison, compare
from ncriteria.analysis.comparison.differences import CHANGES, ChangeKind
from ncriteria.analysis.proof.relation_text import relation_text, years_text
from ncriteria.evaluation.explanation.sources import citation_text
from ncriteria.evaluation.explanation.text import combination_text
from ncriteria.evaluation.explanation.values import Voice
from ncriteria.language.printer import show
from ncriteria.report.sheets.edits.edit_words import ASPECTS, EditVoice
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Group
from ncriteria.sets.names import ENCODES
from ncriteria.words import Language

OLD, NEW = "vn.bca.hd06-2022.commune", "vn.bca.hd04-2024.commune"


@frozen
class Told:
    """What the page is told in."""

    title: str
    opening: str
    same: str
    difference: str
    whole: str


TOLD: Final[Mapping[Language, Told]] = {
    "en": Told(
        title="Guidance 06 and Guidance 04 side by side",
        opening="Indicator 19.2 as the two shipped sets encode it: [{old}](/{folder}{old_id}.md) for {old_years}, and "
        "[{new}](/{folder}{new_id}.md) for {new_years}. Drawn by comparing the two, and proved where it says so "
        "([how](/docs/comparing.md)). It compares the files: most of the text of both guidances is not known.",
        same="the same",
        difference="What changed",
        whole="The whole set",
    ),
    "vi": Told(
        title="Hướng dẫn 06 và Hướng dẫn 04 đặt cạnh nhau",
        opening="Chỉ tiêu 19.2 theo hai bộ tiêu chí kèm theo: [{old}](/{folder}{old_id}.md) cho các năm {old_years} và "
        "[{new}](/{folder}{new_id}.md) cho các năm {new_years}. Trang được lập bằng cách so sánh hai bộ, có chứng "
        "minh ở "
        "những chỗ nêu là đã chứng minh ([cách so sánh](/docs/comparing.md), tiếng Anh). Đây là so sánh hai tệp: "
        "phần lớn "
        "nội dung của cả hai hướng dẫn chưa được biết.",
        same="như cũ",
        difference="Thay đổi",
        whole="Toàn bộ",
    ),
}


def pages() -> Mapping[str, str]:
    """The page in each language."""
    sets = {one.id: one for one in load_catalog().sets}
    found = compare(sets[OLD], sets[NEW])
    return {"guidances.md": page(found, "en"), "vi/guidances.md": page(found, "vi")}


def page(found: Comparison, language: Language) -> str:
    """Each clause of either set, what it says in both, and how the new one stands to the old one."""
    told, old, new = TOLD[language], Voice(language, found.old), Voice(language, found.new)
    opening = told.opening.format(
        folder=FOLDERS[language],
        old=plain(found.old.instrument.number),
        old_id=found.old.id,
        old_years=found.old.years.in_words(old.say),
        new=plain(found.new.instrument.number),
        new_id=found.new.id,
        new_years=found.new.years.in_words(new.say),
    )
    heads = [found.old.instrument.number, found.new.instrument.number, told.difference]
    return f"# {told.title}\n\n{opening}\n\n{table(heads, _rows(found, old, new, told))}"


def _rows(found: Comparison, old: Voice, new: Voice, told: Told) -> Iterator[list[str]]:
    voice = EditVoice(new.language, found.old, found.new)
    changed = {one.difference.name: one for one in found.clauses}
    before, after = _members(found.old), _members(found.new)
    for path, member in after.items():
        compared = changed.get(path)
        former = before.get(path if compared is None else compared.difference.was or path)
        yield [_cell(old, former), _cell(new, member), _what(path, compared, voice, told)]
    for path, compared in changed.items():
        if compared.difference.change is ChangeKind.REMOVED:
            yield [_cell(old, before[path]), "", _what(path, compared, voice, told)]
    relations = (
        f"{years_text(one.years, new.say)}: {relation_text(one.relation, new.language, voice.fact)}"
        for one in found.whole
    )
    yield [f"**{told.whole}**", "", "\n".join(relations)]


def _members(criteria: CriteriaSet) -> Mapping[str, Clause | Group]:
    return {member.path: member for member in criteria.members() if member.path != WHOLE_SET}


def _cell(voice: Voice, member: Clause | Group | None) -> str:
    """What a clause says in one of the sets: title, rule, how faithfully, after which source."""
    if member is None:
        return ""
    lines = [f"**{plain(member.title.text(voice.language))}**"]
    if isinstance(member, Group):
        lines.append(plain(combination_text(voice, member)))
    else:
        lines += [] if member.rule is None else [code(show(member.rule))]
        lines.append(f"*{voice.say.this(ENCODES[member.encodes])}*")
    return "\n".join([*lines, *(plain(citation_text(voice, one)) for one in member.cite)])


def _what(path: str, compared: ComparedClause | None, voice: EditVoice, told: Told) -> str:
    if compared is None:
        return f"{code(path)}\n{told.same}"
    change = voice.say.this(CHANGES[compared.difference.change])
    keys = ", ".join(voice.say.this(ASPECTS[aspect.key]) for aspect in compared.difference.aspects)
    is_changed = compared.difference.change in (ChangeKind.CHANGED, ChangeKind.RENAMED)
    lines = [code(path), f"{change}: {keys}" if keys and is_changed else change]
    lines += [f"**{relation_text(one.relation, voice.language, voice.fact)}**" for one in compared.relations]
    return "\n".join(lines)
