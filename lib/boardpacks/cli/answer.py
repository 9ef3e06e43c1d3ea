"""Asks on a terminal for what a command cannot do without; elsewhere it is an option or a fault."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import typer

from boardpacks.project.errors import InputError, Problem


def on_a_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def answered(command: str, given: Mapping[str, str | None], questions: Mapping[str, str]) -> dict[str, str]:
    """Return an answer to every question: what an option gave, or what is said on the terminal.

    Parameters
    ----------
    command
        The command, for messages.
    given
        What was given, by option.
    questions
        What is asked, by option; it says as well what is allowed.

    Raises
    ------
    InputError
        With every option that is missing where nobody can be asked.
    """
    missing = [option for option in questions if not given.get(option)]
    if missing and not on_a_terminal():
        raise InputError([Problem(command, option, "nothing", questions[option]) for option in missing])
    return {option: given.get(option) or typer.prompt(text) for option, text in questions.items()}
