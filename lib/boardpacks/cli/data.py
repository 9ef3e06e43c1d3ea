"""boardpacks data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError, Problem, near
from boardpacks.project.folder import Project, find_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boardpacks.data.compare_figures import IndicatorChange
    from boardpacks.data.snapshot import Snapshot

OLD = 18
"""Months from which figures are counted as old."""

data_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@data_app.callback()
def data_() -> None:
    """Keep the published figures fresh: data/raw holds them, and snapshots are written from there.

    \b
    Examples:
      boardpacks data status
      boardpacks data add smoking-2024.csv
      boardpacks data write --replace
    """


@data_app.command()
def status(
    on: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day; by default today."),
    ] = None,
) -> None:
    """Show how old the figures of each indicator are, the oldest first, and when newer ones are expected.

    \b
    Examples:
      boardpacks data status
      boardpacks data status --on 2026-12-09

    When newer ones are expected is known where params say so: `release: {every: 12, after: 9}` in
    params/indicators is nine months after the end of each year.
    """
    with exit_statuses():
        from rich.markup import escape  # noqa: PLC0415

        from boardpacks.cli.progress import open_console, plain_table  # noqa: PLC0415
        from boardpacks.data.ages import find_ages  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        ages = find_ages(params, _snapshot(project, params.system.snapshot), (on or dt.datetime.now()).date())
        table = plain_table(
            "Indicator", "Latest", "Ended", "Months ago", "Next expected", "Owner", numbers=("Months ago",)
        )
        for age in ages:
            release = age.indicator.release
            expected = (
                f"{age.expected:%B %Y}{', late' if age.is_late else ''}" if age.expected else "not stated"
            )
            owner = release.owner if release and release.owner else "not stated"
            table.add_row(
                age.indicator.id,
                escape(age.period),
                age.ends.isoformat(),
                str(age.months),
                expected,
                escape(owner),
            )
        open_console().print(table)
        old = sum(age.months >= OLD for age in ages)
        typer.echo(f"{old} of {len(ages)} indicators have no figures of the last {OLD} months.")


@data_app.command()
def add(
    file: Annotated[Path, typer.Argument(help="CSV file of published figures.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")
    ] = False,
) -> None:
    """Add published figures to data/raw: new periods, new areas, and figures that a publisher has revised.

    \b
    Examples:
      boardpacks data add smoking-2024.csv --dry-run
      boardpacks data add smoking-2024.csv

    Nothing is taken away, and nothing is written when anything is wrong. docs/data.md says which columns the file
    has. `boardpacks data write` makes the snapshot anew.
    """
    with exit_statuses(all_problems=True):
        from boardpacks.data.add_figures import add_figures  # noqa: PLC0415

        project = find_project()
        added = add_figures(project.raw, file, load_params(project.params), write=not dry_run)
        if not added.changes:
            typer.echo(f"{file.name} has nothing that data/raw has not: nothing is changed.")
            return
        _tell(added.changes)
        files = ", ".join(added.files)
        typer.echo(
            f"This would be written to data/raw: {files}." if dry_run else f"Written to data/raw: {files}."
        )


@data_app.command()
def write(
    name: Annotated[
        str | None, typer.Argument(help="Name of the snapshot; by default the one that packs are made from.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What it holds; by default as before.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the snapshot of that name, as a whole.")
    ] = False,
) -> None:
    """Write a snapshot from data/raw, checked. One that is there stays, unless --replace is given.

    \b
    Examples:
      boardpacks data write --replace
      boardpacks data write spring-2027

    The same files give the same bytes.
    """
    with exit_statuses(all_problems=True):
        from boardpacks.data.raw_files import find_raw_files  # noqa: PLC0415
        from boardpacks.data.snapshot_manifest import read_manifest  # noqa: PLC0415
        from boardpacks.data.write_snapshot import snapshot_folder, write_snapshot  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        current = project.snapshots / params.system.snapshot
        known = (
            read_manifest(current).title
            if current.exists()
            else f"Published figures for {params.system.name}"
        )
        files = find_raw_files(project.raw)
        manifest = write_snapshot(
            snapshot_folder(project.snapshots, name or params.system.snapshot),
            params,
            title=title or known,
            observations=files.observations,
            small_areas=files.small_areas,
            replace=replace,
            tell=typer.echo,
        )
        typer.echo(
            f"The snapshot {manifest.name} in data/snapshots holds "
            f"{manifest.files['observations.parquet'].rows:,} figures of {len(manifest.indicators)} indicators "
            f"and {len(manifest.areas)} areas."
        )


@data_app.command()
def diff(
    before: Annotated[str, typer.Argument(help="Name of a snapshot.")],
    after: Annotated[
        str | None, typer.Argument(help="Another; by default the one that packs are made from.")
    ] = None,
) -> None:
    """Show what differs between two snapshots: new periods, revised history, what is gone, by indicator.

    \b
    Examples:
      boardpacks data diff embedded spring-2027
    """
    with exit_statuses():
        from boardpacks.data.compare_snapshots import compare_snapshots  # noqa: PLC0415

        project = find_project()
        other = after or load_params(project.params).system.snapshot
        changes = compare_snapshots(_snapshot(project, before), _snapshot(project, other))
        _tell(changes)
        if not changes:
            typer.echo(f"{before} and {other} hold the same figures.")


@data_app.command()
def export(
    name: Annotated[str, typer.Argument(help="Name of a snapshot.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="CSV file to write.")],
) -> None:
    """Write the figures of a snapshot to a CSV file, with the columns that `data add` reads.

    \b
    Examples:
      boardpacks data export embedded --out figures.csv
    """
    with exit_statuses():
        from boardpacks.data.export_figures import export_figures  # noqa: PLC0415

        rows = export_figures(_snapshot(find_project(), name), out)
        typer.echo(f"Written to {out}: {rows:,} figures.")


def _snapshot(project: Project, name: str) -> Snapshot:
    from boardpacks.data.snapshot import load_snapshot  # noqa: PLC0415

    known = sorted(path.parent.name for path in project.snapshots.glob("*/manifest.json"))
    if name not in known:
        allowed = f"a snapshot in data/snapshots: {', '.join(known)}"
        raise InputError([Problem("boardpacks data", "snapshot", name, allowed, near(name, known))])
    return load_snapshot(project.snapshots / name)


def _tell(changes: Sequence[IndicatorChange]) -> None:
    for change in changes:
        typer.echo(change.indicator)
        for line in change.lines:
            typer.echo(f"  {line}")
