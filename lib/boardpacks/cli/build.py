"""boardpacks build."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks.cli.ending import exit_statuses
from boardpacks.cli.options import Day
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project, find_project
from boardpacks.runs.statuses import FAILED

if TYPE_CHECKING:
    from boardpacks.execute.cluster.address import Cluster
    from boardpacks.packs.publish.stale_packs import PackStates
    from boardpacks.plan.plan import PackPlan
    from boardpacks.plan.stale_chapters import ChapterStates


class Format(StrEnum):
    """Formats of a pack."""

    PDF = "pdf"
    HTML = "html"
    LARGE_PRINT = "large-print"


class Renderer(StrEnum):
    """Render engines; auto takes Quarto when a new enough one is on PATH, and the bundled one when that fails."""

    AUTO = "auto"
    QUARTO = "quarto"
    BUNDLED = "bundled"


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
    engine: Annotated[
        Renderer | None,
        typer.Option(
            help="What renders the packs. Default: engine in params/system.yml, or auto: Quarto where it is.",
            show_default=False,
        ),
    ] = None,
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
            shown,
        )
        from boardpacks.cli.schedule import nothing_due  # noqa: PLC0415
        from boardpacks.execute.chapter_limits import read_limits  # noqa: PLC0415
        from boardpacks.packs.files.formats import asked_formats, is_preview  # noqa: PLC0415
        from boardpacks.packs.papers.plan_papers import ready_meeting_packs  # noqa: PLC0415
        from boardpacks.packs.papers.stale_papers import all_kept, explain_merged  # noqa: PLC0415
        from boardpacks.packs.publish.explain_build import explain as explained  # noqa: PLC0415
        from boardpacks.packs.publish.explain_build import is_done  # noqa: PLC0415
        from boardpacks.plan.due import WITHIN_DAYS  # noqa: PLC0415
        from boardpacks.runs.follow import follow_run  # noqa: PLC0415

        formats = asked_formats(format_ or ())
        preview = out is None and is_preview(formats, priority or ())
        _check_due_options(context, due=due, preview=preview)
        from boardpacks.plan.check_notebooks import unreported  # noqa: PLC0415

        team = None if workers is None else _team(workers)
        limits = read_limits(chapter_timeout, chapter_memory)
        project = find_project()
        wanted = _Wanted(
            places=tuple(place or ()),
            priorities=tuple(priority or ()),
            meeting=meeting.date() if meeting else None,
            due_within=(WITHIN_DAYS if within is None else within) if due else None,
            today=on.date() if on else dt.date.today(),
            formats=formats,
            engine=engine,
            published=(out or (project.preview if preview else project.published)).resolve(),
            shelf=project.published if preview else None,
            cache=cache,
            force=force,
        )
        if explain:
            look = _look(project, load_params(project.params), wanted)
            for line in explained(look.plans, look.found, look.pack_states):
                typer.echo(line)
            for line in explain_merged(look.with_pdf, project, look.pack_states):
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
            params = load_params(project.params)
            console = open_console()
            look = _look(project, params, wanted)
            if not look.plans and wanted.due_within is not None:
                said = nothing_due(params, wanted.today, wanted.due_within)
                run.nothing_to_do(said)
                typer.echo(said)
                return
            run.begin((*look.plans, *ready_meeting_packs(look.with_pdf, project)))
            merged = all_kept(look.with_pdf, project, look.pack_states)
            if merged is not None and is_done(look.plans, look.found, look.pack_states):
                results = (*(look.pack_states.result(plan) for plan in look.plans), *merged)
            else:
                from boardpacks.execute.workers import usable_cpus  # noqa: PLC0415
                from boardpacks.packs.make import make_packs  # noqa: PLC0415

                with show_progress(look.plans, console, are_previews=preview) as on_event:
                    results = make_packs(
                        project,
                        params,
                        look.plans,
                        formats=wanted.formats,
                        engine=engine or params.system.engine,
                        workers=team or usable_cpus(),
                        limits=limits,
                        out=wanted.published,
                        shelf=wanted.shelf,
                        found=look.found,
                        on_event=run.watch(on_event),
                    )
            run.end(results)
            print_summary(results, wanted.published / "index.html", console, are_previews=preview)
            print_failures(results, open_console(stderr=True))
            for line in unreported(params):
                typer.echo(f"To know: {line}")
        if any(result.failures for result in results):
            raise typer.Exit(FAILED)


@dataclass(frozen=True)
class _Wanted:
    """What a build was asked for.

    ``due_within`` is a number of days with --due; ``shelf`` is where the published packs are, beside a preview.
    """

    places: tuple[str, ...]
    priorities: tuple[str, ...]
    meeting: dt.date | None
    due_within: int | None
    today: dt.date
    formats: frozenset[str]
    engine: Renderer | None
    published: Path
    shelf: Path | None
    cache: str | None
    force: bool


@dataclass(frozen=True)
class _Look:
    """What was found before anything is done: the packs wanted, their chapters and they themselves as they stand.

    ``with_pdf`` are the packs that get a PDF, which a merged meeting pack can hold.
    """

    plans: tuple[PackPlan, ...]
    found: ChapterStates
    pack_states: PackStates
    with_pdf: tuple[PackPlan, ...]


def _team(workers: str) -> int | Cluster:
    from boardpacks.execute.cluster.address import read_workers  # noqa: PLC0415 - takes long, and few ask for it

    return read_workers(workers)


def _look(project: Project, params: Params, wanted: _Wanted) -> _Look:
    """Plan the packs that are wanted and find out what of them is up to date."""
    from boardpacks.cli.schedule import packs_due  # noqa: PLC0415
    from boardpacks.packs.library.check_out import check_out  # noqa: PLC0415
    from boardpacks.packs.publish.stale_packs import read_pack_states  # noqa: PLC0415
    from boardpacks.plan.check_notebooks import check_notebooks  # noqa: PLC0415
    from boardpacks.plan.plan import plan_packs  # noqa: PLC0415
    from boardpacks.plan.plan_due import plan_due  # noqa: PLC0415
    from boardpacks.plan.shared_cache import Cache, open_store  # noqa: PLC0415
    from boardpacks.plan.stale_chapters import read_chapter_states  # noqa: PLC0415

    cache = Cache(open_store(wanted.cache)) if wanted.cache else None
    found = read_chapter_states(project, params, cache=cache, force=wanted.force)
    if wanted.due_within is None:
        plans = plan_packs(
            params,
            project,
            places=wanted.places,
            priorities=wanted.priorities,
            meeting=wanted.meeting,
            today=wanted.today,
            is_sound=found.is_sound,
        )
    else:
        due = packs_due(params, wanted.published, wanted.today, wanted.due_within, wanted.places)
        plans = plan_due(params, project, due, wanted.today) if due else ()
    _check_coverage(project, params)
    check_out(project, wanted.published, plans, wanted.formats)
    check_notebooks(params, plans)
    pack_states = read_pack_states(
        project,
        params,
        snapshot=found.contents.sha256,
        engine=wanted.engine or params.system.engine,
        formats=wanted.formats,
        published=wanted.published,
        shelf=wanted.shelf,
        force=wanted.force,
    )
    return _Look(tuple(plans), found, pack_states, tuple(plans) if Format.PDF in wanted.formats else ())


def _check_due_options(context: typer.Context, *, due: bool, preview: bool) -> None:
    """Refuse options that contradict --due, and those that mean nothing without it."""
    wrong, allowed = (
        (("meeting", "priority"), "no such option beside --due, which chooses meetings and makes whole packs")
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


def _check_coverage(project: Project, params: Params) -> None:
    from boardpacks.data.coverage import check_coverage  # noqa: PLC0415
    from boardpacks.data.snapshot_manifest import read_manifest  # noqa: PLC0415

    check_coverage(params, read_manifest(project.snapshots / params.system.snapshot))
