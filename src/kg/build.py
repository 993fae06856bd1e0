"""The build: articles in, one new published version out. Declarative: the version holds exactly the articles given."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kg.articles import ArticleFile, find_articles, read_article
from kg.errors import ArticleError, InputError, KgError
from kg.extract.extractor import RuleExtractor
from kg.graph import article_quads, core_quads
from kg.graph.derive import derived_quads
from kg.graph.describe import meta_quads
from kg.lexicon import DATA, Lexicon
from kg.settings import Settings, share
from kg.store import Document, Version, last_inputs, publish
from kg.store.version import current_version


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: its quads and counts, or why it was refused."""

    name: str
    path: Path
    document: Document | None = None
    quads: bytes = b""
    measurements: int = 0
    entities: int = 0
    relations: int = 0
    repairs: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The published version and what became of every article. ``unchanged`` says that nothing had to be read."""

    version: Version
    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]
    unchanged: bool = False

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Articles that could not be read."""
        return tuple(outcome for outcome in self.outcomes if outcome.error)


Listener = Callable[[Outcome, int, int], None]
"""Called after each article with its outcome, how many are done, and of how many."""


def build(
    paths: Sequence[Path],
    settings: Settings,
    *,
    jobs: int = 1,
    lexicon_directory: Path = DATA,
    only_if_changed: bool = False,
    listener: Listener = lambda outcome, done, total: None,
) -> BuildResult:
    """Read the articles, write their graphs, publish a new version in ``settings.store``.

    The same articles, lexicon and code give the same version whatever ``jobs`` (worker processes) is. An article that cannot be read is
    reported in its Outcome and left out. Raises InputError when there is no readable article at all, LexiconError for a malformed
    table, StoreError when the version cannot be written; what was served before is then still served.
    """
    if jobs < 1:
        raise InputError(f"{jobs} worker processes make no build", where="--jobs", remedy="give 1 or more")
    built_at = _source_date()
    found = find_articles(paths)
    inputs = fingerprint(found.articles, settings, lexicon_directory)
    if only_if_changed and last_inputs(settings.store) == inputs:
        return BuildResult(current_version(settings.store), (), found.notes, unchanged=True)
    lexicon = Lexicon(lexicon_directory)
    core = core_quads(lexicon, settings)
    outcomes = []
    with _mapper(jobs) as apply:
        work = partial(read_one, settings=settings, lexicon_directory=lexicon_directory)
        for outcome in apply(work, found.articles):
            outcomes.append(outcome)
            listener(outcome, len(outcomes), len(found.articles))
    outcomes = _without_twins(outcomes)
    readable = [outcome for outcome in outcomes if not outcome.error]
    if not readable:
        reasons = "\n".join(outcome.error for outcome in outcomes)
        raise InputError(f"none of the {len(outcomes)} articles could be read:\n{reasons}", remedy="see the reason of each above")
    blobs = [outcome.quads for outcome in readable]
    derived = derived_quads(blobs, lexicon, settings)
    meta = meta_quads([core, *blobs, derived], settings, built_at=built_at)
    documents = [outcome.document for outcome in readable if outcome.document is not None]
    clean = len(readable) == len(outcomes)
    version = publish(
        settings.store,
        [core, *blobs, derived, meta],
        documents,
        keep_versions=settings.keep_versions,
        inputs=inputs if clean else "",
    )
    return BuildResult(version, tuple(outcomes), found.notes)


def read_one(file: ArticleFile, *, settings: Settings, lexicon_directory: Path) -> Outcome:
    """Read one article to quads; what is wrong with the article becomes the Outcome's ``error``.

    Raises InputError (LexiconError) for what is wrong with the tables; other errors are bugs and surface.
    """
    lexicon = _lexicon(lexicon_directory)
    try:
        article = read_article(file.path, file.sidecar)
        reading = RuleExtractor().read(article, lexicon)
        quads = article_quads(article, reading, lexicon, settings)
    except InputError:
        raise  # a malformed lexicon is no fault of the article: the build as a whole is refused
    except KgError as error:
        return Outcome(file.name, file.path, error=str(error))
    return Outcome(
        file.name,
        file.path,
        Document.from_article(article),
        quads,
        len(reading.measurements),
        len(reading.entities),
        len(reading.relations),
        len(article.repairs),
        reading.notes,
    )


_LEXICONS: dict[Path, Lexicon] = {}


def _lexicon(directory: Path) -> Lexicon:
    """One lexicon a process and folder: compiling it costs more than reading an article."""
    return _LEXICONS.setdefault(directory, Lexicon(directory))


@contextmanager
def _mapper(jobs: int) -> Iterator[Callable[[Callable[[ArticleFile], Outcome], Sequence[ArticleFile]], Iterator[Outcome]]]:
    if jobs == 1:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield partial(pool.map, chunksize=4)


def _without_twins(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Two files with the same bytes are one document: the later one is refused with the name of the first."""
    first: dict[str, Outcome] = {}
    result = []
    for outcome in outcomes:
        if outcome.document is not None:
            twin = first.setdefault(outcome.document.sha256, outcome)
            if twin is not outcome:
                error = ArticleError(
                    f"the same bytes as {twin.path}", where=str(outcome.path), remedy="remove one of the two: they are one document"
                )
                outcome = Outcome(outcome.name, outcome.path, error=str(error))
        result.append(outcome)
    return result


def fingerprint(articles: Sequence[ArticleFile], settings: Settings, lexicon_directory: Path) -> str:
    """Hash of everything a build depends on: articles, sidecars, lexicon, ontology, code, base IRI and SOURCE_DATE_EPOCH."""
    digest = hashlib.sha256()

    def add(label: str, content: bytes) -> None:
        digest.update(f"{label}\0{len(content)}\0".encode())
        digest.update(content)

    for article in articles:
        for path in (article.path, article.sidecar):
            if path is not None:
                add(path.name, path.read_bytes() if path.is_file() else b"")
    code = Path(__file__).parent
    for folder, pattern in ((lexicon_directory, "**/*"), (share("ontology"), "**/*"), (code, "**/*.py"), (code / "articles" / "data", "*")):
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                add(path.relative_to(folder).as_posix(), path.read_bytes())
    add("base", settings.base.encode())
    add("date", os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    return digest.hexdigest()


def _source_date() -> int | None:
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if text is None:
        return None
    try:
        datetime.fromtimestamp(int(text), UTC)
        return int(text)
    except (ValueError, OverflowError, OSError):
        remedy = "give the seconds since 1970 as a whole number, or leave the variable out"
        raise InputError(f"{text!r} is no number of seconds", where="SOURCE_DATE_EPOCH", remedy=remedy) from None
