"""boardpacks check."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.folder import Project, find_project
from boardpacks.runs.statuses import FAILED

if TYPE_CHECKING:
    from boardpacks.packs.dry_run.find_faults import DryRun

STATE = "Nothing was published."


def check(
    place: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Whose pack is built: a place, or 'system'. Default: the first place."
        ),
    ] = None,
    pack: Annotated[bool, typer.Option(help="Build a pack, which takes minutes.")] = True,
) -> None:
    """Check a whole project: params, notebooks, data, and one pack, which is built into a temporary folder.

    This is what a project runs before a change is taken in, by hand or in its own CI. All that is
    wrong with params, notebooks and data is told in one run; a pack is built when nothing is.
    Nothing is published.

    \b
    Examples:
      boardpacks check
      boardpacks check --place system
      boardpacks check --no-pack

    \b
    Exit status: 0 all is well, 1 the pack failed, 2 something is wrong with params,
    notebooks or data, 74 disk or folder fails, 75 a build is running, 130 stopped.
    See docs/command-line.md.
    """
    with exit_statuses(all_problems=True, state=STATE):
        from boardpacks.packs.dry_run.find_faults import find_faults  # noqa: PLC0415
        from boardpacks.params.select import select_places  # noqa: PLC0415

        project = find_project()
        found = find_faults(project, dt.date.today())
        chosen = select_places(found.params, [place] if place else [])[0] if found.params else ""
        if not all([_refused(found), _contract(project, found), _data(project, found)]):
            typer.echo("No pack was built.", err=True)
            raise typer.Exit(BoardpacksError.exit_status)
        failed = pack and _pack_fails(project, found, chosen)
        if not failed:
            typer.echo("All is well." if pack else "All is well. No pack was built.")
    if failed:
        raise typer.Exit(FAILED)


def _refused(found: DryRun) -> bool:
    """Tell what a build would refuse; whether there is nothing."""
    from boardpacks.cli.list_faults import list_faults  # noqa: PLC0415

    if found.count or found.params is None:
        for line in list_faults(found):
            typer.echo(line, err=True)
        return False
    names = f"{len(found.params.chapters)} chapters, {len(found.plans)} packs"
    typer.echo(f"Params, texts and templates: nothing that a build would refuse ({names})")
    return True


def _contract(project: Project, found: DryRun) -> bool:
    """Tell where notebooks do not keep their contract, beside what a build would refuse; whether all do."""
    from boardpacks.plan.notebook_contract import check_contract  # noqa: PLC0415

    if found.params is None:
        return False
    told = {fault for faults in found.kinds.values() for fault in faults}
    problems = [problem for problem in check_contract(project, found.params) if problem not in told]
    if problems:
        typer.echo(f"\nNotebooks: {InputError(problems).told()}", err=True)
        return False
    typer.echo("Notebooks: all keep their contract")
    return True


def _data(project: Project, found: DryRun) -> bool:
    """Tell what is wrong with the figures; whether nothing is."""
    from boardpacks.data.check_raw import check_raw  # noqa: PLC0415
    from boardpacks.params.figure_checks import load_figure_checks  # noqa: PLC0415

    if found.params is None or found.snapshot is None:
        return False
    snapshot = found.params.system.snapshot
    try:
        is_there = check_raw(project, found.params, load_figure_checks(project.params))
    except InputError as error:
        typer.echo(f"\nData: {error.told()}", err=True)
        return False
    told = "is what data/raw makes, and passes every check" if is_there else "is whole; data/raw is empty"
    typer.echo(f"Data: the snapshot {snapshot} {told}")
    return True


def _pack_fails(project: Project, found: DryRun, place: str) -> bool:
    """Build the pack of a place into a temporary folder, and tell how that went."""
    from boardpacks.cli.progress import open_console, print_failures, show_progress  # noqa: PLC0415
    from boardpacks.packs.make import make_packs  # noqa: PLC0415
    from boardpacks.packs.publish.build_order import BuildOrder  # noqa: PLC0415
    from boardpacks.packs.publish.build_states import read_build_states  # noqa: PLC0415

    assert found.params is not None
    plans = [plan for plan in found.plans if plan.place == place]
    with (
        tempfile.TemporaryDirectory() as temporary,
        show_progress(plans, open_console(), are_previews=True) as on_event,
    ):
        out, engine = Path(temporary) / "published", found.params.system.engine
        states = read_build_states(BuildOrder(project, found.params, engine=engine, out=out))
        results = make_packs(plans, states, on_event)
    print_failures(results, open_console(stderr=True))
    for result in results:
        if not result.failures:
            typer.echo(
                f"Pack: {result.plan.name} was built, {result.pages} pages, and every check of it passes"
            )
    return any(result.failures for result in results)
