"""Attestations beside a table: with the rows they are of, in roll-ups, room and impact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncriteria as nc
from ncriteria.evaluation.attesting.attested_tables import sets_of
from ncriteria.language.tree import Ago, FactKey
from ncriteria.sets.catalog import set_catalog, shared_facts
from tests.attested_sets import OPEN_PATHS, TEXT, attested, criteria

ABOVE = """\
format: ncriteria/1
set:
  id: test.above
  standard: above
  title: Districts
  instrument: {number: "1/TEST", issuer: Test}
  years: {from: 2018}
  level: district
facts:
  crimes: {title: {vi: "Số vụ", en: "Crimes"}, type: count}
clauses:
  calm: {title: Calm, rule: 'share_met(commune, "test:all") >= 50%', encodes: exact, cite: [{instrument: "1/TEST"}]}
"""
ROWS = "unit,level,parent,year,crimes,border\n"


def table(rows, of=None):
    return nc.read_facts_text(ROWS + rows, "csv", (of or criteria()).facts, file="facts.csv")


def told(path, unit="x1", year=2024, value=True, **more):
    return attested(path, value, unit=unit, year=year, **more)


def judged(rows, given, of=None, **more):
    of = of or criteria()
    facts = shared_facts(sets_of(of))
    read = nc.read_facts_text(ROWS + rows, "csv", facts, file="facts.csv")
    found = nc.evaluate_rows(read, of, attestations=given, **more)
    return {(one.row.unit.id, one.row.year): one for one in found}


def test_an_attestation_is_of_its_unit_and_year():
    found = judged("x1,,,2023,1,\nx1,,,2024,1,\nx2,,,2024,1,\n", [told("all/fire")])
    assert found["x1", 2024].verdicts["all/fire"] == "met"
    assert found["x1", 2024].result.attested == ("all/fire",)
    assert {found[key].verdicts["all/fire"].value for key in (("x1", 2023), ("x2", 2024))} == {"undetermined"}


def test_an_attested_fact_is_seen_from_later_years():
    given = [told("models", year=2023, value=3), told("models", value=3)]
    found = judged("x1,,,2023,1,x\nx1,,,2024,1,x\n", given)["x1", 2024]
    assert found.verdicts["some/model"] == "met"
    assert [one.year for one in found.result["some/model"].attestations] == [2023, 2024]


def test_a_row_that_contradicts_an_attestation_has_no_verdict_and_the_others_have():
    found = judged("x1,,,2024,6,\nx2,,,2024,6,\n", [told("some/plan")])
    (problem,) = found["x1", 2024].problems
    assert str(problem) == (
        'facts.csv, row 2: NC315 "some/plan" (attested.yaml:35:11) is attested as met, '
        "and the facts say that it is not met\n"
        "  hint: find out which is right: correct the attestation, or the facts"
    )
    assert found["x2", 2024].verdicts["some/plan"] == "not_met"


def test_a_computed_clause_is_refused_for_the_row():
    found = judged("x1,,,2024,6,\n", [told("all/crime")])["x1", 2024]
    assert (found.verdicts, found.problems[0].code) == (None, "NC313")


def test_a_fact_of_the_row_that_says_otherwise_is_refused_with_its_cell():
    read = nc.read_facts_text("unit,year,models\nx1,2024,2\n", "csv", criteria().facts, file="facts.csv")
    with pytest.raises(nc.EvaluationError) as refused:
        nc.attest(read, criteria(), [told("models", value=1)])
    assert str(refused.value).startswith(
        'NC315 `models` is attested as 1, and is given as 2 (facts.csv, row 2, column "models")'
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            told("all/fire", year=2022),
            "is attested for x1 in 2022, of which the table has no row\n  hint: the table has 2024",
        ),
        (told("all/fire", unit="x9"), "is attested for x9 in 2024, of which the table has no row"),
        (told("all/fire", unit="d"), "is attested for d in 2024, and no set that judges it has that"),
    ],
)
def test_an_attestation_that_decides_nothing_is_told(given, message):
    rows = table("x1,commune,d,2024,1,\nd,district,,2024,,\n")
    assert message in str(nc.attest(rows, criteria(), [given]).warnings[-1])
    with pytest.warns(nc.TableWarning, match="NC317"):
        list(nc.evaluate_rows(rows, criteria(), attestations=[given]))


def test_attestations_beside_a_table_say_their_row():
    with pytest.raises(nc.EvaluationError, match="NC319 `all/fire` is attested without a unit or a year"):
        nc.attest(table("x1,,,2024,1,\n"), criteria(), [attested("all/fire")])


def catalog():
    return nc.Catalog(set_catalog([criteria().definition, nc.loads(ABOVE).definition]))


def test_a_commune_whose_verdict_rests_on_an_attestation_counts_in_the_district():
    rows = "d,district,,2024,,\nx1,commune,d,2023,1,\nx1,commune,d,2024,1,\nx2,commune,d,2024,1,\n"
    found = judged(rows, [told("all/fire")], catalog())
    assert found["d", 2024].verdicts["calm"] == "met"
    assert judged(rows, [], catalog())["d", 2024].verdicts["calm"] == "undetermined"


@settings(max_examples=settings().max_examples // 2)
@given(
    st.lists(st.tuples(st.integers(0, 149), st.sampled_from(OPEN_PATHS), st.booleans()), unique_by=lambda one: one[:2])
)
def test_many_rows_come_out_as_each_alone_does(chosen):
    rows = "".join(f"x{number},,,2024,{number % 7},{'x' if number % 3 else ''}\n" for number in range(150))
    many = [told("all/fire", unit=f"x{number}", value=number % 2 == 0) for number in range(130)]
    others = [told(path, f"x{number}", value=value) for number, path, value in chosen if path != "all/fire"]
    found = judged(rows, [*many, *others])
    for row in table(rows).rows:
        own = [one for one in (*many, *others) if one.unit == row.unit.id]
        one = found[row.unit.id, 2024]
        facts = {key.name: value for key, value in row.values.items()}
        assert (one.verdicts, [problem.code for problem in one.problems]) == alone(facts, own)


def alone(facts, given):
    """The verdicts on one record, and the codes of what is wrong with it."""
    try:
        return criteria().evaluate(facts, year=2024, attestations=given).verdicts, []
    except nc.EvaluationError as error:
        return None, [problem.code for problem in error.problems]


def test_room_is_what_is_left_beside_what_is_attested():
    before = {"crimes": 3}
    open_room, room = (
        nc.room(criteria(), criteria().record({"crimes": 1}, prev_year=before, year=2024, attestations=given))
        for given in ([], [attested("all/fire")])
    )
    assert str(open_room["all"]["crimes"].met) != str(room["all"]["crimes"].met)
    assert [number for number in range(6) if number in room["all"]["crimes"].met] == [0, 1, 2, 3]


def test_the_side_of_an_edit_that_computes_is_not_attested():
    edited = nc.loads(TEXT.replace("id: fire,", "id: fire, rule: crimes = 0,").replace("not_encoded", "exact", 1))
    rows = nc.attest(table("x1,commune,,2023,1,\nx1,commune,,2024,1,\n"), criteria(), [told("all/fire")])
    found = nc.impact(criteria(), edited, rows, around=nc.Catalog(set_catalog([criteria().definition])))
    assert found.problems == ()
    assert found.clauses["all/fire"].total == 2


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("Xã Tân Phong", 'in the table "Xã Tân Phong" is `x1`'),
        ("Tân Phong", 'in the table "Xã Tân Phong" is `x1`'),
        ("Tân Phonh", "did you mean `Xã Tân Phong`?"),
        ("Tân Hòa", "did you mean `Phường Tân Hòa`?"),  # of which there are two
    ],
)
def test_an_attestation_of_a_unit_by_its_name_says_which_unit_that_is(unit, hint):
    text = "unit,name,year,crimes\nx1,Xã Tân Phong,2024,1\nx2,Xã Tân Hòa,2024,1\nx3,Phường Tân Hòa,2024,1\n"
    table = nc.read_facts_text(text, "csv", criteria().facts)
    one = nc.Attestation(content="all/fire", value=nc.Verdict.MET, by="A", document="1", unit=unit, year=2024)
    told = [warning for warning in nc.attest(table, criteria(), [one]).warnings if warning.code == "NC317"]
    assert [warning.hint for warning in told] == [hint]


RENAMED = "from,to,share,day\na,b,whole,2024-07-01\nx,c,whole,2024-07-01\ny,c,whole,2024-07-01\n"


@pytest.mark.parametrize(
    ("unit", "year", "hint"),
    [
        (
            "a",
            2024,
            "a went into b on 2024-07-01, and nothing that is attested for it is taken to hold for another unit: "
            "attest it for b",
        ),
        ("b", 2023, "b was made on 2024-07-01, of a: attest it for these in 2023"),
        ("c", 2023, "c was made on 2024-07-01, of x and y: attest it for these in 2023"),
    ],
)
def test_an_attestation_of_a_unit_that_is_no_more_or_not_yet_says_what_there_is(unit, year, hint):
    reading = nc.ReadingOptions(lineage=nc.read_lineage_text(RENAMED, "csv"))
    text = "unit,year,crimes\na,2023,1\nb,2024,1\nc,2024,1\n"
    table = nc.read_facts_text(text, "csv", criteria().facts, options=reading)
    one = nc.Attestation(content="all/fire", value=nc.Verdict.MET, by="A", document="1", unit=unit, year=year)
    (told,) = nc.attest(table, criteria(), [one]).warnings
    assert (told.code, told.hint) == ("NC317", hint)
    frame = nc.FactTable.to_frame(table)
    with pytest.warns(nc.TableWarning) as warned:
        nc.evaluate_table(frame, criteria(), attestations=[one], lineage=table.lineage)
    assert hint in str(warned[0].message)


def test_a_unit_of_another_identifier_has_the_attested_facts_of_the_year_before():
    reading = nc.ReadingOptions(lineage=nc.read_lineage_text(RENAMED, "csv"))
    text = "unit,year,crimes,border,models\na,2023,1,x,\nb,2024,1,x,2\n"
    table = nc.read_facts_text(text, "csv", criteria().facts, options=reading)
    one = nc.Attestation(content="models", value=2, by="A", document="1", unit="a", year=2023)
    found = {judged.row.unit.id: judged for judged in nc.evaluate_rows(table, criteria(), attestations=[one])}
    assert str(found["b"].record.values[FactKey.of("models", Ago(1))]) == "2"
