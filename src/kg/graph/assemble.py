"""A Reading becomes the named graph of its source: document, repairs, passages, entities, mentions, measurements, claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from kg.articles import Article, Quote
from kg.errors import KgError
from kg.extract.reading import Entity, Indicator, Measurement, Mention, Reading, Relation
from kg.graph.curated import decimal_of, place_class
from kg.graph.iris import Iris, slug
from kg.graph.modules import members
from kg.graph.nquads import GraphWriter
from kg.graph.periods import period_of, write_period
from kg.graph.vocabulary import SKOS
from kg.lexicon.gazetteer import ADMIN_LEVELS
from kg.lexicon.lexicon import Lexicon
from kg.lexicon.units import Unit
from kg.settings import Settings

CONTEXT = 32
"""Characters of the source text kept before and after a passage."""
REPORT_DECIMALS = 12
LEAST_CONFIDENCE = Decimal("0.0001")
"""Confidences are written with four decimals, and none of them as zero."""
CLASSES = {
    "programme": "Programme",
    "project": "Project",
    "policy": "Policy",
    "infrastructure": "Infrastructure",
    "organisation": "Organization",
    "event": "Event",
    "product": "Product",
    "technology": "Technology",
    "person": "Person",
}
"""Entity type → class; places have several, see :func:`kg.graph.curated.place_class`."""
INITIATIVES = frozenset(("programme", "project", "event"))
AGENTS = frozenset(("organisation", "person"))
DIRECT = {"supports": "supports", "pilotOf": "pilotOf", "covers": "covers"}
"""Predicates of claims whose direct triple is the property of the same name between any two entities."""
DONE_BY = {"implementedBy": "runBy", "establishedBy": "establishedBy"}
"""Predicates whose object must be able to act: of a place, its government."""
REPORTED = frozenset(("actual", "preliminary", "estimate"))
"""Statuses of claims from which the direct triple follows; what is planned or expected stays a claim."""


def article_quads(article: Article, reading: Reading, lexicon: Lexicon, settings: Settings) -> bytes:
    """Sorted N-Quads of the graph ``{base}graph/source/{doc}`` of one source; the same input gives the same bytes.

    Raises KgError when a quote is not what the source text holds at its offsets, when a reference of the reading leads nowhere, or when
    two different statements would get one IRI.
    """
    return _Assembly(article, reading, lexicon, settings).bytes()


def report_value(value: Decimal, unit: Unit) -> Decimal:
    """``value`` in the unit that reports print, rounded to REPORT_DECIMALS decimals."""
    return decimal_of(Fraction(value) * unit.factor, REPORT_DECIMALS)


_Read = TypeVar("_Read", Mention, Relation)


def _strongest(items: Iterable[_Read], identity: Callable[[_Read], Hashable]) -> list[_Read]:
    """What several rules read alike is said once, by the rule that is surest (of equals, the first by name)."""
    best: dict[Hashable, _Read] = {}
    for item in items:
        known = best.setdefault(identity(item), item)
        if (-item.confidence, item.rule) < (-known.confidence, known.rule):
            best[identity(item)] = item
    return list(best.values())


class _Assembly:
    """The graph of one source while it grows."""

    def __init__(self, article: Article, reading: Reading, lexicon: Lexicon, settings: Settings) -> None:
        self.article, self.reading, self.lexicon = article, reading, lexicon
        self.iris = Iris.of(settings)
        self.term = self.iris.term
        self.key = self.iris.document_key(article.source.sha256)
        self.document = self.iris.document(self.key)
        self.graph = self.iris.source_graph(self.key)
        self.writer = GraphWriter(self.graph)
        self.source_tag = f"zh-{article.script}" if article.language == "zh" else article.language
        # clean text is simplified Chinese whatever the script of the source, and names and indicator words are cut from clean text
        self.clean_tag = "zh-Hans" if article.language == "zh" else article.language
        self.entities = {entity.key: entity for entity in reading.entities}
        self.known = {f"{known.type}/{known.key}" for known in lexicon.entity_words.known}
        self.entity_iris = {entity.key: self._entity_iri(entity) for entity in reading.entities}
        self.measurement_iris = [
            self.iris.measurement(self.key, item.quote.start, item.quote.end, item.reading) for item in reading.measurements
        ]
        self._taken: dict[str, str] = {}

    def bytes(self) -> bytes:
        self._document()
        self._repairs()
        for entity in self.reading.entities:
            self._entity(entity)
        for mention in _strongest(self.reading.mentions, lambda item: (item.entity, item.quote)):
            self._mention(mention)
        for node, measurement in zip(self.measurement_iris, self.reading.measurements, strict=True):
            self._measurement(node, measurement)
        for relation in _strongest(
            self.reading.relations, lambda item: (item.subject, item.predicate, item.object, item.literal, item.quote)
        ):
            self._claim(relation)
        return self.writer.bytes()

    def _error(self, what: str) -> KgError:
        return KgError(what, where=self.article.file, remedy="this is an error of the extractor: report it with the article")

    # ---- document and spans

    def _document(self) -> None:
        w, node, source, meta = self.writer, self.document, self.article.source, self.article.metadata
        w.type(node, self.term("SourceDocument"))
        w.label(node, meta.title or self.article.name, self.source_tag if meta.title else None)
        w.text(node, self.term("documentName"), self.article.name)
        w.text(node, self.term("fileName"), self.article.file)
        w.text(node, self.term("sha256"), source.sha256)
        if source.text_sha256:
            w.text(node, self.term("textSha256"), source.text_sha256)
        w.text(node, self.term("encoding"), source.encoding)
        w.integer(node, self.term("textLength"), len(source.text))
        w.text(node, self.term("languageCode"), self.article.language)
        w.text(node, self.term("script"), self.article.script)
        w.typed(node, self.term("damaged"), "true" if self.article.damaged else "false", "boolean")
        w.text(node, self.term("extractor"), self.reading.extractor)
        for note in self.reading.notes:
            w.text(node, self.term("readingNote"), note)
        if meta.title:
            w.text(node, self.term("title"), meta.title, self.source_tag)
        if meta.published:
            self._published(meta.published, meta.published_from)
        if meta.url:
            w.typed(node, self.term("url"), meta.url, "anyURI")
        if meta.license:
            w.text(node, self.term("rights"), meta.license)
        if meta.author:
            w.text(node, self.term("author"), meta.author)
        if meta.publisher:
            publisher = self.iris.named("organisation", meta.publisher, None)
            w.type(publisher, self.term("Organization"))
            w.label(publisher, meta.publisher, self.source_tag)
            w.add(node, self.term("publishedBy"), publisher)

    def _published(self, day: date, read_from: str | None) -> None:
        self.writer.text(self.document, self.term("publishedDay"), day.isoformat())
        self.writer.typed(self.document, self.term("publishedOn"), f"{day.isoformat()}T00:00:00Z", "dateTime")
        if read_from:
            self.writer.text(self.document, self.term("publishedFrom"), read_from)

    def _passage(self, quote: Quote) -> str:
        text = self.article.source.text
        if not 0 <= quote.start < quote.end <= len(text) or text[quote.start : quote.end] != quote.text:
            found = text[max(quote.start, 0) : max(quote.end, 0)]
            raise self._error(f"the quote {quote.text!r} does not stand at {quote.start}..{quote.end}, where the source has {found!r}")
        w, node = self.writer, self.iris.passage(self.key, quote.start, quote.end)
        w.type(node, self.term("Passage"))
        w.add(node, self.term("inDocument"), self.document)
        w.text(node, self.term("exactText"), quote.text, self.source_tag)
        w.integer(node, self.term("startOffset"), quote.start)
        w.integer(node, self.term("endOffset"), quote.end)
        w.text(node, self.term("prefixText"), text[max(quote.start - CONTEXT, 0) : quote.start])
        w.text(node, self.term("suffixText"), text[quote.end : quote.end + CONTEXT])
        return node

    def _repairs(self) -> None:
        w = self.writer
        done: Counter[str] = Counter()  # one rule may mend one span in two steps
        for repair in self.article.repairs:
            if self.article.source.text[repair.start : repair.end] != repair.before:
                raise self._error(f"the repair at {repair.start}..{repair.end} does not start from the source text")
            node = self.iris.repair(self.key, repair.start, repair.end, repair.rule)
            done[node] += 1
            if done[node] > 1:
                node = f"{node}-{done[node]}"
            w.type(node, self.term("Repair"))
            w.add(node, self.term("repairOf"), self.document)
            w.integer(node, self.term("startOffset"), repair.start)
            w.integer(node, self.term("endOffset"), repair.end)
            w.text(node, self.term("beforeText"), repair.before)
            w.text(node, self.term("afterText"), repair.after)
            w.text(node, self.term("extractionRule"), repair.rule)
            self._confidence(node, repair.confidence)
            if repair.candidate is not None:
                w.text(node, self.term("candidateText"), repair.candidate)

    # ---- entities

    def _entity_iri(self, entity: Entity) -> str:
        if entity.gazetteer is not None:
            if entity.gazetteer not in self.lexicon.gazetteer:
                raise self._error(f"the entity {entity.key!r} names the place {entity.gazetteer!r}, which is not in the gazetteer")
            return self.iris.place(entity.gazetteer)
        if entity.key in self.known:
            return self.iris.known(entity.type, entity.key.removeprefix(entity.type + "/"))
        return self.iris.named(entity.type, entity.name, entity.container)

    def _entity_of(self, key: str) -> tuple[Entity, str]:
        if key not in self.entities:
            raise self._error(f"the reading refers to the entity {key!r}, which it does not hold")
        return self.entities[key], self.entity_iris[key]

    def _entity(self, entity: Entity) -> None:
        w, node = self.writer, self.entity_iris[entity.key]
        if entity.gazetteer is not None:
            place = self.lexicon.gazetteer[entity.gazetteer]
            w.type(node, self.term(place_class(place.admin_level, place.level)))
            return
        if entity.type == "place":
            level = ADMIN_LEVELS.get(entity.kind)
            w.type(node, self.term(place_class(level, entity.kind)))
            if level:
                w.add(node, self.term("adminLevel"), self.iris.id("admin-level", level))
            if entity.container:
                w.add(node, self.term("within"), self._container(entity.container))
        elif entity.type in CLASSES:
            w.type(node, self.term(CLASSES[entity.type]))
        else:
            raise self._error(f"the entity {entity.key!r} is of the unknown type {entity.type!r}")
        self._names(node, entity)
        if entity.kind:
            w.text(node, self.term("kind"), entity.kind)
            concept = self.iris.id("infrastructure-type", slug(entity.kind))
            if entity.type == "infrastructure" and concept in members("schemes", "InfrastructureType", self.iris.base):
                w.add(node, self.term("infrastructureType"), concept)

    def _names(self, node: str, entity: Entity) -> None:
        """One ``rdfs:label`` a language, the rest ``skos:altLabel``; a known thing keeps the labels of its table in every source."""
        own, table = (self.clean_tag, entity.name), list(entity.labels)
        labels: dict[str, str] = {}
        for language, text in [*table, own] if entity.key in self.known else [own, *table]:
            labels.setdefault(language, text)
        for language, text in labels.items():
            self.writer.label(node, text, language)
        for language, text in [own, *table, *((self.clean_tag, alias) for alias in entity.aliases)]:
            if labels[language] != text:
                self.writer.text(node, SKOS + "altLabel", text, language)

    def _container(self, key: str) -> str:
        if key in self.lexicon.gazetteer:
            return self.iris.place(key)
        if key in self.entity_iris:
            return self.entity_iris[key]
        raise self._error(f"the container {key!r} is neither in the gazetteer nor in the reading")

    def _mention(self, mention: Mention) -> None:
        entity, target = self._entity_of(mention.entity)
        w, node = self.writer, self.iris.mention(self.key, mention.quote.start, mention.quote.end, target)
        self._own(node, f"{entity.key} {mention.quote}")
        w.type(node, self.term("Mention"))
        w.add(node, self.term("mentions"), target)
        w.add(node, self.term("mentionPassage"), self._passage(mention.quote))
        w.text(node, self.term("nameAsWritten"), mention.quote.text)
        w.add(node, self.term("section"), self.iris.id("section", mention.section))
        w.text(node, self.term("extractionRule"), mention.rule)
        self._confidence(node, mention.confidence)

    def _agent(self, entity: Entity, node: str) -> str | None:
        """Who acts when this entity acts: an organisation or person itself, for a place its government, else nobody."""
        if entity.type in AGENTS:
            return node
        if entity.type != "place":
            return None
        body = self.iris.government(node)
        name = self.lexicon.gazetteer[entity.gazetteer].name_en if entity.gazetteer else entity.name
        self.writer.type(body, self.term("Organization"))
        self.writer.label(body, f"Government of {name}", "en")
        self.writer.add(body, self.term("governmentOf"), node)
        return body

    # ---- statements

    def _own(self, node: str, what: str) -> str:
        """Claim an IRI for one thing; two different things must not share it."""
        if self._taken.setdefault(node, what) != what:
            raise self._error(f"two different statements would both be {node}: {self._taken[node]} and {what}")
        return node

    def _confidence(self, node: str, confidence: float) -> None:
        if not 0 < confidence <= 1:
            raise self._error(f"the confidence {confidence} of {node} is not above 0 and up to 1")
        self.writer.decimal(node, self.term("confidence"), max(Decimal(f"{confidence:.4f}"), LEAST_CONFIDENCE))

    def _statement(self, node: str, statement: Measurement | Relation) -> None:
        w = self.writer
        w.typed(node, self.term("recordedIn"), self.graph, "anyURI")
        w.add(node, self.term("statedIn"), self._passage(statement.quote))
        w.add(node, self.term("sentence"), self._passage(statement.sentence))
        w.add(node, self.term("section"), self.iris.id("section", statement.section))
        w.add(node, self.term("hasStatus"), self.iris.id("status", statement.status))
        self._confidence(node, statement.confidence)
        if (period := write_period(w, self.iris, statement.period)) is not None:
            w.add(node, self.term("period"), period)

    def _measurement(self, node: str, item: Measurement) -> None:
        self._own(node, str(item))
        if item.unit not in self.lexicon.units:
            raise self._error(f"the measurement {item.quote.text!r} has the unknown unit {item.unit!r}")
        w, unit = self.writer, self.lexicon.units[item.unit]
        w.type(node, self.term("Measurement"))
        w.label(node, f"{item.indicator.text}: {item.quote.text}" if item.indicator.text else item.quote.text, self.clean_tag)
        self._statement(node, item)
        w.add(node, self.term("indicator"), self._indicator(item.indicator))
        if item.indicator.text:
            w.text(node, self.term("indicatorText"), item.indicator.text)
        if item.indicator.counted:
            w.text(node, self.term("countedText"), item.indicator.counted)
        w.add(node, self.term("unit"), self.iris.id("unit", item.unit))
        w.add(node, self.term("comparator"), self.iris.id("comparator", item.comparator))
        w.add(node, self.term("statistic"), self.iris.id("statistic", item.statistic))
        w.text(node, self.term("valueText"), item.quote.text)
        self._numbers(node, item, unit)
        for rule in item.rules:
            w.text(node, self.term("extractionRule"), rule)
        for name, factor in item.factors:
            w.text(node, self.term("confidencePart"), f"{name}={factor:.4g}")
        for flag in item.flags:
            w.text(node, self.term("flag"), flag)
        self._links(node, item)

    def _numbers(self, node: str, item: Measurement, unit: Unit) -> None:
        w = self.writer
        lower, upper = item.lower, item.upper
        if lower is None and item.comparator in ("more-than", "at-least"):
            lower = item.value
        if upper is None and item.comparator in ("less-than", "at-most"):
            upper = item.value
        shown = lower if item.comparator == "between" and lower is not None else item.value
        w.decimal(node, self.term("value"), item.value)
        w.decimal(node, self.term("reportValue"), report_value(shown, unit))
        if upper is not None:
            w.decimal(node, self.term("reportUpperBound"), report_value(upper, unit))
        if lower is not None and upper is not None and lower > upper:
            if lower > 0:
                raise self._error(f"the bounds {lower} and {upper} of {item.quote.text!r} are the wrong way round")
            lower, upper = upper, lower  # "fell by 30 to 40 %" is read -30 to -40, and reported in the order of the words
        if lower is not None:
            w.decimal(node, self.term("lowerBound"), lower)
        if upper is not None:
            w.decimal(node, self.term("upperBound"), upper)
        if item.candidate_value is not None:
            w.decimal(node, self.term("candidateValue"), item.candidate_value)

    def _links(self, node: str, item: Measurement) -> None:
        w = self.writer
        if item.place is not None:
            entity, place = self._entity_of(item.place)
            if entity.type != "place":
                raise self._error(f"the place of {item.quote.text!r} is {entity.key!r}, a {entity.type}")
            w.add(node, self.term("place"), place)
        if item.programme is not None:
            w.add(node, self.term("programme"), self._entity_of(item.programme)[1])
        for name, quote in (("placeFrom", item.place_from), ("periodFrom", item.period_from)):
            if quote is not None:
                w.add(node, self.term(name), self._passage(quote))
        for quote in item.indicator_from:
            w.add(node, self.term("indicatorFrom"), self._passage(quote))
        if (base := write_period(w, self.iris, item.base_period)) is not None:
            w.add(node, self.term("basePeriod"), base)
        if item.attributed_to is not None:
            self._attribute(node, item.attributed_to)
        if item.equivalent_of is not None:
            original = self._measurement_iri(item.equivalent_of)
            w.add(node, self.term("equivalentOf"), original)
            w.add(node, self.term("derivedFrom"), original)
            w.add(node, self.term("derivation"), self.iris.id("derivation", "currency-restatement"))
        if item.part_of is not None:
            w.add(node, self.term("partOfTotal"), self._measurement_iri(item.part_of))

    def _measurement_iri(self, index: int) -> str:
        if not 0 <= index < len(self.measurement_iris):
            raise self._error(f"the reading refers to measurement {index}, and has {len(self.measurement_iris)}")
        return self.measurement_iris[index]

    def _attribute(self, node: str, source: str) -> None:
        agent = None
        if source in self.entities:
            entity, target = self._entity_of(source)
            agent, source = self._agent(entity, target), entity.name
        if agent is not None:
            self.writer.add(node, self.term("attributedTo"), agent)
        self.writer.text(node, self.term("attributedToText"), source)

    def _indicator(self, indicator: Indicator) -> str:
        w = self.writer
        if indicator.key is not None:
            return self.iris.indicator(indicator.key)
        normal = indicator.normal or indicator.text
        node = self.iris.candidate_indicator(normal)
        w.type(node, self.term("CandidateIndicator"))
        w.add(node, SKOS + "inScheme", self.iris.id("scheme", "indicator"))
        w.add(node, self.term("reviewStatus"), self.iris.id("review-status", "proposed"))
        shown, tag = (indicator.label or indicator.text, self.clean_tag) if normal else ("indicator not read", "en")
        w.text(node, SKOS + "altLabel", shown, tag)  # the preferred one is chosen over all sources, see kg.graph.candidates
        return node

    def _claim(self, relation: Relation) -> None:
        if (relation.object is None) == (relation.literal is None):
            raise self._error(f"the relation {relation.predicate} of {relation.subject!r} needs an object or a literal, and not both")
        subject, subject_iri = self._entity_of(relation.subject)
        said = self._entity_of(relation.object)[1] if relation.object is not None else str(relation.literal)
        w = self.writer
        node = self.iris.claim(self.key, relation.quote.start, relation.quote.end, subject_iri, relation.predicate, said)
        self._own(node, str(relation))
        w.type(node, self.term("EntityClaim"))
        w.label(node, f"{subject.name} {relation.predicate} {self._name(relation)}", self.clean_tag)
        self._statement(node, relation)
        w.add(node, self.term("claimSubject"), subject_iri)
        w.add(node, self.term("claimPredicate"), self.iris.id("predicate", relation.predicate))
        if relation.object is not None:
            w.add(node, self.term("claimObject"), said)
        else:
            w.text(node, self.term("claimLiteral"), said)
        w.text(node, self.term("extractionRule"), relation.rule)
        if relation.status in REPORTED:
            self._direct(subject, subject_iri, relation)

    def _name(self, relation: Relation) -> str:
        return self.entities[relation.object].name if relation.object is not None else str(relation.literal)

    def _direct(self, subject: Entity, node: str, relation: Relation) -> None:
        """The triple that follows from a claim, where the classes of both ends allow it; otherwise the claim stands alone."""
        w, predicate = self.writer, relation.predicate
        if relation.literal is not None:
            if predicate == "ranks":
                w.text(node, self.term("ranks"), relation.literal)
            elif predicate in ("hasStartDate", "hasPeriod"):
                period = write_period(w, self.iris, period_of(relation.literal, starts=predicate == "hasStartDate"))
                if period is not None:
                    w.add(node, self.term("period"), period)
            return
        target, target_iri = self._entity_of(str(relation.object))
        if node == target_iri:
            return
        if predicate in DIRECT:
            w.add(node, self.term(DIRECT[predicate]), target_iri)
        elif predicate in DONE_BY:
            if (agent := self._agent(target, target_iri)) is not None and agent != node:
                w.add(node, self.term(DONE_BY[predicate]), agent)
        elif predicate == "locatedIn" or (predicate == "partOf" and subject.type == target.type == "place"):
            if target.type == "place":
                w.add(node, self.term("within" if subject.type == "place" else "locatedIn"), target_iri)
        elif predicate == "partOf":
            both = subject.type in INITIATIVES and target.type in INITIATIVES
            w.add(node, self.term("partOfInitiative" if both else "partOfWhole"), target_iri)
