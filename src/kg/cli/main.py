"""The command group, its common options and how errors become exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from kg import __version__
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.dump import dump
from kg.cli.explain import explain
from kg.cli.query import query
from kg.cli.report import report
from kg.cli.serve import serve
from kg.errors import ExitCode, KgError

EXIT_CODES = """\b
Exit codes:
  0  all went well
  1  something failed; the message says what
  2  a wrong option, argument, report, parameter or format
  3  built, but at least one article was refused and reported
  4  the input as a whole was refused; nothing was changed
  5  the store is missing, half-built or from another version
  6  kg check found violations
  7  the address to listen on is taken"""


class Group(click.Group):
    """Commands in the order a newcomer needs them, help with the exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order they were added."""
        return list(self.commands)


@click.group(cls=Group, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """DEK: news articles in, a knowledge graph out that can be trusted number by number.

    \b
    Begin with:
      kg build                 read the articles of seeds/ into the store data/
      kg serve                 ask it questions at http://127.0.0.1:8000/
      kg report measurements   every figure with the words that state it
    """


for command in (build, serve, report, query, dump, check, explain):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; a KgError prints its message, without a traceback."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    try:
        result = cli.main(args=list(arguments) if arguments is not None else None, prog_name="kg", standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitCode.OK
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        return error.exit_code
    except click.exceptions.Abort:
        click.echo("kg: stopped", err=True)
        return ExitCode.FAILED
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.OK
    except OSError as error:  # a file named on the command line that cannot be written, a full disk
        click.echo(f"kg: {error.filename or 'output'}: {error.strerror or error}", err=True)
        return ExitCode.FAILED
