"""The wheel works away from a checkout: it carries ontology, queries, lexicons, templates, static files and the five articles."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
VISIT = """
import kg
from kg.settings import Settings
from kg.web import create_app
from kg.web.services import KEY
print(kg.__file__)
app = create_app(Settings())
client = app.test_client()
for path in ("/", "/query", "/reports/measurements.csv", "/static/style.css", "/ontology", "/data/dump.ttl"):
    print(client.get(path).status_code, path)
app.extensions[KEY].close()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=CHECKOUT, check=True, capture_output=True
    )
    (found,) = folder.glob("dek-*.whl")
    return found


def test_it_builds_reports_and_serves_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site, home = tmp_path / "site", tmp_path / "home"
    home.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}

    def run(*arguments: str) -> str:
        done = subprocess.run([sys.executable, *arguments], cwd=home, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "from 5 articles" in run("-m", "kg", "build", "--jobs", "1")
    assert len(run("-m", "kg", "report", "sources", "--format", "tsv").splitlines()) == 1 + 5
    place, *answers = run("-c", VISIT).splitlines()
    assert Path(place).is_relative_to(site)
    assert len(answers) == 6
    assert all(answer.startswith("200 ") for answer in answers), answers


def test_it_carries_the_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert any(name.endswith("/licenses/NOTICE.md") for name in names)
