"""`ncriteria fill`: a clause whose text was not known becomes a rule, in an overlay of whoever holds the text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ncriteria.cli.console.answers import answer
from ncriteria.cli.console.layout import fitted, terminal_width
from ncriteria.cli.console.spoken import SpokenArgument, SpokenCommand
from ncriteria.cli.console.written import written
from ncriteria.cli.console.wrong_calls import WrongCallError
from ncriteria.cli.inputs.begun_files import identifier_for, lay_schema_beside, path_and_set, reference_to, with_schema
from ncriteria.cli.options import completion
from ncriteria.cli.options.shared import composed, json_option, language_option, timeout_option
from ncriteria.patterns import compiled_later
from ncriteria.sets.model import Encodes, FactType
from ncriteria.sets.sources import Bilingual
from ncriteria.words import Language, Words, phrase, words

if TYPE_CHECKING:
    from ncriteria.analysis.filling.filling import ClauseFilled, OverlaySoFar

_FAITHFUL = [kind.value for kind in Encodes if kind is not Encodes.NOT_ENCODED]
_BOTH = compiled_later(r"vi: *(.+?); *en: *(.+)", re.DOTALL)
_DECLARED = compiled_later(r"(\w+) *: *(.+)", re.DOTALL)


@click.command("fill", cls=SpokenCommand)
@click.argument("file", cls=SpokenArgument, type=click.Path(dir_okay=False, path_type=Path))
@click.argument("clause", cls=SpokenArgument, required=False, callback=composed)
@click.option("--of", "base", metavar="SET", shell_complete=completion.sets, help="The set that FILE begins to extend.")
@click.option("--title", metavar="TEXT", help="What the clause is called; 'vi: ...; en: ...' for both languages.")
@click.option("--last", is_flag=True, help="With a path below CLAUSE: no further content is left of it.")
@click.option("--rule", metavar="RULE", help="What the text says, as a rule.")
@click.option("--when-zero-base", "zero_base", metavar="RULE", help="The rule where the earlier figure is 0.")
@click.option("--applies-when", "applies_when", metavar="RULE", help="When the clause applies.")
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME:TYPE",
    help="A fact of the rule, 'fires: count', or all that a file says of it, 'fires: {type: ...}'; may be repeated.",
)
@click.option("--at", "at", metavar="PLACE", help="Where the text stands in the act.")
@click.option("--act", metavar="NUMBER", help="The act; without it, that of the set.")
@click.option(
    "--copy",
    "copy",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The text at hand, whose hash is cited.",
)
@click.option(
    "--encodes",
    type=click.Choice(_FAITHFUL),
    default="exact",
    show_default=True,
    help="How faithfully the rule says the text.",
)
@timeout_option(30, "Time to look for cases to test; what is not found by then is left out.")
@language_option
@json_option
def command(
    file: Path,
    clause: str | None,
    base: str | None,
    title: str | None,
    last: bool,
    rule: str | None,
    zero_base: str | None,
    applies_when: str | None,
    facts: tuple[str, ...],
    at: str | None,
    act: str | None,
    copy: Path | None,
    encodes: str,
    timeout: float,
    language: Language,
    as_json: bool,
) -> None:
    """Write the rule of CLAUSE, whose text was not known, into the overlay FILE.

    FILE is begun with --of, and grows by each further clause; without CLAUSE the clauses that are left are listed. A
    path below a clause, such as advanced/fires, is one of the contents that it has, and the others stay open.
    Facts of the rule are declared, cases to test are suggested, and it is proved that no other clause means anything
    else.
    """
    from ncriteria.analysis.deadline import deadline_in
    from ncriteria.analysis.filling.filling import filled, place_of
    from ncriteria.sets.files.filled import RuleWanted

    overlay, say = _so_far(file, base, language), words(language)
    if clause is None:
        _list(overlay, language, as_json=as_json)
        return
    place = place_of(overlay.criteria, clause, _title(title), last=last)
    if rule is None:
        raise WrongCallError(phrase("say with --rule what the text says of `{clause}`", clause=clause))
    wanted = RuleWanted(
        rule,
        encodes,
        act or overlay.criteria.instrument.number,
        at,
        zero_base,
        applies_when,
        retrieved=None if copy is None else datetime.date.today(),
        sha256=None if copy is None else _sha256(copy),
        facts=_declared(facts),
    )
    found = filled(overlay, place, wanted, say, deadline_in(timeout))
    written(file, found.text.encode(), force=True)
    lay_schema_beside(file)
    if as_json:
        from ncriteria.report.records.filling import FilledTold

        answer(FilledTold(str(file), found), language)
        return
    for line in _lines(found, file, say):
        for part in fitted(line, terminal_width()):
            click.echo(part)


def _so_far(file: Path, base: str | None, language: Language) -> OverlaySoFar:
    """What FILE says so far, or the text that it begins with."""
    from ncriteria.analysis.filling.filling import OverlaySoFar
    from ncriteria.sets.files.files import read_file
    from ncriteria.sets.files.filled import begun_overlay
    from ncriteria.sets.loader import load_set

    if file.exists():
        so_far = load_set(file)
        extended = None if so_far.extended is None else so_far.extended.id
        if base is not None and extended != path_and_set(base)[1].id:
            found = extended or so_far.id
            raise WrongCallError(phrase("`{file}` extends {found}, not {base}", file=str(file), found=found, base=base))
        return OverlaySoFar(file, read_file(file).decode("utf-8-sig"), so_far)
    if base is None:
        message = phrase("`{file}` is not there: name the set that it extends with --of SET", file=str(file))
        raise WrongCallError(message)
    path, criteria = path_and_set(base)
    text = with_schema(begun_overlay(criteria, reference_to(path, file), identifier_for(file, None), words(language)))
    return OverlaySoFar(file, text, criteria)


def _title(given: str | None) -> Bilingual | None:
    """A title in both languages, `vi: ...; en: ...`, or one for both."""
    if given is None:
        return None
    both = _BOTH.fullmatch(given.strip())
    return Bilingual(given.strip(), given.strip()) if both is None else Bilingual(both[1].strip(), both[2].strip())


def _declared(facts: Sequence[str]) -> Mapping[str, str]:
    """What is to be written behind the name of each fact."""
    found: dict[str, str] = {}
    for one in facts:
        given = _DECLARED.fullmatch(one.strip())
        if given is None or not (given[2].startswith("{") or given[2] in {kind.value for kind in FactType}):
            message = phrase("expected a name and a type, such as `fires: count`, found `{fact}`", fact=one)
            raise WrongCallError(message)
        found[given[1]] = (
            given[2] if given[2].startswith("{") else f'{{title: {{vi: "???", en: "???"}}, type: {given[2]}}}'
        )
    return found


def _sha256(copy: Path) -> str:
    from ncriteria.report.receipts.receipt import file_sha256

    return file_sha256(copy)


def _list(overlay: OverlaySoFar, language: Language, *, as_json: bool) -> None:
    """Print the clauses that are left to be filled in, with what they await."""
    from ncriteria.analysis.filling.filling import not_encoded
    from ncriteria.evaluation.explanation.sources import awaited_lines
    from ncriteria.sets.model import Clause

    say, left = words(language), not_encoded(overlay.criteria)
    if as_json:
        from ncriteria.report.records.filling import LeftToFill

        answer(LeftToFill(overlay.criteria.id, left), language)
        return
    for member in overlay.criteria.members():
        if isinstance(member, Clause) and member.path in left:
            for line in fitted(f"{member.path}: {member.title.text(language)}", terminal_width()):
                click.echo(line)
            for line in awaited_lines(say, member):
                click.echo(f"  {line}")
    click.echo(say.plural("{count} clause is not encoded", "{count} clauses are not encoded", count=len(left)))


def _lines(found: ClauseFilled, file: Path, say: Words) -> Iterator[str]:
    """What was written, and what is known of it."""
    yield say("{path} has a rule in {file}", path=found.path, file=str(file))
    yield from (f"  {one}" for one in _known(found, say))
    yield say("next: look at the file, and run `ncriteria check {file}` and `ncriteria test {file}`", file=str(file))


def _known(found: ClauseFilled, say: Words) -> Iterator[str]:
    for name, kind in found.declared.items():
        yield say("the fact {name} is declared as {type}: write what it is called", name=name, type=kind.value)
    yield say.plural(
        "{count} case to test is suggested: confirm its verdict against the text",
        "{count} cases to test are suggested: confirm each verdict against the text",
        count=len(found.tests),
    )
    if found.same:
        yield say.plural(
            "proved: {count} other clause or group means what it meant",
            "proved: {count} other clauses and groups mean what they meant",
            count=len(found.same),
        )
    if found.resting:
        yield say("on it rest: {paths}", paths=", ".join(found.resting))
    if found.left:
        yield say("still not encoded: {paths}", paths=", ".join(found.left))
