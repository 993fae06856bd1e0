"""The articles that travel with a version: bytes as given and the source text that offsets count in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.articles import Article

ID_LENGTH = 12
"""Hexadecimal digits of the document id: the start of the sha256 of the bytes as given."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as stored. ``id`` is the first 12 hexadecimal digits of ``sha256``, which is of ``raw``; ``file`` is the file name,
    ``name`` the file name without extension, ``encoding`` how ``raw`` was decoded.
    """

    id: str
    name: str
    file: str
    sha256: str
    encoding: str
    raw: bytes
    text: str

    @classmethod
    def from_article(cls, article: Article) -> Document:
        """The stored form of an article."""
        source = article.source
        return cls(source.sha256[:ID_LENGTH], article.name, article.file, source.sha256, source.encoding, source.raw, source.text)


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What the index of a version says about a document, without its content."""

    id: str
    name: str
    file: str
    sha256: str
    encoding: str
    text_sha256: str


def write_document(directory: Path, document: Document) -> DocumentEntry:
    """Write bytes and text below ``directory``; returns the index entry. Raises OSError."""
    text = document.text.encode("utf-8", "surrogatepass")
    folder = directory / document.id[:2]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{document.id}.raw").write_bytes(document.raw)
    (folder / f"{document.id}.txt").write_bytes(text)
    return DocumentEntry(document.id, document.name, document.file, document.sha256, document.encoding, hashlib.sha256(text).hexdigest())


def read_text(directory: Path, document_id: str) -> str:
    """The source text, line ends kept. Raises OSError if it is missing."""
    return (directory / document_id[:2] / f"{document_id}.txt").read_bytes().decode("utf-8", "surrogatepass")


def read_raw(directory: Path, document_id: str) -> bytes:
    """The bytes as given. Raises OSError if they are missing."""
    return (directory / document_id[:2] / f"{document_id}.raw").read_bytes()


def index_lines(entries: list[DocumentEntry]) -> Iterator[bytes]:
    """The index as JSON lines in the order of ids: same documents, same bytes."""
    for entry in sorted(entries, key=lambda entry: (entry.id, entry.file)):
        yield json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def read_index(path: Path) -> list[DocumentEntry]:
    """The entries of an index file, by id. Raises OSError or ValueError."""
    with path.open(encoding="utf-8") as lines:
        return [DocumentEntry(**json.loads(line)) for line in lines]
