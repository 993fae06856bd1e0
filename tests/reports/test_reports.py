"""Reports: metadata, parameters as terms, fixed columns and codes, determinism, writers, and broken files."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.invented import build

from kg.errors import InputError, UsageError
from kg.reports import FORMATS, Table, load_reports, report_named, run_report, write_table
from kg.reports.parameters import bind, find_parameters
from kg.reports.report import read_report
from kg.store import open_current

QUERIES = Path(__file__).parents[2] / "queries"
FIXED = {
    "measurements": "doc start end quote value unit indicator indicator_text place place_wikidata period_start period_end comparator "
    "status measure_type programme source sentence section confidence flags upper_bound",
    "entities": "doc start end name type label_en label wikidata",
    "relations": "doc subject predicate object status start end quote source",
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    build(path)
    return open_current(path)


@pytest.fixture(scope="module")
def reports():
    found, problems = load_reports(QUERIES)
    assert problems == []
    return found


def rows(report, snapshot, **parameters):
    table = run_report(report, snapshot, parameters)
    return [dict(zip(table.columns, row, strict=True)) for row in table.texts()]


@pytest.mark.parametrize("name", FIXED)
def test_fixed_columns_come_first_and_in_order(reports, name):
    wanted = FIXED[name].split()
    assert list(reports[name].columns[: len(wanted)]) == wanted


def test_there_are_at_least_eleven_and_each_says_what_it_is(reports):
    assert len(reports) >= 11
    assert all(report.summary and report.description for report in reports.values())


def test_every_report_runs_and_gives_the_same_twice(reports, snapshot):
    for report in reports.values():
        once, again = run_report(report, snapshot), run_report(report, snapshot)
        assert once == again
        assert once.columns == report.columns


def test_every_optional_parameter_narrows_or_keeps(reports, snapshot):
    for report in reports.values():
        everything = set(run_report(report, snapshot).rows)
        for parameter in report.parameters.values():
            if not parameter.required:
                text = parameter.choices[0] if parameter.choices else "lhasa"
                assert set(run_report(report, snapshot, {parameter.name: text}).rows) <= everything


def test_measurements_follow_the_decisions_on_codes_and_dates(reports, snapshot):
    found = {row["quote"]: row for row in rows(reports["measurements"], snapshot)}
    first = found["plus de 640"]
    assert (first["doc"], first["value"], first["unit"], first["comparator"], first["status"], first["measure_type"]) == (
        "essai", "640", "1", "more_than", "actual", "level",
    )  # fmt: skip
    assert (first["period_start"], first["period_end"], first["place"]) == ("2031-01-01", "2031-12-31", "Valmont Town")
    week = found["3,5 milliards de yuans"]
    assert (week["value"], week["unit"], week["period_start"], week["period_end"]) == ("3500000000", "CNY", "--05-03", "--05-09")
    span = found["entre 10 et 12 %"]
    assert (span["value"], span["comparator"], span["upper_bound"], span["unit"]) == ("10", "at_least", "12", "%")
    assert (span["place"], span["place_wikidata"], span["period_start"], span["programme"]) == ("Lhasa", "Q5869", "", "plan Horizon")
    assert span["source"].startswith("https://w3id.org/dek/id/document/")


def test_an_indicator_no_one_knows_is_shown_in_the_words_of_the_article(reports, snapshot):
    found = {row["quote"]: row for row in rows(reports["measurements"], snapshot)}
    assert found["plus de 640"]["indicator"] == "bornes numériques"
    assert found["plus de 640"]["indicator_label"] == "bornes numériques"
    assert found["entre 10 et 12 %"]["indicator_label"] == "indicator not read"


def test_one_row_a_measurement(reports, snapshot):
    found = [row["measurement"] for row in rows(reports["measurements"], snapshot)]
    assert len(found) == len(set(found)) == 9


def test_entities_and_relations_join_sorted_names(reports, snapshot):
    (place,) = rows(reports["entities"], snapshot, doc="yungu")
    assert place["label"] == "|".join(sorted(place["label"].split("|")))
    assert (place["type"], place["label_en"], place["name"]) == ("place", "Yungu County", "云谷县")
    found = {row["predicate"]: row for row in rows(reports["relations"], snapshot)}
    assert found["hasStartDate"]["object"] == "2031-05"
    assert found["covers"]["status"] == "target"
    assert "Lhasa" in found["covers"]["object"].split("|")


def test_a_place_can_be_asked_for_by_any_of_its_names_and_covers_what_lies_in_it(reports, snapshot):
    by_name = [rows(reports["indicators-over-time"], snapshot, place=name) for name in ("Lhasa", "拉萨市", "lhassa")]
    assert by_name[0] == by_name[1] == by_name[2]
    assert {row["place"] for row in by_name[0]} == {"Lhasa", "Valmont Town", "Yungu County"}


def test_targets_show_what_was_reached(reports, snapshot):
    target = next(row for row in rows(reports["targets"], snapshot) if row["value"] == "900")
    assert (target["actual"], target["actual_period"]) == ("730", "2033-12-31")
    assert target["share_reached"] == "81.1"


def test_suspect_figures_say_why(reports, snapshot):
    found = {row["quote"]: row["reason"] for row in rows(reports["suspect-figures"], snapshot)}
    assert found["88.5%"] == "lost unit"
    assert found["900个以上"] == "read with low confidence"
    assert "900个以上" not in {row["quote"] for row in rows(reports["suspect-figures"], snapshot, below="0.1")}


def test_sources_count_what_they_give(reports, snapshot):
    found = {row["doc"]: row for row in rows(reports["sources"], snapshot)}
    assert (found["essai"]["figures"], found["essai"]["claims"], found["essai"]["repairs"], found["essai"]["targets"]) == (
        "6",
        "5",
        "1",
        "1",
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"nope": "1"}, "no parameter 'nope'.*\n.*doc, status"),
        ({"status": "wish"}, "cannot be 'wish'.*\n.*actual, target, forecast"),
    ],
)
def test_wrong_parameters_are_named_with_what_is_allowed(reports, snapshot, given, words):
    with pytest.raises(UsageError, match=words):
        run_report(reports["measurements"], snapshot, given)


def test_an_unknown_report_names_those_there_are(reports):
    with pytest.raises(UsageError, match=r"no report 'nope'.*\n.*measurements"):
        report_named(reports, "nope")


INJECTIONS = st.text(max_size=30) | st.sampled_from(['") } DROP ALL #', "x' ) UNION { ?s ?p ?o }", "\\", '"""', "\n}", "?__doc", "<a>"])


@given(INJECTIONS)
def test_no_text_of_a_client_gets_into_the_query(reports, snapshot, text):
    assert rows(reports["measurements"], snapshot, doc=text) == ([] if text.strip() else rows(reports["measurements"], snapshot))


def test_types_of_parameters_by_suffix():
    query = "SELECT ?x { ?x ?_p_iri ?_n_integer , ?__d_xsd_date , ?_t_fr , ?__free_text . FILTER(?x < ?_limit_decimal && ?__on_boolean) }"
    found = find_parameters(query)
    assert {name: (p.type, p.required, p.language) for name, p in found.items()} == {
        "p": ("iri", True, ""),
        "n": ("integer", True, ""),
        "d": ("date", False, ""),
        "t": ("string", True, "fr"),
        "free_text": ("string", False, ""),
        "limit": ("decimal", True, ""),
        "on": ("boolean", False, ""),
    }


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("iri", "https://e.org/x", "no iri"),
        ("iri", "urn:x", "https://e.org/<>"),
        ("integer", "-12", "1.5"),
        ("decimal", "1e3", "NaN"),
        ("boolean", "true", "yes"),
        ("date", "2020-02-29", "2021-02-29"),
    ],
)
def test_values_are_checked_by_type(kind, good, bad):
    parameter = find_parameters(f"SELECT * {{ ?s ?p ?_x_{kind} }}")["x"]
    assert parameter.term(good, "").value
    with pytest.raises(UsageError, match="'x' cannot be"):
        parameter.term(bad, "report")


def test_binding_replaces_tokens_only():
    query = 'SELECT ?x { ?x ?p ?_v # ?_v\n FILTER(BOUND( ?_v ) && !bound(?__w) && ?y != "?_v") }'
    bound = bind(query, {"_v": ox.Literal('a"b')})
    assert " ".join(bound.split()) == 'SELECT ?x { ?x ?p "a\\"b" # ?_v FILTER(true && !bound(?__w) && ?y != "?_v") }'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?s { ?s ?p ?o }", "summary"),
        ("#+ summary: [\nSELECT ?s { ?s ?p ?o }", "no YAML"),
        ("#+ - a\nSELECT ?s { ?s ?p ?o }", "no names and values"),
        ("#+ summary: a\n#+ colour: red\nSELECT ?s { ?s ?p ?o }", "'colour' is no known decorator"),
        ("#+ summary: a\nSELECT ?s { ?s ?p", "line 2"),
        ("#+ summary: a\nCONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "SELECT"),
        ("#+ summary: a\n#+ defaults:\n#+   - year: 1\nSELECT ?s { ?s ?p ?o }", "'year' is no parameter"),
        ("#+ summary: a\n#+ x-joined: [z]\nSELECT ?s { ?s ?p ?o }", "no column 'z'"),
        ("#+ summary: a\nSELECT ?s ?_x { ?s ?p ?_x }", "cannot be a column|syntax|line 2"),
        ("#+ summary: a\nSELECT ?s { ?s ?_x ?_x_iri }", "both the parameter 'x'"),
        ("#+ summary: a\n#+ enumerate:\n#+   - n: [x]\nSELECT ?s { ?s ?p ?_n_integer }", "'n' cannot be 'x'"),
    ],
)
def test_a_broken_file_is_named_and_the_others_work(tmp_path, text, words):
    (tmp_path / "broken.rq").write_text(text)
    (tmp_path / "good.rq").write_text("#+ summary: fine\nSELECT ?s { ?s ?p ?o }")
    found, problems = load_reports(tmp_path)
    assert list(found) == ["good"]
    assert len(problems) == 1
    with pytest.raises((InputError, UsageError), match=words) as caught:
        read_report(tmp_path / "broken.rq")
    assert "broken" in str(caught.value)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="nowhere"):
        load_reports(tmp_path / "nowhere")


def test_defaults_and_another_base(tmp_path):
    (tmp_path / "one.rq").write_text(
        "#+ summary: a\n#+ defaults: {n: 2}\n"
        "SELECT ?n { VALUES ?n { 1 2 3 } FILTER(?n >= ?_n_integer) BIND(<https://w3id.org/dek/id/x> AS ?i) } ORDER BY ?n"
    )
    found, problems = load_reports(tmp_path, "https://other.example/")
    assert problems == []
    assert "https://other.example/id/x" in found["one"].query
    assert found["one"].terms({})["_n_integer"].value == "2"


TABLE = Table(
    ("name", "number", "none"),
    (
        (
            ox.Literal('a,"b"\nc', language="fr"),
            ox.Literal("0.10", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
            None,
        ),
        (
            ox.Literal("北京市\tx"),
            ox.Literal("12345678901234567890123", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
            None,
        ),
        (ox.NamedNode("https://e.org/ü"), None, None),
    ),
)


def test_csv_is_read_back_as_it_was():
    text = write_table(TABLE, "csv")
    assert text.split("\r\n")[0] == "name,number,none"
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [list(row) for row in TABLE.texts()]


def test_json_keeps_every_digit():
    said = json.loads(write_table(TABLE, "json", {"report": "x"}), parse_float=Decimal)
    assert said["report"] == "x"
    assert said["rows"][0] == {"name": 'a,"b"\nc', "number": Decimal("0.10"), "none": None}
    assert said["rows"][1]["number"] == 12345678901234567890123
    assert json.loads(write_table(Table(("a",), ()), "json"))["rows"] == []


def test_tsv_has_one_line_a_row():
    lines = write_table(TABLE, "tsv").splitlines()
    assert len(lines) == 4
    assert all(line.count("\t") == 2 for line in lines)


def test_plain_tables_line_up_by_display_width():
    text = write_table(TABLE, "table")
    assert "北京市 x" in text
    assert text.endswith("(3 rows)\n")


def test_an_unknown_format_names_those_there_are():
    with pytest.raises(UsageError, match=r"xls.*\n.*" + ", ".join(FORMATS)):
        write_table(TABLE, "xls")
