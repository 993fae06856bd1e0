"""Undoing damage, one kind a file, all of one shape: text → edits.

Order matters: what cannot be seen goes first, brackets are recognised on the characters as written, shifted bytes before single
question marks, then marks and script. Real damage is an event (:class:`kg.articles.Repair`) with the rule's name and confidence;
mere variants (script, width, white space, composed letters, line ends) only move the map: one event a character would drown the
graph in them. ``Repair.after`` is written in the source's own script.
"""

from __future__ import annotations

from kg.articles.article import Repair
from kg.articles.offsets import Revision
from kg.articles.repair import composed, doubled, entities, gbk, lost, pinyin, question_marks, spaces, typing, width
from kg.articles.script import to_simplified

_HABITS = frozenset({"initial-a-grave", "missing-accent", "html-entity"})


def repair(source: str, language: str) -> Revision:
    """The source text with its damage undone as far as the evidence reaches."""
    revision = Revision(source)
    revision.apply(lost.find_characters(revision.text))
    revision.apply(entities.find(revision.text))
    revision.apply(spaces.find_dropped(revision.text))
    revision.recode(spaces.plain_spaces(revision.text))
    revision.apply(composed.find(revision.text))
    if language == "zh":
        revision.apply(pinyin.find(revision.text))
        revision.apply(gbk.find(revision.text))
        revision.apply(doubled.find(revision.text))
        revision.apply(lost.find(revision.text))
    elif language == "fr":
        revision.recode(width.latin_marks(revision.text))
        revision.apply(question_marks.find(revision.text))
        revision.apply(typing.find(revision.text))
    revision.recode(width.plain_width(revision.text))
    if language == "zh":
        revision.recode(width.chinese_marks(to_simplified(revision.text)))
    else:
        revision.recode(width.latin_marks(revision.text))
    return revision


def is_damage(event: Repair) -> bool:
    """Whether the event tells of lost or shifted characters; a capital the author's keyboard lacked does not."""
    return event.rule not in _HABITS
