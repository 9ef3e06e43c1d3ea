"""The command line: commands, nothing else (floor 7)."""

# ruff: noqa: D301 - \b is Click's mark for lines that are not to be joined

from __future__ import annotations

import datetime as dt
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from boardpacks import __version__
from boardpacks.params.errors import BoardpacksError, InputError, Problem
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.project import Project, find_project

# What executes and renders takes a second to import, so the commands that need it import it themselves.

FAILED, INTERRUPTED = 1, 130

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)
params_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
snapshot_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(params_app, name="params")
app.add_typer(snapshot_app, name="snapshot")


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
      boardpacks places                     the places and their ids

    Run it anywhere inside the project folder.
    """


@app.command()
def build(
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
) -> None:
    """Build board packs from the notebooks and publish them.

    A pack that fails stops no other one, and its earlier edition stays.

    \b
    Examples:
      boardpacks build
      boardpacks build --place havering --place newham --format pdf
      boardpacks build --place havering --priority mental-health
      boardpacks build --place havering --meeting 2027-02-10 --out february

    \b
    Exit status: 0 all packs published, 1 some pack failed, 2 wrong input,
    74 disk or folder fails, 75 another build is running, 130 stopped.
    """
    with _exit_statuses():
        project = find_project()
        params = load_params(project.params)

        from boardpacks.build.plan import plan_packs  # noqa: PLC0415
        from boardpacks.build.workers import usable_cpus  # noqa: PLC0415
        from boardpacks.packs.make import make_packs  # noqa: PLC0415
        from boardpacks.progress import open_console, print_failures, print_summary, show_progress  # noqa: PLC0415

        console = open_console()
        plans = plan_packs(
            params,
            project,
            places=place or (),
            priorities=priority or (),
            meeting=meeting.date() if meeting else None,
            today=dt.date.today(),
        )
        _check_snapshot(project, params)
        folder = (out or project.published).resolve()
        with show_progress(plans, console) as on_event:
            results = make_packs(
                project,
                params,
                plans,
                formats=frozenset(format_ or Format),
                engine=engine,
                workers=workers or usable_cpus(),
                out=folder,
                on_event=on_event,
            )
        print_summary(results, folder / "index.html", console)
        print_failures(results, open_console(stderr=True))
        if any(result.failures for result in results):
            raise typer.Exit(FAILED)


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
