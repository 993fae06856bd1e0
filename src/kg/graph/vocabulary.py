"""IRIs of vocabularies that are not ours, and the prefixes that dumps use."""

from __future__ import annotations

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
PROV = "http://www.w3.org/ns/prov#"
FOAF = "http://xmlns.com/foaf/0.1/"

RDF_TYPE = RDF + "type"
RDF_LANG_STRING = RDF + "langString"
RDFS_LABEL = RDFS + "label"
RDFS_SEE_ALSO = RDFS + "seeAlso"
OWL_SAME_AS = OWL + "sameAs"
OWL_NAMED_INDIVIDUAL = OWL + "NamedIndividual"
OWL_ONTOLOGY = OWL + "Ontology"
OWL_IMPORTS = OWL + "imports"
XSD_STRING = XSD + "string"

ID_KINDS = (
    "place", "programme", "project", "policy", "infrastructure", "organisation", "event", "product", "technology", "person",
    "document", "passage", "mention", "measurement", "claim", "repair", "period", "indicator", "unit", "fact", "finding", "scheme",
    "status", "comparator", "statistic", "section", "predicate", "derivation", "agreement", "admin-level", "infrastructure-type",
    "review-status", "finding-kind",
)  # fmt: skip
"""First part of the path below ``{base}id/``."""

FOREIGN_PREFIXES = {
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "void": VOID,
    "dcat": DCAT,
    "prov": PROV,
    "foaf": FOAF,
    "oa": "http://www.w3.org/ns/oa#",
    "qb": "http://purl.org/linked-data/cube#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "schema": "https://schema.org/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "wd": "http://www.wikidata.org/entity/",
    "gns": "https://sws.geonames.org/",
    "dbr": "http://dbpedia.org/resource/",
    "qudt-unit": "http://qudt.org/vocab/unit/",
    "om": "http://www.ontology-of-units-of-measure.org/resource/om-2/",
    "vann": "http://purl.org/vocab/vann/",
    "bibo": "http://purl.org/ontology/bibo/",
}


def prefixes(base: str) -> dict[str, str]:
    """Prefix → namespace: foreign ones, ``dek`` for the ontology, ``graph``, and one for each kind of thing below ``{base}id/``."""
    own = {"dek": base + "ontology#", "graph": base + "graph/"}
    return FOREIGN_PREFIXES | own | {f"id-{kind}": f"{base}id/{kind}/" for kind in ID_KINDS}
