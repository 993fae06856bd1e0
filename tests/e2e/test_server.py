"""The real server as its own process, used over HTTP and in a real browser."""

import csv
import http.client
import io
import json
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import pyoxigraph as ox
import pytest
from tests.invented import build, shards

from kg.endpoint.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.store import publish

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SERVE = """
import sys
from pathlib import Path
from kg.settings import Settings
from kg.web import serve
serve(Settings(store=Path(sys.argv[1]), query_timeout=float(sys.argv[2])), "127.0.0.1", 0)
"""
BROWSER = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if shutil.which(path)), None)


class Server:
    """A running server: its address and how to end it."""

    def __init__(self, store, timeout=5.0, command=None):
        arguments = command or [sys.executable, "-c", SERVE, str(store), str(timeout)]
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.base = ""
        for line in self.process.stdout:
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/", line):
                self.base = found[1]
            if "Ctrl-C" in line:
                break
        assert self.base, self.process.stderr.read()
        self.port = int(self.base.rsplit(":", 1)[1])

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.process.stdout.close()
            self.process.stderr.close()

    def get(self, path, accept="*/*", data=None, **headers):
        request = urllib.request.Request(self.base + path, data, {"Accept": accept, **headers})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def ask(self, query, accept="application/sparql-results+json"):
        return self.get("/sparql?" + urllib.parse.urlencode({"query": query}), accept)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    build(path)
    return path


@pytest.fixture(scope="module")
def server(store):
    running = Server(store)
    yield running
    running.stop()


@pytest.mark.parametrize("entry", RESULT_FORMATS, ids=lambda entry: entry.key)
def test_rows_in_every_format(server, entry):
    query = (
        "PREFIX dek: <https://w3id.org/dek/ontology#> SELECT ?q { ?m a dek:Measurement ; dek:statedIn/dek:exactText ?q } ORDER BY STR(?q)"
    )
    status, headers, body = server.ask(query, entry.media_type)
    assert status == 200
    assert headers["Content-Type"].startswith(entry.media_type)
    if entry.key == "csv":
        found = [row[0] for row in csv.reader(io.StringIO(body.decode()))][1:]
    else:
        found = [row["q"].value for row in ox.parse_query_results(body, format=entry.results)]
    assert len(found) == 9
    assert "3,5 milliards de yuans" in found


@pytest.mark.parametrize("entry", GRAPH_FORMATS, ids=lambda entry: entry.key)
def test_triples_in_every_format(server, entry):
    status, _, body = server.ask("DESCRIBE <https://w3id.org/dek/id/place/lhasa>", entry.media_type)
    assert status == 200
    assert {quad.object.value for quad in ox.parse(body, format=entry.rdf)} >= {"Lhasa", "拉萨市"}


def test_post_in_both_ways(server):
    form = urllib.parse.urlencode({"query": "ASK { ?s ?p ?o }"}).encode()
    assert json.loads(server.get("/sparql", "application/json", form)[2])["boolean"] is True
    direct = {"Content-Type": "application/sparql-query"}
    assert json.loads(server.get("/sparql", "application/json", b"ASK { ?s ?p ?o }", **direct)[2])["boolean"] is True


def test_a_report_as_csv_points_into_the_article(server):
    status, _, body = server.get("/reports/measurements.csv")
    assert status == 200
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert len(rows) == 9
    for row in rows:
        page = server.get(f"/sources/{row['doc']}")[2].decode()
        assert f'id="m-{row["start"]}-{row["end"]}"' in page


def test_a_syntax_error_is_told_with_its_place(server):
    status, headers, body = server.ask("SELECT * WHERE { ?s ?p")
    assert (status, headers["Content-Type"]) == (400, "application/problem+json")
    assert json.loads(body)["line"] == 1


def test_a_runaway_query_ends_with_504_while_others_are_answered(store):
    server = Server(store, timeout=2)
    outcome = []
    thread = threading.Thread(target=lambda: outcome.append(server.ask(RUNAWAY)[0]))
    try:
        thread.start()
        while thread.is_alive():
            assert server.ask("ASK { ?s ?p ?o }")[0] == 200
            assert server.get("/reports/sources.csv")[0] == 200
            assert server.get("/healthz")[0] == 200
        thread.join()
        assert outcome == [504]
    finally:
        server.stop()


def test_a_result_that_outlives_its_time_is_cut_visibly(store):
    server = Server(store, timeout=2)
    try:
        with pytest.raises(http.client.IncompleteRead):
            server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "text/csv")
        assert server.ask("ASK {}")[0] == 200
    finally:
        server.stop()


def test_a_new_version_is_picked_up_without_a_failed_request(tmp_path):
    build(tmp_path)
    server = Server(tmp_path)
    seen, failures, stop = set(), [], threading.Event()
    paths = ["/sparql?query=ASK%20%7B%7D", "/reports/sources.csv", "/sources", "/"]

    def visit(path):
        while not stop.is_set():
            try:
                status, _, _ = server.get(path)
                if status != 200:
                    failures.append((path, status))
                seen.add(json.loads(server.get("/healthz")[2])["version"])
            except OSError as error:
                failures.append((path, error))

    threads = [threading.Thread(target=visit, args=(path,)) for path in paths]
    try:
        for thread in threads:
            thread.start()
        versions = [publish(tmp_path, shards()[: 2 + number % 2], keep_versions=1).name if number else "" for number in range(4)]
        deadline = time.monotonic() + 20
        while versions[-1] not in seen and time.monotonic() < deadline:
            time.sleep(0.02)
        stop.set()
        for thread in threads:
            thread.join()
        assert failures == []
        assert versions[-1] in seen
    finally:
        stop.set()
        server.stop()


def test_terminating_the_server_ends_it_cleanly_and_leaves_no_engine(store):
    server = Server(store)
    assert server.ask("ASK {}")[0] == 200
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True, check=False)
    engines = [int(pid) for pid in listing.stdout.split()]
    assert engines
    assert server.stop() == 0
    alive = subprocess.run(["ps", "-o", "pid=", "-p", ",".join(map(str, engines))], capture_output=True, text=True, check=False)
    assert alive.stdout.strip() == ""


@pytest.mark.parametrize("program", [["-m", "kg", "serve"], ["server.py"]], ids=["kg-serve", "server.py"])
def test_both_commands_serve_and_name_the_address(store, program):
    server = Server(store, command=[sys.executable, *program, "--store", str(store), "--port", "0"])
    try:
        assert json.loads(server.get("/healthz")[2])["status"] == "ok"
    finally:
        assert server.stop() == 0


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    assert BROWSER, "these tests need Chromium: apt-get install chromium"
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        yield browser
        browser.close()


VISITS = [
    "/", "/reports", "/reports/measurements", "/query?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020", "/sources",
    "/sources/essai", "/sources/yungu", "/page/place/lhasa", "/data/", "/ontology",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_in_a_browser(server, chromium, width, scheme, tmp_path):
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, java_script_enabled=True)
    page = context.new_page()
    complaints, strangers = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: strangers.append(request.url) if not request.url.startswith((server.base, "data:")) else None)
    try:
        for path in VISITS:
            page.goto(server.base + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert len(page.screenshot(path=tmp_path / "page.png")) > 5000
    finally:
        context.close()
    assert complaints == []
    assert strangers == []


def test_from_the_home_page_to_the_sentence_in_four_clicks_without_javascript(server, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(server.base)
        page.fill("input[name=indicator]", "borne")
        page.click("text=Show figures")
        page.click("td a:has-text('plus de 640')")
        assert page.url.endswith("#m-58-69")
        assert page.locator("mark:target").inner_text() == "plus de 640"
    finally:
        context.close()


def test_the_query_form_runs_an_example_and_downloads(server, chromium):
    context = chromium.new_context()
    page = context.new_page()
    try:
        page.goto(server.base + "/query")
        page.select_option("select[name=example]", "sources")
        page.click("text=Put into the form")
        page.click("button:has-text('Run')")
        assert page.locator("section table tbody tr").count() == 2
        page.fill("textarea", "SELECT * { nonsense")
        page.click("button:has-text('Run')")
        assert "line 1" in page.locator("[role=alert]").inner_text()
    finally:
        context.close()
