"""What is said of an edit in words: titles beside identifiers, figures of records, and what the names in rules are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Final, assert_never

from ncriteria.analysis.cases import Row
from ncriteria.analysis.comparison.compare import IN_FORCE
from ncriteria.analysis.comparison.differences import Aspect, Difference, Shown, Subject, citation_text, shown_in
from ncriteria.analysis.proof.relation_text import TellsGrounds
from ncriteria.evaluation.explanation.conditions import explained, names_in
from ncriteria.evaluation.explanation.values import Voice, leaf_value_teller, value_text
from ncriteria.evaluation.explanation.wording import asked_text, leaf_text
from ncriteria.language.parser import expression_in, parse
from ncriteria.language.tree import THIS_YEAR, Expr, FactRef, Met, Parameter
from ncriteria.language.values import UNKNOWN
from ncriteria.quick_classes import frozen
from ncriteria.sets.grades.scales import graded, path_of_grade
from ncriteria.sets.inside import asked_inside
from ncriteria.sets.model import WHOLE_SET, Clause, CriteriaSet, Encodes, Level, ParameterDeclaration, RollUp
from ncriteria.sets.names import BASES, COMBINATIONS, ENCODES, LEVELS, TYPES, UNITS, VERDICTS, options_text
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Language, Message, Words, words


@frozen
class EditVoice:
    """A language, and the two sets whose names are spoken of; what both have is called as in the new one."""

    language: Language
    old: CriteriaSet
    new: CriteriaSet

    @property
    def say(self) -> Words:
        """What says messages in the language."""
        return words(self.language)

    def titles(self) -> Mapping[str, str]:
        """What the clauses and groups of both sets are called, and their grades, by path."""
        found = dict[str, str]()
        for one in (self.old, self.new):
            found |= {member.path: member.title.text(self.language) for member in one.members()}
            for path, scale in graded(one).items():
                found |= {path_of_grade(path, grade.id): grade.title.text(self.language) for grade in scale}
        return found

    def clause(self, path: str) -> str:
        """A clause with its title before its path; the whole set where the path is empty."""
        if path == WHOLE_SET:
            return self.say.within("of two sets", "The whole set")
        title = self.titles().get(path)
        return path if title is None else f"{title} ({path})"

    def grade(self, path: str, identifier: str) -> str:
        """A grade of the scale at `path`, with its title before its identifier."""
        return f"{self.titles()[path_of_grade(path, identifier)]} ({identifier})"

    def clause_inside(self, level: str, path: str) -> str:
        """What is asked of the units inside, as the set calls it that asks."""
        sides = [one for one in (self.new, self.old) if (level, path) in asked_inside(one)]
        return asked_text(Voice(self.language, sides[0]), asked_inside(sides[0])[level, path]) if sides else path

    def encoded(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths whose clause is encoded: that others mean the same says nothing of the law."""
        empty = {
            one.path for one in self.new.members() if isinstance(one, Clause) and one.encodes is Encodes.NOT_ENCODED
        }
        return [path for path in paths if path not in empty]

    def parameter(self, name: str) -> str:
        """A parameter with its title before its name."""
        declared = self.new.parameters.get(name) or self.old.parameters.get(name)
        return name if declared is None else f"{declared.title.text(self.language)} ({name})"

    def fact(self, name: str) -> str:
        """A fact with its title before its name."""
        declared = self.new.facts.get(name) or self.old.facts.get(name)
        return name if declared is None else f"{declared.title.text(self.language)} ({name})"

    def short(self, criteria: CriteriaSet) -> str:
        """One of the two sets by the number of its instrument, and which of them it is where both have that number."""
        number = criteria.instrument.number
        if self.old.instrument.number != self.new.instrument.number:
            return number
        return f"{number} ({(self.say('New') if criteria is self.new else self.say('Old')).lower()})"

    def short_of(self, identifier: str) -> str:
        """The set of that identifier, as `short` tells it."""
        return self.short(self.old if self.old.id == identifier else self.new)

    @property
    def grounds(self) -> TellsGrounds:
        """How the grounds of relations are told: in words, and by title."""
        return TellsGrounds(self.say, partial(record_text, self), self.fact)

    def side(self, name: str) -> Voice:
        """The voice of the set that declares the fact `name`."""
        return Voice(self.language, self.new if name in self.new.facts else self.old)


def record_text(voice: EditVoice, row: Row) -> str:
    """The record in words: each fact that is known, by its title, and what is said of units inside."""
    return "; ".join(_figures(voice, row)) or voice.say("no figure is known")


def _figures(voice: EditVoice, row: Row) -> Iterator[str]:
    say = voice.say
    for key, value in sorted(row.facts.items(), key=lambda one: one[0].period != THIS_YEAR):
        side, fact = voice.side(key.name), FactRef(key.name, key.period)
        yield f"{leaf_text(side, fact)}: {leaf_value_teller(side, fact)(value)}"
    for name, known in row.parameters.items():
        sides = [one for one in (voice.new, voice.old) if name in one.parameters]
        side = Voice(voice.language, sides[0])
        yield f"{leaf_text(side, Parameter(name))}: {leaf_value_teller(side, Parameter(name))(known)}"
    for (level, path), shares in row.shares.items():
        units, clause = say.this(UNITS[Level(level)]), voice.clause_inside(level, path)
        if not isinstance(shares, RollUp):
            yield f"{clause} ({units}): {value_text(say, shares)}"
            continue
        asked = shares.met + shares.not_met + shares.undetermined
        yield say("{met} of {asked} {units} meet {clause}", met=shares.met, asked=asked, units=units, clause=clause)
    for path, verdict in row.attested.items():
        yield f"{voice.clause(path)}: {say.this(VERDICTS[verdict]).lower()}"


def set_text(criteria: CriteriaSet, say: Words) -> str:
    """A set by its title, with its instrument, its years and its identifier."""
    known = f"{criteria.instrument.number}, {criteria.years.in_words(say)}; {criteria.id}"
    return f"{criteria.title.text(say.language)} ({known})"


def rule_text(criteria: CriteriaSet, rule: Expr, language: Language) -> str:
    """A rule as it is written, with what its names stand for."""
    return explained(Voice(language, criteria), rule)


def rule_read(criteria: CriteriaSet, text: str, language: Language) -> str:
    """The text of a rule, with what its names stand for; one that is too long to be read again stays as it is."""
    rule = expression_in(text)
    return text if rule is None else rule_text(criteria, rule, language)


ASPECTS: Final[Mapping[str, Message]] = {
    "id": Message("identifier"),
    "standard": Message("standard"),
    "standard.title": Message("title of the standard"),
    "title": Message("title"),
    "instrument.number": Message("number of the instrument"),
    "instrument.issuer": Message("who issued the instrument"),
    "instrument.issued": Message("day of the instrument"),
    "instrument.in_force": Message("in force from"),
    "instrument.url": Message("address of the instrument"),
    "years": Message("assessment years"),
    "level": Message("level of the units"),
    "territory": Message("territory"),
    "supersedes": Message("the set before it"),
    "after_end": Message("what judges after its years"),
    "instrument.retrieved": Message("day on which the instrument was retrieved"),
    "instrument.sha256": Message("SHA-256 of the copy of the instrument"),
    "in_force.days": Message("days in which it is in force, and the years judged"),
    "in_force.cite": Message("source of the years that are judged"),
    "window": Message("months of a year"),
    "window.cite": Message("source of the months of a year"),
    "comparable": Message("series that may be compared"),
    "comparable.cite": Message("source that compares the series"),
    "only_when_named": Message("judged only where named"),
    "note": Message("note"),
    "type": Message("kind of value"),
    "unit": Message("unit of measure"),
    "options": Message("options"),
    "unit.one": Message("word behind 1"),
    "options.title": Message("titles of the options"),
    "value": Message("value"),
    "cite": Message("sources"),
    "min": Message("least value"),
    "max": Message("greatest value"),
    "decimals": Message("decimals"),
    "attested": Message("attested by a document"),
    "attested_by": Message("who may attest it"),
    "aggregate": Message("how parts are put together"),
    "over_months": Message("how months are put together"),
    "series": Message("series of the figures"),
    "published": Message("what it prints of another fact"),
    "headings": Message("headings in tables"),
    "supplier": Message("who has the figure"),
    "rule": Message("rule"),
    "when_zero_base": Message("rule where the earlier figure is 0"),
    "encodes": Message("how faithfully it says the law"),
    "applies_when": Message("applies when"),
    "accepts_windows": Message("why figures of different months stand together"),
    "accepts_windows.cite": Message("source that lets figures of different months stand together"),
    "awaits": Message("document that it awaits"),
    "awaits.from": Message("who is to issue the document"),
    "group": Message("how its parts count"),
    "n": Message("how many must be met"),
    "not_applicable": Message("parts that do not apply"),
    "members": Message("parts"),
    "grades": Message("grades, the best first"),
    "when": Message("given when"),
    "otherwise": Message("given in all other cases"),
    IN_FORCE: Message("rule with its parameters"),
}
"""What the keys of a criteria file are called."""
_RULES: Final = frozenset({"rule", "when_zero_base", "applies_when", "when", IN_FORCE})


def subject_text(voice: EditVoice, difference: Difference) -> str:
    """What differs, by its title, with its name in the file."""
    match difference.subject:
        case Subject.HEADER:
            return voice.new.title.text(voice.language)
        case Subject.PARAMETER:
            return voice.parameter(difference.name)
        case Subject.FACT:
            return voice.fact(difference.name)
        case Subject.CLAUSE | Subject.GRADE:
            return voice.clause(difference.name)
        case _:
            assert_never(difference.subject)


def cause_text(voice: EditVoice, cause: str) -> str:
    """What changes a meaning from elsewhere, with its title: a parameter, a clause that is referred to, or a fact."""
    match parse(cause):
        case Parameter(name=name):
            return voice.parameter(name)
        case Met(path=path):
            return voice.clause(path)
        case _:
            return voice.fact(cause)


def aspect_texts(voice: EditVoice, difference: Difference, aspect: Aspect) -> tuple[str | None, str | None]:
    """What a key said before and says now, rules and options with what they mean; `None` is nothing."""
    language = shown_in(aspect, voice.language)
    sides = ((aspect.old, voice.old, difference.was or difference.name), (aspect.new, voice.new, difference.name))
    old, new = (_shown_text(shown, aspect.key, criteria, name, language) for shown, criteria, name in sides)
    return old, new


def rules_and_names(
    voice: EditVoice, difference: Difference, aspect: Aspect
) -> tuple[tuple[str | None, str | None], list[str]]:
    """What a key said before and says now, as `aspect_texts`, but what the names in rules stand for once, apart."""
    sides = ((aspect.old, voice.old), (aspect.new, voice.new))
    texts = [(shown, criteria) for shown, criteria in sides if isinstance(shown, str) and aspect.key in _RULES]
    rules = [(expression_in(shown), criteria) for shown, criteria in texts]
    names = (names_in(Voice(voice.language, criteria), rule) for rule, criteria in rules if rule is not None)
    if not texts:
        return aspect_texts(voice, difference, aspect), []
    old, new = (shown if isinstance(shown, str) else None for shown, _ in sides)
    return (old, new), list(dict.fromkeys(chain.from_iterable(names)))


def _shown_text(shown: Shown, key: str, criteria: CriteriaSet, name: str, language: Language) -> str | None:
    match shown:
        case None:
            return None
        case Bilingual():
            return shown.text(language)
        case tuple() if key == "members":
            titles = {member.path: member.title.text(language) for member in criteria.members()}
            return "\n".join(f"{titles[f'{name}/{one}']} ({one})" for one in shown)
        case tuple() if key == "options":
            declared = criteria.facts.get(name) or criteria.parameters.get(name)
            called = {} if declared is None else options_text(declared, language)
            return "\n".join(one if called.get(one, one) == one else f"{called[one]} ({one})" for one in shown)
        case tuple() if key.endswith("cite"):
            cited = _cited(criteria, name, language)
            return "\n".join(cited.get(one, one) for one in shown)
        case tuple():
            return "\n".join(shown)
        case str() if key in _DAYS:
            return words(language).day(datetime.date.fromisoformat(shown))
        case str() if key == "value" and criteria.parameters[name].options:
            return _options_in_time(Voice(language, criteria), criteria.parameters[name])
        case _ if key in _RULES:
            return rule_read(criteria, shown, language)
        case _ if shown in _OPTIONS.get(key, {}):
            called_so = words(language).this(_OPTIONS[key][shown], minimum="n")
            return shown if called_so == shown else f"{called_so} ({shown})"
        case _:
            return shown


def _options_in_time(voice: Voice, declared: ParameterDeclaration) -> str:
    """The option of a parameter that holds, or those that hold from a year on."""
    tell, still_open = (
        leaf_value_teller(voice, Parameter(declared.name)),
        voice.say("a value that the text leaves open"),
    )
    told = ((one.since, still_open if one.value is UNKNOWN else tell(one.value)) for one in declared.values)
    return "; ".join(text if since is None else f"{since}: {text}" for since, text in told)


def _cited(criteria: CriteriaSet, name: str, language: Language) -> Mapping[str, str]:
    """The citations of a part of a set, with how much of their text is known in words, by what stands in the file."""
    say = words(language)
    declared = criteria.parameters.get(name)
    parts = [*([] if declared is None else [declared]), *criteria.members()]
    return {
        citation_text(one): citation_text(one, lambda basis: say("text: {basis}", basis=say.this(BASES[basis])))
        for part in parts
        for one in part.cite
    }


_DAYS: Final = frozenset({"instrument.issued", "instrument.in_force", "instrument.retrieved"})
_OPTIONS: Final[Mapping[str, Mapping[str, Message]]] = {
    "encodes": {one.value: message for one, message in ENCODES.items()},
    "level": {one.value: message for one, message in LEVELS.items()},
    "group": {one.value: message for one, message in COMBINATIONS.items()},
    "type": {one.value: message for one, message in TYPES.items()},
}
"""What the options of keys are called."""
