"""What the page around the library says, by name. The page fills `{names}` itself."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Final

from ncriteria.sets.model import Level, Verdict
from ncriteria.sets.names import LEVELS, VERDICTS
from ncriteria.words import Language, Message, words

_LABELS: Final[Mapping[str, Message]] = {
    "title": Message("Judging by criteria on security and public order"),
    "offline": Message("This page works on this machine alone: it sends nothing and needs no network."),
    "language": Message("Language"),
    "no_script": Message("This page needs a browser that runs scripts."),
    # While it starts
    "unpacking": Message("Unpacking the page…"),
    "starting": Message("Starting Python…"),
    "reading": Message("Reading the criteria…"),
    "ready": Message("Ready."),
    "working": Message("Working…"),
    "failed": Message("The page could not start: {reason}"),
    "stopped": Message("Python has stopped. Open the page anew."),
    "went_wrong": Message("This went wrong: {reason}"),
    "too_old": Message("This browser is too old for the page. It needs one of 2024 or later."),
    # The table
    "table": Message("Table of figures"),
    "facts": Message("Figures (workbook or CSV)"),
    "drop": Message("Drop the file here, or choose it."),
    "choose_file": Message("Choose a file"),
    "attestations": Message("Attestations (optional)"),
    "drop_attestations": Message("Drop tables of attestations here, or choose them."),
    "choose_files": Message("Choose files"),
    "lineage": Message("Lineage of units (optional)"),
    "drop_lineage": Message("Drop the table of what units went into here, or choose it."),
    "chosen": Message("Chosen: {names}"),
    "none_chosen": Message("No file is chosen."),
    "one_table": Message("Several files were dropped; the figures are taken from one: {name}"),
    "remove": Message("Remove"),
    "example": Message("Try an invented district"),
    "how_read": Message("How the table is to be read"),
    "sheet": Message("Sheet"),
    "level": Message("Level of units that do not say it"),
    "as_table": Message("as the table says"),
    "table_year": Message("Year of a table without years"),
    "territory": Message("Unit around the units"),
    "blanks": Message("Marks for “no figure”, with spaces between"),
    "encoding": Message("Encoding of a text"),
    "ignore_unknown": Message("Pass over columns that are not known"),
    "keep_going": Message("Judge what can be read, and tell what cannot"),
    "was_read": Message("What was taken for what"),
    # The criteria
    "criteria": Message("Criteria"),
    "set": Message("Criteria set"),
    "all_sets": Message("The set in force for each unit and year"),
    "edited_set": Message("The edited set: {id}"),
    "standard": Message("Standard"),
    "all_standards": Message("All standards"),
    "year": Message("Year"),
    "all_years": Message("All years"),
    "judge": Message("Judge"),
    # What came of it
    "result": Message("Result"),
    "problems": Message("What is wrong"),
    "warnings": Message("What may not be meant"),
    "shown_of": Message("{shown} of {count} rows are shown; the files have all of them."),
    "unit": Message("Unit"),
    "passed_over": Message("Rows of a level that no criteria are for: {counts}"),
    "nothing_judged": Message("No row was judged."),
    "view": Message("The verdicts, with all that they rest on"),
    "download": Message("Download"),
    "download_page": Message("Page of the result (HTML)"),
    "download_workbook": Message("Workbook (.xlsx)"),
    "download_csv": Message("CSV"),
    "download_json": Message("JSON for programs"),
    # An edit
    "edit": Message("Edit a rule and see who flips"),
    "edited_from": Message("Set to edit"),
    "rule": Message("Rule"),
    "rule_text": Message("Text of the rule"),
    "rule_in_lines": Message("This rule stands in several lines: change it in the whole text."),
    "whole_text": Message("Whole text of the set"),
    "restore": Message("Restore the original text"),
    "tries_all_years": Message("Try the sets on every year, also outside of their own"),
    "see_flips": Message("See who flips"),
    "use_edited": Message("Judge under the edited set"),
    "download_set": Message("Edited set (YAML)"),
    "no_edit": Message("The text is that of the original set."),
    "judged_by_both": Message("{count} rows were judged by both sets; {flips} of them have another verdict."),
    "nobody_flips": Message("No verdict changes."),
    "old": Message("Original"),
    "new": Message("Edited"),
    "because": Message("Because"),
    "tests_pass": Message("The tests of the set pass: {count}."),
    "tests_fail": Message("Tests of the set that no longer hold: {tests}"),
    "choose_first": Message("Choose a table of figures first."),
    "role_rule": Message("rule"),
    "role_applies_when": Message("applies when"),
    "role_when_zero_base": Message("when the earlier year had 0"),
    "role_value": Message("value"),
    "about": Message("ncriteria {version} (Apache-2.0), Python {python} by Pyodide (MPL-2.0), in the browser"),
}


def labels(language: Language) -> Mapping[str, str]:
    """What the page says in a language, by name: its own words, then those for verdicts and levels."""
    say = words(language)
    return {
        **{name: say.this(message, **_left_open(message)) for name, message in _LABELS.items()},
        **{f"verdict_{verdict.value}": say.this(VERDICTS[verdict]) for verdict in Verdict},
        **{f"level_{level.value}": say.this(LEVELS[level]) for level in Level},
    }


def _left_open(message: Message) -> Mapping[str, str]:
    """The names that a message leaves open, each standing for itself."""
    return {name: f"{{{name}}}" for _, name, _, _ in Formatter().parse(message.text) if name is not None}
