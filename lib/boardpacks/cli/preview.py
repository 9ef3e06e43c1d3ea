"""boardpacks preview."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_params
from boardpacks.project.folder import find_project

STATE = "A preview publishes nothing."


def preview(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="Id of a place, or 'system'.")],
    chapter: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Id of a chapter: show it alone. Repeat it for several. Default: the whole pack.",
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where it listens. Default: any port that is free.")
    ] = 0,
) -> None:
    """Show a place's pack in a browser while you work on it.

    Watches notebooks, params, figures and templates. After each save what has changed is
    made anew, and the page loads by itself; what fails is said in the page, with cell and
    line. Nothing is published. Nobody else can reach the page. Ctrl-C ends it.

    \b
    Examples:
      boardpacks preview havering
      boardpacks preview havering --chapter mental_health
      boardpacks preview system --port 8766

    \b
    Exit status: 0 ended with Ctrl-C, 2 wrong input, or the port is taken.
    """
    with exit_statuses(state=STATE):
        from boardpacks.params.select import select_chapters, select_places  # noqa: PLC0415
        from boardpacks.plan.plan import plan_packs  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        (place_id,) = select_places(params, [place], option="PLACE")
        chapters = select_chapters(params, chapter or ())
        today = dt.date.today()
        plan_packs(params, project, places=(place_id,), chapters=chapters, today=today)
        from boardpacks.preview.follow_saves import preview as show  # noqa: PLC0415

        def started(found: int) -> None:
            typer.echo(f"The preview is at http://127.0.0.1:{found}/ (Ctrl-C ends it)")

        try:
            show(project, place_id, chapters, today, port=port, started=started)
        except KeyboardInterrupt:
            typer.echo("Ended.")
