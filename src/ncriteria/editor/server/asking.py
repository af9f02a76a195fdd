"""What an editor asks at a place: names through files, completion, what is told, edits that mend."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from lsprotocol import types as lsp

from ncriteria.editor.authoring.families import FilePlace, extended_path, occurrences, renamed, sets_called
from ncriteria.editor.authoring.hovering import told_at
from ncriteria.editor.authoring.lenses import lenses_of
from ncriteria.editor.completion.beginning import offers_to_begin
from ncriteria.editor.completion.completing import FilesAround, offers
from ncriteria.editor.edits import TextEdit
from ncriteria.editor.formatting.layout import explicit_terms
from ncriteria.editor.linting.checking import LintFinding
from ncriteria.editor.server.addresses import path_at
from ncriteria.editor.server.completions import completion_list
from ncriteria.editor.server.criteria_server import CriteriaServer
from ncriteria.editor.server.opened import OpenFile, OpenFiles
from ncriteria.editor.server.positions import TypedText
from ncriteria.editor.server.showing import diagnostic, range_of, text_edits
from ncriteria.errors import NCriteriaError
from ncriteria.sets.catalog import load_catalog
from ncriteria.sets.files.begun import TO_FILL_IN, SetWanted
from ncriteria.sets.files.files import criteria_files, shipped_folder
from ncriteria.sets.loader import load_set_of
from ncriteria.sets.model import CriteriaSet
from ncriteria.sets.reading.fields import IDENTIFIER
from ncriteria.words import Words, words

RUN_TESTS: Final = "ncriteria.runTests"
"""The command that runs tests: of a document, or of a clause of it, whose path is its second argument."""


def completed(
    opened: OpenFiles, file: OpenFile, position: lsp.Position, say: Words, *, takes_snippets: bool = False
) -> lsp.CompletionList:
    """What may stand at a position."""
    index, known = file.typed.index(position), _known(opened, file)
    found = offers(file.typed.text, index, known, lambda: _around(opened, file), say)
    return completion_list(file.typed, found, takes_snippets=takes_snippets)


def begun_list(server: CriteriaServer, uri: str) -> lsp.CompletionList | None:
    """What a file may begin with in which nothing stands yet."""
    path = path_at(uri, server.opened.folders.roots)
    if path is None:
        return None
    typed = TypedText(server.workspace.get_text_document(uri).source, server.workspace.position_codec)
    name = path.stem if IDENTIFIER.fullmatch(path.stem) else TO_FILL_IN
    wanted = SetWanted(name, datetime.date.today().year)
    found = offers_to_begin(typed.text, wanted, words(server.language))
    return completion_list(typed, found, takes_snippets=False)


def _known(opened: OpenFiles, file: OpenFile) -> CriteriaSet | None:
    """The set as it could last be read; as long as it never could be, the one that it extends."""
    if file.criteria is not None:
        return file.criteria
    texts = opened.file_texts()
    extended = extended_path(file.path, file.typed.text, texts)
    try:
        return None if extended is None else load_set_of(extended, texts)
    except NCriteriaError:
        return None


def _around(opened: OpenFiles, file: OpenFile) -> FilesAround:
    """The sets of the folder of a file, and those that are shipped."""
    texts = {path: text for path, text in opened.texts_around(file.path).items() if path != file.path}
    standards, identifiers = sets_called(texts.values())
    shipped, folder = load_catalog().sets, file.path.parent
    beside = sorted(one.relative_to(folder).as_posix() for one in texts if one.is_relative_to(folder))
    return FilesAround(
        tuple(dict.fromkeys((*standards, *(one.standard for one in shipped)))),
        tuple(dict.fromkeys((*identifiers, *(one.id for one in shipped)))),
        tuple(dict.fromkeys((*beside, *_shipped_files()))),
    )


def _shipped_files() -> list[str]:
    folder = shipped_folder()
    return [one.relative_to(folder).as_posix() for one in criteria_files(folder)]


def hovered(file: OpenFile, position: lsp.Position) -> lsp.Hover | None:
    """What is told at a position."""
    told = None if file.read is None else told_at(file.read, file.criteria, file.typed.index(position))
    if told is None:
        return None
    text = lsp.MarkupContent(lsp.MarkupKind.Markdown, told.text)
    return lsp.Hover(text, file.typed.range(told.start, told.end))


def places_of_name(opened: OpenFiles, file: OpenFile, position: lsp.Position) -> tuple[FilePlace, ...]:
    """Every place of the name at a position, in the folder of the file and in the sets that its files extend."""
    return occurrences(texts_around(opened, file.path), file.path, file.typed.index(position))


def location(server: CriteriaServer, place: FilePlace) -> lsp.Location:
    """A place of a name as an editor shows it."""
    typed = _typed(server, place.path)
    return lsp.Location(server.address(place.path), typed.range(place.place.start, place.place.end))


def rename_edit(server: CriteriaServer, places: tuple[FilePlace, ...], name: str) -> lsp.WorkspaceEdit:
    """The edits of every file that give a thing another name."""
    edits = renamed(places, name)
    return lsp.WorkspaceEdit({server.address(path): text_edits(_typed(server, path), es) for path, es in edits.items()})


def _typed(server: CriteriaServer, path: Path) -> TypedText:
    opened = server.opened
    if path in opened.files:
        return opened.files[path].typed
    return TypedText(opened.text_of(path) or "", server.workspace.position_codec)


def texts_around(opened: OpenFiles, path: Path) -> dict[Path, str]:
    """The criteria files that are looked at with a file, and those that they extend."""
    texts, files = opened.texts_around(path), opened.file_texts()
    for one, text in list(texts.items()):
        extended = extended_path(one, text, files)
        while extended is not None and extended.resolve() not in {known.resolve() for known in texts}:
            texts[extended] = opened.text_of(extended) or ""
            extended = extended_path(extended, texts[extended], files)
    return texts


def is_shipped(path: Path) -> bool:
    """Whether a file is one that comes with an installed library, which no author changes."""
    folder = shipped_folder()
    return folder.name == "_criteria" and path.resolve().is_relative_to(folder.resolve())


def mending(file: OpenFile, uri: str, asked: lsp.Range, say: Words) -> list[lsp.CodeAction]:
    """The edits that mend the findings in a range, and one that writes out what bare `prev_year` stands for."""
    found = []
    for one in file.findings:
        if _meet(range_of(file, one.problem), asked):
            for edits, title in (
                (one.fix, say("Mend: {message}", message=say.again(one.problem.message))),
                *_chosen(one, say),
            ):
                if edits:
                    found.append(
                        _action(file, uri, title, edits, [diagnostic(file, one, say)], is_preferred=edits is one.fix)
                    )
    terms = [] if file.read is None else [one for one in explicit_terms(file.read) if _meet(_range(file, one), asked)]
    if terms:
        kind = lsp.CodeActionKind.RefactorRewrite
        found.append(_action(file, uri, say("Write out what `prev_year` stands for"), terms, None, kind=kind))
    return found


def _chosen(finding: LintFinding, say: Words) -> Iterable[tuple[tuple[TextEdit, ...], str]]:
    name = finding.suggestion[0].text if finding.suggestion else ""
    yield finding.suggestion, say("Write `{name}`", name=name)


def _action(
    file: OpenFile,
    uri: str,
    title: str,
    edits: Iterable[TextEdit],
    mends: list[lsp.Diagnostic] | None,
    *,
    kind: lsp.CodeActionKind = lsp.CodeActionKind.QuickFix,
    is_preferred: bool = False,
) -> lsp.CodeAction:
    edit = lsp.WorkspaceEdit({uri: text_edits(file.typed, edits)})
    return lsp.CodeAction(title, kind=kind, diagnostics=mends, is_preferred=is_preferred, edit=edit)


def inlays(file: OpenFile, asked: lsp.Range) -> list[lsp.InlayHint]:
    """What bare `prev_year` stands for, beside it."""
    if file.read is None:
        return []
    return [
        lsp.InlayHint(
            file.typed.position(one.end),
            one.text.removeprefix("prev_year"),
            text_edits=text_edits(file.typed, [one]),
        )
        for one in explicit_terms(file.read)
        if _meet(_range(file, one), asked)
    ]


def lenses(file: OpenFile, uri: str, say: Words) -> list[lsp.CodeLens]:
    """What runs the tests, above the lines that they are of, with how they came out and what they see."""
    if file.read is None:
        return []
    return [
        lsp.CodeLens(
            file.typed.range(one.start, one.start),
            lsp.Command(one.text, RUN_TESTS if one.number else "", arguments=[uri, one.clause] if one.number else None),
        )
        for one in lenses_of(file.read, file.tried, say)
    ]


def _range(file: OpenFile, edit: TextEdit) -> lsp.Range:
    return file.typed.range(edit.start, edit.end)


def _meet(one: lsp.Range, other: lsp.Range) -> bool:
    def order(position: lsp.Position) -> tuple[int, int]:
        return position.line, position.character

    return order(one.start) <= order(other.end) and order(other.start) <= order(one.end)
