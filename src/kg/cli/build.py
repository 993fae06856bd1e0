"""``kg build``: articles in, a new version of the graph out."""

from __future__ import annotations

import os
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.build import BuildResult, Listener, Outcome
from kg.build import build as run_build
from kg.cli.options import settings_of, store_option
from kg.errors import ExitCode
from kg.lexicon import DATA
from kg.settings import Settings, share


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@store_option
@click.option("--jobs", type=int, default=None, help="Worker processes (default: the machine's processors, at most 8).")
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=None,
    help="Folder of lexicon tables to use instead of the shipped one.",
)
@click.option("--if-changed", is_flag=True, help="Do nothing when articles, lexicon and code are those of the served version.")
def build(articles: tuple[Path, ...], store: Path | None, jobs: int | None, lexicon: Path | None, if_changed: bool) -> int:
    """Read ARTICLES (.txt or .html files, or folders of them) and publish a new version of the graph.

    The version holds exactly the articles given; without any, those of seeds/. An article may have a sidecar NAME.jsonld (schema.org
    NewsArticle: headline, datePublished, inLanguage, publisher, url). A broken article is reported and the rest goes on (exit code 3).

    \b
    Examples:
      kg build
      kg build articles/ more/2021-08-14.txt --store data --jobs 4
    """
    paths = list(articles) or [Path("seeds") if Path("seeds").is_dir() else share("seeds")]
    settings = settings_of(store)
    workers = jobs if jobs is not None else max(1, min(8, os.cpu_count() or 1))
    console = Console(stderr=True, highlight=False)
    if console.is_terminal:
        with Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True
        ) as progress:
            task = progress.add_task("reading articles", total=None)

            def show(outcome: Outcome, done: int, total: int) -> None:
                progress.update(task, total=total, completed=done, description=f"read {outcome.name}")

            result = _run(paths, settings, workers, lexicon, if_changed, show)
    else:
        result = _run(paths, settings, workers, lexicon, if_changed, _plain_line)
    return _report(result)


def _run(paths: list[Path], settings: Settings, workers: int, lexicon: Path | None, if_changed: bool, listener: Listener) -> BuildResult:
    return run_build(
        paths,
        settings,
        jobs=workers,
        lexicon_directory=lexicon or DATA,
        only_if_changed=if_changed,
        listener=listener,
    )


def _plain_line(outcome: Outcome, done: int, total: int) -> None:
    if not outcome.error:
        click.echo(
            f"[{done}/{total}] {outcome.path.name}: {outcome.measurements} measurements, {outcome.entities} entities, "
            f"{outcome.relations} relations, {outcome.repairs} repairs",
            err=True,
        )


def _report(result: BuildResult) -> int:
    for note in result.notes:
        click.echo(f"note: {note}", err=True)
    for outcome in result.outcomes:
        for note in outcome.notes:
            click.echo(f"note: {outcome.path}: {note}", err=True)
    for outcome in result.refused:
        click.echo(f"refused: {outcome.error}", err=True)
    manifest = result.version.manifest
    state = "unchanged" if result.unchanged else "published"
    click.echo(f"{state}: version {result.version.name}, {manifest.quads} quads from {manifest.documents} articles")
    return ExitCode.SOME_ARTICLES_FAILED if result.refused else ExitCode.OK
