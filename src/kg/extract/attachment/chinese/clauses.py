"""Clauses of a Chinese sentence, and what stands left and right of a quantity in its clause."""

from __future__ import annotations

from kg.extract.attachment.scene import Scene, Span

CLAUSE_END = "，；：。！？!?;\n"


OPEN, CLOSE = "《“（「『【(〔", "》”）」』】)〕"


def clause(scene: Scene, position: int) -> Span:
    """The clause around a position: up to the next comma, semicolon, colon or end, inside one pair of brackets if there is one."""
    text, low, high = scene.text, scene.sentence.start, scene.sentence.end
    start = position
    depth = 0
    while start > low:
        char = text[start - 1]
        if char in CLOSE:
            depth += 1
        elif char in OPEN:
            if depth == 0:
                break
            depth -= 1
        elif char in CLAUSE_END and depth == 0 and not _in_number(text, start - 1):
            break
        start -= 1
    end, depth = position, 0
    while end < high:
        char = text[end]
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            if depth == 0:
                break
            depth -= 1
        elif char in CLAUSE_END and depth == 0 and not _in_number(text, end):
            break
        end += 1
    return start, end


def _in_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit() and text[at] in ",.:"


def left_of(scene: Scene, index: int) -> Span:
    """Text of the clause left of the quantity, from the previous quantity on."""
    quantity = scene.quantities[index]
    start, _ = clause(scene, quantity.start)
    if index:
        start = max(start, min(scene.quantities[index - 1].end, quantity.start))
    return start, quantity.start


def right_of(scene: Scene, index: int) -> Span:
    """Text of the clause right of the quantity, up to the next quantity."""
    quantity = scene.quantities[index]
    _, end = clause(scene, quantity.end)
    if index + 1 < len(scene.quantities):
        end = min(end, max(scene.quantities[index + 1].start, quantity.end))
    return quantity.end, end


def list_items(scene: Scene, area: Span) -> list[Span]:
    """The items of a list within the area: parted by 、 or a conjunction of one character, brackets and quotes kept whole."""
    links = frozenset(form for form in scene.words.forms("zh", "list_link") if len(form) == 1)
    text, items, start, depth = scene.text, [], area[0], 0
    at = area[0]
    while at < area[1]:
        if text[at] in OPEN:
            depth += 1
        elif text[at] in CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and text[at] in links:
            items.append((start, at))
            start = at + 1
        at += 1
    items.append((start, area[1]))
    return [item for item in items if item[0] < item[1]]
