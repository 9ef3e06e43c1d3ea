"""boardpacks due."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.cli.options import Day
from boardpacks.params.load import load_params
from boardpacks.project.folder import find_project


def due(
    on: Day = None,
    within: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="How many days ahead. Default: 7.")
    ] = None,
) -> None:
    """List the packs whose papers are due, and what has been built of them.

    Papers are due a number of clear working days before the meeting. Overdue ones
    are listed until the meeting has been held.

    \b
    Examples:
      boardpacks due
      boardpacks due --within 60
      boardpacks due --on 2027-02-01
    """
    with exit_statuses():
        from boardpacks.cli.progress import open_console  # noqa: PLC0415
        from boardpacks.cli.schedule import print_due  # noqa: PLC0415
        from boardpacks.plan.due import WITHIN_DAYS  # noqa: PLC0415

        project = find_project()
        day = on.date() if on else dt.date.today()
        days = WITHIN_DAYS if within is None else within
        print_due(load_params(project.params), project.published, day, days, open_console())
