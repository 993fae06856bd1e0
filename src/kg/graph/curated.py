"""The graphs that no article makes: ontology, code lists with units and indicators, gazetteer, alignment."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pyoxigraph as ox

from kg.errors import LexiconError
from kg.graph.iris import Iris
from kg.graph.modules import canonical, nquads, parse_turtle
from kg.graph.nquads import GraphWriter, merge
from kg.graph.vocabulary import OWL_ONTOLOGY, OWL_SAME_AS, RDF_TYPE, RDFS_LABEL, RDFS_SEE_ALSO, SKOS
from kg.lexicon.gazetteer import Place
from kg.lexicon.lexicon import Lexicon
from kg.lexicon.units import Unit
from kg.settings import DEFAULT_BASE, Settings
from kg.tables import read_utf8

WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
BDRC = "http://purl.bdrc.io/resource/"
FACTOR_DECIMALS = 18
"""More fraction digits than this no store keeps."""


def core_quads(lexicon: Lexicon, settings: Settings) -> bytes:
    """Sorted N-Quads of graph/ontology, graph/scheme, graph/gazetteer and graph/alignment.

    Blank nodes are in graph/ontology only (class expressions), named by RDFC-1.0. Raises LexiconError for a malformed table.
    """
    iris = Iris.of(settings)
    return merge(
        [
            nquads(canonical(("core", "description"), settings.base), iris.graph("ontology")),
            nquads(canonical(("alignment",), settings.base), iris.graph("alignment")),
            scheme_quads(lexicon, settings),
            gazetteer_quads(lexicon, settings),
        ]
    )


def scheme_quads(lexicon: Lexicon, settings: Settings) -> bytes:
    """graph/scheme: the code lists of ``schemes.ttl``, units of the units table, indicators of the lexicon, all with ``rdfs:label``."""
    iris = Iris.of(settings)
    graph = iris.graph("scheme")
    writer = GraphWriter(graph)
    for unit in lexicon.units.values():
        _write_unit(writer, iris, unit)
    triples = list(canonical(("schemes",), settings.base)) + indicator_triples(lexicon, settings)
    label, shown = ox.NamedNode(RDFS_LABEL), ox.NamedNode(SKOS + "prefLabel")
    triples += [ox.Triple(s, label, o) for s, p, o in triples if p == shown]
    return merge([nquads(triples, graph), writer.bytes()])


def indicator_triples(lexicon: Lexicon, settings: Settings) -> list[ox.Triple]:
    """The known indicators: ``indicators.ttl`` of the lexicon, with expected units and statistics given as keys turned into concepts.

    Raises LexiconError when the file is missing, not UTF-8 or no Turtle, names an unknown unit, or holds blank nodes.
    """
    path = lexicon.directory / "indicators.ttl"
    text = read_utf8(path).replace(DEFAULT_BASE, settings.base)
    iris = Iris.of(settings)
    keyed = {iris.term("expectedUnit"): "unit", iris.term("expectedStatistic"): "statistic"}
    triples = []
    for s, p, o in parse_turtle(text, str(path)):
        if not isinstance(s, ox.NamedNode) or isinstance(o, ox.BlankNode):
            raise LexiconError(f"a blank node stands at {p.value}", where=str(path), remedy="give the thing an IRI")
        if p.value == RDF_TYPE and o == ox.NamedNode(OWL_ONTOLOGY):
            raise LexiconError("the scheme of indicators must not have an owl:Ontology header", where=str(path), remedy="remove it")
        if p.value in keyed:
            key = o.value.removeprefix(iris.id(keyed[p.value], "")) if isinstance(o, ox.NamedNode | ox.Literal) else ""
            if keyed[p.value] == "unit" and key not in lexicon.units:
                raise LexiconError(f"{s.value} expects the unit {key!r}, which is no key of units.csv", where=str(path))
            o = ox.NamedNode(iris.id(keyed[p.value], key))
        triples.append(ox.Triple(s, p, o))
    return triples


def _write_unit(writer: GraphWriter, iris: Iris, unit: Unit) -> None:
    node = iris.id("unit", unit.key)
    writer.type(node, iris.term("Unit"))
    writer.add(node, SKOS + "inScheme", iris.id("scheme", "unit"))
    writer.add(node, SKOS + "topConceptOf", iris.id("scheme", "unit"))
    named = set()
    for language, text in unit.labels:
        writer.text(node, SKOS + ("altLabel" if language in named else "prefLabel"), text, language)
        if language not in named:
            writer.label(node, text, language)
        named.add(language)
    writer.text(node, SKOS + "notation", unit.key)
    writer.text(node, iris.term("reportCode"), unit.code)
    writer.decimal(node, iris.term("reportFactor"), decimal_of(unit.factor, FACTOR_DECIMALS))
    writer.text(node, iris.term("unitKind"), unit.kind)
    if unit.ucum:
        writer.text(node, iris.term("ucumCode"), unit.ucum)
    if unit.iso4217:
        writer.text(node, iris.term("currencyCode"), unit.iso4217)
    counted = unit.kind == "count" and unit.key != "one"
    # OM has only the dimensionless unit for things counted, QUDT a unit for numbers and persons as such: wider than, and close to, ours
    for target, relation in (
        (unit.qudt, "closeMatch" if counted else "exactMatch"),
        (unit.om, "broadMatch" if counted else "exactMatch"),
        (unit.eu_authority, "exactMatch"),
        (unit.wikidata, "exactMatch"),
    ):
        if target:
            writer.add(node, SKOS + relation, target)


def decimal_of(value: Fraction, places: int) -> Decimal:
    """The fraction as a decimal, rounded half to even to ``places`` decimals."""
    with localcontext() as context:
        context.prec = 60
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-places))


def gazetteer_quads(lexicon: Lexicon, settings: Settings) -> bytes:
    """graph/gazetteer: known places with names, hierarchy, codes, label points and ``owl:sameAs`` to what other sources call them."""
    iris = Iris.of(settings)
    writer = GraphWriter(iris.graph("gazetteer"))
    for place in lexicon.gazetteer:
        _write_place(writer, iris, place, lexicon)
    return writer.bytes()


def place_class(level: str | None, kind: str) -> str:
    """Class of a place: AdministrativeArea if it has an administrative level, Zone for zones and parks, else Place."""
    if level:
        return "AdministrativeArea"
    return "Zone" if kind in ("zone", "park") else "Place"


def _write_place(writer: GraphWriter, iris: Iris, place: Place, lexicon: Lexicon) -> None:
    node = iris.place(place.key)
    class_ = place_class(place.admin_level, place.level)
    writer.type(node, iris.term(class_))
    writer.text(node, iris.term("kind"), place.level)
    preferred = {
        "en": place.name_en,
        "zh-Hans": place.name_zh_hans,
        "zh-Hant": place.name_zh_hant,
        "fr": place.name_fr,
        "bo": place.name_bo,
    }
    for language, name in preferred.items():
        if name:
            writer.label(node, name, language)
    for alias in place.aliases:
        writer.text(node, SKOS + "altLabel", alias)
    if place.admin_level:
        writer.add(node, iris.term("adminLevel"), iris.id("admin-level", place.admin_level))
    if place.parent:
        both = place.admin_level and lexicon.gazetteer[place.parent].admin_level
        writer.add(node, iris.term("partOf" if both else "within"), iris.place(place.parent))
    if place.gb2260:
        writer.text(node, iris.term("gbCode"), place.gb2260)
    if place.iso3166:
        writer.text(node, iris.term("isoCode"), place.iso3166)
    if place.lat and place.lon:
        writer.decimal(node, iris.term("latitude"), Decimal(place.lat))
        writer.decimal(node, iris.term("longitude"), Decimal(place.lon))
    if place.wikidata:
        writer.add(node, OWL_SAME_AS, WIKIDATA + place.wikidata)
    if place.geonames:
        writer.add(node, OWL_SAME_AS, f"{GEONAMES}{place.geonames}/")
    if place.dbpedia:
        writer.add(node, OWL_SAME_AS, place.dbpedia)
    if place.bdrc:
        writer.add(node, RDFS_SEE_ALSO, BDRC + place.bdrc)
    if place.seat_geonames:
        seat = f"{GEONAMES}{place.seat_geonames}/"
        writer.add(node, iris.term("administrativeSeat"), seat)
        writer.type(seat, iris.term("Place"))
        writer.label(seat, f"seat of {place.name_en}", "en")
