"""The way back is exact after any number of stages of edits: checked against a model that keeps a span a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles.offsets import Edit, Revision


@st.composite
def staged_edits(draw):
    source = draw(st.text("abcdefgh", min_size=1, max_size=30))
    return source, draw(
        st.lists(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4), st.text("XYZ", max_size=4)), max_size=4), max_size=4)
    )


class Model:
    """Every clean character with its source span; a replacement's characters share one."""

    def __init__(self, source):
        self.cells = [(character, (index, index + 1), None) for index, character in enumerate(source)]

    def apply(self, edits):
        for start, end, after, group in reversed(edits):
            spans = [span for _, span, _ in self.cells[start:end]]
            whole = (min(low for low, _ in spans), max(high for _, high in spans))
            if len(after) == whole[1] - whole[0]:
                new = [(character, (whole[0] + index, whole[0] + index + 1), None) for index, character in enumerate(after)]
            else:
                new = [(character, whole, group) for character in after]
            self.cells[start:end] = new

    def widened(self, start, end):
        """The edit's range, grown so that it cuts no replacement."""
        while start and self.cells[start][2] is not None and self.cells[start - 1][2] == self.cells[start][2]:
            start -= 1
        while end < len(self.cells) and self.cells[end - 1][2] is not None and self.cells[end][2] == self.cells[end - 1][2]:
            end += 1
        return start, end


@given(staged_edits())
def test_every_clean_span_maps_to_its_source_span(case):
    source, stages = case
    revision, model, group = Revision(source), Model(source), 0
    for stage in stages:
        edits, planned, last = [], [], 0
        for start, length, after in sorted(stage):
            end = start + length
            if start < last or end > len(revision.text):
                continue
            low, high = model.widened(start, end)
            if low < last or revision.text[start:end] == after:
                continue
            group += 1
            text = revision.text
            edits.append(Edit(start, end, after, "test", 1.0))
            planned.append((low, high, text[low:start] + after + text[end:high], group))
            last = high
        revision.apply(edits)
        model.apply(planned)
    assert revision.text == "".join(character for character, _, _ in model.cells)
    offsets = revision.offset_map()
    spans = [span for _, span, _ in model.cells]
    for start in range(len(spans)):
        for end in range(start + 1, len(spans) + 1):
            assert offsets.span(start, end) == (spans[start][0], spans[end - 1][1])
    for repair in revision.repairs:
        assert source[repair.start : repair.end] == repair.before


def test_a_suspicion_changes_nothing():
    revision = Revision("8 25")
    revision.apply([Edit(0, 4, "8 25", "lost-decimal-point", 0.5, "8.25")])
    assert revision.text == "8 25"
    assert [(repair.before, repair.after, repair.candidate) for repair in revision.repairs] == [("8 25", "8 25", "8.25")]


def test_of_overlapping_edits_the_first_wins():
    revision = Revision("abcdef")
    revision.apply([Edit(2, 4, "Y", "second", 1.0), Edit(1, 3, "X", "first", 1.0)])
    assert revision.text == "aXdef"


def test_a_recoding_keeps_the_length():
    with pytest.raises(ValueError, match="from 2 to 3"):
        Revision("ab").recode("abc")


def test_a_span_outside_is_refused():
    with pytest.raises(ValueError, match="outside"):
        Revision("ab").offset_map().span(1, 3)
