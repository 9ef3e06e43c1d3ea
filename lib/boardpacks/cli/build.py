"""boardpacks build."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.cli.options import Day, Engine
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import find_project, shown
from boardpacks.runs.statuses import FAILED

if TYPE_CHECKING:
    from boardpacks.execute.cluster.address import Cluster
    from boardpacks.packs.publish.build_order import BuildOrder
    from boardpacks.packs.publish.build_states import BuildStates
    from boardpacks.plan.plan import PackPlan


class Format(StrEnum):
    """Formats of a pack."""

    PDF = "pdf"
    HTML = "html"
    LARGE_PRINT = "large-print"


class Edition(StrEnum):
    """Documents of a pack."""

    BOARD = "board"
    ANNEX = "annex"
    BOTH = "both"


def build(  # noqa: PLR0913, PLR0917 - every option of the command
    context: typer.Context,
    place: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Id of a place, or 'system'. Repeat it for several. Default: all."),
    ] = None,
    priority: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Id of a priority: a preview of only its chapters. Repeat it for several. Default: whole packs.",
        ),
    ] = None,
    chapter: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Id of a chapter: a preview of it alone. Repeat it for several. Default: whole packs.",
        ),
    ] = None,
    meeting: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", help="Date of the meeting. Default: the next one."
        ),
    ] = None,
    format_: Annotated[
        list[Format] | None,
        typer.Option(
            "--format",
            metavar="pdf|html|large-print",
            help="Format of the packs. Repeat it for several. Default: pdf and html, and large-print where a "
            "board's calendar asks for it. Without pdf or html it is a preview.",
        ),
    ] = None,
    edition: Annotated[
        Edition,
        typer.Option(
            metavar="board|annex|both",
            help="The board edition of a few pages, the evidence annex with every figure, or both. One alone is a "
            "preview.",
        ),
    ] = Edition.BOTH,
    engine: Engine = None,
    workers: Annotated[
        str | None,
        typer.Option(
            metavar="N|ADDRESS|FILE",
            help="How much is done at once here; or the Dask cluster that executes the notebooks: the address "
            "of its scheduler, or a YAML file. Default: one for each processor.",
        ),
    ] = None,
    chapter_timeout: Annotated[
        int | None,
        typer.Option(min=1, metavar="SECONDS", help="How long one notebook may take. Default: 3600."),
    ] = None,
    chapter_memory: Annotated[
        str | None,
        typer.Option(
            metavar="SIZE", help="Memory that one notebook may use, such as 2GB (Linux only). Default: any."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            metavar="DIR",
            help="Where packs go. Default: reports/published, and reports/preview for previews.",
        ),
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Only packs whose papers are due soon: see boardpacks due.")
    ] = False,
    on: Day = None,
    within: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="With --due: how many days ahead. Default: 7.")
    ] = None,
    log: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Add a line of JSON for each event; - is the error stream."),
    ] = None,
    notify: Annotated[
        bool | None,
        typer.Option(
            "--notify/--no-notify",
            help="Tell those named in params/notify.yml. Default: with --due only.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what would be done and why, and do nothing.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Do everything anew, up to date or not.")] = False,
    cache: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            envvar="BOARDPACKS_CACHE",
            help="Folder of executed chapters that several people share. Default: none.",
        ),
    ] = None,
) -> None:
    """Build board packs from the notebooks and publish them.

    Only what has changed since the last build is done. A pack that fails stops no
    other one, and its earlier edition stays.

    \b
    Examples:
      boardpacks build
      boardpacks build --place havering --format html
      boardpacks build --place havering --priority mental-health
      boardpacks build --place havering --chapter mental_health --format html
      boardpacks build --place havering --meeting 2027-02-10 --out february
      boardpacks build --due --log build.log
      boardpacks build --workers dask://scheduler:8786
      boardpacks build --explain

    \b
    Exit status: 0 all packs published or nothing due, 1 some pack failed,
    2 wrong input, 69 no cluster, 74 disk or folder fails, 75 another build is
    running, 130 stopped. See docs/scheduling.md.
    """
    with exit_statuses():
        from boardpacks.cli.progress import (  # noqa: PLC0415
            open_console,
            print_failures,
            print_summary,
            show_progress,
        )
        from boardpacks.cli.schedule import nothing_due  # noqa: PLC0415
        from boardpacks.execute.chapter_limits import read_limits  # noqa: PLC0415
        from boardpacks.packs.files.formats import asked_formats, is_preview  # noqa: PLC0415
        from boardpacks.packs.papers.plan_papers import ready_meeting_packs  # noqa: PLC0415
        from boardpacks.packs.papers.stale_papers import all_kept, explain_merged  # noqa: PLC0415
        from boardpacks.packs.publish.build_order import BuildOrder  # noqa: PLC0415
        from boardpacks.packs.publish.explain_build import explain as explained  # noqa: PLC0415
        from boardpacks.packs.publish.explain_build import is_done  # noqa: PLC0415
        from boardpacks.plan.check_notebooks import unreported  # noqa: PLC0415
        from boardpacks.plan.due import WITHIN_DAYS  # noqa: PLC0415
        from boardpacks.runs.follow import follow_run  # noqa: PLC0415

        formats = asked_formats(format_ or ())
        parts = (*(priority or ()), *(chapter or ()))
        preview = out is None and is_preview(formats, parts, edition.value)
        _check_due_options(context, due=due, preview=preview)
        team = None if workers is None else _team(workers)
        limits = read_limits(chapter_timeout, chapter_memory)
        project = find_project()
        wanted = _Wanted(
            places=tuple(place or ()),
            priorities=tuple(priority or ()),
            chapters=tuple(chapter or ()),
            meeting=meeting.date() if meeting else None,
            due_within=(WITHIN_DAYS if within is None else within) if due else None,
            today=on.date() if on else dt.date.today(),
        )

        def ordered() -> BuildOrder:
            params = load_params(project.params)
            return BuildOrder(
                project,
                params,
                engine=engine or params.system.engine,
                formats=formats,
                editions=edition.value,
                out=(out or (project.preview if preview else project.published)).resolve(),
                beside=project.published if preview else None,
                workers=team,
                limits=limits,
                cache=cache or "",
                force=force,
            )

        if explain:
            plans, states = _look(wanted, ordered())
            for line in (*explained(plans, states), *explain_merged(plans, states)):
                typer.echo(line)
            return
        with follow_run(
            project,
            _asked(context),
            log=log,
            notify=due if notify is None else notify,
            tell_report=lambda page: typer.echo(f"Report of this build: {shown(page)}"),
            warn=lambda message: typer.echo(message, err=True),
        ) as run:
            order, console = ordered(), open_console()
            plans, states = _look(wanted, order)
            if not plans and wanted.due_within is not None:
                said = nothing_due(order.params, wanted.today, wanted.due_within)
                run.nothing_to_do(said)
                typer.echo(said)
                return
            run.begin((*plans, *ready_meeting_packs(plans, order)))
            merged = all_kept(plans, states)
            if merged is not None and is_done(plans, states):
                results = (*(states.packs.look(plan).result() for plan in plans), *merged)
            else:
                from boardpacks.packs.make import make_packs  # noqa: PLC0415

                with show_progress(plans, console, are_previews=preview) as on_event:
                    results = make_packs(plans, states, run.watch(on_event))
            run.end(results)
            print_summary(results, order.published / "index.html", console, are_previews=preview)
            print_failures(results, open_console(stderr=True))
            for line in unreported(order.params):
                typer.echo(f"To know: {line}")
        if any(result.failures for result in results):
            raise typer.Exit(FAILED)


@dataclass(frozen=True)
class _Wanted:
    """Which packs are asked for; ``due_within`` is a number of days with --due."""

    places: tuple[str, ...]
    priorities: tuple[str, ...]
    chapters: tuple[str, ...]
    meeting: dt.date | None
    due_within: int | None
    today: dt.date


def _team(workers: str) -> int | Cluster:
    from boardpacks.execute.cluster.address import read_workers  # noqa: PLC0415 - takes long, and few ask for it

    return read_workers(workers)


def _look(wanted: _Wanted, order: BuildOrder) -> tuple[tuple[PackPlan, ...], BuildStates]:
    """Plan the packs that are wanted, and find out what of them is up to date."""
    from boardpacks.cli.schedule import packs_due  # noqa: PLC0415
    from boardpacks.data.coverage import check_coverage  # noqa: PLC0415
    from boardpacks.data.snapshot_manifest import read_manifest  # noqa: PLC0415
    from boardpacks.packs.library.check_out import check_out  # noqa: PLC0415
    from boardpacks.packs.publish.build_states import read_build_states  # noqa: PLC0415
    from boardpacks.plan.check_notebooks import check_notebooks  # noqa: PLC0415
    from boardpacks.plan.plan import plan_packs  # noqa: PLC0415
    from boardpacks.plan.plan_due import plan_due  # noqa: PLC0415

    project, params = order.project, order.params
    states = read_build_states(order)
    if wanted.due_within is None:
        plans = plan_packs(
            params,
            project,
            places=wanted.places,
            priorities=wanted.priorities,
            chapters=wanted.chapters,
            meeting=wanted.meeting,
            today=wanted.today,
            is_sound=states.chapters.is_sound,
        )
    else:
        due = packs_due(params, order.published, wanted.today, wanted.due_within, wanted.places)
        plans = plan_due(params, project, due, wanted.today) if due else ()
    check_coverage(params, read_manifest(project.snapshots / params.system.snapshot))
    check_out(order, plans)
    check_notebooks(params, plans)
    return plans, states


def _check_due_options(context: typer.Context, *, due: bool, preview: bool) -> None:
    """Refuse options that contradict --due, and those that mean nothing without it."""
    wrong, allowed = (
        (
            ("meeting", "priority", "chapter"),
            "no such option beside --due, which chooses meetings and makes whole packs",
        )
        if due
        else (("on", "within"), "this option beside --due only")
    )
    given = [name for name in wrong if context.params.get(name) not in (None, [], ())]
    if due and preview and not given:
        given, allowed = ["format"], "pdf and html beside --due, which makes what a board gets"
    if given:
        raise InputError([Problem("boardpacks build", f"--{name}", "", allowed) for name in given])


def _asked(context: typer.Context) -> dict[str, str]:
    """Return the options that were given, in words, by name."""
    given = {
        name: value
        for name, value in context.params.items()
        if (source := context.get_parameter_source(name)) and source.name != "DEFAULT"
    }
    return {f"--{name.rstrip('_').replace('_', '-')}": _option_words(value) for name, value in given.items()}


def _option_words(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_option_words, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.date().isoformat() if isinstance(value, dt.datetime) else str(value)
