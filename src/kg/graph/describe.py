"""graph/meta: the data set described for machines: VoID (sizes, parts, links), DCAT (catalogue, dumps, service), PROV (the build)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

import kg
from kg.graph.dump import FORMATS
from kg.graph.iris import Iris
from kg.graph.nquads import GraphWriter, split_line
from kg.graph.vocabulary import DCAT, DCT, FOAF, OWL_SAME_AS, PROV, RDF_TYPE, SKOS, VOID
from kg.settings import Settings

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
TITLES = {
    "en": "Digital Economy Knowledge graph",
    "fr": "Graphe de connaissances sur l'économie numérique",
    "zh-Hans": "数字经济知识图谱",
}
TARGETS = {
    "wikidata": "http://www.wikidata.org/entity/",
    "geonames": "https://sws.geonames.org/",
    "dbpedia": "http://dbpedia.org/resource/",
    "qudt": "http://qudt.org/vocab/unit/",
    "om": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
    "eu-authority": "http://publications.europa.eu/resource/authority/",
}
"""Data sets linked to, by the start of their IRIs."""
LINKS = (OWL_SAME_AS, SKOS + "exactMatch", SKOS + "closeMatch", SKOS + "broadMatch")


class Census:
    """Counts over all graphs but graph/meta. A triple that stands in two graphs counts twice, as in ``GRAPH ?g { ?s ?p ?o }``."""

    def __init__(self) -> None:
        self.graphs: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.links: Counter[tuple[str, str]] = Counter()
        self.instances: dict[str, set[bytes]] = defaultdict(set)
        self.subjects: set[bytes] = set()

    def add(self, blob: bytes) -> None:
        """Count a blob of N-Quads as this room writes them."""
        for line in blob.splitlines():
            subject, predicate, obj, graph = split_line(line)
            name = predicate[1:-1].decode()
            self.graphs[graph[1:-1].decode()] += 1
            self.properties[name] += 1
            if subject[:1] == b"<":
                self.subjects.add(subject)
            if name == RDF_TYPE and obj[:1] == b"<":
                self.instances[obj[1:-1].decode()].add(subject)
            elif name in LINKS:
                target = obj[1:-1].decode()
                for key, space in TARGETS.items():
                    if target.startswith(space):
                        self.links[key, name] += 1


def meta_quads(blobs: Iterable[bytes], settings: Settings, *, built_at: int | None = None) -> bytes:
    """Sorted N-Quads of graph/meta that describe the graphs in ``blobs``; each number equals a COUNT query over them.

    ``built_at`` (seconds since 1970, as ``SOURCE_DATE_EPOCH``) dates the build; without it no time is stated, so that building again
    gives the same bytes.
    """
    census = Census()
    for blob in blobs:
        census.add(blob)
    return _Description(census, settings, built_at).bytes()


class _Description:
    def __init__(self, census: Census, settings: Settings, built_at: int | None) -> None:
        self.census, self.base, self.built_at = census, settings.base, built_at
        self.iris = Iris.of(settings)
        self.writer = GraphWriter(self.iris.graph("meta"))
        self.dataset = f"{self.base}dataset"

    def bytes(self) -> bytes:
        self._dataset()
        self._counts()
        self._partitions()
        self._links()
        self._catalog()
        self._build()
        return self.writer.bytes()

    def _count(self, node: str, name: str, value: int) -> None:
        self.writer.integer(node, VOID + name, value)

    def _titled(self, node: str, titles: dict[str, str]) -> None:
        for language, text in titles.items():
            self.writer.text(node, DCT + "title", text, language)
            self.writer.label(node, text, language)

    def _dataset(self) -> None:
        w, node = self.writer, self.dataset
        for class_ in (VOID + "Dataset", DCAT + "Dataset"):
            w.type(node, class_)
        self._titled(node, TITLES)
        w.text(
            node,
            DCT + "description",
            "Figures, places and programmes that news articles state, each with the exact passage that states it.",
            "en",
        )
        w.text(
            node,
            DCT + "description",
            "Chiffres, lieux et programmes énoncés par la presse, chacun avec le passage exact qui l'énonce.",
            "fr",
        )
        w.text(node, DCT + "description", "新闻报道所述的数字、地点与计划，均附原文出处。", "zh-Hans")
        w.text(node, DCT + "publisher", "DEK project")
        w.add(node, DCT + "license", LICENSE)
        w.text(
            node,
            DCT + "rights",
            "Article texts keep their owners' rights. Place identifiers include data of GeoNames (geonames.org), CC BY 4.0.",
            "en",
        )
        for language in ("en", "fr", "zh"):
            w.text(node, DCT + "language", language)
        w.text(node, VOID + "uriSpace", f"{self.base}id/")
        w.add(node, VOID + "sparqlEndpoint", f"{self.base}sparql")
        w.add(node, FOAF + "homepage", self.base)
        w.add(node, DCT + "conformsTo", f"{self.base}ontology")
        for vocabulary in (f"{self.base}ontology", SKOS, PROV, DCT):
            w.add(node, VOID + "vocabulary", vocabulary)

    def _counts(self) -> None:
        census = self.census
        self._count(self.dataset, "triples", sum(census.graphs.values()))
        self._count(self.dataset, "distinctSubjects", len(census.subjects))
        own = f"<{self.base}id/".encode()
        self._count(self.dataset, "entities", sum(subject.startswith(own) for subject in census.subjects))
        self._count(self.dataset, "classes", len(census.instances))
        self._count(self.dataset, "properties", len(census.properties))
        self._count(self.dataset, "documents", len(census.instances.get(self.iris.term("SourceDocument"), ())))

    def _partitions(self) -> None:
        w = self.writer
        for graph, triples in census_items(self.census.graphs):
            w.add(self.dataset, VOID + "subset", graph)
            w.type(graph, VOID + "Dataset")
            w.label(graph, graph.removeprefix(self.base), "en")
            self._count(graph, "triples", triples)
        for number, (class_, nodes) in enumerate(sorted(self.census.instances.items())):
            part = f"{self.dataset}/class/{number}"
            w.type(part, VOID + "Dataset")
            w.label(part, f"members of {_local(class_)}", "en")
            w.add(self.dataset, VOID + "classPartition", part)
            w.add(part, VOID + "class", class_)
            self._count(part, "entities", len(nodes))
        for number, (name, triples) in enumerate(census_items(self.census.properties)):
            part = f"{self.dataset}/property/{number}"
            w.type(part, VOID + "Dataset")
            w.label(part, f"triples with {_local(name)}", "en")
            w.add(self.dataset, VOID + "propertyPartition", part)
            w.add(part, VOID + "property", name)
            self._count(part, "triples", triples)

    def _links(self) -> None:
        w = self.writer
        for (key, predicate), triples in sorted(self.census.links.items()):
            node = f"{self.dataset}/links/{key}-{_local(predicate)}"
            target = f"{self.dataset}/target/{key}"
            w.type(node, VOID + "Linkset")
            w.label(node, f"{_local(predicate)} links to {key}", "en")
            w.add(self.dataset, VOID + "subset", node)
            w.add(node, VOID + "subjectsTarget", self.dataset)
            w.add(node, VOID + "objectsTarget", target)
            w.add(node, VOID + "linkPredicate", predicate)
            self._count(node, "triples", triples)
            w.type(target, VOID + "Dataset")
            w.label(target, key)
            w.text(target, VOID + "uriSpace", TARGETS[key])

    def _catalog(self) -> None:
        w = self.writer
        catalog, service = f"{self.base}catalog", f"{self.base}service/sparql"
        w.type(catalog, DCAT + "Catalog")
        self._titled(
            catalog, {"en": "Catalogue of the Digital Economy Knowledge graph", "fr": "Catalogue du graphe", "zh-Hans": "图谱目录"}
        )
        w.text(catalog, DCT + "publisher", "DEK project")
        w.add(catalog, DCAT + "dataset", self.dataset)
        w.add(catalog, DCAT + "service", service)
        w.type(service, DCAT + "DataService")
        self._titled(service, {"en": "SPARQL service", "fr": "Service SPARQL", "zh-Hans": "SPARQL服务"})
        w.add(service, DCAT + "endpointURL", f"{self.base}sparql")
        w.add(service, DCAT + "servesDataset", self.dataset)
        for name, format_ in FORMATS.items():
            dump, address = f"{self.dataset}/dump/{name}", f"{self.base}data/dek.{name}"
            w.type(dump, DCAT + "Distribution")
            w.label(dump, f"dump as {format_.name}", "en")
            w.text(dump, DCT + "title", f"dump as {format_.name}", "en")
            w.add(self.dataset, DCAT + "distribution", dump)
            w.add(dump, DCAT + "downloadURL", address)
            w.add(dump, DCAT + "accessURL", address)
            w.text(dump, DCAT + "mediaType", format_.media_type)
            w.add(dump, DCT + "license", LICENSE)
            w.add(self.dataset, VOID + "dataDump", address)

    def _build(self) -> None:
        w = self.writer
        build, software = f"{self.dataset}/build", f"{self.dataset}/software"
        w.type(build, PROV + "Activity")
        w.label(build, "build of the graph", "en")
        w.add(build, PROV + "wasAssociatedWith", software)
        w.type(software, PROV + "SoftwareAgent")
        w.label(software, f"DEK {kg.__version__}")
        w.add(self.dataset, PROV + "wasGeneratedBy", build)
        for document in sorted(self.census.instances.get(self.iris.term("SourceDocument"), ())):
            w.add(build, PROV + "used", document[1:-1].decode())
        if self.built_at is not None:
            stamp = datetime.fromtimestamp(self.built_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            w.typed(build, PROV + "endedAtTime", stamp, "dateTime")
            w.typed(self.dataset, DCT + "modified", stamp, "dateTime")


def census_items(counter: Counter[str]) -> list[tuple[str, int]]:
    """Names and counts, by name."""
    return sorted(counter.items())


def _local(iri: str) -> str:
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
