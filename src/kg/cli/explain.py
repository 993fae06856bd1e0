"""``kg explain``: an article with every mention, its rule's name and what became of it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.articles import Article, read_article
from kg.errors import ArticleError, InputError
from kg.extract.extractor import Explanation, RuleExtractor
from kg.extract.statements import Trace
from kg.lexicon import DATA, Lexicon


@click.command()
@click.argument("article", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lexicon", type=click.Path(path_type=Path, file_okay=False, exists=True), default=None, help="Folder of lexicon tables.")
def explain(article: Path, lexicon: Path | None) -> int:
    """Print ARTICLE as it was read: repairs, segments, and sentence by sentence every mention with the rule that found it.

    Offsets are those of the source text. For each figure: the value, what it measures and by which rule, place, period, status, kind,
    confidence with its parts, and the rules that were tried before.

    \b
    Example:
      kg explain seeds/NAME.txt
    """
    try:
        text = read_article(article)
    except ArticleError as error:  # the one article is the whole input
        raise InputError(error.what, where=error.where, remedy=error.remedy) from None
    explanation = RuleExtractor().explain(text, Lexicon(lexicon or DATA))
    for line in lines(text, explanation):
        click.echo(line)
    return 0


def lines(article: Article, explanation: Explanation) -> list[str]:
    """The explanation as lines of text."""
    metadata = article.metadata
    out = [
        f"{article.file}: {article.language}-{article.script}, {article.source.encoding}, sha256 {article.source.sha256[:12]}…, "
        f"published {metadata.published or 'unknown'}" + (f" (from the {metadata.published_from})" if metadata.published_from else "")
    ]
    for repair in article.repairs:
        change = f"→ {repair.after!r}" if repair.before != repair.after else f"unchanged, perhaps {repair.candidate!r}"
        out.append(f"  repair {repair.start}..{repair.end} {repair.before!r} {change}  [{repair.rule}, {repair.confidence:g}]")
    out.extend(f"note: {note}" for note in explanation.reading.notes)
    for segment in article.segments:
        out.append(f"== {segment.kind}" + (f" of {segment.published}" if segment.published else ""))
        for sentence in article.sentences:
            if segment.start <= sentence.start < segment.end:
                out.append("  " + " ".join(article.text[sentence.start : sentence.end].split()))
                out.extend(_within(article, explanation, sentence.start, sentence.end))
    for relation in explanation.reading.relations:
        out.append(
            f"relation {relation.subject} —{relation.predicate}→ {relation.object or relation.literal} ({relation.status}) "
            f"{relation.quote.start}..{relation.quote.end}  [{relation.rule}, {relation.confidence:g}]"
        )
    return out


def _within(article: Article, explanation: Explanation, start: int, end: int) -> list[str]:
    found: list[tuple[int, int, list[str]]] = []

    def add(order: int, at: int, stop: int, what: str, detail: str, rule: str, confidence: float) -> None:
        quote = article.quote(at, stop)
        head = f"    {what:9} {quote.start}..{quote.end} {quote.text!r} {detail}  [{rule}, {confidence:g}]"
        found.append((at, order, [head]))

    for period in explanation.periods:
        if start <= period.start < end:
            dates = f"{period.period_start or '…'}/{period.period_end or '…'} {period.role} {period.basis}"
            add(1, period.start, period.end, "period", dates, period.rule, period.confidence)
    for place in explanation.places:
        if start <= place.start < end:
            add(
                2,
                place.start,
                place.end,
                "place",
                place.place + (" (collective)" if place.collective else ""),
                place.rule,
                place.confidence,
            )
    for entity in explanation.entities:
        if start <= entity.start < end:
            add(3, entity.start, entity.end, "entity", entity.entity, entity.rule, entity.confidence)
    for trace in explanation.traces:
        if start <= trace.quantity.start < end:
            found.append((trace.quantity.start, 0, _figure(article, trace)))
    return [line for _, _, block in sorted(found, key=lambda item: item[:2]) for line in block]


def _figure(article: Article, trace: Trace) -> list[str]:
    quantity, measurement = trace.quantity, trace.measurement
    quote = article.quote(quantity.start, quantity.end)
    flags = f" flags {','.join(quantity.flags)}" if quantity.flags else ""
    out = [
        f"    figure    {quote.start}..{quote.end} {quote.text!r} {quantity.comparator} {quantity.value} {quantity.unit}{flags}"
        f"  [{quantity.rule}, {quantity.confidence:g}]"
    ]
    passed = f" after {', '.join(trace.attachment.passed)}" if trace.attachment.passed else ""
    named = measurement.indicator.key or f"candidate {measurement.indicator.normal!r}"
    out.append(f"              measures {measurement.indicator.text!r} = {named}  [{trace.attachment.rule}{passed}]")
    period = f"{measurement.period.start or '…'}/{measurement.period.end or '…'}" if measurement.period else "none"
    out.append(f"              at {measurement.place or 'no place'}  [{trace.place_rule}]; in {period}  [{trace.period_rule}]")
    out.append(f"              {measurement.status}  [{trace.status.rule}]; {measurement.statistic}  [{trace.statistic_rule}]")
    parts = " × ".join(f"{name} {factor:g}" for name, factor in measurement.factors)
    out.append(f"              confidence {measurement.confidence:g} = {parts}")
    return out
