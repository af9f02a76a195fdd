"""What is offered at the cursor as the protocol writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from lsprotocol import types as lsp

from ncriteria.editor.completion.offering import Offer, OfferKind
from ncriteria.editor.completion.templates import STOP, as_snippet
from ncriteria.editor.server.positions import TypedText

_KINDS: Final[Mapping[OfferKind, lsp.CompletionItemKind]] = {
    OfferKind.KEY: lsp.CompletionItemKind.Property,
    OfferKind.WORD: lsp.CompletionItemKind.Keyword,
    OfferKind.FACT: lsp.CompletionItemKind.Variable,
    OfferKind.PARAMETER: lsp.CompletionItemKind.Constant,
    OfferKind.CLAUSE: lsp.CompletionItemKind.Reference,
    OfferKind.FUNCTION: lsp.CompletionItemKind.Function,
    OfferKind.STANDARD: lsp.CompletionItemKind.Module,
    OfferKind.FILE: lsp.CompletionItemKind.File,
    OfferKind.OPERATOR: lsp.CompletionItemKind.Operator,
    OfferKind.MAPPING: lsp.CompletionItemKind.Struct,
}


def completion_list(typed: TypedText, found: Iterable[Offer], *, takes_snippets: bool) -> lsp.CompletionList:
    """The offers in their order; an editor that can is led from one place to write at to the next."""
    items = [_item(typed, one, number, takes_snippets=takes_snippets) for number, one in enumerate(found)]
    return lsp.CompletionList(is_incomplete=False, items=items)


def _item(typed: TypedText, offer: Offer, number: int, *, takes_snippets: bool) -> lsp.CompletionItem:
    is_snippet = takes_snippets and STOP in offer.template
    text = as_snippet(offer.template) if is_snippet else offer.text
    return lsp.CompletionItem(
        label=offer.label,
        kind=_KINDS[offer.kind],
        detail=offer.told or None,
        sort_text=f"{number:04}",
        filter_text=offer.looked_for,
        insert_text_format=lsp.InsertTextFormat.Snippet if is_snippet else None,
        insert_text_mode=lsp.InsertTextMode.AsIs if "\n" in text else None,
        text_edit=lsp.TextEdit(typed.range(offer.start, offer.end), text),
    )


def takes_snippets(client: lsp.ClientCapabilities) -> bool:
    """Whether an editor goes from one place to write at to the next."""
    document = client.text_document
    completion = None if document is None else document.completion
    item = None if completion is None else completion.completion_item
    return item is not None and bool(item.snippet_support)
