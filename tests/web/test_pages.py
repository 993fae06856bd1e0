"""Pages: each answers, shows evidence, escapes what articles hold, and refuses politely."""

import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest
from tests.invented import CHINESE, build, shards

from kg.errors import PortInUseError, StoreError, UsageError
from kg.settings import Settings
from kg.store import publish
from kg.web import create_app, serve
from kg.web.services import KEY
from kg.web.sources import shown_of

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = [
    "/", "/reports", "/reports/measurements", "/reports/targets?place=Lhasa", "/query", "/query?example=targets", "/sources",
    "/sources/essai", "/sources/yungu.txt", "/data/", "/ontology", "/page/place/lhasa", "/page/unit/CNY", "/query?query=ASK%7B%7D",
    "/query?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2020", "/query?query=DESCRIBE%20%3Chttps://w3id.org/dek/id/place/lhasa%3E",
]  # fmt: skip


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    path = tmp_path_factory.mktemp("store")
    build(path)
    return Settings(store=path, query_timeout=10)


@pytest.fixture(scope="module")
def app(settings):
    app = create_app(settings)
    yield app
    app.extensions[KEY].close()


@pytest.fixture(scope="module")
def client(app):
    return app.test_client()


class Outline(HTMLParser):
    """Collects what an assistive program would look for."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.unlabelled, self.inline = [], [], [], [], []
        self._label_depth = 0
        self._for = set(re.findall(r'<label for="([^"]+)"', text))
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self._label_depth += tag == "label"
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"])
        if tag in ("input", "select", "textarea") and not self._label_depth and given.get("id") not in self._for:
            self.unlabelled.append(given)
        if "style" in given or tag in ("style", "script") or any(name.startswith("on") for name in given):
            self.inline.append((tag, given))

    def handle_endtag(self, tag):
        self._label_depth -= tag == "label"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_with_sound_markup(client, path):
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 200
    found = Outline(response.text)
    assert found.tags.count("h1") == 1
    assert {"main", "header", "nav", "footer"} <= set(found.tags)
    assert len(found.ids) == len(set(found.ids))
    assert found.unlabelled == []
    assert found.inline == []
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_no_link_of_ours_is_dead(client, path):
    links = Outline(client.get(path, headers=BROWSER).text).links
    for link in sorted({link.partition("#")[0] for link in links}):
        if link.startswith("/") and not link.startswith(("/data/dump", "/sparql")):
            assert client.get(link, headers=BROWSER).status_code in (200, 303), link


def test_home_counts_what_is_in_the_graph(client):
    text = client.get("/").text
    assert re.search(r"<b>9</b>\s*<span>figures", text)
    assert "2031–2040" in text


def test_a_quote_in_a_report_leads_to_its_mark_in_the_article(client):
    text = client.get("/reports/measurements", headers=BROWSER).text
    links = re.findall(r'href="(/sources/[^"#]+)#(m-\d+-\d+)"', text)
    assert len(set(links)) == 9
    for path, anchor in links:
        assert f'id="{anchor}"' in client.get(path).text


def test_the_text_of_an_article_is_shown_whole_and_escaped(client):
    page = client.get("/sources/yungu").text
    assert "<script>alert(1)" not in page
    assert "onmouseover=alert(2)>" not in page.replace("&lt;b onmouseover=alert(2)&gt;", "")
    body = re.search(r'<article class="text"[^>]*>(.*?)</article>', page, re.DOTALL)[1]

    class Text(HTMLParser):
        said = ""

        def handle_data(self, data):
            self.said += data

    parser = Text()
    parser.feed(body)
    assert parser.said == CHINESE


@pytest.mark.parametrize(
    ("context", "kept", "dropped"),
    [("sentence", "到2040年，力争建成站点", "数字服务报告"), ("paragraph", "数字服务报告", "absent")],
)
def test_less_of_the_text_is_shown_where_the_settings_say_so(settings, context, kept, dropped):
    app = create_app(replace(settings, quote_context=context))
    page = app.test_client().get("/sources/yungu").text
    app.extensions[KEY].close()
    plain = re.sub(r"<[^>]+>", "", page)
    assert kept in plain
    assert dropped not in re.sub(r"<[^>]+>", "", re.search(r"<article.*</article>", page, re.DOTALL)[0])


def test_reports_as_files(client):
    csv = client.get("/reports/measurements.csv")
    assert csv.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert csv.text.startswith("doc,start,end,quote,value,unit,indicator,")
    said = client.get("/reports/measurements.json?status=target").json
    assert said["parameters"] == {"status": "target"}
    assert {row["status"] for row in said["rows"]} == {"target"}
    assert client.get("/reports/sources.tsv").text.startswith("doc\ttitle")
    assert client.get("/reports/sources", headers={"Accept": "text/csv"}).headers["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/reports/nope", 404, "measurements"),
        ("/reports/nope.csv", 404, "measurements"),
        ("/reports/measurements.xls", 404, ".csv"),
        ("/reports/measurements.csv?status=x", 400, "actual, target, forecast"),
        ("/reports/measurements?status=x", 400, "actual, target, forecast"),
        ("/reports/measurements.csv?colour=red", 400, "colour"),
        ("/reports/measurements.csv?doc=a&doc=b", 400, "2 times"),
        ("/sources/nope", 404, "/sources"),
        ("/page/place/nope", 404, "place/nope"),
        ("/page/nokind/x", 404, "place"),
        ("/id/nokind/x", 404, "place"),
        ("/data/dump.xls", 404, ".ttl"),
        ("/data/id/place/lhasa.xls", 404, ".ttl"),
        ("/data/id/place/lhasa", 404, ".ttl"),
        ("/nowhere", 404, "nothing is at /nowhere"),
        ("/query?query=nonsense", 400, "line 1"),
        ("/query?query=CLEAR%20ALL", 403, "read-only"),
        ("/query?query=SELECT%20*%20%7BSERVICE%20%3Chttp://e/%3E%20%7B%7D%7D", 403, "SERVICE"),
    ],
)
def test_refusals_name_the_thing_and_the_remedy_to_people_and_programs(client, path, status, words):
    for accept in (BROWSER, {"Accept": "*/*"}, {}):
        response = client.get(path, headers=accept)
        assert response.status_code == status
        assert words in response.text
        assert "Traceback" not in response.text
    if not path.startswith("/query"):
        problem = client.get(path, headers={"Accept": "application/json"})
        if problem.headers["Content-Type"] == "application/problem+json":
            assert json.loads(problem.data)["status"] == status


def test_wrong_methods_say_which_are_right(client):
    response = client.post("/reports", headers=BROWSER)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "POST means nothing at /reports; it takes GET" in response.text


@pytest.mark.parametrize("path", ["/reports", "/reports/measurements", "/sources", "/data", "/query", "/healthz"])
def test_a_slash_at_the_end_makes_no_difference(client, path):
    assert client.get(path).status_code == client.get(path + "/").status_code == 200


def test_unacceptable_types_get_406_with_the_alternatives(client):
    for path in ("/id/place/lhasa", "/reports/measurements"):
        response = client.get(path, headers={"Accept": "image/png"})
        assert response.status_code == 406
        assert "text/html" in response.text


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        (BROWSER["Accept"], "/page/place/lhasa"),
        ("*/*", "/page/place/lhasa"),
        (None, "/page/place/lhasa"),
        ("text/turtle", "/data/id/place/lhasa.ttl"),
        ("text/turtle; charset=utf-8", "/data/id/place/lhasa.ttl"),
        ("application/rdf+xml, application/xml; q=0.7, */*; q=0.1", "/data/id/place/lhasa.rdf"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "/data/id/place/lhasa.jsonld"),
        ("text/html;q=0, */*", "/data/id/place/lhasa.ttl"),
    ],
)
def test_our_iris_answer_with_303_by_accept(client, accept, location):
    response = client.get("/id/place/lhasa", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["Location"], response.headers["Vary"]) == (303, location, "Accept")
    assert client.get(location).status_code == 200


@pytest.mark.parametrize("key", ["ttl", "nt", "rdf", "jsonld", "trig", "nq", "n3"])
def test_data_of_one_thing_parses_in_every_format(client, key):
    from kg.endpoint.formats import by_key

    response = client.get(f"/data/id/place/lhasa.{key}")
    quads = list(ox.parse(response.data, format=by_key(key).rdf))
    assert any(quad.subject.value.endswith("/id/place/lhasa") for quad in quads)
    assert all(isinstance(quad.graph_name, ox.NamedNode) for quad in quads) == (key in ("trig", "nq", "jsonld"))


@pytest.mark.parametrize("key", ["ttl", "nt", "rdf", "nq", "trig", "jsonld"])
def test_dumps_parse_and_are_cacheable(client, key):
    from kg.endpoint.formats import by_key

    response = client.get(f"/data/dump.{key}")
    assert sum(1 for _ in ox.parse(response.data, format=by_key(key).rdf)) > 1000
    assert client.get(f"/data/dump.{key}", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_the_data_page_leads_to_the_description_of_the_data_set(seeds_store):
    app = create_app(Settings(store=seeds_store))
    client = app.test_client()
    link = html.unescape(re.search(r'href="(/sparql\?query=[^"]+)"', client.get("/data/").text)[1])
    response = client.get(link, headers=BROWSER)
    data = response.data  # a streamed answer: read before its engine is closed
    app.extensions[KEY].close()
    assert response.headers["Content-Type"].startswith("text/turtle")
    said = {triple.predicate.value for triple in ox.parse(data, format=ox.RdfFormat.TURTLE)}
    assert "http://rdfs.org/ns/void#triples" in said


def test_page_of_a_figure_shows_its_evidence(client):
    link = re.search(r'href="(/page/measurement/[^"]+)"', client.get("/sources/essai").text)[1]
    page = client.get(link).text
    assert 'class="evidence"' in page
    assert re.search(r'href="/sources/[0-9a-f]{12}#m-\d+-\d+"', page)


def test_health_names_the_version(client, settings):
    said = client.get("/healthz").json
    assert said["status"] == "ok"
    assert len(said["version"]) == 16
    assert said["quads"] > 1000


def test_an_error_of_ours_shows_no_inside(client, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr("kg.web.home._numbers", broken)
    response = client.get("/", headers=BROWSER)
    assert response.status_code == 500
    assert "secret" not in response.text


def test_a_broken_report_file_is_named_and_the_rest_works(settings, tmp_path):
    (tmp_path / "bad.rq").write_text("SELECT")
    (tmp_path / "good.rq").write_text("#+ summary: A good one\nSELECT ?s { ?s ?p ?o } LIMIT 3")
    app = create_app(settings, queries=tmp_path)
    page = app.test_client().get("/reports", headers=BROWSER).text
    app.extensions[KEY].close()
    assert "bad.rq" in page
    assert "A good one" in page


def test_a_new_version_is_served_without_a_restart(tmp_path):
    build(tmp_path)
    app = create_app(Settings(store=tmp_path))
    client = app.test_client()
    first = client.get("/healthz").json["version"]
    publish(tmp_path, shards()[:2])
    second = client.get("/healthz").json["version"]
    assert first != second
    assert client.get("/sources/yungu").status_code == 404
    (tmp_path / "current").unlink()
    assert client.get("/healthz").json == {**client.get("/healthz").json, "status": "stale", "version": second}
    app.extensions[KEY].close()


def test_an_example_in_the_form_says_what_its_report_says(client):
    page = client.get("/reports/suspect-figures?below=0.9", headers=BROWSER).text
    link = html.unescape(re.search(r'href="(/query\?example=[^"]+)"', page)[1])
    form = client.get(link, headers=BROWSER).text
    query = html.unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", form, re.DOTALL)[1])
    asked = client.get("/sparql", query_string={"query": query, "format": "csv"}).text
    told = client.get("/reports/suspect-figures.csv?below=0.9").text
    assert len(asked.splitlines()) == len(told.splitlines()) > 1
    assert "?__below" not in query


def test_a_strict_default_graph_is_for_public_queries_only(client, settings):
    app = create_app(replace(settings, default_graph="strict"))
    strict = app.test_client()
    ask = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
    try:
        assert strict.get(ask).json["boolean"] is False
        assert client.get(ask).json["boolean"] is True
        for path in ("/reports/measurements.csv", "/reports/sources.csv"):
            assert strict.get(path).text == client.get(path).text
    finally:
        app.extensions[KEY].close()


def test_nothing_to_serve_is_told(tmp_path):
    with pytest.raises(StoreError, match="kg build"):
        create_app(Settings(store=tmp_path / "nowhere"))


def test_a_host_that_cannot_be_found_is_named(settings):
    with pytest.raises(UsageError, match=r"no-such-host\.invalid"):
        serve(settings, "no-such-host.invalid", 0)


def test_a_taken_port_is_named(settings):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortInUseError, match=str(taken.getsockname()[1])):
            serve(settings, "127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("rights", "setting", "shown"),
    [
        ([], "sentence", "sentence"),
        (["All rights reserved"], "paragraph", "paragraph"),
        (["https://creativecommons.org/licenses/by/4.0/"], "sentence", "whole"),
        (["http://creativecommons.org/publicdomain/zero/1.0/"], "sentence", "whole"),
        (["https://creativecommons.org/licenses/by-nc-nd/4.0/"], "sentence", "sentence"),
        ([], "whole", "whole"),
    ],
)
def test_an_open_licence_shows_the_whole_article(rights, setting, shown):
    assert shown_of(rights, setting) == shown
