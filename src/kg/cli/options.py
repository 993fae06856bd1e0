"""Options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kg.settings import Settings


def settings_of(store: Path | None = None) -> Settings:
    """Settings from the environment, with the store given on the command line if any."""
    settings = Settings.from_environment()
    return replace(settings, store=store) if store is not None else settings


def store_option(function: Any) -> Any:
    """The option that names the store directory."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help="Directory of the store (default: KG_STORE, else data).",
    )(function)
