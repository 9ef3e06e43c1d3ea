"""boardpacks params."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sized
from pathlib import Path
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import find_project, shown

params_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@params_app.callback()
def params_() -> None:
    """Look after the files in params/.

    \b
    Examples:
      boardpacks params check
      boardpacks params schema
    """


@params_app.command()
def check() -> None:
    """List everything that a build would refuse, in one go, for every place and the system.

    Looked at are the files in params/, the snapshot, what notebooks ask for and the parameters that
    they are given, the Markdown that people have written, the templates in reports/, and the papers
    of coming meetings. No notebook is executed.

    \b
    Examples:
      boardpacks params check

    \b
    Exit status: 0 all is well, 2 something is wrong. See docs/params.md.
    """
    with exit_statuses(all_problems=True):
        from boardpacks.chapter.propose_rebase import rebase_hints  # noqa: PLC0415
        from boardpacks.cli.list_faults import list_faults  # noqa: PLC0415
        from boardpacks.packs.dry_run.find_faults import NOT_KNOWN, find_faults  # noqa: PLC0415
        from boardpacks.plan.check_notebooks import unreported  # noqa: PLC0415

        found = find_faults(find_project(), dt.date.today())
        if found.count or found.params is None or found.snapshot is None:
            for line in list_faults(found):
                typer.echo(line, err=True)
            raise typer.Exit(BoardpacksError.exit_status)
        params = found.params
        for line in [*unreported(params), *rebase_hints(params, found.snapshot)]:
            typer.echo(f"To know: {line}")
        typer.echo(
            f"All is well: {_counted(params.places, 'place')}, {_counted(params.priorities, 'priority')}, "
            f"{_counted(params.indicators, 'indicator')}, {_counted(params.chapters, 'chapter')}, "
            f"{_counted(found.plans, 'pack')}."
        )
        typer.echo(NOT_KNOWN)


@params_app.command()
def schema(
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, metavar="DIR", help="Where they go. Default: params/.schemas."),
    ] = None,
) -> None:
    """Write JSON Schemas of the files in params/, with which editors complete and check them.

    One is written for each kind of file, and settings.json, which tells an editor with the YAML language
    server which file has which: put its lines into the editor's own settings. Write them
    again when ids were added: they are offered while you type. They are not kept in git.

    \b
    Examples:
      boardpacks params schema
      boardpacks params schema --out .vscode/schemas

    \b
    Exit status: 0 written, 74 the disk or the folder failed. See docs/params.md.
    """
    with exit_statuses(state="What was written before stays."):
        from boardpacks.params.json_schemas import KINDS, write_schemas  # noqa: PLC0415
        from boardpacks.params.load import read_params  # noqa: PLC0415
        from boardpacks.project.write_errors import explained  # noqa: PLC0415

        project = find_project()
        folder = out or project.params / ".schemas"
        with explained(folder):
            settings = write_schemas(folder.resolve(), project.root, read_params(project.params).params)
        typer.echo(f"{len(KINDS)} schemas are in {shown(folder)}.")
        typer.echo(f"For your editor: put the lines of {shown(settings)} into its settings.")


def _counted(things: Sized, one: str) -> str:
    several = f"{one.removesuffix('y')}ies" if one.endswith("y") else f"{one}s"
    return f"{len(things)} {one if len(things) == 1 else several}"
