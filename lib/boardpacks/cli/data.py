"""boardpacks data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_params
from boardpacks.project.folder import find_project, shown

if TYPE_CHECKING:
    from boardpacks.data.refresh import Refreshed
    from boardpacks.data.sources.source import PublishedFigure

data_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

STATE = "The figures that were there before stay as they are."
NOT_ALL = 75
"""Exit status where some figures could not be had: try again later."""


@data_app.callback()
def data_() -> None:
    """Look after the published figures.

    \b
    Examples:
      boardpacks data refresh --dry-run
    """


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
    """
    with exit_statuses(all_problems=True, state=STATE):
        from boardpacks.data.refresh import refresh as refresh_figures  # noqa: PLC0415
        from boardpacks.data.snapshot import load_snapshot  # noqa: PLC0415
        from boardpacks.data.sources.answer_cache import AnswerCache  # noqa: PLC0415
        from boardpacks.data.sources.ask import Ask  # noqa: PLC0415
        from boardpacks.data.write_refreshed import write_refreshed  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        snapshot = load_snapshot(project.snapshots / params.system.snapshot)
        names = {code: area.name for code, area in snapshot.manifest.areas.items()}
        with Ask(AnswerCache(project.answers)) as ask:
            refreshed = refresh_figures(
                params,
                snapshot.observations,
                names,
                ask,
                indicators=indicator or (),
                sources=source or (),
                tell=lambda line: typer.echo(f"Asking for {line}"),
            )
        _tell(refreshed)
        if not dry_run and refreshed.rows:
            files = write_refreshed(refreshed, project.refreshed)
            typer.echo(f"Written: {_several(len(files), 'file')} in {shown(project.refreshed)}.")
        if refreshed.failures:
            raise typer.Exit(NOT_ALL)


def _tell(refreshed: Refreshed) -> None:
    new, revised = (_counted(figures) for figures in (refreshed.new, refreshed.revised))
    for indicator in dict.fromkeys(row.indicator for row in refreshed.rows):
        periods = ", ".join(_periods([row for row in refreshed.new if row.indicator == indicator]))
        typer.echo(
            f"{indicator}: {_several(len(refreshed.of(indicator)), 'figure')}, {new[indicator]} new"
            f"{f' ({periods})' if periods else ''}, {revised[indicator]} revised."
        )
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
