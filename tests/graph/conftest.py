"""The sample article as a graph, built once for all tests of this folder."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from tests.graph import sample

from kg.graph import article_quads, core_quads, derived_quads, meta_quads
from kg.lexicon import Lexicon, shipped
from kg.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return shipped()


@pytest.fixture(scope="session")
def core_blob(lexicon: Lexicon, settings: Settings) -> bytes:
    return core_quads(lexicon, settings)


@pytest.fixture(scope="session")
def article_blob(lexicon: Lexicon, settings: Settings) -> bytes:
    return article_quads(sample.article(), sample.reading(), lexicon, settings)


@pytest.fixture(scope="session")
def blobs(core_blob: bytes, article_blob: bytes, lexicon: Lexicon, settings: Settings) -> list[bytes]:
    derived = derived_quads([article_blob], lexicon, settings)
    described = [core_blob, article_blob, derived]
    return [*described, meta_quads(described, settings)]


@pytest.fixture
def store(blobs: list[bytes]) -> ox.Store:
    """A fresh store: a test may damage it."""
    result = ox.Store()
    for blob in blobs:
        result.load(blob, ox.RdfFormat.N_QUADS)
    return result


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    source = sample.article().source
    return {source.sha256: source.text}
