"""boardpacks meeting."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_params
from boardpacks.params.select import select_meeting
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import find_project
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import explained

if TYPE_CHECKING:
    from boardpacks.meetings.write_calendar import AnswerChange

STATE = "The calendar in params/meetings has all changes or none: git diff shows which."

meeting_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@meeting_app.callback()
def meeting_() -> None:
    """Fill in a meeting's details, front sheet and agenda with an Excel form.

    \b
    Examples:
      boardpacks meeting form havering
      boardpacks meeting read havering_2026-12-09_form.xlsx
    """


@meeting_app.command()
def form(
    meeting: Annotated[
        str,
        typer.Argument(
            metavar="MEETING",
            help="A place, for its next meeting, or a place and a date, such as PLACE/2026-12-09.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, metavar="FILE", help="Where it goes. Default: PLACE_DATE_form.xlsx here."
        ),
    ] = None,
) -> None:
    """Write the Excel form of a meeting, filled in with what params/meetings has.

    \b
    Examples:
      boardpacks meeting form havering
      boardpacks meeting form system/2026-12-09 --out board.xlsx
    """
    with exit_statuses():
        from boardpacks.meetings.form import write_form  # noqa: PLC0415 - slow to import

        params = load_params(find_project().params)
        calendar, held = select_meeting(params, meeting, dt.date.today())
        path = out or Path(f"{calendar.place}_{held.date.isoformat()}_form.xlsx")
        if path.exists():
            raise BoardpacksError(
                f"{path} is there already, and may be filled in. Move it away, or give another name with --out."
            )
        measures = {one.id: one.name for one in params.indicators.values()}
        with explained(path.parent):
            write_whole(path, write_form(calendar, held, measures))
        typer.echo(f"Written: {path}")
        typer.echo(f"Fill it in, then: boardpacks meeting read {path}")


@meeting_app.command()
def read(
    file: Annotated[
        Path, typer.Argument(dir_okay=False, metavar="FILE", help="The form, filled in.", show_default=False)
    ],
    check: Annotated[bool, typer.Option("--check", help="Only say what would change.")] = False,
) -> None:
    """Read a filled-in form into params/meetings, and say what has changed.

    Every cell is checked first, and everything that is wrong is told at once. Comments in
    the file stay, and so do final editions. When anything is wrong, nothing is written.

    \b
    Examples:
      boardpacks meeting read havering_2026-12-09_form.xlsx --check
      boardpacks meeting read havering_2026-12-09_form.xlsx
    """
    with exit_statuses(all_problems=True, state=STATE):
        from boardpacks.meetings.read_form import read_form  # noqa: PLC0415 - slow to import
        from boardpacks.meetings.write_calendar import changes, write_changes  # noqa: PLC0415

        project = find_project()
        filled = read_form(file, load_params(project.params))
        found = changes(filled)
        if found:
            write_changes(filled, project.params, only_check=check)
        _tell(found, f"params/meetings/{filled.calendar.place}.yml", check=check)
        missing = filled.after.missing_labels
        typer.echo(f"Still to follow: {', '.join(missing)}." if missing else "Nothing is to follow any more.")


def _tell(found: list[AnswerChange], file: str, *, check: bool) -> None:
    if not found:
        typer.echo(f"Nothing to change: {file} says all this already.")
        return
    count = f"{len(found)} change{'s' if len(found) > 1 else ''}"
    typer.echo(f"{file}: {count}{', not written because of --check' if check else ''}")
    for change in found:
        typer.echo(f"  {change.label}\n    was  {change.before}\n    now  {change.after}")
