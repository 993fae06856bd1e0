"""Which articles there are: files and folders to articles with their sidecars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.errors import InputError

SUFFIXES = (".txt", ".html", ".htm")
SIDECAR = ".jsonld"


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article's file, its sidecar if it has one, and its ``name``: the file name without extension."""

    name: str
    path: Path
    sidecar: Path | None = None


class Found(NamedTuple):
    """The articles in order of name, and remarks on files that were left out (one line each)."""

    articles: tuple[ArticleFile, ...]
    notes: tuple[str, ...]


def sidecar_of(path: Path) -> Path | None:
    """``NAME.jsonld`` beside the article, if it is there."""
    beside = path.with_suffix(SIDECAR)
    return beside if beside.is_file() else None


def find_articles(paths: Sequence[Path]) -> Found:
    """The articles among ``paths``: files are taken as they are, folders give their ``.txt .html .htm`` files (not sub-folders').

    Raises InputError for a path that does not exist, a folder without any article, a file with another ending, and for two
    different files with one name (a version of the store names its articles).
    """
    found: dict[str, ArticleFile] = {}
    notes: list[str] = []
    for path in paths:
        for member in _members(path, notes):
            article = ArticleFile(member.stem, member, sidecar_of(member))
            other = found.setdefault(article.name, article)
            if other.path.resolve() != member.resolve():
                raise InputError(
                    f"two articles are named {article.name!r}: {other.path} and {member}",
                    where=str(member),
                    remedy="rename one of them",
                )
    return Found(tuple(found[name] for name in sorted(found)), tuple(notes))


def _members(path: Path, notes: list[str]) -> list[Path]:
    if path.is_dir():
        files = sorted(member for member in path.iterdir() if member.is_file() and not member.name.startswith("."))
        articles = [member for member in files if member.suffix.lower() in SUFFIXES]
        if not articles:
            raise InputError(
                "the folder holds no article",
                where=str(path),
                remedy=f"put {', '.join(SUFFIXES)} files into it, or name another folder",
            )
        below = sorted(member for member in path.iterdir() if member.is_dir() and not member.name.startswith("."))
        notes.extend(f"{member}: a folder inside a folder was left out; name it as well to read it" for member in below)
        stems = {member.stem for member in articles}
        notes.extend(
            f"{member}: a sidecar without an article was left out"
            for member in files
            if member.suffix.lower() == SIDECAR and member.stem not in stems
        )
        return articles
    if not path.exists():
        raise InputError("there is no such file or folder", where=str(path), remedy="check the path")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"the ending {path.suffix!r} is none of an article",
            where=str(path),
            remedy=f"give {', '.join(SUFFIXES)} files (a sidecar is found by its article's name)",
        )
    return [path]
