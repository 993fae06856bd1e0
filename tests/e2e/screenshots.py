"""Pictures of every kind of page of a running server: ``python tests/e2e/screenshots.py http://127.0.0.1:8000 FOLDER``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGES = {
    "home": "/",
    "query": "/query",
    "reports": "/reports",
    "report": "/reports/measurements",
    "source": "/sources/002_df4a232976e830ee",
    "entity": "/page/place/tibet",
    "data": "/data/",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main(address: str, folder: Path) -> None:
    """Write one PNG a page into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        for name, path in PAGES.items():
            page = browser.new_page(viewport={"width": 1200, "height": 800})
            page.goto(address.rstrip("/") + path)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
