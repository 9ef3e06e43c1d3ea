"""boardpacks snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.load import load_params
from boardpacks.project.folder import find_project

snapshot_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@snapshot_app.callback()
def snapshot_() -> None:
    """Look after the snapshots of published figures.

    \b
    Examples:
      boardpacks snapshot write spring --title "Spring 2027" --observations figures.csv
    """


@snapshot_app.command()
def write(
    name: Annotated[str, typer.Argument(help="Name of the snapshot: its folder in data/snapshots.")],
    title: Annotated[str, typer.Option(help="What it holds, in a few words.")],
    observations: Annotated[
        list[Path], typer.Option(metavar="FILE", help="CSV file of published figures. Repeat it for several.")
    ],
    small_areas: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV file of deprivation by small area.")
    ] = None,
    areas: Annotated[
        Path | None, typer.Option(metavar="FILE", help="CSV file that says what kind each area is.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the snapshot of that name, as a whole.")
    ] = False,
) -> None:
    """Write a snapshot from CSV files, checked. One that is there stays, unless --replace is given.

    \b
    Examples:
      boardpacks snapshot write spring --title "Spring 2027" --observations figures.csv
      boardpacks snapshot write spring --title "Spring 2027" \\
          --observations figures.csv --observations boroughs.csv --small-areas deprivation.csv

    docs/data.md says which columns the files have.
    """
    with exit_statuses(all_problems=True):
        from boardpacks.data.write_snapshot import snapshot_folder, write_snapshot  # noqa: PLC0415

        project = find_project()
        folder = snapshot_folder(project.snapshots, name)
        manifest = write_snapshot(
            folder,
            load_params(project.params),
            title=title,
            observations=observations,
            small_areas=small_areas,
            area_kinds=areas,
            settings=load_figure_checks(project.params),
            replace=replace,
            tell=typer.echo,
        )
        typer.echo(
            f"Written to {folder}: {len(manifest.indicators)} indicators, {len(manifest.areas)} areas. "
            f"Packs are made from it when params/system.yml says `snapshot: {name}`."
        )
