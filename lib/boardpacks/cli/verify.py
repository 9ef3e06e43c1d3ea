"""boardpacks verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses


def verify(
    pack: Annotated[Path, typer.Argument(help="Folder of a published pack.", show_default=False)],
) -> None:
    """Check a published pack, make it again in a clean folder, and say what differs.

    The files are checked first. Then the pack is made again from the notebooks, params
    and figures that its manifest names: from this checkout of the project, or from the
    pack's commit where the checkout has changed since. Nothing is published.

    \b
    Examples:
      boardpacks verify reports/published/2026-12-09/havering
      boardpacks verify ~/Downloads/havering

    \b
    Exit status: 0 the same, 1 something differs, 2 no pack or wrong input,
    3 it cannot be made again here, 130 stopped. See docs/verify.md.
    """
    with exit_statuses():
        from boardpacks.verify.verify_pack import verify as verify_pack  # noqa: PLC0415

        status = verify_pack(pack, typer.echo)
    raise typer.Exit(status)
