"""The web front: server-rendered pages over the same rooms that the command line uses."""

from kg.web.app import create_app
from kg.web.serve import serve

__all__ = ["create_app", "serve"]
