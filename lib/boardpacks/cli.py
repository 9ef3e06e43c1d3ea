"""The command line: commands, nothing else (floor 7)."""

# ruff: noqa: D301 - \b is Click's mark for lines that are not to be joined

from __future__ import annotations

import datetime as dt
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from boardpacks import __version__
from boardpacks.params.errors import BoardpacksError, InputError, Problem
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.project import Project, find_project
from boardpacks.runs.statuses import FAILED, INTERRUPTED

if TYPE_CHECKING:
    from boardpacks.build.plan import PackPlan
    from boardpacks.build.survey import Survey
    from boardpacks.packs.standing import Standing

# What executes and renders takes a second to import, so the commands that need it import it themselves.

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)
params_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
snapshot_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(params_app, name="params")
app.add_typer(snapshot_app, name="snapshot")


Day = Annotated[
    dt.datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="Day to look from. Default: today."),
]


class Format(StrEnum):
    """Formats of a pack."""

    PDF = "pdf"
    HTML = "html"


class Renderer(StrEnum):
    """Render engines; auto takes Quarto when a new enough one is on PATH."""

    AUTO = "auto"
    QUARTO = "quarto"
    BUNDLED = "bundled"


def main() -> None:
    """Run the command line (the console script)."""
    app(prog_name="boardpacks")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"boardpacks {__version__}")
        raise typer.Exit


@app.callback()
def boardpacks(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn published figures into finished board packs, one for each place.

    \b
    Examples:
      boardpacks build                      every place and the system
      boardpacks build --place havering     one place
      boardpacks due                        what has to be built by when
      boardpacks places                     the places and their ids

    Run it anywhere inside the project folder.
    """


@app.command()
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
            help="Id of a priority: only its chapters. Repeat it for several. Default: whole packs.",
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
        typer.Option("--format", metavar="pdf|html", help="Format of the packs. Default: both."),
    ] = None,
    engine: Annotated[
        Renderer, typer.Option(help="What renders the packs; auto takes Quarto when it is there.")
    ] = Renderer.AUTO,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="How much is done at once. Default: one for each processor."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, metavar="DIR", help="Where packs go. Default: reports/published."),
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
      boardpacks build --place havering --place newham --format pdf
      boardpacks build --place havering --priority mental-health
      boardpacks build --place havering --meeting 2027-02-10 --out february
      boardpacks build --due --log build.log
      boardpacks build --explain

    \b
    Exit status: 0 all packs published or nothing due, 1 some pack failed,
    2 wrong input, 74 disk or folder fails, 75 another build is running,
    130 stopped. See docs/scheduling.md.
    """
    with _exit_statuses():
        from boardpacks.build.due import WITHIN_DAYS  # noqa: PLC0415
        from boardpacks.packs.explain import explain as explained  # noqa: PLC0415
        from boardpacks.packs.explain import is_done  # noqa: PLC0415
        from boardpacks.progress import (  # noqa: PLC0415
            open_console,
            print_failures,
            print_summary,
            show_progress,
            shown,
        )
        from boardpacks.runs.run import follow_run  # noqa: PLC0415
        from boardpacks.schedule import nothing_due  # noqa: PLC0415

        _check_due_options(context, due=due)
        project = find_project()
        wanted = _Wanted(
            places=tuple(place or ()),
            priorities=tuple(priority or ()),
            meeting=meeting.date() if meeting else None,
            due_within=(WITHIN_DAYS if within is None else within) if due else None,
            today=on.date() if on else dt.date.today(),
            formats=frozenset(format_ or Format),
            engine=engine,
            published=(out or project.published).resolve(),
            cache=cache,
            force=force,
        )
        if explain:
            look = _look(project, load_params(project.params), wanted)
            for line in explained(look.plans, look.found, look.standing):
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
            run.begin(look.plans)
            if is_done(look.plans, look.found, look.standing):
                results = tuple(look.standing.result(plan) for plan in look.plans)
            else:
                from boardpacks.build.workers import usable_cpus  # noqa: PLC0415
                from boardpacks.packs.make import make_packs  # noqa: PLC0415

                with show_progress(look.plans, console) as on_event:
                    results = make_packs(
                        project,
                        params,
                        look.plans,
                        formats=wanted.formats,
                        engine=engine,
                        workers=workers or usable_cpus(),
                        out=wanted.published,
                        found=look.found,
                        on_event=run.watch(on_event),
                    )
            run.end(results)
            print_summary(results, wanted.published / "index.html", console)
            print_failures(results, open_console(stderr=True))
        if any(result.failures for result in results):
            raise typer.Exit(FAILED)


@app.command("due")
def due_(
    on: Day = None,
    within: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="How many days ahead. Default: 7.")
    ] = None,
) -> None:
    """List the packs whose papers are due, and what has been built of them.

    Papers are due a number of clear working days before the meeting. Overdue ones
    are listed until the meeting has been held.

    \b
    Examples:
      boardpacks due
      boardpacks due --within 60
      boardpacks due --on 2027-02-01
    """
    with _exit_statuses():
        from boardpacks.build.due import WITHIN_DAYS  # noqa: PLC0415
        from boardpacks.progress import open_console  # noqa: PLC0415
        from boardpacks.schedule import print_due  # noqa: PLC0415

        project = find_project()
        day = on.date() if on else dt.date.today()
        days = WITHIN_DAYS if within is None else within
        print_due(load_params(project.params), project.published, day, days, open_console())


@app.command()
def places() -> None:
    """List the places, their boroughs and their next meetings.

    \b
    Examples:
      boardpacks places
      boardpacks places | grep havering
    """
    with _exit_statuses():
        from boardpacks.build.plan import next_meeting  # noqa: PLC0415
        from boardpacks.progress import open_console, plain_table  # noqa: PLC0415

        params = load_params(find_project().params)
        table = plain_table("Id", "Place", "Boroughs", "Next meeting")
        for id_, calendar in params.calendars.items():
            known = params.places.get(id_)
            name = known.name if known else params.system.name
            boroughs = ", ".join(borough.name for borough in known.boroughs) if known else "all"
            date = next_meeting(calendar, dt.date.today()).date.isoformat()
            table.add_row(id_, name, boroughs, date + (" (example)" if calendar.example else ""))
        open_console().print(table)


@app.command()
def priorities() -> None:
    """List the priorities, and how many of their outcomes have a published measure.

    \b
    Examples:
      boardpacks priorities
    """
    with _exit_statuses():
        from boardpacks.progress import open_console, plain_table  # noqa: PLC0415

        params = load_params(find_project().params)
        counts = "Outcomes", "Measured", "Indicators"
        table = plain_table("Id", "Priority", *counts, numbers=counts)
        for priority in params.priorities.values():
            measured = sum(bool(outcome.indicators) for outcome in priority.outcomes)
            numbers = len(priority.outcomes), measured, len(priority.indicators)
            table.add_row(priority.id, priority.name, *map(str, numbers))
        open_console().print(table)


@params_app.callback()
def params_() -> None:
    """Look after the files in params/.

    \b
    Examples:
      boardpacks params check
    """


@params_app.command()
def check() -> None:
    """Check every file in params/, the notebooks' parameters and the snapshot, and list every fault.

    \b
    Examples:
      boardpacks params check
    """
    with _exit_statuses(all_problems=True):
        from boardpacks.build.plan import plan_packs  # noqa: PLC0415

        project = find_project()
        params = load_params(project.params)
        _check_snapshot(project, params)
        plans = plan_packs(params, project, today=dt.date.today())
        typer.echo(
            f"All is well: {len(params.places)} places, {len(params.priorities)} priorities, "
            f"{len(params.indicators)} indicators, {len(params.chapters)} chapters, {len(plans)} packs."
        )


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
) -> None:
    """Write a snapshot from CSV files, checked. An existing one of that name is replaced as a whole.

    \b
    Examples:
      boardpacks snapshot write spring --title "Spring 2027" --observations figures.csv
      boardpacks snapshot write spring --title "Spring 2027" \\
          --observations figures.csv --observations boroughs.csv --small-areas deprivation.csv

    docs/data.md says which columns the files have.
    """
    with _exit_statuses(all_problems=True):
        from boardpacks.data.write import write_snapshot  # noqa: PLC0415

        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            allowed = "lower-case letters, digits and single hyphens"
            raise InputError([Problem("boardpacks snapshot write", "name", name, allowed)])
        project = find_project()
        folder = project.snapshots / name
        manifest = write_snapshot(
            folder,
            load_params(project.params),
            title=title,
            observations=observations,
            small_areas=small_areas,
        )
        typer.echo(
            f"Written to {folder}: {len(manifest.indicators)} indicators, {len(manifest.areas)} areas. "
            f"Packs are made from it when params/system.yml says `snapshot: {name}`."
        )


@dataclass(frozen=True)
class _Wanted:
    """What a build was asked for; ``due_within`` is a number of days with --due."""

    places: tuple[str, ...]
    priorities: tuple[str, ...]
    meeting: dt.date | None
    due_within: int | None
    today: dt.date
    formats: frozenset[Format]
    engine: Renderer
    published: Path
    cache: str | None
    force: bool


@dataclass(frozen=True)
class _Look:
    """What was found before anything is done: the packs wanted, their chapters and they themselves as they stand."""

    plans: tuple[PackPlan, ...]
    found: Survey
    standing: Standing


def _look(project: Project, params: Params, wanted: _Wanted) -> _Look:
    """Plan the packs that are wanted and find out what of them is up to date."""
    from boardpacks.build.cache import Cache, open_store  # noqa: PLC0415
    from boardpacks.build.plan import plan_packs  # noqa: PLC0415
    from boardpacks.build.plan_due import plan_due  # noqa: PLC0415
    from boardpacks.build.survey import survey  # noqa: PLC0415
    from boardpacks.packs.standing import stand  # noqa: PLC0415
    from boardpacks.schedule import packs_due  # noqa: PLC0415

    cache = Cache(open_store(wanted.cache)) if wanted.cache else None
    found = survey(project, params, cache=cache, force=wanted.force)
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
    standing = stand(
        project,
        params,
        snapshot=found.contents.sha256,
        engine=wanted.engine,
        formats=wanted.formats,
        published=wanted.published,
        force=wanted.force,
    )
    return _Look(tuple(plans), found, standing)


def _check_due_options(context: typer.Context, *, due: bool) -> None:
    """Refuse options that contradict --due, and those that mean nothing without it."""
    wrong, allowed = (
        (("meeting", "priority"), "no such option beside --due, which chooses meetings and makes whole packs")
        if due
        else (("on", "within"), "this option beside --due only")
    )
    given = [name for name in wrong if context.params.get(name) not in (None, [], ())]
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
    from boardpacks.data.manifest import read_manifest  # noqa: PLC0415

    check_coverage(params, read_manifest(project.snapshots / params.system.snapshot))


def _check_snapshot(project: Project, params: Params) -> None:
    """Check the snapshot once, so that a fault in it is told once and not by every chapter."""
    from boardpacks.data.coverage import check_coverage  # noqa: PLC0415
    from boardpacks.data.snapshot import load_snapshot  # noqa: PLC0415

    check_coverage(params, load_snapshot(project.snapshots / params.system.snapshot).manifest)


@contextmanager
def _exit_statuses(*, all_problems: bool = False) -> Iterator[None]:
    """Turn errors of users and interruptions into a message and an exit status."""
    kept = {name: signal.signal(name, _interrupt) for name in _stop_signals()}
    try:
        yield
    except BoardpacksError as error:
        shown = error.told() if all_problems and isinstance(error, InputError) else str(error)
        typer.echo(shown, err=True)
        raise typer.Exit(error.exit_status) from None
    except KeyboardInterrupt:
        typer.echo(
            "Stopped. Packs published before stay as they are; nothing half-made was published.", err=True
        )
        raise typer.Exit(INTERRUPTED) from None
    finally:
        for name, handler in kept.items():
            signal.signal(name, handler)


def _stop_signals() -> list[signal.Signals]:
    """Signals other than Ctrl-C by which a terminal or a scheduler asks a program to end."""
    return [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
