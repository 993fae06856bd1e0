"""The errors DEK raises towards people: what was wrong, where, and what to do about it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the ``kg`` command."""

    OK = 0
    FAILED = 1
    """Something unexpected went wrong; the message says what."""
    USAGE = 2
    """A wrong option, argument, report, parameter or format name."""
    SOME_ARTICLES_FAILED = 3
    """The graph was built, but at least one article was refused and reported."""
    BAD_INPUT = 4
    """The input as a whole was refused (lexicon, settings, folder); nothing was changed."""
    BAD_STORE = 5
    """The store directory is missing, half-built or from another version."""
    CHECKS_FAILED = 6
    """``kg check`` found at least one violation."""
    PORT_IN_USE = 7
    """The address to listen on is taken."""


class KgError(Exception):
    """Base of all errors meant for people.

    Parameters: ``what`` went wrong (names the thing), ``where`` (file, row, parameter; may be empty) and ``remedy``
    (what to do; may be empty).
    """

    exit_code = ExitCode.FAILED

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(self.__str__())

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.remedy:
            parts.append(f"Remedy: {self.remedy}")
        return "\n".join(parts)

    @property
    def in_a_line(self) -> str:
        """What went wrong and the remedy as one line, for places that show elsewhere where it went wrong."""
        return f"{self.what}; {self.remedy}" if self.remedy else self.what

    def __reduce__(self) -> tuple[object, ...]:  # crosses process borders with its fields
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind: type[KgError], what: str, where: str, remedy: str) -> KgError:
    return kind(what, where=where, remedy=remedy)


class UsageError(KgError):
    """A wrong name or value given by the caller (report, parameter, format, option)."""

    exit_code = ExitCode.USAGE


class ArticleError(KgError):
    """One article cannot be read; the others go on."""

    exit_code = ExitCode.SOME_ARTICLES_FAILED


class InputError(KgError):
    """The input as a whole is refused; nothing was changed."""

    exit_code = ExitCode.BAD_INPUT


class LexiconError(InputError):
    """A lexicon file is malformed; ``where`` names file and row."""


class StoreError(KgError):
    """The store directory cannot be used; ``where`` names it."""

    exit_code = ExitCode.BAD_STORE


class PortInUseError(KgError):
    """The address to listen on is taken."""

    exit_code = ExitCode.PORT_IN_USE
