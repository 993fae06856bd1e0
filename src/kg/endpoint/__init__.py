"""SPARQL over HTTP: protocol, negotiation, query engines with a deadline. Knows WSGI, not Flask.

Nothing is imported here, so that an engine process starts with the little it needs.
"""
