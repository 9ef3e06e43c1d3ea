"""boardpacks notebooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.folder import Project, find_project
from boardpacks.runs.statuses import FAILED

notebooks_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@notebooks_app.callback()
def notebooks_() -> None:
    """Look after the notebooks in notebooks/.

    \b
    Examples:
      boardpacks notebooks check
      boardpacks notebooks start
    """


@notebooks_app.command()
def check(
    place: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Run for a place only, or 'system'. Repeat it for several."),
    ] = None,
    run: Annotated[
        bool, typer.Option(help="Run the chapters that are not up to date, for every place.")
    ] = True,
) -> None:
    """Check that notebooks keep their contract, and run for every place.

    Typed parameters whose defaults are unchanged, no outputs, no path out of the project,
    one title, alternative texts, nothing asked for that params/ do not have. Each message
    names the cell and the line. What has run is kept for the next build.

    \b
    Examples:
      boardpacks notebooks check
      boardpacks notebooks check --no-run
      boardpacks notebooks check --place system

    \b
    Exit status: 0 all is well, 1 a chapter failed, 2 a notebook breaks the contract,
    75 a build is running, 130 stopped. See docs/analysts.md.
    """
    with exit_statuses(all_problems=True):
        from boardpacks.plan.notebook_contract import check_contract  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        if problems := check_contract(project, params):
            raise InputError(problems)
        for name in _of_no_chapter(project, params):
            typer.echo(f"notebooks/{name}.ipynb is in no pack: params/chapters.yml does not name it")
        failures, count = _run(project, params, tuple(place or ()), run=run)
        for failure, places in failures.items():
            typer.echo(f"{', '.join(places)}: {failure}", err=True)
        if not failures:
            typer.echo(f"All is well: {count}")
    if failures:
        raise typer.Exit(FAILED)


@notebooks_app.command()
def start() -> None:
    """Write start-here.md, the page that JupyterLab opens with.

    It lists the notebooks, places and priorities that params/ have. `make lab` does this
    by itself; the page is not kept in git.

    \b
    Examples:
      boardpacks notebooks start

    \b
    Exit status: 0 written, 2 something wrong in params/ or a notebook. See docs/analysts.md.
    """
    with exit_statuses(all_problems=True):
        from boardpacks.lab.start_page import write_start_page  # noqa: PLC0415

        project = find_project()
        typer.echo(write_start_page(project, load_params(project.params)).name)


def _of_no_chapter(project: Project, params: Params) -> list[str]:
    """Return the names of notebooks that no chapter is made of."""
    named = {chapter.notebook for chapter in params.chapters}
    return sorted({path.stem for path in project.notebooks.glob("*.ipynb")} - named)


def _run(
    project: Project, params: Params, places: Sequence[str], *, run: bool
) -> tuple[dict[str, list[str]], str]:
    """Return what fails, in words, with the places that it fails for; and what was looked at."""
    from boardpacks.execute.workers import usable_cpus  # noqa: PLC0415
    from boardpacks.packs.lint.lint_packs import lint_packs  # noqa: PLC0415
    from boardpacks.plan.check_notebooks import check_notebooks  # noqa: PLC0415
    from boardpacks.plan.plan import plan_packs  # noqa: PLC0415
    from boardpacks.plan.stale_chapters import read_chapter_states  # noqa: PLC0415

    found = read_chapter_states(project, params)
    plans = plan_packs(params, project, places=places, today=dt.date.today(), is_sound=found.is_sound)
    check_notebooks(params, plans, most=None)
    chapters = [chapter for plan in plans for chapter in plan.chapters]
    notebooks = len({chapter.notebook for chapter in chapters})
    if not run:
        return {}, f"{notebooks} notebooks, not run"
    failed: dict[str, list[str]] = {}
    workers = usable_cpus()
    for plan, _, failures in lint_packs(
        project, params, plans, found, workers=workers, on_event=_hear_nothing
    ):
        for failure in failures:
            failed.setdefault(_of_any_place(failure, plan.place), []).append(plan.place)
    return failed, f"{notebooks} notebooks, {len(chapters)} chapters of {len(plans)} packs"


def _of_any_place(failure: BoardpacksError, place: str) -> str:
    """Return a failure in words that are the same for every place, as far as they are."""
    return str(failure).removeprefix(f"{place}: ").partition("\n  kept")[0]


def _hear_nothing(event: object) -> None:
    """Take a step of the run that nobody follows."""
