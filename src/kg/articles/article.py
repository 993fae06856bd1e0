"""What reading an article gives: the source text, the repaired text, and the exact way between the two.

Offsets are Unicode code points, 0-based, end exclusive. *Source* offsets count in :attr:`SourceText.text` (the bytes
decoded, line ends kept, nothing normalised); *clean* offsets count in :attr:`Article.text` (repaired, simplified).
Everything that looks for words works on clean offsets; everything that is stored or shown uses source offsets.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

SEGMENT_KINDS = ("title", "dateline", "body", "teaser", "caption", "boilerplate")


@dataclass(frozen=True, slots=True)
class SourceText:
    """An article's bytes as given, and the text that offsets count in. ``sha256`` is of ``raw`` (64 hex digits).

    For HTML ``text`` is the extracted text and ``text_sha256`` the hash of its UTF-8 form; else ``text_sha256`` is ``None``.
    """

    raw: bytes
    sha256: str
    encoding: str
    text: str
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit between source and clean text: ``text[start:end]`` (source offsets) was ``before`` and became ``after``.

    ``rule`` names the kind of damage; ``confidence`` is in (0, 1]. A repair whose ``before == after`` is a *suspicion*: nothing
    was changed, ``candidate`` says what may have been meant.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float
    candidate: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim piece of the source text: ``source.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Clean position → source position, as breakpoints: between two breakpoints both sides advance in step.

    ``clean[i]`` and ``source[i]`` (ascending) say where run ``i`` starts on either side; ``length[i]`` is how many clean
    characters the run has; ``width[i]`` is how many source characters it covers. A run with ``length == width`` is copied one to
    one; any other run is a replacement, whose characters all map to the whole of it.
    """

    clean: tuple[int, ...]
    source: tuple[int, ...]
    length: tuple[int, ...]
    width: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of the clean span ``[start, end)``; ``start < end`` must lie within the clean text.

        Raises ValueError for an empty or outside span.
        """
        if not self.clean or not 0 <= start < end <= self.clean[-1] + self.length[-1]:
            raise ValueError(f"clean span {start}..{end} is empty or outside the text")
        first, last = bisect_right(self.clean, start) - 1, bisect_right(self.clean, end - 1) - 1
        begin = self.source[first] + (start - self.clean[first] if self.length[first] == self.width[first] else 0)
        copied = self.length[last] == self.width[last]
        finish = self.source[last] + (end - self.clean[last] if copied else self.width[last])
        return begin, finish


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the article (clean offsets). ``kind`` is one of SEGMENT_KINDS; a teaser may have its own ``published``."""

    kind: str
    start: int
    end: int
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (clean offsets, trimmed) and the index of its segment in :attr:`Article.segments`."""

    start: int
    end: int
    segment: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about the article itself; ``None`` where neither sidecar nor text says.

    ``published_from`` says where the date was read: ``sidecar``, ``dateline``, ``line`` (a date line of the page) or ``text``.
    """

    title: str | None = None
    published: date | None = None
    published_from: str | None = None
    publisher: str | None = None
    url: str | None = None
    license: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article, ready for extraction. ``name`` is the file name without extension, ``file`` the file name.

    ``language`` is ``fr``, ``zh`` or ``en``; ``script`` is ``Hans``, ``Hant`` (Chinese, as in the source) or ``Latn``. ``damaged``
    says whether characters were lost or shifted (not mere variants of script, spaces or punctuation).
    """

    name: str
    file: str
    source: SourceText
    text: str
    offsets: OffsetMap
    repairs: tuple[Repair, ...]
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    language: str
    script: str
    metadata: Metadata = field(default_factory=Metadata)
    damaged: bool = False

    def quote(self, start: int, end: int) -> Quote:
        """The verbatim source of the clean span ``[start, end)``."""
        begin, finish = self.offsets.span(start, end)
        return Quote(begin, finish, self.source.text[begin:finish])

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds the clean position, or None between sentences."""
        index = bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1
        if index >= 0 and position < self.sentences[index].end:
            return self.sentences[index]
        return None

    def segment_at(self, position: int) -> Segment | None:
        """The segment that holds the clean position, or None outside all."""
        index = bisect_right(self.segments, position, key=lambda segment: segment.start) - 1
        if index >= 0 and position < self.segments[index].end:
            return self.segments[index]
        return None
