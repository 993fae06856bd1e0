"""HTML pages: trafilatura takes the article out of the page; offsets then count in the extracted text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.articles.sidecar import Sidecar
from kg.errors import ArticleError

_INSTALL = "pip install 'dek[html]'"


def extract_html(page: str, sidecar: Sidecar, where: str) -> tuple[str, Sidecar]:
    """The article's text (headline first, a paragraph a line) and the sidecar completed by what the page says of itself.

    Raises ArticleError when trafilatura is not installed or finds no article in the page.
    """
    try:
        import trafilatura
        from trafilatura.settings import use_config
    except ImportError:
        raise ArticleError("HTML pages need the extra 'html'", where=where, remedy=_INSTALL) from None
    config = use_config()
    for option in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE", "MIN_EXTRACTED_COMM_SIZE"):
        config.set("DEFAULT", option, "1")
    try:
        document = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=True, config=config)
    except Exception as error:  # the parser below raises many kinds on broken pages; any of them means this page, not the build
        raise ArticleError(f"the page cannot be parsed: {error}", where=where, remedy="save the article's text as .txt") from None
    if document is None:
        raise ArticleError("no article was found in the page", where=where, remedy="save the article's text as .txt")
    fields = document if isinstance(document, dict) else document.as_dict()
    text = _plain(fields.get("text"))
    if not text:
        raise ArticleError("no article was found in the page", where=where, remedy="save the article's text as .txt")
    title = _plain(fields.get("title"))
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n{text}"
    return text, replace(
        sidecar,
        title=sidecar.title or title or None,
        published=sidecar.published or _day(fields.get("date")),
        publisher=sidecar.publisher or _plain(fields.get("sitename")) or None,
        author=sidecar.author or _plain(fields.get("author")) or None,
        url=sidecar.url or _plain(fields.get("url")) or None,
        license=sidecar.license or _plain(fields.get("license")) or None,
    )


def _plain(value: object) -> str:
    """The value's text without unpaired surrogates, which no encoding can write."""
    return value.encode("utf-8", "replace").decode("utf-8").strip() if isinstance(value, str) else ""


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
