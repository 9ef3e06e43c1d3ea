"""The command line: commands, nothing else. Each has a module of its own.

What executes and renders takes a second to import, so the commands that need it import it themselves.
"""

from __future__ import annotations

from typing import Annotated

import typer

from boardpacks import __version__
from boardpacks.cli.build import build
from boardpacks.cli.check import check
from boardpacks.cli.circulate import circulate
from boardpacks.cli.data import data_app
from boardpacks.cli.due import due
from boardpacks.cli.explain import explain
from boardpacks.cli.finalise import finalise
from boardpacks.cli.lint import lint
from boardpacks.cli.lists import places, priorities
from boardpacks.cli.meeting import meeting_app
from boardpacks.cli.new import new_app, system
from boardpacks.cli.new_in_project import chapter, meeting, outcome, place, priority
from boardpacks.cli.new_indicator import indicator
from boardpacks.cli.notebooks import notebooks_app
from boardpacks.cli.options import take_project
from boardpacks.cli.output import print_anything
from boardpacks.cli.params import params_app
from boardpacks.cli.preview import preview
from boardpacks.cli.rap import rap
from boardpacks.cli.serve import serve
from boardpacks.cli.snapshot import snapshot_app
from boardpacks.cli.verify import verify

app = typer.Typer(
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)
app.command()(build)
app.command()(check)
app.command()(circulate)
app.command()(due)
app.command()(explain)
app.command()(finalise)
app.command()(lint)
app.command()(preview)
app.command()(rap)
app.command()(serve)
app.command()(verify)
app.command()(places)
app.command()(priorities)
app.add_typer(data_app, name="data")
app.add_typer(meeting_app, name="meeting")
for command in (place, priority, outcome, indicator, chapter, meeting):
    new_app.command()(command)
app.add_typer(new_app, name="new")
app.add_typer(notebooks_app, name="notebooks")
app.add_typer(params_app, name="params")
app.add_typer(snapshot_app, name="snapshot")
take_project(app, system)


def main() -> None:
    """Run the command line (the console script)."""
    print_anything()
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
      boardpacks check                      whether all is well, one pack included
      boardpacks data status                how old the published figures are
      boardpacks data refresh               newer figures from their publishers
      boardpacks due                        what has to be built by when
      boardpacks circulate havering         messages that bring a final pack to its board
      boardpacks explain FACT               where a number comes from
      boardpacks finalise MEETING           make the packs of a meeting final
      boardpacks lint                       whether prose contradicts the figures
      boardpacks meeting form MEETING       an Excel form for a meeting's details
      boardpacks new system DIR             the project folder of another system
      boardpacks new place NAME             one place more, and other things that are new
      boardpacks notebooks check            whether notebooks keep their contract
      boardpacks preview havering           a pack in a browser while you work on it
      boardpacks rap                        how far it is by the NHS levels of RAP
      boardpacks serve                      the library, in a browser
      boardpacks verify FOLDER              whether a pack can be made again
      boardpacks places                     the places and their ids

    Run it anywhere inside the project folder, or name that with --project.
    """
