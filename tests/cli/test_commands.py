"""Every command as its user types it: output, exit codes, and what a wrong call says."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli.main import cli, run
from kg.errors import ExitCode
from kg.lexicon import DATA

SEED = "003_8917bf3c6e9d8aa8"
FIXED = (
    "doc start end quote value unit indicator indicator_text place place_wikidata period_start period_end comparator status "
    "measure_type programme source sentence section confidence flags upper_bound"
)


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


# ------------------------------------------------------------------------------------------------------------------ in good order


def test_report_as_csv_has_the_fixed_columns(capsys: pytest.CaptureFixture[str], seeds_store: Path) -> None:
    code, out, _ = call(capsys, "report", "measurements", "--store", seeds_store, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == ExitCode.OK
    fixed = FIXED.split()
    assert list(rows[0])[: len(fixed)] == fixed
    assert {row["doc"] for row in rows} >= {SEED}


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("entities", "doc start end name type label_en label wikidata"),
        ("relations", "doc subject predicate object status start end quote source"),
    ],
)
def test_the_other_fixed_reports(capsys: pytest.CaptureFixture[str], seeds_store: Path, name: str, columns: str) -> None:
    code, out, _ = call(capsys, "report", name, "--store", seeds_store, "--format", "csv")
    header = next(csv.reader(io.StringIO(out)))
    assert code == ExitCode.OK
    assert header[: len(columns.split())] == columns.split()


def test_quotes_of_the_report_are_verbatim(capsys: pytest.CaptureFixture[str], seeds_store: Path) -> None:
    _, out, _ = call(capsys, "report", "measurements", "--store", seeds_store, "--format", "csv")
    texts = {path.stem: path.read_bytes().decode() for path in Path("seeds").glob("*.txt")}
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert rows
    for row in rows:
        assert texts[row["doc"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_report_in_every_format(capsys: pytest.CaptureFixture[str], seeds_store: Path) -> None:
    assert json.loads(call(capsys, "report", "sources", "--store", seeds_store, "--format", "json")[1])["rows"]
    assert "\t" in call(capsys, "report", "sources", "--store", seeds_store, "--format", "tsv")[1]
    assert SEED in call(capsys, "report", "sources", "--store", seeds_store)[1]


def test_reports_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "report")
    assert code == ExitCode.OK
    assert not err
    for name in ("measurements", "entities", "relations", "targets", "programmes"):
        assert name in out


def test_query_select_ask_construct(capsys: pytest.CaptureFixture[str], seeds_store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("PREFIX dek: <https://w3id.org/dek/ontology#> SELECT (COUNT(?m) AS ?n) { ?m a dek:Measurement }", encoding="utf-8")
    code, out, _ = call(capsys, "query", query, "--store", seeds_store, "--format", "csv")
    assert code == ExitCode.OK
    assert int(out.split()[1]) > 60
    query.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    assert call(capsys, "query", query, "--store", seeds_store)[1].strip() == "yes"
    query.write_text("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 5", encoding="utf-8")
    triples = call(capsys, "query", query, "--store", seeds_store, "--format", "nt")[1]
    assert len(triples.splitlines()) == 5


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_dump_in_every_format_parses(capsys: pytest.CaptureFixture[str], seeds_store: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / f"dump.{name}"
    code, _, err = call(capsys, "dump", "--store", seeds_store, "--format", name, "--out", out)
    assert code == ExitCode.OK
    assert str(out) in err
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "rdf": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    assert sum(1 for _ in ox.parse(path=str(out), format=formats[name])) > 10_000
    assert not list(tmp_path.glob("*.part"))


def test_check_finds_nothing_in_the_seeds(capsys: pytest.CaptureFixture[str], seeds_store: Path) -> None:
    code, out, _ = call(capsys, "check", "--store", seeds_store)
    assert code == ExitCode.OK, out
    assert " 0 violations" in out


def test_explain_names_rules_and_what_became_of_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "explain", f"seeds/{SEED}.txt")
    assert code == ExitCode.OK
    for part in ("repair", "figure", "measures", "counted-right", "confidence", "relation"):
        assert part in out


def test_help_has_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "--help")
    assert code == ExitCode.OK
    assert "Exit codes" in out
    for name in cli.commands:
        assert "Example" in call(capsys, name, "--help")[1], name


def test_a_terminal_gets_a_progress_bar_and_a_file_plain_lines(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", f"seeds/{SEED}.txt", "--store", str(tmp_path / "store"), "--jobs", "1"]
    plain = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert f"[1/1] {SEED}.txt" in plain
    assert "\x1b" not in plain
    master, terminal = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=terminal, env={**os.environ, "TERM": "xterm"}):
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # how Linux tells that the other side closed
            while piece := os.read(master, 65536):
                shown += piece
    os.close(master)
    assert b"\x1b[" in shown
    assert b"1/1" in shown
    assert b"[1/1]" not in shown


# ------------------------------------------------------------------------------------------------------------------ in bad order


def test_build_says_by_its_exit_code_that_an_article_was_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copy(f"seeds/{SEED}.txt", tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    code, out, err = call(capsys, "build", tmp_path, "--store", tmp_path / "store", "--jobs", 1)
    assert code == ExitCode.SOME_ARTICLES_FAILED
    assert "published" in out
    assert "empty.txt" in err
    assert "Remedy" in err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["build", "nowhere/"], ExitCode.BAD_INPUT, ["nowhere", "check the path"]),
        (["report", "nonsense", "--store", "{store}"], ExitCode.USAGE, ["nonsense", "measurements"]),
        (["report", "targets", "-p", "plaze=tibet", "--store", "{store}"], ExitCode.USAGE, ["plaze"]),
        (["report", "targets", "-p", "place", "--store", "{store}"], ExitCode.USAGE, ["NAME=VALUE"]),
        (["report", "targets", "--format", "pdf", "--store", "{store}"], ExitCode.USAGE, ["pdf", "csv"]),
        (["dump", "--format", "pdf", "--store", "{store}"], ExitCode.USAGE, ["pdf", "ttl"]),
        (["query", "nowhere.rq", "--store", "{store}"], ExitCode.USAGE, ["nowhere.rq"]),
        (["check", "--only", "luck", "--store", "{store}"], ExitCode.USAGE, ["luck", "offsets"]),
        (["explain", "nowhere.txt"], ExitCode.BAD_INPUT, ["nowhere.txt"]),
        (["explain", "README.md"], ExitCode.BAD_INPUT, ["README.md", ".txt"]),
        (["report", "targets", "-p", "place=Tibet", "-p", "place=China", "--store", "{store}"], ExitCode.USAGE, ["place", "twice"]),
        (["report", "suspect-figures", "-p", "below=much", "--store", "{store}"], ExitCode.USAGE, ["below", "much", "a number"]),
        (["report", "measurements", "-p", "status=x", "--store", "{store}"], ExitCode.USAGE, ["status", "actual, target, forecast"]),
        (["query", "tests", "--store", "{store}"], ExitCode.USAGE, ["tests", "directory"]),
        (["dump", "--out", "README.md/dump.ttl", "--store", "{store}"], ExitCode.FAILED, ["README.md"]),
        (["build", "--jobs", "0"], ExitCode.BAD_INPUT, ["--jobs", "1 or more"]),
        (["serve", "--host", "no-such-host.invalid", "--port", "0", "--store", "{store}"], ExitCode.USAGE, ["no-such-host.invalid"]),
        (["frobnicate"], ExitCode.USAGE, ["frobnicate"]),
        (["serve", "--port", "99999"], ExitCode.USAGE, ["99999"]),
    ],
)
def test_a_wrong_call_names_the_thing_and_the_remedy(
    capsys: pytest.CaptureFixture[str], seeds_store: Path, arguments: list[str], code: ExitCode, words: list[str]
) -> None:
    got, _, err = call(capsys, *[argument.format(store=seeds_store) for argument in arguments])
    assert got == code, err
    assert "Traceback" not in err
    for word in words:
        assert word in err


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", ["SERVICE"]),
        ("CLEAR ALL", ["update", "SELECT"]),
        ("", ["syntax error at line 1"]),
        ("SELECT * { ?s dk:x ?o }", ["'dk:'", "not declared"]),
    ],
)
def test_a_query_that_cannot_be_asked_is_refused(
    capsys: pytest.CaptureFixture[str], seeds_store: Path, tmp_path: Path, query: str, words: list[str]
) -> None:
    file = tmp_path / "q.rq"
    file.write_text(query, encoding="utf-8")
    code, _, err = call(capsys, "query", file, "--store", seeds_store)
    assert code == ExitCode.USAGE
    for word in [str(file), *words]:
        assert word in err


def test_a_malformed_lexicon_row_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "lexicon")
    with (tmp_path / "lexicon" / "units.csv").open("a", encoding="utf-8") as file:
        file.write("furlong,\n")
    code, _, err = call(capsys, "build", f"seeds/{SEED}.txt", "--store", tmp_path / "store", "--lexicon", tmp_path / "lexicon", "--jobs", 1)
    assert code == ExitCode.BAD_INPUT
    assert "units.csv, row " in err
    assert "Remedy" in err
    assert not (tmp_path / "store" / "current").exists()


def test_a_store_with_another_base_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, seeds_store: Path) -> None:
    monkeypatch.setenv("KG_BASE", "https://example.com/mine/")
    for command in (["report", "sources"], ["check"], ["dump"], ["serve", "--port", 0]):
        code, _, err = call(capsys, *command, "--store", seeds_store)
        assert code == ExitCode.BAD_STORE
        assert "KG_BASE" in err


def test_a_syntax_error_in_a_query_is_placed(capsys: pytest.CaptureFixture[str], seeds_store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT * WHERE { ?s ?p }", encoding="utf-8")
    code, _, err = call(capsys, "query", query, "--store", seeds_store)
    assert code == ExitCode.USAGE
    assert "1:" in err or "line 1" in err


def test_a_result_of_the_wrong_kind(capsys: pytest.CaptureFixture[str], seeds_store: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    code, _, err = call(capsys, "query", query, "--store", seeds_store, "--format", "ttl")
    assert code == ExitCode.USAGE
    assert "choose one of" in err


@pytest.mark.parametrize("command", [["report", "sources"], ["dump"], ["check"], ["serve", "--port", "0"]])
def test_a_missing_store_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: list[str]) -> None:
    code, _, err = call(capsys, *command, "--store", tmp_path / "nothing")
    assert code == ExitCode.BAD_STORE
    assert "nothing" in err
    assert "kg build" in err


def test_a_half_built_store_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "store" / "building-1-0").mkdir(parents=True)
    code, _, err = call(capsys, "report", "sources", "--store", tmp_path / "store")
    assert code == ExitCode.BAD_STORE
    assert "kg build" in err


def test_a_store_of_another_format_is_named(capsys: pytest.CaptureFixture[str], seeds_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(seeds_store, store, symlinks=True)
    manifest = next((store / "versions").glob("*/manifest.json"))
    manifest.chmod(0o644)
    data = json.loads(manifest.read_text(encoding="utf-8"))
    data["format"] = 9999
    manifest.write_text(json.dumps(data), encoding="utf-8")
    code, _, err = call(capsys, "report", "sources", "--store", store)
    assert code == ExitCode.BAD_STORE
    assert "9999" in err


def test_a_port_in_use_is_named(capsys: pytest.CaptureFixture[str], seeds_store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = call(capsys, "serve", "--store", seeds_store, "--port", port)
    assert code == ExitCode.PORT_IN_USE
    assert str(port) in err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KG_BASE", "not an iri"),
        ("KG_DEFAULT_GRAPH", "some"),
        ("KG_QUERY_TIMEOUT", "soon"),
        ("KG_QUERY_TIMEOUT", "nan"),
        ("KG_KEEP_VERSIONS", "0"),
        ("KG_KEEP_VERSIONS", "2.5"),
        ("KG_KEEP_VERSIONS", "inf"),
        ("KG_QUOTE_CONTEXT", "page"),
    ],
)
def test_a_wrong_setting_names_its_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    code, _, err = call(capsys, "report", "sources")
    assert code == ExitCode.BAD_INPUT
    assert name in err
