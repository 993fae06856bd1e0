import pytest

from kg.articles import find_articles
from kg.errors import InputError


def write(folder, *names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def test_a_folder_gives_its_articles_by_name_with_their_sidecars(tmp_path):
    folder = write(tmp_path / "in", "b.txt", "a.html", "b.jsonld", "lonely.jsonld", "notes.md", ".hidden.txt")
    articles, notes = find_articles([folder])
    assert [(article.name, article.path.name, article.sidecar and article.sidecar.name) for article in articles] == [
        ("a", "a.html", None),
        ("b", "b.txt", "b.jsonld"),
    ]
    assert len(notes) == 1
    assert "lonely.jsonld" in notes[0]


def test_a_folder_inside_a_folder_is_left_out_with_a_note(tmp_path):
    folder = write(tmp_path / "in", "a.txt")
    write(folder / "deeper", "b.txt")
    articles, notes = find_articles([folder])
    assert [article.name for article in articles] == ["a"]
    assert len(notes) == 1
    assert "deeper" in notes[0]


def test_one_file_given_twice_is_one_article(tmp_path):
    folder = write(tmp_path / "in", "a.txt")
    assert len(find_articles([folder, folder / "a.txt"]).articles) == 1


@pytest.mark.parametrize("names", [("a.txt", "a.html"), ("a.htm", "a.html")])
def test_two_articles_of_one_name_are_refused_with_both_paths(tmp_path, names):
    folder = write(tmp_path / "in", *names)
    with pytest.raises(InputError) as caught:
        find_articles([folder])
    assert all(name in str(caught.value) for name in names)


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="no such file") as caught:
        find_articles([tmp_path / "missing.txt"])
    assert "missing.txt" in str(caught.value)


def test_a_folder_without_articles_is_refused(tmp_path):
    with pytest.raises(InputError, match="no article"):
        find_articles([write(tmp_path / "in", "a.md")])


def test_a_file_of_another_kind_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"'\.md'"):
        find_articles([write(tmp_path / "in", "a.md") / "a.md"])
