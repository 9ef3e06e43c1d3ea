"""boardpacks explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project, find_project

if TYPE_CHECKING:
    from boardpacks.data.snapshot import Snapshot


def explain(
    fact: Annotated[
        str,
        typer.Argument(help="Id of a number, or how it begins: place.measure.", show_default=False),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder of published packs. Default: reports/published."),
    ] = None,
) -> None:
    """Say where a number of a published pack comes from.

    Every number in a pack has an id: the web page shows it, the appendix "Where each
    number comes from" begins it, and the data file lists it. Of each place the newest
    published pack is read. If several numbers begin alike, they are listed.

    \b
    Examples:
      boardpacks explain havering.smoking_prevalence.E09000016.persons.2023
      boardpacks explain havering.smoking_prevalence
      boardpacks explain havering.smoking_prevalence.england
    """
    with exit_statuses():
        from boardpacks.packs.library.explain_fact import explain_fact, list_facts  # noqa: PLC0415
        from boardpacks.packs.library.find_facts import find_facts, newest_facts  # noqa: PLC0415

        project = find_project()
        found = find_facts(fact, newest_facts(out or project.published))
        lines = list_facts(found) if len(found) > 1 else explain_fact(*found[0], _snapshot(project))
        for line in lines:
            typer.echo(line)


def _snapshot(project: Project) -> Snapshot | None:
    """Return the project's snapshot, or None where params or snapshot are faulty: the pack still tells its own."""
    from boardpacks.data.snapshot import load_snapshot  # noqa: PLC0415 - imports pandas
    from boardpacks.params.load import load_params  # noqa: PLC0415

    try:
        return load_snapshot(project.snapshots / load_params(project.params).system.snapshot)
    except BoardpacksError:
        return None
