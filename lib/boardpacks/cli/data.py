"""boardpacks data."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.load import load_imports, load_params
from boardpacks.project.errors import InputError, Problem, near
from boardpacks.project.folder import Project, find_project, shown

if TYPE_CHECKING:
    from boardpacks.data.compare_figures import IndicatorChange
    from boardpacks.data.refresh import Refreshed
    from boardpacks.data.snapshot import Snapshot
    from boardpacks.data.sources.source import PublishedFigure

OLD = 18
"""Months from which figures are counted as old."""

STATE = "The figures that were there before stay as they are."
NOT_ALL = 75
"""Exit status where some figures could not be had: try again later."""

data_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@data_app.callback()
def data_() -> None:
    """Keep the published figures fresh: data/raw holds them, and snapshots are written from there.

    \b
    Examples:
      boardpacks data status
      boardpacks data refresh --dry-run
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
    file: Annotated[Path, typer.Argument(help="CSV file or Excel workbook of published figures.")],
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
    has, and how params/imports.yml says where figures stand in an Excel workbook. `boardpacks data write` makes the
    snapshot anew.
    """
    with exit_statuses(all_problems=True):
        from boardpacks.data.add_figures import add_figures  # noqa: PLC0415

        project = find_project()
        added = add_figures(
            project.raw,
            file,
            load_params(project.params),
            load_figure_checks(project.params),
            workbooks=load_imports(project.params).workbooks,
            write=not dry_run,
        )
        if not added.changes:
            typer.echo(f"{file.name} has nothing that data/raw has not: nothing is changed.")
            return
        _tell(added.changes)
        for words in added.to_look_at:
            typer.echo(words)
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
        from boardpacks.data.snapshot import OBSERVATIONS  # noqa: PLC0415
        from boardpacks.data.write_from_raw import write_from_raw  # noqa: PLC0415

        manifest = write_from_raw(find_project(), name, title, replace=replace, tell=typer.echo)
        typer.echo(
            f"The snapshot {manifest.name} in data/snapshots holds "
            f"{manifest.files[OBSERVATIONS].rows:,} figures of {len(manifest.indicators)} indicators "
            f"and {len(manifest.areas)} areas."
        )


@data_app.command()
def refresh(
    indicator: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Indicator to refresh. Repeat it for several.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only what is refreshed from this source.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask and compare, and write nothing but the cache of answers.")
    ] = False,
) -> None:
    """Ask the publishers for newer figures, and say what is new and what was revised.

    \b
    Examples:
      boardpacks data refresh --dry-run
      boardpacks data refresh --indicator smoking_prevalence
      boardpacks data refresh --source ons-els

    An indicator whose source fails keeps the figures that it has. docs/sources.md says more.

    \b
    Exit status: 0 all were asked, 2 wrong input, 74 disk or folder fails,
    75 some indicators keep what they had, 130 stopped.
    """
    with exit_statuses(all_problems=True, state=STATE):
        from boardpacks.data.refresh import HeldFigures  # noqa: PLC0415
        from boardpacks.data.refresh import refresh as refresh_figures  # noqa: PLC0415
        from boardpacks.data.snapshot import load_snapshot  # noqa: PLC0415
        from boardpacks.data.sources.answer_cache import AnswerCache  # noqa: PLC0415
        from boardpacks.data.sources.ask import Ask  # noqa: PLC0415
        from boardpacks.data.write_refreshed import write_refreshed  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        snapshot = load_snapshot(project.snapshots / params.system.snapshot)
        with Ask(AnswerCache(project.answers)) as ask:
            refreshed = refresh_figures(
                params,
                HeldFigures(snapshot.observations, snapshot.manifest.areas),
                ask,
                load_figure_checks(project.params),
                indicators=indicator or (),
                sources=source or (),
                tell=lambda line: typer.echo(f"Asking for {line}"),
            )
        _tell_refreshed(refreshed)
        if not dry_run and refreshed.rows:
            files = write_refreshed(refreshed, project.refreshed)
            typer.echo(f"Written: {_several(len(files), 'file')} in {shown(project.refreshed)}.")
        if refreshed.failures:
            raise typer.Exit(NOT_ALL)


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


@data_app.command()
def prune(
    yes: Annotated[bool, typer.Option("--yes", help="Remove them; without it they are only listed.")] = False,
) -> None:
    """Remove snapshots that nothing needs: neither params nor a pack in reports/ that was made from them.

    \b
    Examples:
      boardpacks data prune
      boardpacks data prune --yes

    What would go with each is said first, against the snapshot that packs are made from.
    """
    with exit_statuses():
        from boardpacks.data.replace import find_losses, remove  # noqa: PLC0415
        from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS  # noqa: PLC0415
        from boardpacks.packs.library.needed_snapshots import needed_snapshots  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        needs = needed_snapshots(project, params)
        current = _snapshot(project, params.system.snapshot)
        tables = {OBSERVATIONS: current.observations, DEPRIVATION: current.deprivation}
        for name, words in needs.items():
            typer.echo(f"{name} {f'stays: {words}.' if words else 'is needed by nothing. Without it:'}")
            if not words:
                for loss in find_losses(_snapshot(project, name), tables):
                    typer.echo(f"  {loss}")
                if yes:
                    remove(project.snapshots / name)
        unneeded = [name for name, words in needs.items() if not words]
        if not unneeded:
            typer.echo("Every snapshot in data/snapshots is needed: nothing is removed.")
        else:
            typer.echo(
                f"{'Removed' if yes else 'Nothing is removed yet. With --yes these are'}: {', '.join(unneeded)}."
            )


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


def _tell_refreshed(refreshed: Refreshed) -> None:
    new, revised = (_counted(figures) for figures in (refreshed.new, refreshed.revised))
    for indicator in dict.fromkeys(row.indicator for row in refreshed.rows):
        periods = ", ".join(_periods([row for row in refreshed.new if row.indicator == indicator]))
        typer.echo(
            f"{indicator}: {_several(len(refreshed.of(indicator)), 'figure')}, {new[indicator]} new"
            f"{f' ({periods})' if periods else ''}, {revised[indicator]} revised."
        )
    for words in refreshed.to_look_at:
        typer.echo(words)
    for failure in refreshed.failures:
        typer.echo(f"{failure.indicator}: not refreshed from {failure.source}; what is held stays.", err=True)
        typer.echo("\n".join(f"  {line}" for line in failure.reason.splitlines()), err=True)
    if not refreshed.rows and not refreshed.failures:
        typer.echo("Nothing to refresh: no indicator of params/indicators/ has `refresh` with that source.")


def _several(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else f'{one}s'}"


def _counted(figures: Sequence[PublishedFigure]) -> Counter[str]:
    return Counter(figure.indicator for figure in figures)


def _periods(figures: Sequence[PublishedFigure]) -> list[str]:
    """Return the periods of figures in order of time, the last three where there are more."""
    labels = list(dict.fromkeys(f.period for f in sorted(figures, key=lambda f: f.period_start)))
    return labels if len(labels) <= 3 else ["…", *labels[-3:]]
