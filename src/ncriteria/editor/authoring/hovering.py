"""What is told of the place under the cursor: a name, a function, a key, and the meaning of a rule in words."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.editor.authoring.naming import NamedPlace, NameKind, name_at
from ncriteria.editor.authoring.word_meanings import word_told
from ncriteria.editor.shaped import shaped_nodes
from ncriteria.evaluation.explanation.conditions import condition_lines
from ncriteria.evaluation.explanation.sources import citation_text, source_lines
from ncriteria.evaluation.explanation.values import Voice, leaf_value_teller
from ncriteria.language.hints.glossary import GLOSSARY, OPERATORS
from ncriteria.language.printer import show
from ncriteria.language.tree import Expr, Parameter
from ncriteria.quick_classes import frozen
from ncriteria.report.needs.describing import value_wanted
from ncriteria.sets.keys.shapes import Shape, WordShape
from ncriteria.sets.loader import ReadText
from ncriteria.sets.model import Clause, CriteriaSet, Group
from ncriteria.sets.reading.nodes import Scalar
from ncriteria.sets.structure import expressions
from ncriteria.words import LANGUAGES, words


@frozen
class HoverText:
    """What is told of the characters `start` to the one before `end`, as Markdown."""

    text: str
    start: int
    end: int


def told_at(read: ReadText, known: CriteriaSet | None, index: int) -> HoverText | None:
    """What is told at a character of a file; `known` is the set as it could last be read.

    A name is told with its title, its unit or value, and its citation, then the rule that it stands in, in words; each
    in Vietnamese and English.
    """
    if read.root is None:
        return None
    rule = next((key for key, node in read.expressions.items() if node.start <= index <= node.end), None)
    meaning = [] if rule is None or known is None else list(_meaning(known, *rule))
    place = name_at(read.root, index)
    if place is not None and known is not None:
        named = [line for language in LANGUAGES for line in _named(Voice(language, known), place)]
        if named:
            return HoverText(_markdown(named, meaning), place.start, place.end)
    if rule is not None:
        node = read.expressions[rule]
        start, end, word = _word(read.document.text, index)
        said = GLOSSARY.get(word) or OPERATORS.get(word)
        if said is not None:
            gives = [words(language).this(said.gives) for language in LANGUAGES]
            return HoverText(_markdown([f"`{said.form}`", *gives], meaning), start, end)
        return HoverText(_markdown(meaning), node.start, node.end) if meaning else None
    return _of_key(read, index)


def _of_key(read: ReadText, index: int) -> HoverText | None:
    assert read.root is not None
    for one in shaped_nodes(read.root):
        node = one.node
        if one.is_key and isinstance(node, Scalar) and node.start <= index <= node.end and one.told:
            lines = [f"`{node.text}`", *(words(language).again(one.told) for language in LANGUAGES)]
            return HoverText(_markdown(lines), node.start, node.end)
        if isinstance(node, Scalar) and not one.is_key and node.start <= index <= node.end:
            told = _of_word(one.shapes, node.text)
            return HoverText(_markdown([f"`{node.text}`", *told]), node.start, node.end) if told else None
    return None


def _of_word(shapes: tuple[Shape, ...], word: str) -> list[str]:
    """What one of the words means that may stand at a place, in each language."""
    known = [one.words for one in shapes if isinstance(one, WordShape) and word in one.words]
    return [told for one in known for language in LANGUAGES if (told := word_told(one, word, words(language)))]


def _named(voice: Voice, place: NamedPlace) -> Iterator[str]:
    criteria, language = voice.criteria, voice.language
    if place.standard is not None or place.level is not None:
        return
    match place.kind:
        case NameKind.FACT:
            declared = criteria.facts.get(place.name)
            if declared is not None:
                yield f"**{declared.title.text(language)}**: {value_wanted(voice, declared)}"
                if declared.note is not None:
                    yield declared.note.text(language)
        case NameKind.PARAMETER:
            for name, parameter in criteria.parameters.items():
                if place.name in (name, parameter.option[0] if parameter.option else name):
                    values = [
                        f"{leaf_value_teller(voice, Parameter(name))(dated.value)}"
                        + ("" if dated.since is None else f" ({dated.since}-)")
                        for dated in parameter.values
                    ]
                    cited = "; ".join(citation_text(voice, one) for one in parameter.cite)
                    option = f" ({parameter.option[1]})" if parameter.option else ""
                    yield f"**{parameter.title.text(language)}**{option}: {', '.join(values)}. {cited}"
        case NameKind.CLAUSE:
            for member in criteria.members():
                if member.path == place.name:
                    yield from _member(voice, member)


def _member(voice: Voice, member: Clause | Group) -> Iterator[str]:
    yield f"**{member.title.text(voice.language)}** [{member.path}]"
    if isinstance(member, Clause) and member.rule is not None:
        yield from _listed(voice, member.rule)
    yield from source_lines(voice, member)


def _meaning(criteria: CriteriaSet, path: str, role: str) -> Iterator[str]:
    """A rule of the set as it could last be read, in words, in each language."""
    member = next((one for one in criteria.members() if one.path == path), None)
    expr = None if member is None else dict(expressions(member)).get(role)
    if expr is not None:
        yield f"`{show(expr)}`"
        for language in LANGUAGES:
            yield "\n".join(_listed(Voice(language, criteria), expr))


def _listed(voice: Voice, expr: Expr) -> Iterator[str]:
    for line in condition_lines(voice, expr):
        told = line.lstrip(" ")
        yield f"{' ' * (len(line) - len(told))}- {told}"


def _markdown(*groups: list[str]) -> str:
    return "\n\n---\n\n".join("\n\n".join(lines) for lines in groups if lines)


def _word(text: str, index: int) -> tuple[int, int, str]:
    start = end = index
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return start, end, text[start:end]
