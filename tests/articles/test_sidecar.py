import json
from datetime import date

import pytest

from kg.articles.sidecar import read_sidecar
from kg.errors import ArticleError


def read(**fields):
    return read_sidecar(json.dumps(fields).encode(), "a.jsonld")


def test_everything_it_says_is_read():
    sidecar = read(
        headline=" Le  titre ",
        datePublished="2021-08-14T10:00:00Z",
        inLanguage="fr-FR",
        publisher={"@type": "Organization", "name": "Agence"},
        author=[{"name": "A"}, {"name": "B"}],
        url="https://example.org/1",
        license={"@id": "https://example.org/l"},
    )
    assert sidecar.title == "Le titre"
    assert sidecar.published == date(2021, 8, 14)
    assert (sidecar.language, sidecar.publisher, sidecar.author) == ("fr", "Agence", "A, B")
    assert (sidecar.url, sidecar.license) == ("https://example.org/1", "https://example.org/l")


def test_the_article_is_found_in_a_graph():
    assert read(**{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "y"}]}).title == "y"


def test_an_unpaired_surrogate_does_no_harm():
    sidecar = read_sidecar(b'{"headline": "a\\ud800b"}', "a.jsonld")
    assert sidecar.title == "a\ufffdb"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"{", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"\xff", "not UTF-8"),
        (b"[1]", "array"),
        (b"null", "null"),
        (b'{"datePublished": "hier"}', "hier"),
        (b'{"datePublished": "2021-02-30"}', "2021-02-30"),
        (b'{"datePublished": 2021}', "2021"),
    ],
)
def test_a_wrong_sidecar_is_refused_by_name(raw, message):
    with pytest.raises(ArticleError, match=message) as caught:
        read_sidecar(raw, "a.jsonld")
    assert caught.value.where == "a.jsonld"
