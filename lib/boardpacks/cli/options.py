"""Options that several commands have."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

Day = Annotated[
    dt.datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="Day to look from. Default: today."),
]
