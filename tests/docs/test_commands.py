"""Every command in the docs is one: the commands and options exist, and so do the targets of make."""

from __future__ import annotations

import re
from typing import Any

import pytest
import typer

from boardpacks.cli import app
from tests.docs.pages import ROOT, blocks, typed

TYPED = dict(typed())
COMMANDS: Any = typer.main.get_command(app)
MISSING = "does not exist"
"""What is said of a file that an example reads: it is the reader's own."""


@pytest.mark.parametrize("place", TYPED)
def test_each_command_is_one(place: str) -> None:
    words = [word for word in TYPED[place] if word not in ("--help", "--version")]
    command = COMMANDS
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, place
        command = command.commands[words.pop(0)]
    if not words or hasattr(command, "commands"):  # named in a sentence, without its arguments
        return
    said = refused(command, words)
    assert said is None or MISSING in said, f"{place}: {said}"


def refused(command: Any, words: list[str]) -> str | None:
    """Return why a command refuses what is typed, None where it does not."""
    try:
        command.make_context(command.name, words)
    except Exception as error:
        return str(error)
    return None


def test_the_commands_are_found() -> None:
    assert len(TYPED) > 100
    assert {" ".join(words[:2]) for words in TYPED.values()} >= {"new system", "params check", "data write"}


def test_every_target_of_make_is_one() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for block in blocks("", "console", "bash", "sh"):
        for target in re.findall(r"^(?:\w+=\S+ )?make ([a-z-]+)", block.text, re.MULTILINE):
            assert target in targets, block
