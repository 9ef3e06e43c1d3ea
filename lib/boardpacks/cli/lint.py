"""boardpacks lint."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.params.load import load_params
from boardpacks.project.folder import find_project
from boardpacks.runs.statuses import FAILED


def lint(
    place: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Id of a place, or 'system'. Repeat it for several. Default: all."),
    ] = None,
) -> None:
    """Check the prose of the notebooks against the figures, without making packs.

    Numbers, comparisons, trends and ranks in Markdown cells are held against what the
    chapters show for each place. A contradiction is an error; a number that is right
    today but typed by hand is a warning: quote the fact instead. A build makes the
    same check and refuses a pack with a contradiction.

    \b
    Examples:
      boardpacks lint
      boardpacks lint --place havering

    \b
    Exit status: 0 no contradiction, 1 some pack has one or a chapter failed,
    2 wrong input, 75 a build is running, 130 stopped. See docs/analysts.md.
    """
    with exit_statuses():
        from boardpacks.execute.workers import usable_cpus  # noqa: PLC0415
        from boardpacks.packs.lint.lint_packs import lint_packs  # noqa: PLC0415
        from boardpacks.plan.check_notebooks import check_notebooks  # noqa: PLC0415
        from boardpacks.plan.events import Event, Noticed  # noqa: PLC0415
        from boardpacks.plan.plan import plan_packs  # noqa: PLC0415
        from boardpacks.plan.stale_chapters import read_chapter_states  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        found = read_chapter_states(project, params)
        plans = plan_packs(
            params, project, places=tuple(place or ()), today=dt.date.today(), is_sound=found.is_sound
        )
        check_notebooks(params, plans)
        notices: list[str] = []

        def take(event: Event) -> None:
            if isinstance(event, Noticed):
                notices.append(event.words)

        checked = lint_packs(project, params, plans, found, workers=usable_cpus(), on_event=take)
        errors = warnings = failed = 0
        for plan, findings, failures in checked:
            for failure in failures:
                typer.echo(f"{plan.place_name}: {failure}", err=True)
            for finding in findings:
                typer.echo(f"{finding.severity}: {finding}")
            failed += bool(failures)
            errors += sum(finding.severity == "error" for finding in findings)
            warnings += sum(finding.severity == "warning" for finding in findings)
        for words in notices:
            typer.echo(words)
        typer.echo(
            f"{len(checked)} pack{'s' if len(checked) != 1 else ''} checked: {errors} "
            f"contradiction{'s' if errors != 1 else ''}, {warnings} warning{'s' if warnings != 1 else ''}"
            + (f", {failed} could not be read" if failed else "")
        )
    if errors or failed:
        raise typer.Exit(FAILED)
