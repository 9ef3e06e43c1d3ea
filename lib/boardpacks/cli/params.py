"""boardpacks params."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sized
from typing import TYPE_CHECKING

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project, find_project

if TYPE_CHECKING:
    from boardpacks.data.snapshot import Snapshot

params_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@params_app.callback()
def params_() -> None:
    """Look after the files in params/.

    \b
    Examples:
      boardpacks params check
    """


@params_app.command()
def check() -> None:
    """Check every file in params/, the notebooks' parameters and the snapshot, and list every fault.

    \b
    Examples:
      boardpacks params check
    """
    with exit_statuses(all_problems=True):
        from boardpacks.chapter.propose_rebase import rebase_hints  # noqa: PLC0415
        from boardpacks.packs.publish.lost_finals import lost_finals  # noqa: PLC0415
        from boardpacks.plan.check_notebooks import check_notebooks, unreported  # noqa: PLC0415
        from boardpacks.plan.plan import plan_packs  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        snapshot = _checked_snapshot(project, params)
        if lost := list(lost_finals(project.published, params, dt.date.today())):
            raise InputError(lost)
        plans = plan_packs(params, project, today=dt.date.today())
        check_notebooks(params, plans, most=None)
        for line in [*unreported(params), *rebase_hints(params, snapshot)]:
            typer.echo(f"To know: {line}")
        typer.echo(
            f"All is well: {_counted(params.places, 'place')}, {_counted(params.priorities, 'priority')}, "
            f"{_counted(params.indicators, 'indicator')}, {_counted(params.chapters, 'chapter')}, "
            f"{_counted(plans, 'pack')}."
        )


def _counted(things: Sized, one: str) -> str:
    several = f"{one.removesuffix('y')}ies" if one.endswith("y") else f"{one}s"
    return f"{len(things)} {one if len(things) == 1 else several}"


def _checked_snapshot(project: Project, params: Params) -> Snapshot:
    """Return the snapshot, checked once, so that a fault in it is told once and not by every chapter."""
    from boardpacks.data.checks.check_figures import check_settings  # noqa: PLC0415
    from boardpacks.data.coverage import check_coverage  # noqa: PLC0415
    from boardpacks.data.snapshot import load_snapshot  # noqa: PLC0415

    check_settings(load_figure_checks(project.params))
    snapshot = load_snapshot(project.snapshots / params.system.snapshot)
    check_coverage(params, snapshot.manifest)
    return snapshot
