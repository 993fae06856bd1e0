"""What tests of several folders share: the shipped articles built into a store, once a session."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from kg.build import build
from kg.settings import Settings, share

TESTS = Path(__file__).parent

# the same examples on every run, so that a check says something about the change; make test-long looks for new ones
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile("random" if os.environ.get("KG_TEST_EXAMPLES") == "random" else "repeatable")


def _built(articles: Path, directory: Path) -> Path:
    """Directory of a store that holds the articles of a folder; one that could not be read fails whatever asks for the store."""
    store = directory / "store"
    result = build([articles], Settings(store=store), jobs=1)
    assert not result.refused, "\n".join(outcome.error for outcome in result.refused)
    return store


@pytest.fixture(scope="session")
def seeds_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store directory with the five seed articles. Shared: open it for reading only."""
    return _built(share("seeds"), tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="session")
def devset_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store directory with the articles of the development set. Shared: open it for reading only."""
    return _built(TESTS / "devset" / "texts", tmp_path_factory.mktemp("devset"))


@pytest.fixture(scope="session")
def fieldset_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store directory with the articles nobody wrote rules for before they were scored. Shared: open it for reading only."""
    return _built(TESTS / "fieldset" / "texts", tmp_path_factory.mktemp("fieldset"))
