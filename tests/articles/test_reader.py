"""Reading whole articles: invariants on any input, refusals, HTML, and the way back on the shipped corpora."""

import hashlib
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import MAX_BYTES, find_articles, read_article, read_source
from kg.articles.sentences import LONGEST
from kg.errors import ArticleError

DEVSET = Path(__file__).parent.parent / "devset" / "texts"
DAMAGED = {"fr04", "fr06", "fr09", "zd01", "zd02", "zd03"}


def check(article):
    """What holds for every article that was read."""
    source, text = article.source.text, article.text
    offsets = article.offsets
    assert source.encode("utf-8").decode("utf-8") == source
    last = (0, 0)
    for position in range(len(text)):
        start, end = offsets.span(position, position + 1)
        assert last[0] <= start < end <= len(source)
        assert end >= last[1]
        last = (start, end)
    for event in article.repairs:
        assert source[event.start : event.end] == event.before
        assert 0 < event.confidence <= 1
    covered = [False] * len(text)
    end = 0
    for segment in article.segments:
        assert end <= segment.start < segment.end
        end = segment.end
        covered[segment.start : segment.end] = [True] * (segment.end - segment.start)
    assert all(inside or character.isspace() for inside, character in zip(covered, text, strict=True))
    end = 0
    for sentence in article.sentences:
        segment = article.segments[sentence.segment]
        assert end <= sentence.start < sentence.end <= segment.end
        assert segment.start <= sentence.start
        words = text[sentence.start : sentence.end]
        assert words == words.strip()
        assert not text[end : sentence.start].strip()
        end = sentence.end
        quote = article.quote(sentence.start, sentence.end)
        assert source[quote.start : quote.end] == quote.text
    assert not text[end:].strip()


ALPHABET = st.sampled_from(
    [*"aàé数數字(shù)（）«»“”?？!.,，。:：0123 %\n\r\t\u200b\u00a0\u3000\ufffd&;+-—|>•月日年电万亿元图为来源Source", "r?le ", "\r\n"]
)


@given(st.lists(ALPHABET, min_size=1, max_size=120).map("".join))
@settings(deadline=None)
def test_any_text_keeps_the_invariants(text):
    try:
        article = read_source("a", "a.txt", text.encode())
    except ArticleError:
        return
    check(article)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
@settings(deadline=None)
def test_any_unicode_keeps_the_invariants(text):
    try:
        article = read_source("a", "a.txt", text.encode())
    except ArticleError:
        return
    check(article)


@given(st.binary(max_size=120), st.booleans())
@settings(deadline=None, max_examples=60)
def test_any_bytes_give_an_article_or_an_article_error(raw, html):
    try:
        article = read_source("a", "a.html" if html else "a.txt", raw, html=html)
    except ArticleError:
        return
    check(article)


@pytest.mark.parametrize("found", find_articles([DEVSET]).articles, ids=lambda found: found.name)
def test_the_development_set_keeps_the_invariants_and_only_damaged_texts_are_repaired(found):
    article = read_article(found.path)
    check(article)
    assert article.damaged == (found.name in DAMAGED)
    if found.name not in DAMAGED:
        assert article.repairs == ()


@pytest.mark.parametrize("name", sorted(DAMAGED))
def test_no_damage_is_left_in_the_damaged_texts(name):
    article = read_article(DEVSET / f"{name}.txt")
    body = "".join(article.text[part.start : part.end] for part in article.segments if part.kind != "boilerplate")
    assert "?" not in body
    assert "++" not in body
    if article.language == "fr":
        assert "grace" not in body.lower()
        assert body.count("«") == body.count("»") > 0


@pytest.mark.parametrize(
    ("character", "limit"),
    [
        ("1", 4),
        ("(", 4),
        ("（", 4),
        ("?", 4),
        (" ", 4),
        ("A ", 4),
        ("數(", 4),
        ("?a", 4),
        ("&#", 4),
        (".", 4),
        ("• ", 4),
        ("a | ", 4),
        ("日电", 4),
    ],
)
def test_long_runs_cost_steps_in_proportion(character, limit):
    """Lines executed grow no faster than the input; 60,000 repeats show that no pattern backtracks (it would run for minutes)."""
    small, large = (steps(("Le prix de la région. 数字经济。" + character * count).encode()) for count in (500, 2000))
    assert large <= limit * 1.5 * small
    assert read_source("a", "a.txt", ("Le prix de la région. " + character * 60_000).encode()).sentences


def steps(raw):
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += 1
        return trace

    read_source("a", "a.txt", raw)  # tables are loaded once
    sys.settrace(trace)
    try:
        read_source("a", "a.txt", raw)
    finally:
        sys.settrace(None)
    return count


def test_a_megabyte_without_a_sentence_end_is_read():
    article = read_source("a", "a.txt", ("la région de Lhassa et le réseau " * 32_000).encode())
    assert article.language == "fr"
    assert max(sentence.end - sentence.start for sentence in article.sentences) <= LONGEST
    between = "".join(article.text[one.end : two.start] for one, two in pairwise(article.sentences))
    assert not between.strip()
    assert len(article.offsets.clean) == 1


def test_files_are_read_with_their_sidecars(tmp_path):
    path = tmp_path / "one.txt"
    path.write_bytes("La région compte 41 centres et les usagers sont contents.".encode())
    (tmp_path / "one.jsonld").write_text('{"headline": "Un titre"}', encoding="utf-8")
    (tmp_path / "other.jsonld").write_text('{"headline": "Un autre"}', encoding="utf-8")
    article = read_article(path)
    assert (article.name, article.file, article.metadata.title) == ("one", "one.txt", "Un titre")
    assert article.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_article(path, tmp_path / "other.jsonld").metadata.title == "Un autre"


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [("a.txt", b"", "empty"), ("a.txt", b"\x00\x01\x02", "binary"), ("a.pdf", b"x", r"'\.pdf'"), ("a.txt", None, "no such file")],
)
def test_files_that_cannot_be_read_are_named(tmp_path, name, raw, message):
    path = tmp_path / name
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(ArticleError, match=message) as caught:
        read_article(path)
    assert caught.value.where == str(path)
    assert caught.value.remedy


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(ArticleError, match=f"the limit is {MAX_BYTES // 2**20} MB"):
        read_article(path)
    with pytest.raises(ArticleError, match="the limit is"):
        read_source("a", "a.txt", b"x" * (MAX_BYTES + 1))


def test_a_broken_sidecar_refuses_the_article_by_name(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("La région avance.", encoding="utf-8")
    (tmp_path / "a.jsonld").write_text("{", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"a\.jsonld"):
        read_article(path)


PAGE = """<html><head><title>Le réseau avance</title><meta property="og:site_name" content="Site Exemple">
<meta property="article:published_time" content="2022-03-04T10:00:00Z"></head><body><nav><a href="/">Accueil</a></nav><article>
<h1>Le réseau avance</h1><p>La région comptait 41 centres à la fin du mois de juin, a annoncé l'administration de la ville.</p>
<p>Le r?le des opérateurs est important dans la région, selon les experts qui ont étudié la question.</p></article>
<footer>Tous droits réservés</footer></body></html>"""


def test_html_pages_are_read_and_the_extracted_text_is_hashed(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    article = read_article(path)
    check(article)
    assert article.source.text.startswith("Le réseau avance\nLa région comptait 41 centres")
    assert article.source.text_sha256 == hashlib.sha256(article.source.text.encode()).hexdigest()
    assert article.source.raw == path.read_bytes()
    assert "rôle des opérateurs" in article.text
    assert "Accueil" not in article.text
    assert article.metadata.publisher == "Site Exemple"
    assert str(article.metadata.published) == "2022-03-04"


def test_html_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ArticleError, match=r"pip install 'dek\[html\]'"):
        read_source("a", "a.html", PAGE.encode(), html=True)


def test_a_page_without_text_is_refused():
    with pytest.raises(ArticleError, match="no article"):
        read_source("a", "a.html", b"<html><body><script>1</script></body></html>", html=True)


def test_another_language_is_told_as_unknown():
    article = read_source("a", "a.txt", "Der Anteil ist auf zwölf Prozent gestiegen und das ist für die Region gut.".encode())
    assert (article.language, article.script) == ("und", "Latn")
    assert article.sentences
