"""What a clause rests on, in words: its citations, how faithfully it says so, and by which act it is what it is."""

from __future__ import annotations

from collections.abc import Iterator

from ncriteria.evaluation.explanation.values import Voice
from ncriteria.sets.model import Clause, Group
from ncriteria.sets.names import BASES, ENCODES
from ncriteria.sets.overlaid.origins import main_origin
from ncriteria.sets.sources import AwaitedText, Citation, ClauseOrigin, Origin, OverlayChange, OverlayVerb
from ncriteria.words import Language, Words


def source_lines(voice: Voice, member: Clause | Group) -> Iterator[str]:
    """What a clause rests on, and how faithfully it says so."""
    say = voice.say
    yield from origin_lines(voice, member.path)
    for citation in member.cite:
        yield say("Source: {source}", source=citation_text(voice, citation))
    if isinstance(member, Clause) and (accepted := member.accepts_windows) is not None:
        source = "; ".join(citation_text(voice, citation) for citation in accepted.cite)
        note = accepted.note.text(voice.language)
        yield say("Figures of different months stand together: {note} ({source})", note=note, source=source)
    if isinstance(member, Clause):
        yield say("Encodes the law: {faithfulness}", faithfulness=say.this(ENCODES[member.encodes]))
        yield from awaited_lines(say, member)
    if member.note is not None:
        yield say("Note: {note}", note=member.note.text(voice.language))


def awaited_lines(say: Words, clause: Clause) -> Iterator[str]:
    """The document that will say what is not encoded, and who is to issue it."""
    if clause.awaits is not None:
        told = awaited_text(say, clause.awaits)
        yield told[:1].upper() + told[1:]


def awaited_text(say: Words, awaited: AwaitedText) -> str:
    """A document that is awaited, and from whom."""
    document, issuer = awaited.document.text(say.language), awaited.issuer.text(say.language)
    return say("awaits: {document} ({issuer})", document=document, issuer=issuer)


def citation_text(voice: Voice, citation: Citation) -> str:
    """The instrument, the place in it, and how much of its text is known."""
    if citation.basis is None:
        return citation.where
    return f"{citation.where} ({voice.say('text: {basis}', basis=voice.say.this(BASES[citation.basis]))})"


def origin_lines(voice: Voice, path: str) -> Iterator[str]:
    """The act that a clause of an extending set is of, and the acts that changed something in it."""
    found = voice.criteria.origins.get(path)
    if found is not None:
        yield voice.say("Laid down by: {act}", act=act_text(voice.say, voice.language, found.origin))
        yield from _changes(voice, found)


def unlike_most_lines(voice: Voice, path: str) -> Iterator[str]:
    """The same, but nothing of the act that most clauses are of."""
    found = voice.criteria.origins.get(path)
    if found is not None:
        yield from origin_lines(voice, path) if found.origin != main_origin(voice.criteria) else _changes(voice, found)


def _changes(voice: Voice, found: ClauseOrigin) -> Iterator[str]:
    for made in found.changes:
        act, what = act_text(voice.say, voice.language, made.by), _what(voice, made.change)
        yield voice.say(
            "Changed by: {act}: {what} ({cited})",
            act=act,
            what=what,
            cited="; ".join(one.where for one in made.change.cite),
        )


def act_text(say: Words, language: Language, origin: Origin) -> str:
    """An act, who issued it, and whether it is a national one or that of a territory."""
    number, issuer = origin.instrument.number, origin.instrument.issuer.text(language)
    if origin.territory is None:
        return say("{number} ({issuer}; national)", number=number, issuer=issuer)
    return say("{number} ({issuer}; for {territory})", number=number, issuer=issuer, territory=origin.territory)


def _what(voice: Voice, change: OverlayChange) -> str:
    say, declared = voice.say, voice.criteria.parameters.get(change.target)
    match change.verb:
        case OverlayVerb.ADD:
            return say("a member is added")
        case OverlayVerb.REMOVE:
            return say("`{path}` is removed", path=change.target)
        case _ if declared is not None:
            return declared.title.text(voice.language)
        case _:
            return say("how many must be met")
