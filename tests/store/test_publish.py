"""Publishing: what is served after a build, a second build, a killed build, two builds at once, a refused build."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.store import Document, current_version, last_inputs, open_current, open_version, publish, replace_graph
from kg.store.quads import write_sorted

G = "https://example.org/graph/"


def quad(subject: str, value: str, graph: str = "a") -> bytes:
    return f'<https://example.org/{subject}> <https://example.org/p> "{value}" <{G}{graph}> .\n'.encode()


def document(text: str, name: str = "a") -> Document:
    raw = text.encode()
    sha = hashlib.sha256(raw).hexdigest()
    return Document(sha[:12], name, f"{name}.txt", sha, "utf-8", raw, text)


def names(store: Path) -> set[str]:
    return {path.name for path in (store / "versions").iterdir()}


def count(store: Path) -> int:
    return len(open_current(store).select("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows)


def test_a_published_version_answers_queries_and_gives_back_its_documents(tmp_path):
    article = document("Première ligne\r\n第二行 \U0001f600")
    version = publish(tmp_path, [quad("s", "1") + quad("t", "2")], [article])
    snapshot = open_current(tmp_path)
    assert snapshot.name == version.name
    assert version.fresh
    assert {row["s"].value for row in snapshot.select("SELECT ?s { ?s ?p ?o }")} == {"https://example.org/s", "https://example.org/t"}
    assert snapshot.text(article.id) == article.text
    assert snapshot.raw(article.id) == article.raw
    assert snapshot.find_document("a.txt") == snapshot.find_document("a") == snapshot.find_document(article.id)
    assert version.manifest.quads == 2


def test_what_two_graphs_say_alike_counts_once_in_the_union_and_twice_by_graph(tmp_path):
    publish(tmp_path, [quad("s", "1", "a"), quad("s", "1", "b"), quad("s", "2", "b")])
    snapshot = open_current(tmp_path)
    assert len(snapshot.select("SELECT * { ?s ?p ?o }").rows) == 2
    assert len(snapshot.select("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows) == 3
    triple = next(triple for triple in snapshot.triples() if triple.object.value == "1")
    assert snapshot.graphs_of(triple) == [G + "a", G + "b"]
    assert len(list(snapshot.quads())) == 3


@pytest.mark.parametrize(
    "line", ["<https://e.org/s> <https://e.org/p> <https://e.org/o> .", "<x:s>  <x:p> <x:o> <x:g> .", "<x:s> <x:p> <x:o> <x:g>."]
)
def test_a_quad_of_no_graph_or_in_other_spelling_is_refused(tmp_path, line):
    with pytest.raises(StoreError, match="no canonical N-Quads line of a named graph"):
        publish(tmp_path, [line.encode()])


def test_strict_queries_see_the_graphs_they_name(tmp_path):
    publish(tmp_path, [quad("s", "1", "a")])
    strict = open_current(tmp_path, union=False)
    assert not list(strict.query("SELECT * { ?s ?p ?o }"))
    assert len(list(strict.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"))) == 1
    assert len(list(strict.query(f"SELECT * FROM <{G}a> {{ ?s ?p ?o }}", names_graphs=True))) == 1


def test_same_content_in_another_order_and_division_is_the_same_version_and_nothing_is_touched(tmp_path):
    first = publish(tmp_path, [quad("s", "1") + quad("t", "2")], [document("x"), document("y", "b")])
    before = {path: path.stat().st_mtime_ns for path in first.path.rglob("*")}
    again = publish(tmp_path, [quad("t", "2"), b"# comment\n\n", quad("s", "1"), quad("s", "1")], [document("y", "b"), document("x")])
    assert again.name == first.name
    assert not again.fresh
    assert {path: path.stat().st_mtime_ns for path in first.path.rglob("*")} == before


def test_shards_may_be_files_and_the_name_is_the_same(tmp_path):
    shard = tmp_path / "shard.nq"
    shard.write_bytes(quad("s", "1"))
    by_file = publish(tmp_path / "one", [shard])
    by_bytes = publish(tmp_path / "two", [quad("s", "1")])
    assert by_file.name == by_bytes.name
    assert by_file.quads_file.read_bytes() == by_bytes.quads_file.read_bytes()


def test_other_documents_make_another_version(tmp_path):
    one = publish(tmp_path, [quad("s", "1")], [document("x")])
    two = publish(tmp_path, [quad("s", "1")], [document("y")])
    assert one.name != two.name


def test_an_open_version_goes_on_answering_after_the_next_one(tmp_path):
    publish(tmp_path, [quad("s", "1")], keep_versions=1)
    old = open_current(tmp_path)
    publish(tmp_path, [quad("s", "1"), quad("t", "2")], keep_versions=1)
    assert len(old.select("SELECT * { ?s ?p ?o }").rows) == 1
    assert count(tmp_path) == 2
    assert old.name in names(tmp_path)


def test_the_versions_served_last_are_kept_and_older_ones_go_once_nobody_has_them_open(tmp_path):
    versions = [publish(tmp_path, [quad("s", str(number))], keep_versions=2).name for number in range(4)]
    assert names(tmp_path) == set(versions[2:])
    publish(tmp_path, [quad("s", "2")], keep_versions=2)  # an older version taken up again counts as served last
    publish(tmp_path, [quad("s", "9")], keep_versions=2)
    assert versions[3] not in names(tmp_path)
    assert versions[2] in names(tmp_path)


def test_a_version_held_open_is_pruned_by_a_later_publication(tmp_path):
    publish(tmp_path, [quad("s", "1")], keep_versions=1)
    held = open_current(tmp_path)
    publish(tmp_path, [quad("s", "2")], keep_versions=1)
    held.close()
    publish(tmp_path, [quad("s", "3")], keep_versions=1)
    assert names(tmp_path) == {current_version(tmp_path).name}


def test_inputs_are_remembered_for_the_served_version_only(tmp_path):
    assert last_inputs(tmp_path) is None
    publish(tmp_path, [quad("s", "1")], inputs="one")
    assert last_inputs(tmp_path) == "one"
    publish(tmp_path, [quad("s", "1")], inputs="two")
    assert last_inputs(tmp_path) == "two"
    (tmp_path / "current").unlink()
    assert last_inputs(tmp_path) is None


def test_a_wrong_line_is_refused_and_the_old_version_stays(tmp_path):
    publish(tmp_path, [quad("s", "1")])
    with pytest.raises(StoreError, match="named graph: not a quad"):
        publish(tmp_path, [quad("s", "1"), b"not a quad\n"])
    assert count(tmp_path) == 1
    assert not list(tmp_path.glob("building-*"))


def test_lines_that_differ_in_spelling_only_are_refused(tmp_path):
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    lines = [f'<https://e.org/s> <https://e.org/p> "{text}"{integer} <{G}a> .\n'.encode() for text in ("7", "007")]
    with pytest.raises(StoreError, match="some of 2 quads were lost"):
        publish(tmp_path, lines)


def test_a_failing_source_of_shards_leaves_everything_as_it_was(tmp_path):
    def shards():
        yield quad("s", "2")
        raise RuntimeError("the extractor broke")

    publish(tmp_path, [quad("s", "1")])
    with pytest.raises(RuntimeError, match="extractor broke"):
        publish(tmp_path, shards())
    assert count(tmp_path) == 1
    assert not list(tmp_path.glob("building-*"))


def test_a_directory_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file"):
        publish(tmp_path / "file", [quad("s", "1")])


def test_replace_changes_one_graph_and_removes_it_when_empty(tmp_path):
    publish(tmp_path, [quad("s", "1", "a"), quad("t", "2", "b")], [document("x")])
    replace_graph(tmp_path, G + "a", quad("s", "3", "a"), documents=[document("z", "z")])
    snapshot = open_current(tmp_path)
    assert {row["o"].value for row in snapshot.select("SELECT ?o { ?s ?p ?o }")} == {"3", "2"}
    assert {entry.name for entry in snapshot.documents.values()} == {"a", "z"}
    replace_graph(tmp_path, G + "b", b"")
    assert count(tmp_path) == 1


def test_replace_refuses_quads_of_another_graph(tmp_path):
    publish(tmp_path, [quad("s", "1", "a")])
    with pytest.raises(StoreError, match="another graph"):
        replace_graph(tmp_path, G + "a", quad("s", "1", "b"))
    assert count(tmp_path) == 1


def test_a_damaged_version_is_made_again(tmp_path):
    version = publish(tmp_path, [quad("s", "1")])
    for path in (version.path / "oxigraph").iterdir():
        path.unlink()
    again = publish(tmp_path, [quad("s", "1")])
    assert again.name == version.name
    assert count(tmp_path) == 1


BUILDER = """
import sys, time
from pathlib import Path
from kg.store import publish
store, value, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
def shards():
    yield f'<https://e.org/s> <https://e.org/p> "{value}" <https://e.org/g> .'.encode()
    print("building", flush=True)
    time.sleep(seconds)
publish(store, shards())
print("done", flush=True)
"""


def builder(store: Path, value: str, seconds: float) -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", BUILDER, str(store), value, str(seconds)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "building\n"
    return process


def test_a_killed_build_leaves_the_old_version_and_its_rubbish_goes_with_the_next(tmp_path):
    publish(tmp_path, [quad("s", "1")])
    process = builder(tmp_path, "2", 60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert len(list(tmp_path.glob("building-*"))) == 1
    assert count(tmp_path) == 1
    publish(tmp_path, [quad("s", "3")])
    assert not list(tmp_path.glob("building-*"))


def test_a_build_killed_before_the_first_version_is_told(tmp_path):
    process = builder(tmp_path, "2", 60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with pytest.raises(StoreError, match=r"under way or was broken off.*\n.*kg build"):
        open_current(tmp_path)


def test_killed_at_any_moment_a_whole_version_is_served(tmp_path):
    publish(tmp_path, [quad("s", "1")])
    for step in range(6):
        process = builder(tmp_path, f"k{step}", 0)
        time.sleep(step * 0.004)
        process.kill()
        process.wait()
        assert count(tmp_path) == 1
    publish(tmp_path, [quad("s", "last")])
    assert not list(tmp_path.glob("building-*"))


def test_two_builds_at_once_both_end_and_a_live_build_is_not_cleaned_away(tmp_path):
    slow = builder(tmp_path, "slow", 1.5)
    quick = publish(tmp_path, [quad("s", "quick")])
    assert current_version(tmp_path).name == quick.name
    assert slow.wait() == 0
    assert open_current(tmp_path).select("SELECT ?o { ?s ?p ?o }").rows[0][0].value == "slow"
    assert not list(tmp_path.glob("building-*"))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda store: None, "empty"),
        (lambda store: (store / "notes.txt").write_text("x"), "holds no published version"),
        (lambda store: (store / "current").mkdir(), "no link to a version"),
        (lambda store: (store / "current").symlink_to("versions/0123456789abcdef"), "points to 0123456789abcdef, which is not there"),
    ],
)
def test_a_directory_that_is_no_store_is_named_with_a_remedy(tmp_path, damage, words):
    damage(tmp_path)
    with pytest.raises(StoreError, match=words) as caught:
        open_current(tmp_path)
    assert caught.value.where == str(tmp_path)
    assert "kg build" in caught.value.remedy


def test_a_version_whose_oxigraph_files_are_damaged_is_named_and_built_again(tmp_path):
    version = publish(tmp_path, [quad("s", "1")], inputs="the same")
    for path in (version.path / "oxigraph").glob("*.sst"):
        path.unlink()
    with pytest.raises(StoreError, match="Oxigraph cannot open the version"):
        open_current(tmp_path)
    assert last_inputs(tmp_path) is None
    publish(tmp_path, [quad("s", "1")], inputs="the same")
    assert count(tmp_path) == 1
    assert last_inputs(tmp_path) == "the same"


@pytest.mark.parametrize("content", ["{", '{"id": "a"}', "\udcff"])
def test_a_damaged_index_of_documents_is_named(tmp_path, content):
    version = publish(tmp_path, [quad("s", "1")], [document("one")])
    (version.path / "documents.jsonl").write_text(content, errors="surrogateescape")
    with pytest.raises(StoreError, match=r"documents\.jsonl cannot be read"):
        open_current(tmp_path).documents  # noqa: B018


def test_another_base_iri_than_that_of_the_graphs_is_told(tmp_path):
    publish(tmp_path, [quad("s", "1")])
    open_current(tmp_path, base=G).close()
    with pytest.raises(StoreError, match=r"(?s)https://example.com/mine/.*KG_BASE"):
        open_current(tmp_path, base="https://example.com/mine/")


def test_a_missing_store_and_a_file_are_named(tmp_path):
    with pytest.raises(StoreError, match="no such store directory"):
        open_current(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="a file"):
        open_current(tmp_path / "file")


@pytest.mark.parametrize("name", ["manifest.json", "data.nq", "documents.jsonl", "in-use"])
def test_an_incomplete_version_says_what_is_missing(tmp_path, name):
    version = publish(tmp_path, [quad("s", "1")])
    (version.path / name).unlink()
    with pytest.raises(StoreError, match=f"incomplete: .*{name}"):
        open_version(version.path)


def test_a_version_of_another_format_and_a_damaged_manifest_are_refused(tmp_path):
    version = publish(tmp_path, [quad("s", "1")])
    manifest = version.path / "manifest.json"
    fields = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**fields, "format": 99}))
    with pytest.raises(StoreError, match="format 99"):
        open_current(tmp_path)
    manifest.write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        open_current(tmp_path)
    publish(tmp_path, [quad("s", "1")])
    assert count(tmp_path) == 1


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text("ab", min_size=1, max_size=3), max_size=6), max_size=5), st.integers(1, 40))
def test_sorting_in_runs_equals_sorting_at_once(tmp_path, shards, run_bytes):
    blobs = ["\n".join(shard).encode() for shard in shards]
    lines, digest = write_sorted(blobs, tmp_path / "out.nq", run_bytes)
    expected = b"".join(line + b"\n" for line in sorted({word.encode() for shard in shards for word in shard}))
    assert (tmp_path / "out.nq").read_bytes() == expected
    assert (lines, digest) == (expected.count(b"\n"), hashlib.sha256(expected).hexdigest())
