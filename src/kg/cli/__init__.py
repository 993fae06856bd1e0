"""The ``kg`` command: thin commands over the rooms. ``main`` is the console entry point."""

from kg.cli.main import cli, main

__all__ = ["cli", "main"]
