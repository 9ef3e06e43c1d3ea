"""boardpacks new."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from boardpacks.cli.answer import on_a_terminal
from boardpacks.cli.ending import exit_statuses

new_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
NOTHING_WRITTEN = "Nothing was written."


@new_app.callback()
def new_() -> None:
    """Write what is new, with comments that say what to put in.

    \b
    Examples:
      boardpacks new system my-system
      boardpacks new place Bolton
      boardpacks new priority "Healthy ageing"
      boardpacks new outcome healthy-ageing "Fewer people fall"
      boardpacks new indicator falls --from fingertips --series 22401
      boardpacks new chapter falls
      boardpacks new meeting bolton 2027-03-10

    All but the first belong to the project that you are in: they change its params, comments kept, and nothing that
    a build would refuse is written.
    """


@new_app.command()
def system(  # noqa: PLR0913, PLR0917 - every option of the command
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    answers: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, metavar="FILE", help="YAML file of the answers."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the system.")] = None,
    short_name: Annotated[str | None, typer.Option(help="How sentences call it.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Who issues the packs.")] = None,
    place: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A local authority, by name or ONS code. Repeat it for several."),
    ] = None,
    comparator: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Country or region to compare with; twice at most. Default: England, region."
        ),
    ] = None,
    peers: Annotated[str | None, typer.Option(help="What the authorities of the region are called.")] = None,
    borough: Annotated[
        str | None, typer.Option(metavar="WORD", help="What an authority is called: district.")
    ] = None,
    bank_holidays: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Whose they are. Default: England.")
    ] = None,
    colour: Annotated[
        str | None, typer.Option(metavar="HEX", help="Of headings and links, such as '#005eb8'.")
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            metavar="DIR",
            help="Folder of tidy CSV files to take figures from. Default: made-up ones.",
        ),
    ] = None,
) -> None:
    """Write the project folder of a new system: params, figures, notebooks, reports.

    What neither an option nor the file of answers says is asked for on a terminal. docs/new-system.md goes through it.

    \b
    Examples:
      boardpacks new system my-system
      boardpacks new system my-system --answers answers.yml
      boardpacks new system my-system --name "Greater Manchester" --place Bolton --place Bury

    \b
    Exit status: 0 written, 2 something wrong in the answers, or there is such a folder already.
    """
    with exit_statuses(all_problems=True, state=NOTHING_WRITTEN):
        from boardpacks.new.answers import read_answers  # noqa: PLC0415
        from boardpacks.new.write_system import write_system  # noqa: PLC0415

        given: dict[str, object] = {
            "name": name,
            "short_name": short_name,
            "organisation": organisation,
            "places": tuple(place or ()) or None,
            "comparators": tuple(comparator or ()) or None,
            "peers": peers,
            "words": {"borough": borough} if borough else None,
            "bank_holidays": bank_holidays,
            "colour": colour,
            "figures": str(figures) if figures else None,
        }
        options = {key: value for key, value in given.items() if value is not None}
        if answers is None and on_a_terminal():
            options |= _asked(options)
        made = write_system(read_answers(answers, options), folder, dt.date.today())
        typer.echo(f"{folder} is ready. Next:")
        typer.echo(f"  cd {folder}\n  boardpacks params check\n  boardpacks build")
        typer.echo(f"What else there is to do: {made.root / 'README.md'}")


def _asked(known: dict[str, object]) -> dict[str, object]:
    """Ask for what a system cannot do without, and offer the rest."""
    asked: dict[str, object] = {}
    if "name" not in known:
        asked["name"] = typer.prompt("Name of the system")
    if "places" not in known:
        typer.echo(
            "Its local authorities, by name or ONS code, one on each line; an empty line ends the list."
        )
        asked["places"] = tuple(
            iter(lambda: typer.prompt("", default="", show_default=False, prompt_suffix="> "), "")
        )
    if "words" not in known:
        asked["words"] = {"borough": typer.prompt("What one of them is called", default="borough")}
    if "organisation" not in known and (
        said := typer.prompt("Who issues the packs", default="", show_default=False)
    ):
        asked["organisation"] = said
    return asked
