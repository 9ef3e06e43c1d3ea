"""Options that several commands have."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer


class Renderer(StrEnum):
    """Render engines; auto takes Quarto when a new enough one is on PATH, and the bundled one when that fails."""

    AUTO = "auto"
    QUARTO = "quarto"
    BUNDLED = "bundled"


Day = Annotated[
    dt.datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="Day to look from. Default: today."),
]
Engine = Annotated[
    Renderer | None,
    typer.Option(
        help="What renders the packs. Default: engine in params/system.yml, or auto: Quarto where it is.",
        show_default=False,
    ),
]
