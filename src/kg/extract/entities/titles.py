"""Titles in 《…》: policies and plans above all; newspapers, films and books are told apart by their last characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.entities.candidate import Candidate
from kg.lexicon.entity_words import EntityWords

_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_YEARS = re.compile(r"[（(][^（()）]*[)）]$")


def find_titles(text: str, words: EntityWords) -> Iterator[Candidate]:
    """One candidate a title; its span is what stands inside the brackets."""
    works = words.cue("zh", "work")
    heads = sorted((head for head in words.heads["zh"] if "title" in head.modes), key=lambda head: -len(head.head))
    for match in _TITLE.finditer(text):
        start, end = match.span(1)
        bare = _YEARS.sub("", words.pattern("zh", "edition").sub("", match[1]))
        head = next((head for head in heads if bare.endswith(head.head)), None)
        if head is not None:
            yield Candidate(start, end, "policy", head.kind, "title", 0.95)
        elif any(bare.endswith(work) for work in works):
            yield Candidate(start, end, "organisation" if bare.endswith("报") else "product", "work", "title-of-work", 0.7)
        else:
            yield Candidate(start, end, "policy", "", "title", 0.7)
