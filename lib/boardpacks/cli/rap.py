"""boardpacks rap."""

from __future__ import annotations

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.project.folder import find_project


def rap() -> None:
    """Hold the project against the NHS levels of reproducible analytical pipelines, item by item.

    Baseline, silver and gold are those of the NHS RAP Community of Practice. Each item has an answer,
    yes, in part, no or not known, and says where in the repository one can see it. Nothing is asked
    of the network.

    \b
    Examples:
      boardpacks rap

    \b
    Exit status: 0 told, whatever the answers. See docs/command-line.md.
    """
    with exit_statuses():
        from boardpacks.verify.rap_levels import rap_levels  # noqa: PLC0415

        for line in rap_levels(find_project()):
            typer.echo(line)
