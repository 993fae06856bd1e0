"""``kg check``: everything that can be verified about a built graph."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from kg.cli.options import settings_of, store_option
from kg.errors import ExitCode
from kg.graph.checks import CHECKS, Finding, run_checks
from kg.store import Snapshot, open_current

SHOWN = 20
"""Findings printed for each check without --all."""


@click.command()
@store_option
@click.option("--only", multiple=True, metavar="CHECK", help="Run only this check; may be repeated.")
@click.option("--list", "listed", is_flag=True, help="List the checks with what each verifies.")
@click.option("--all", "everything", is_flag=True, help=f"Print every finding, not only the first {SHOWN} of each check.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(store: Path | None, only: tuple[str, ...], listed: bool, everything: bool, as_json: bool) -> int:
    """Verify the store: SHACL shapes, quotes against the stored texts, undeclared terms, datatypes, links, counts …

    Exit code 6 when there is a violation; warnings alone give 0.

    \b
    Examples:
      kg check
      kg check --only offsets --only shapes
    """
    if listed:
        for name, verify in CHECKS.items():
            click.echo(f"{name:16} {(verify.__doc__ or '').strip().splitlines()[0]}")
        return ExitCode.OK
    settings = settings_of(store)
    snapshot = open_current(settings.store, base=settings.base)
    try:
        texts = _texts(snapshot)
        findings = run_checks(snapshot.dataset, texts, settings, only or None)
        name = snapshot.name
    finally:
        snapshot.close()
    if as_json:
        click.echo(json.dumps([_record(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        _print(findings, only or tuple(CHECKS), name, everything)
    return ExitCode.CHECKS_FAILED if any(finding.severity == "violation" for finding in findings) else ExitCode.OK


def _texts(snapshot: Snapshot) -> dict[str, str]:
    return {entry.sha256: snapshot.text(entry.id) for entry in snapshot.documents.values()}


def _record(finding: Finding) -> dict[str, str]:
    return {"check": finding.check, "severity": finding.severity, "subject": finding.subject, "message": finding.message}


def _print(findings: list[Finding], names: tuple[str, ...], version: str, everything: bool) -> None:
    counts = Counter(finding.check for finding in findings)
    for name in names:
        click.echo(f"{'ok    ' if not counts[name] else 'FOUND '} {name}" + (f": {counts[name]}" if counts[name] else ""))
        own = [finding for finding in findings if finding.check == name]
        for finding in own if everything else own[:SHOWN]:
            click.echo(f"    {finding.severity}: {finding.message}" + (f"  <{finding.subject}>" if finding.subject else ""))
        if not everything and len(own) > SHOWN:
            click.echo(f"    … and {len(own) - SHOWN} more (--all shows them)")
    violations = sum(finding.severity == "violation" for finding in findings)
    click.echo(f"version {version}: {violations} violations, {len(findings) - violations} warnings")
