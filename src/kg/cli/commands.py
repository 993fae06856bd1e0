"""Every command of ``kg``, each in a module of its own."""

from __future__ import annotations

import click

from kg.cli.build import build
from kg.cli.check import check
from kg.cli.dump import dump
from kg.cli.explain import explain
from kg.cli.query import query
from kg.cli.report import report
from kg.cli.serve import serve


def register(group: click.Group) -> None:
    """Add all commands to the group, in the order help shows them."""
    for command in (build, serve, report, query, dump, check, explain):
        if command.name not in group.commands:
            group.add_command(command)
