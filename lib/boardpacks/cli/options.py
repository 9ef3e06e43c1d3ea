"""Options that several commands have."""

from __future__ import annotations

import datetime as dt
import functools
import inspect
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from boardpacks.project.folder import choose_project


class Renderer(StrEnum):
    """Render engines; auto takes Quarto when a new enough one is on PATH, and the bundled one when that fails."""

    AUTO = "auto"
    QUARTO = "quarto"
    BUNDLED = "bundled"


Day = Annotated[
    dt.datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="Day to look from. Default: today."),
]
Engine = Annotated[
    Renderer | None,
    typer.Option(
        help="What renders the packs. Default: engine in params/system.yml, or auto: Quarto where it is.",
        show_default=False,
    ),
]


def take_project(app: typer.Typer, *without: Callable[..., Any]) -> None:
    """Let every command take the folder of its project, but those whose functions are given."""
    for command in app.registered_commands:
        if command.callback is not None and command.callback not in without:
            command.callback = _in_project(command.callback)
    for group in app.registered_groups:
        if group.typer_instance is not None:
            take_project(group.typer_instance, *without)


def _take_folder(context: typer.Context, folder: Path | None) -> None:
    if folder is not None:
        choose_project(folder)
        context.call_on_close(lambda: choose_project(None))


Folder = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        callback=_take_folder,
        help="Folder of the project. Default: the one that you are in.",
    ),
]


def _in_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command that takes ``--project`` beside its own options."""

    @functools.wraps(command)
    def run(*args: Any, project_folder: None = None, **options: Any) -> Any:
        return command(*args, **options)

    own = inspect.signature(command, eval_str=True)
    option = inspect.Parameter(
        "project_folder", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Folder
    )
    vars(run)["__signature__"] = own.replace(parameters=[*own.parameters.values(), option])
    run.__annotations__ = {**command.__annotations__, "project_folder": Folder}
    return run
