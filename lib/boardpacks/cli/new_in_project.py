"""boardpacks new place, priority, outcome, chapter and meeting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from boardpacks.cli.answer import answered, on_a_terminal
from boardpacks.cli.ending import exit_statuses
from boardpacks.cli.new import NOTHING_WRITTEN
from boardpacks.project.dates import long_date
from boardpacks.project.folder import Project, find_project

if TYPE_CHECKING:
    from boardpacks.new.add_outcome import NewOutcome

T = TypeVar("T")
NAMED = 10
"""Measures that are named; of more there is a count."""

Measures = Annotated[
    list[str] | None,
    typer.Option("--indicator", metavar="ID", help="A measure of the outcome. Repeat it for several."),
]
NotMeasured = Annotated[
    str | None, typer.Option(metavar="TEXT", help="What no figure here shows of it, and why.")
]


def place(
    areas: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="A local authority by name or ONS code, or the several that make up the place; "
            "CODE=NAME for one that is not English.",
        ),
    ],
    name: Annotated[str | None, typer.Option(help="What a place of several authorities is called.")] = None,
    tile: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROW,COLUMN",
            help="Where it lies on maps of tiles, if the others have tiles; one an authority.",
        ),
    ] = None,
) -> None:
    """Add a place: its authorities, and a calendar with example dates.

    \b
    Examples:
      boardpacks new place Stockport
      boardpacks new place Bolton Bury --name "Bolton and Bury"
      boardpacks new place W06000001="Ynys Môn"

    The snapshot has to hold figures of it. Measures without any are named.

    \b
    Exit status: 0 written, 2 something wrong. Nothing is written then.
    """
    with exit_statuses(all_problems=True, state=NOTHING_WRITTEN):
        from boardpacks.new.add_place import add_place, find_areas_named  # noqa: PLC0415

        found = find_areas_named(areas)
        if len(found) > 1:
            question = (
                "What the place of these authorities is called (for a place each, give a command for each)"
            )
            name = answered("boardpacks new place", {"--name": name}, {"--name": question})["--name"]
        own, today = name or found[0].name, dt.date.today()
        made = _changed(lambda copy: add_place(copy, found, own, today, tile or ()))
        typer.echo(f"Written: params/places/{made.id}.yml and params/meetings/{made.id}.yml.")
        if made.without:
            named = f": {', '.join(made.without)}" if len(made.without) <= NAMED else ""
            typer.echo(f"The snapshot has no figure of {made.name} for {len(made.without)} measures{named}.")
        typer.echo("The meeting dates are examples: put in the board's own.")
        _next(f"boardpacks build --place {made.id}")


def priority(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    aim: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is for, in a sentence.")] = None,
    outcome: Annotated[str | None, typer.Option(metavar="TEXT", help="Its first outcome, in words.")] = None,
    indicator: Measures = None,
    gap: NotMeasured = None,
) -> None:
    """Add a priority with its first outcome, and its chapter.

    \b
    Examples:
      boardpacks new priority "Healthy ageing"
      boardpacks new priority "Healthy ageing" --aim "Help people to stay well in later life." \\
        --outcome "Fewer people fall" --indicator falls

    \b
    Exit status: 0 written, 2 something wrong. Nothing is written then.
    """
    with exit_statuses(all_problems=True, state=NOTHING_WRITTEN):
        from boardpacks.new.add_priority import COMMAND, add_priority  # noqa: PLC0415

        questions = {
            "--aim": "What it is for, in a sentence",
            "--outcome": "Its first outcome: what shall become true",
        }
        said = answered(COMMAND, {"--aim": aim, "--outcome": outcome}, questions)
        first = _outcome(COMMAND, said["--outcome"], indicator, gap)
        chapter_id = _changed(lambda copy: add_priority(copy, name, said["--aim"], first))
        typer.echo("Written: its file in params/priorities, and its chapter in params/chapters.yml.")
        _next(f"boardpacks preview {_first_place()} --chapter {chapter_id}")


def outcome(
    priority: Annotated[str, typer.Argument(help="Id or name of its priority.")],
    title: Annotated[str, typer.Argument(metavar="TEXT", help="What shall become true.")],
    indicator: Measures = None,
    gap: NotMeasured = None,
) -> None:
    """Add an outcome to a priority, with what measures it or why nothing does.

    \b
    Examples:
      boardpacks new outcome living-well "Fewer people drink at risk" --gap "No figures by place are published."
      boardpacks new outcome living-well "Fewer people fall" --indicator falls

    \b
    Exit status: 0 written, 2 something wrong. Nothing is written then.
    """
    with exit_statuses(all_problems=True, state=NOTHING_WRITTEN):
        from boardpacks.new.add_outcome import COMMAND, add_outcome  # noqa: PLC0415
        from boardpacks.params.load import load_params  # noqa: PLC0415

        made = _outcome(COMMAND, title, indicator, gap)
        found = _changed(lambda copy: add_outcome(copy, priority, made))
        typer.echo(f"Written: the outcome in params/priorities/{found}.yml.")
        chapters = [one.id for one in load_params(find_project().params).chapters if one.priority == found]
        _next(
            f"boardpacks preview {_first_place()} --chapter {chapters[0]}" if chapters else "boardpacks build"
        )


def chapter(
    name: Annotated[str, typer.Argument(help="Of its notebook, in small letters with underscores.")],
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Its title. Default: from its name.")
    ] = None,
    scope: Annotated[
        Literal["place", "system", "all"],
        typer.Option(help="Once for every place, once for the system, or both."),
    ] = "place",
    priority: Annotated[
        str | None, typer.Option(metavar="ID", help="The priority that it belongs to.")
    ] = None,
    indicator: Annotated[
        str | None,
        typer.Option(metavar="ID", help="What its first analysis is of. Default: a measure of a priority."),
    ] = None,
) -> None:
    """Add a chapter: a notebook with a first analysis that runs as it is, to be changed.

    \b
    Examples:
      boardpacks new chapter smoking --indicator smoking_prevalence
      boardpacks new chapter our_schools --title "Our schools" --scope all

    \b
    Exit status: 0 written, 2 something wrong. Nothing is written then.
    """
    with exit_statuses(all_problems=True, state=NOTHING_WRITTEN):
        from boardpacks.new.add_chapter import NewChapter, add_chapter  # noqa: PLC0415

        own = title or name.replace("_", " ").capitalize()
        made = NewChapter(name, own, scope, priority, indicator)
        _changed(lambda copy: add_chapter(copy, made))
        typer.echo(f"Written: notebooks/{name}.ipynb, and its entry in params/chapters.yml.")
        _next(f"boardpacks preview {'system' if scope == 'system' else _first_place()} --chapter {name}")


def meeting(
    place: Annotated[str, typer.Argument(help="Id or name of the place, or system.")],
    date: Annotated[dt.datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="DATE", help="Its day.")],
    starts: Annotated[str | None, typer.Option(metavar="HH:MM", help="When it begins.")] = None,
    ends: Annotated[str | None, typer.Option(metavar="HH:MM", help="When it ends.")] = None,
    venue: Annotated[str | None, typer.Option(metavar="TEXT", help="Where it is held.")] = None,
) -> None:
    """Add a meeting to a board's calendar. When its papers go out follows from the calendar.

    \b
    Examples:
      boardpacks new meeting bolton 2027-03-10
      boardpacks new meeting system 2027-03-24 --starts 14:00 --venue "Town Hall"

    \b
    Exit status: 0 written, 2 something wrong. Nothing is written then.
    """
    with exit_statuses(all_problems=True, state=NOTHING_WRITTEN):
        from boardpacks.new.add_meeting import add_meeting  # noqa: PLC0415

        day = date.date()
        made = _changed(lambda copy: add_meeting(copy, place, day, starts=starts, ends=ends, venue=venue))
        typer.echo(f"Written: {long_date(day)} in params/meetings/{made.place}.yml.")
        typer.echo(f"Its papers go out on {long_date(made.papers_due)}.")
        for line in made.to_know:
            typer.echo(f"To know: {line}")
        _next(f"boardpacks meeting form {made.place}/{day}")


def _changed(change: Callable[[Project], T]) -> T:
    from boardpacks.new.change_project import change_project  # noqa: PLC0415

    return change_project(find_project(), dt.date.today(), change)


def _outcome(command: str, title: str, indicators: Sequence[str] | None, gap: str | None) -> NewOutcome:
    """Return an outcome; where neither a measure nor a gap was given, ask for one of them."""
    from boardpacks.new.add_outcome import NewOutcome  # noqa: PLC0415

    if not indicators and not gap:
        if on_a_terminal():
            text = typer.prompt("Ids of its measures, if there are any", default="", show_default=False)
            indicators = [one for one in re.split(r"[,\s]+", text) if one]
        if not indicators:
            question = "why no figure here shows it (or a measure: --indicator)"
            gap = answered(command, {}, {"--gap": question})["--gap"]
    return NewOutcome(title, tuple(indicators or ()), gap)


def _first_place() -> str:
    from boardpacks.params.load import load_params  # noqa: PLC0415

    return next(iter(load_params(find_project().params).places))


def _next(command: str) -> None:
    typer.echo(f"To see it: {command}")
