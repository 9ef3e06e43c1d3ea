"""Adds a priority to a project: its file, with a first outcome, and its chapter."""

from __future__ import annotations

import textwrap

from boardpacks.new.add_outcome import NewOutcome
from boardpacks.new.answers import slug
from boardpacks.new.change_project import known_params
from boardpacks.new.put_in import put_item, write_new
from boardpacks.new.yaml_text import sentence, value
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project

COMMAND = "boardpacks new priority"


def add_priority(project: Project, name: str, aim: str, first: NewOutcome) -> str:
    """Write the file of a priority and an entry for its chapter, and return the chapter's id.

    Raises
    ------
    InputError
        When there is a priority of that name.
    """
    params = known_params(project)
    own = slug(name, set())
    known = {one.name.casefold() for one in params.priorities.values()}
    if own in params.priorities or name.casefold() in known:
        allowed = f"a priority that is not there yet; there are {', '.join(params.priorities)}"
        raise InputError([Problem(COMMAND, "", name, allowed)])
    write_new(project.params / "priorities" / f"{own}.yml", _text(own, name, aim, first, params))
    chapter = own.replace("-", "_")
    item = f"- notebook: priority\n  id: {chapter}\n  scope: place\n  priority: {own}"
    put_item(project.params / "chapters.yml", "", item, behind_priorities(params))
    return chapter


def behind_priorities(params: Params) -> int | None:
    """Return how many chapters stand before one that follows those of priorities; None where none has one."""
    numbers = [number for number, chapter in enumerate(params.chapters, start=1) if chapter.priority]
    return max(numbers, default=None)


def _text(own: str, name: str, aim: str, first: NewOutcome, params: Params) -> str:
    order = max((one.order for one in params.priorities.values()), default=0) + 1
    return (
        f"id: {own}\nname: {value(name)}\n"
        f"aim: {sentence(aim, 2)}\n"
        "# introduction: what its chapter opens with, in Markdown that may quote figures (docs/params.md)\n"
        f"order: {order} # its place among the priorities\n"
        "# Each outcome has indicators, a gap that says what no figure here shows, and why, or both.\noutcomes:\n"
        f"{textwrap.indent(first.item(params), '  ')}\n"
    )
