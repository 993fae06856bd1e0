"""Query engines: answers, deadlines, memory, vanished clients, new versions; and the WSGI application before them."""

import json
import subprocess
import sys
import threading

import pyoxigraph as ox
import pytest

from kg.endpoint.engines import EnginePool, QueryCutError
from kg.endpoint.formats import FORMATS, GRAPH_FORMATS, SOLUTIONS, by_key
from kg.endpoint.problems import HttpError
from kg.endpoint.protocol import QueryRequest
from kg.endpoint.wsgi import SparqlApp
from kg.store import Current, publish

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
VALUES = " ".join(f"VALUES ?v{index} {{ {' '.join(map(str, range(60)))} }}" for index in range(6))
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def quads(count: int, start: int = 0) -> bytes:
    return "".join(
        f'<http://e/s{number}> <http://e/p> "{number}"^^<{INTEGER}> <http://e/g{number % 2}> .\n' for number in range(start, start + count)
    ).encode()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    publish(path, [quads(1500)])
    return path


@pytest.fixture(scope="module")
def pool(store):
    pool = EnginePool(Current(store), size=2, timeout=20, prefixes={"e": "http://e/"})
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def hasty(store):
    pool = EnginePool(Current(store), size=2, timeout=0.7, patience=0.2)
    yield pool
    pool.close()


def ask(pool, query, key="json", **data_set):
    answer = pool.run(QueryRequest(query, **data_set), by_key(key))
    try:
        return b"".join(answer)
    finally:
        answer.close()


def test_every_format_gives_the_same_answer(pool):
    select = "SELECT ?s ?o { ?s <http://e/p> ?o } ORDER BY ?o LIMIT 50"
    for key in ("json", "xml", "tsv"):
        rows = ox.parse_query_results(ask(pool, select, key), format=by_key(key).results)
        assert [row["o"].value for row in rows] == [str(number) for number in range(50)]
    assert ask(pool, select, "csv").split(b"\r\n")[:2] == [b"s,o", b"http://e/s0,0"]
    construct = "CONSTRUCT { ?s <http://e/q> ?o } { ?s <http://e/p> ?o FILTER(?o < 7) }"
    for entry in GRAPH_FORMATS:
        quads = list(ox.parse(ask(pool, construct, entry.key), format=entry.rdf))
        assert {quad.object.value for quad in quads} == {str(number) for number in range(7)}
    assert b"@prefix e: <http://e/>" in ask(pool, construct, "ttl")
    assert json.loads(ask(pool, "ASK { ?s ?p 3 }"))["boolean"] is True


def test_the_default_graph_is_the_union_unless_the_query_or_the_request_says_otherwise(pool):
    count = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }"

    def number(body):
        return next(iter(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)))["n"].value

    assert number(ask(pool, count % "")) == "1500"
    assert number(ask(pool, count % "FROM <http://e/g1>")) == "750"
    assert number(ask(pool, count % "", default_graphs=("http://e/g0",))) == "750"
    assert number(ask(pool, count % "", named_graphs=("http://e/g0",))) == "0"


def test_select_gives_terms(pool):
    solutions = pool.select("SELECT ?s ?none { ?s ?p 3 }")
    assert solutions.variables == ("s", "none")
    assert solutions.rows == ((ox.NamedNode("http://e/s3"), None),)


def test_a_large_result_comes_in_pieces_and_is_whole(pool):
    answer = pool.run(QueryRequest("SELECT * { ?a <http://e/p> ?x . ?b <http://e/p> ?y } LIMIT 20000"), by_key("csv"))
    pieces = list(answer)
    answer.close()
    assert len(pieces) > 3
    assert b"".join(pieces).count(b"\r\n") == 20001


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * { ?s ?p", 400, "line 1, column 17"),
        ("SELECT * { ?s ?p ?o FILTER(<http://e/f>(?o)) }", 400, "http://e/f"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, "SERVICE"),
    ],
)
def test_wrong_queries(pool, query, status, words):
    with pytest.raises(HttpError) as caught:
        ask(pool, query)
    assert caught.value.status == status
    assert words in caught.value.detail


@pytest.mark.parametrize(
    "query",
    [
        CROSS,
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c",
        f"SELECT (COUNT(*) AS ?n) {{ {VALUES} }}",
        "SELECT (COUNT(*) AS ?n) { ?a (<http://e/p>|^<http://e/p>|!<http://e/p>)+ ?b . ?c ?d ?e . ?f ?g ?h }",
    ],
)
def test_a_runaway_query_is_stopped_with_504_and_another_query_is_answered_meanwhile(hasty, query):
    outcome = []

    def runaway():
        with pytest.raises(HttpError) as caught:
            ask(hasty, query)
        outcome.append(caught.value.status)

    thread = threading.Thread(target=runaway)
    thread.start()
    assert b"true" in ask(hasty, "ASK {}")
    thread.join()
    assert outcome in ([504], [507])


def test_a_result_that_began_is_cut_visibly(hasty):
    answer = hasty.run(QueryRequest(STREAM), by_key("csv"))
    with pytest.raises(QueryCutError):
        for _ in answer:
            pass
    answer.close()
    assert b"true" in ask(hasty, "ASK {}")


def test_an_answer_closed_early_frees_its_engine(store):
    pool = EnginePool(Current(store), size=1, timeout=20, patience=5)
    try:
        answer = pool.run(QueryRequest(STREAM), by_key("csv"))
        next(answer)
        answer.close()
        assert b"true" in ask(pool, "ASK {}")
    finally:
        pool.close()


def test_a_client_that_left_frees_its_engine(store):
    pool = EnginePool(Current(store), size=1, timeout=60, patience=5)
    try:
        with pytest.raises(ConnectionAbortedError):
            pool.run(QueryRequest(CROSS), by_key("csv"), gone=lambda: True)
        assert b"true" in ask(pool, "ASK {}")
    finally:
        pool.close()


def test_when_all_engines_are_busy_the_next_query_gets_503(store):
    pool = EnginePool(Current(store), size=1, timeout=20, patience=0.1)
    answer = pool.run(QueryRequest(STREAM), by_key("csv"))
    try:
        with pytest.raises(HttpError) as caught:
            ask(pool, "ASK {}")
        assert caught.value.status == 503
        assert "Retry-After" in caught.value.headers
    finally:
        answer.close()
        pool.close()


def test_memory_is_bounded(store):
    pool = EnginePool(Current(store), size=1, timeout=60, memory=200 * 2**20)
    try:
        with pytest.raises(HttpError) as caught:
            ask(pool, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")
        assert caught.value.status == 507
        assert b"true" in ask(pool, "ASK {}")
    finally:
        pool.close()


def test_a_new_version_is_answered_from_without_a_restart(tmp_path):
    publish(tmp_path, [quads(1)])
    pool = EnginePool(Current(tmp_path), size=1, timeout=20)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    try:
        assert pool.select(count).rows[0][0].value == "1"
        publish(tmp_path, [quads(3)])
        assert pool.select(count).rows[0][0].value == "3"
    finally:
        pool.close()


ORPHAN = """
import sys
from pathlib import Path
from kg.store import Current
from kg.endpoint.engines import EnginePool
from kg.endpoint.formats import by_key
from kg.endpoint.protocol import QueryRequest
pool = EnginePool(Current(Path(sys.argv[1])), size=1, timeout=60)
pool.run(QueryRequest("ASK {}"), by_key("json")).close()
answer = pool.run(QueryRequest("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), by_key("csv"))
print(next(iter(pool._running)).process.pid, flush=True)
sys.stdin.read()
"""


WAIT_FOR_END = """
import os, sys, time
for _ in range(200):
    try:
        os.kill(int(sys.argv[1]), 0)
    except OSError:
        break
    time.sleep(0.05)
else:
    raise SystemExit(1)
"""


def test_an_engine_ends_when_its_server_is_killed(store):
    server = subprocess.Popen([sys.executable, "-c", ORPHAN, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    engine = int(server.stdout.readline())
    server.kill()
    server.wait()
    ended = subprocess.run([sys.executable, "-c", WAIT_FOR_END, str(engine)], check=False)
    assert ended.returncode == 0


NETWORK = """
import socket
from kg.endpoint.sandbox import refuse_network
if refuse_network():
    for family in (socket.AF_INET, socket.AF_INET6):
        try: socket.socket(family)
        except PermissionError: pass
        else: raise SystemExit("a socket was opened")
    socket.socketpair()
    print("refused")
else:
    print("no filter here")
"""


def test_an_engine_cannot_open_internet_sockets():
    result = subprocess.run([sys.executable, "-c", NETWORK], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() in ("refused", "no filter here")


class Client:
    """Calls a WSGI application and keeps what it said."""

    def __init__(self, app):
        self.app = app

    def __call__(self, method="GET", query="", body=b"", **environ):
        import io

        said = {}

        def start_response(status, headers):
            said["status"], said["headers"] = int(status.split()[0]), dict(headers)

        environ = {
            "REQUEST_METHOD": method, "QUERY_STRING": query, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http", "SERVER_NAME": "e", "SERVER_PORT": "80", "SCRIPT_NAME": "", "PATH_INFO": "/sparql", **environ,
        }  # fmt: skip
        result = self.app(environ, start_response)
        try:
            said["body"] = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        return said


@pytest.fixture(scope="module")
def client(pool):
    return Client(SparqlApp(pool, union=True, form="/query"))


def test_wsgi_answers_with_content_type_version_and_cors(client):
    said = client(query="query=ASK%7B%7D", HTTP_ACCEPT="application/sparql-results+xml")
    assert said["status"] == 200
    assert said["headers"]["Content-Type"] == "application/sparql-results+xml"
    assert said["headers"]["Vary"] == "Accept"
    assert said["headers"]["Access-Control-Allow-Origin"] == "*"
    assert len(said["headers"]["DEK-Version"]) == 16


def test_wsgi_posts(client):
    assert client("POST", body=b"query=ASK%7B%7D", CONTENT_TYPE="application/x-www-form-urlencoded")["status"] == 200
    assert client("POST", body=b"ASK{}", CONTENT_TYPE="application/sparql-query", HTTP_ACCEPT="text/csv")["body"] == b"true"


def test_wsgi_head_and_options(client):
    assert client("HEAD", "query=ASK%7B%7D")["body"] == b""
    said = client("OPTIONS")
    assert said["status"] == 204
    assert "POST" in said["headers"]["Access-Control-Allow-Methods"]


def test_wsgi_sends_browsers_to_the_form(client):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    said = client(query="query=ASK%7B%7D", HTTP_ACCEPT=browser)
    assert (said["status"], said["headers"]["Location"]) == (303, "/query?query=ASK%7B%7D")
    assert client(HTTP_ACCEPT=browser)["headers"]["Location"] == "/query"
    assert client(query="query=ASK%7B%7D&format=csv", HTTP_ACCEPT=browser)["status"] == 200


def test_wsgi_describes_the_service_to_those_who_bring_no_query(client):
    said = client(HTTP_ACCEPT="text/turtle")
    subjects = {quad.subject.value for quad in ox.parse(said["body"], format=ox.RdfFormat.TURTLE)}
    assert "http://e/sparql" in subjects
    assert b"UnionDefaultGraph" in said["body"]
    assert client(HTTP_ACCEPT="image/png")["status"] == 406


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ({"query": "query=ASK%7B%7D", "HTTP_ACCEPT": "image/png"}, 406),
        ({"query": "query=ASK%7B%7D&format=ttl"}, 400),
        ({"query": "query=CLEAR%20ALL"}, 403),
        ({"query": "query=nonsense"}, 400),
        ({"method": "PATCH"}, 405),
        ({"method": "POST", "body": b"x", "CONTENT_TYPE": "text/plain"}, 415),
        ({"method": "POST", "CONTENT_LENGTH": "x"}, 400),
        ({"method": "POST", "CONTENT_LENGTH": str(2**30), "CONTENT_TYPE": "application/sparql-query"}, 413),
    ],
)
def test_wsgi_refusals(client, arguments, status):
    said = client(**arguments)
    assert said["status"] == status
    assert said["body"]


def test_wsgi_an_error_of_ours_is_a_500_that_shows_no_inside(pool, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("secret")

    monkeypatch.setattr(pool, "run", broken)
    said = Client(SparqlApp(pool, union=True))(query="query=ASK%7B%7D")
    assert said["status"] == 500
    assert b"secret" not in said["body"]


def test_every_format_has_oxigraphs_name_for_what_it_carries():
    assert all(entry.results is not None and entry.rdf is None for entry in FORMATS if entry.carries == SOLUTIONS)
    assert all(entry.rdf is not None and entry.results is None for entry in FORMATS if entry.carries != SOLUTIONS)
