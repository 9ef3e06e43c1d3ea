"""Every command, with its options, examples and exit statuses, from the command line itself."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import typer

from boardpacks.cli import app
from reference.markdown import as_code, linked, page, table

NAME = "boardpacks"
EVERYWHERE = ("--help", "--project")
"""Options that every command has."""


def commands() -> dict[str, Any]:
    """Return every command by what is typed: ``boardpacks params check``. Groups are among them."""
    return dict(_below(typer.main.get_command(app), NAME))


def commands_page() -> str:
    """Return the page of commands."""
    found = commands()
    single = {typed: command for typed, command in found.items() if not hasattr(command, "commands")}
    listed = table(
        ("Command", "What it does"),
        (
            (f"[`{typed}`](#{typed.replace(' ', '-')})", linked(_paragraphs(command)[0]))
            for typed, command in single.items()
        ),
    )
    return page(
        "Commands",
        "Each is typed in the project's folder or below it; `--project DIR` names another, and `--help` shows what "
        "is said here. [Exit statuses](exit-statuses.md) are on a page of their own too.",
        listed,
        *(_section(typed, command) for typed, command in single.items()),
    )


def statuses_told() -> dict[str, str]:
    """Return what the help of each command says of its exit status, for those that say anything."""
    told = {}
    for typed, command in commands().items():
        for paragraph in _paragraphs(command):
            if paragraph.startswith("Exit status:"):
                told[typed] = " ".join(paragraph.removeprefix("Exit status:").split())
    return told


def options_of(command: Any) -> list[tuple[str, str]]:
    """Return the arguments and options of a command with what its help says of each."""
    context = command.make_context(command.name, [], resilient_parsing=True)
    found = [
        parameter.get_help_record(context)
        for parameter in command.params
        if not set(parameter.opts) & set(EVERYWHERE)
    ]
    return [record for record in found if record]


def _below(command: Any, typed: str) -> Iterator[tuple[str, Any]]:
    yield typed, command
    inner = getattr(command, "commands", {})
    for name in sorted(inner):
        yield from _below(inner[name], f"{typed} {name}")


def _section(typed: str, command: Any) -> str:
    said = []
    for paragraph in _paragraphs(command):
        first, _, rest = paragraph.partition("\n")
        if first.strip() == "Examples:":
            said.append(f"```console\n{inspect.cleandoc(rest)}\n```")
        else:
            said.append(linked(" ".join(paragraph.split())))
    options = table(
        ("Argument or option", "Meaning"),
        ((as_code(_plain(words)), linked(said)) for words, said in options_of(command)),
    )
    return "\n\n".join(part for part in (f"## {typed}", *said, options) if part)


def _paragraphs(command: Any) -> list[str]:
    """Return what a command says of itself, without Click's marks for lines that are not to be joined."""
    said = inspect.cleandoc(command.help or "").replace("\b\n", "")
    return [paragraph for paragraph in re.split(r"\n\s*\n", said) if paragraph.strip()]


def _plain(words: str) -> str:
    """Return what is typed without Typer's words for types: ``--engine auto|quarto|bundled``."""
    return re.sub(r" <(str|Path)>", "", words).replace("<", "").replace(">", "")
