"""The grammar and the functions of the rule language, drawn from the grammar, the glossary and the static check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib.resources import files
from typing import Final

from attrs import frozen

from docsite.drawn.markdown import block, code, plain, table
from ncriteria.language.check import check
from ncriteria.language.checking.agreeing import Scope
from ncriteria.language.hints.glossary import GLOSSARY
from ncriteria.language.hints.words import ASSESSMENT_YEAR, FORMS, FUNCTIONS, KEYWORDS
from ncriteria.language.parser import parse
from ncriteria.language.reading.limits import MAX_CHARACTERS, MAX_DIGITS, MAX_YEARS
from ncriteria.language.source import ExpressionError
from ncriteria.language.types import DateType, EnumerationType, NumberType, TruthType, ValueType
from ncriteria.words import Language, words

_TYPES: Final[Mapping[str, ValueType]] = {
    "number": NumberType(),
    "condition": TruthType(),
    "day": DateType(),
    "option": EnumerationType(frozenset({"option"})),
}
"""A fact of each type, by a name that says so."""
_SCOPE: Final = Scope(_TYPES)


@frozen
class Words:
    """What the page is told in."""

    title: str
    opening: str
    functions: str
    forms: str
    name: str
    form: str
    gives: str
    takes: str
    makes: str
    example: str
    grammar: str
    grammar_note: str
    keywords: str
    limits: str
    kinds: Mapping[str, str]


WORDS: Final[Mapping[Language, Words]] = {
    "en": Words(
        title="Functions and grammar",
        opening="Drawn from the tables and the grammar that the library itself reads rules with. [The rule language]"
        "(/docs/language.md) shows each at work; [Truth tables](/truths.md) has what comes of unknown values.",
        functions="Functions",
        forms="Forms of years, of knowledge, of other clauses and units",
        name="Name",
        form="Written",
        gives="Its value",
        takes="Takes",
        makes="Gives",
        example="Example",
        grammar="Grammar",
        grammar_note="The grammar as [Lark](https://lark-parser.readthedocs.io/) reads it. A `?` before a name says "
        "that a "
        "part with one member is that member; what stands after `->` is how a part is called in the tree.",
        keywords="Words that are no names: {words}.",
        limits="An expression has at most {characters} characters, a numeral at most {digits} digits; a rule looks "
        "at most "
        "{years} years back.",
        kinds={"number": "numbers", "condition": "conditions", "day": "days", "option": "options"},
    ),
    "vi": Words(
        title="Hàm và ngữ pháp",
        opening="Lập từ chính các bảng và ngữ pháp mà thư viện dùng để đọc quy tắc. [Ngôn ngữ quy "
        "tắc](/docs/language.md) "
        "(tiếng Anh) có ví dụ cho từng mục; [Bảng chân trị](/vi/truths.md) nêu kết quả khi có giá trị chưa biết.",
        functions="Hàm",
        forms="Dạng viết về các năm, về giá trị đã biết, về nội dung và đơn vị khác",
        name="Tên",
        form="Cách viết",
        gives="Giá trị",
        takes="Nhận",
        makes="Cho ra",
        example="Ví dụ",
        grammar="Ngữ pháp",
        grammar_note="Ngữ pháp theo cách [Lark](https://lark-parser.readthedocs.io/) đọc. Dấu `?` trước tên: phần "
        "chỉ có một "
        "thành phần thì chính là thành phần đó; chữ sau `->` là tên của phần ấy trong cây cú pháp.",
        keywords="Các từ không được dùng làm tên: {words}.",
        limits="Một biểu thức dài tối đa {characters} ký tự, một số tối đa {digits} chữ số; quy tắc xét lùi tối đa "
        "{years} năm.",
        kinds={"number": "số", "condition": "điều kiện", "day": "ngày", "option": "lựa chọn"},
    ),
}


def page(language: Language) -> str:
    """The functions, the forms, the grammar and the limits."""
    return "\n".join(_page(language, WORDS[language]))


def _page(language: Language, told: Words) -> Iterator[str]:
    say = words(language)
    yield f"# {told.title}\n\n{told.opening}\n"
    yield f"## {told.functions}\n"
    heads = [told.form, told.gives, told.takes, told.makes]
    rows = ([_form(name), plain(say.this(GLOSSARY[name].gives)), *_kinds(name, told)] for name in FUNCTIONS)
    yield table(heads, rows)
    yield f"## {told.forms}\n"
    shown_forms = ((name, FORMS.get(name, "")) for name in GLOSSARY if name not in FUNCTIONS)
    forms = (
        [_form(name), plain(say.this(GLOSSARY[name].gives)), code(shown) if shown else ""]
        for name, shown in shown_forms
    )
    yield table([told.form, told.gives, told.example], forms)
    yield f"## {told.grammar}\n\n{told.grammar_note}\n"
    yield block("lark", grammar())
    yield told.keywords.format(words=", ".join(map(code, sorted({*KEYWORDS, ASSESSMENT_YEAR})))) + "\n"
    limits = {"characters": MAX_CHARACTERS, "digits": MAX_DIGITS, "years": MAX_YEARS}
    yield told.limits.format_map({name: say.number(Fraction(limit)) for name, limit in limits.items()}) + "\n"


def _form(name: str) -> str:
    return code(GLOSSARY[name].form)


def _example(name: str) -> str:
    return code(FORMS[name]) if name in FORMS else ""


def _kinds(name: str, told: Words) -> tuple[str, str]:
    """What a function takes and gives, as the static check has it."""
    fitting = [(taken, given) for taken in _TYPES for given in _TYPES if _fits(f"{name}({taken}) = {given}")]
    all_taken = dict.fromkeys(told.kinds[taken] for taken, _ in fitting)
    all_given = dict.fromkeys(told.kinds[given] for _, given in fitting)
    return ", ".join(all_taken), ", ".join(all_given)


def _fits(text: str) -> bool:
    try:
        return not check(parse(text), _SCOPE)
    except ExpressionError:
        return False


def grammar() -> str:
    """The grammar file without what is said in it to those who work on it."""
    text = files("ncriteria.language.reading").joinpath("grammar.lark").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("//")).strip()
