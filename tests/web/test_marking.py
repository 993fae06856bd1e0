"""Marks in a text: nothing is lost, each quote has one address, overlaps are split."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.web.marking import Mark, Span, mark, plain, windows

TEXT = "abcdefghijklmnopqrst"
SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Span(*pair, "k")), max_size=8
)


def anchors(parts):
    for part in parts:
        if isinstance(part, Mark):
            if part.anchor:
                yield part.anchor
            yield from anchors(part.parts)


def pieces(parts, position=0):
    """(start, end) of each mark."""
    for part in parts:
        if isinstance(part, str):
            position += len(part)
        else:
            yield position, position + len(plain(part.parts))
            yield from pieces(part.parts, position)
            position += len(plain(part.parts))


@given(SPANS)
def test_the_text_stays_the_same_and_every_quote_has_its_address_once(spans):
    parts = mark(TEXT, spans)
    assert plain(parts) == TEXT
    assert sorted(anchors(parts)) == sorted({f"m-{span.start}-{span.end}" for span in spans})


@given(SPANS)
def test_exactly_the_characters_of_quotes_are_marked(spans):
    covered = {index for start, end in pieces(mark(TEXT, spans)) for index in range(start, end)}
    assert covered == {index for span in spans for index in range(span.start, span.end)}


def test_nested_and_overlapping_spans():
    parts = mark("abcdef", [Span(0, 4, "outer"), Span(1, 2, "inner"), Span(3, 6, "over")])
    outer = parts[0]
    assert (outer.anchor, plain(outer.parts)) == ("m-0-4", "abcd")
    assert [part.anchor for part in outer.parts if isinstance(part, Mark)] == ["m-1-2", "m-3-6"]
    assert (parts[1].anchor, plain(parts[1].parts)) == ("", "ef")


@given(SPANS, st.sampled_from(["whole", "paragraph", "sentence"]))
def test_windows_hold_every_quote_and_do_not_overlap(spans, context):
    text = "abcdefghi\nklmnopqrst"
    found = list(windows(text, context, spans, []))
    assert all(any(begin <= span.start and span.end <= end for begin, end in found) for span in spans)
    assert all(one[1] < two[0] or (one[1] <= two[0] and context == "paragraph") for one, two in pairwise(found))
