"""Every message of the code is told in every language, and the catalogues hold nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncriteria.words import words
from tests import messages


@pytest.fixture(scope="module", params=messages.LANGUAGES)
def language(request):
    return request.param


def by_key(catalogue):
    return {(one.context, one.id[0] if one.pluralizable else one.id): one for one in catalogue if one.id}


def as_texts(translation):
    return translation if isinstance(translation, tuple) else (translation,)


def test_a_catalogue_holds_what_the_code_says_and_nothing_else(language):
    found = {key: one.id for key, one in by_key(messages.catalogue(language)).items()}
    assert found == {key: one.id for key, one in by_key(messages.gathered()).items()}


def test_every_message_is_translated(language):
    unsure = [
        one.id for one in by_key(messages.catalogue(language)).values() if one.fuzzy or not all(as_texts(one.string))
    ]
    assert unsure == []


def test_a_translation_is_filled_with_what_fills_the_message(language):
    unlike = [
        one.id
        for one in by_key(messages.catalogue(language)).values()
        for text in as_texts(one.string)
        if messages.names(text) not in [messages.names(text) for text in as_texts(one.id)]
    ]
    assert unlike == []


def test_a_message_is_given_what_it_names():
    wanting = [one for one in messages.said() if one.values not in (None, messages.names("".join(one.texts)))]
    assert wanting == []


def test_no_catalogue_is_compiled_from_an_older_one(language):
    kept = messages.po_file(language).with_suffix(".mo").read_bytes()
    assert kept == messages.compiled(messages.catalogue(language))
    kept = messages.po_file(language).with_name("command-line.mo").read_bytes()
    assert kept == messages.compiled(messages.of_command_line(messages.catalogue(language)))


def test_each_message_of_a_catalogue_is_found(language):
    say = words(language)
    found = {
        key: say._catalogue.ngettext(*one.id, 1)
        if one.pluralizable
        else say._catalogue.pgettext(one.context, one.id)
        if one.context
        else say._catalogue.gettext(one.id)
        for key, one in by_key(messages.catalogue(language)).items()
    }
    assert found == {key: as_texts(one.string)[0] for key, one in by_key(messages.catalogue(language)).items()}


def test_a_message_that_no_catalogue_has_is_said_in_english(language):
    say = words(language)
    assert (say._catalogue.gettext("0"), say._catalogue.gettext("\uffff")) == ("0", "\uffff")
    assert (say._catalogue.ngettext("a z", "z", 1), say._catalogue.ngettext("a z", "z", 2)) == ("a z", "z")
    assert say._catalogue.pgettext("what is", "zzz") == "zzz"


@pytest.mark.parametrize(
    "code", ['say(f"{a}")', "page.say(text)", 'say("{a}", a)', 'say("{a}", **values)', 'say.plural("one", count=1)']
)
def test_a_message_that_is_not_written_out_is_refused(code):
    with pytest.raises(ValueError, match=r"^a\.py:1: write the text out, and give each value by its name$"):
        list(messages.said_in(Path("a.py"), code))
