"""boardpacks finalise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.cli.options import Day, Engine
from boardpacks.params.load import load_params
from boardpacks.params.select import select_meeting
from boardpacks.project.folder import find_project, shown

STATE = (
    "The calendar in params/meetings says whether the version is final. Where it does, and the pack is not on the "
    "shelf, boardpacks build puts it there; where it does not, nothing was changed."
)


def finalise(
    meeting: Annotated[
        str,
        typer.Argument(
            metavar="MEETING",
            help="A place, for its next meeting, or a place and a date, such as PLACE/2026-12-09.",
            show_default=False,
        ),
    ],
    on: Day = None,
    engine: Engine = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, metavar="DIR", help="Where packs are. Default: reports/published."),
    ] = None,
) -> None:
    """Make the packs of a meeting final: they get version 1.0 and never change again.

    Everything on the front sheet has to be filled in, and the drafts have to be up to
    date, so that what becomes final is what you have read. The packs are made without the
    DRAFT mark, checked, and written down in the meeting's file in params/meetings. After
    a correction is added there, they are built as drafts of 1.1 and made final likewise.

    \b
    Examples:
      boardpacks finalise havering
      boardpacks finalise system/2026-12-09

    \b
    Exit status: 0 final, 1 a pack failed, 2 something is to follow or not up to date,
    74 disk or folder fails, 75 a build is running, 130 stopped.
    """
    with exit_statuses(state=STATE):
        from boardpacks.cli.progress import open_console, show_progress  # noqa: PLC0415
        from boardpacks.meetings.make_final import finalise as make_final  # noqa: PLC0415 - takes long
        from boardpacks.packs.publish.build_order import BuildOrder  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        today = on.date() if on else dt.date.today()
        calendar, held = select_meeting(params, meeting, today)
        with show_progress((), open_console()) as on_event:
            order = BuildOrder(
                project, params, engine=engine or params.system.engine, out=out and out.resolve()
            )
            done = make_final(order, calendar, held, today=today, on_event=on_event)
        typer.echo(f"Final, version {done.version}:")
        for folder, record in zip(done.folders, done.records, strict=True):
            typer.echo(f"  {record.title}: {shown(folder)}")
        typer.echo(f"Circulate it: boardpacks circulate {calendar.place}/{held.date}")
