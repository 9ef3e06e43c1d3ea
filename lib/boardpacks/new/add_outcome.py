"""Adds an outcome to a priority: what it is measured by, or why nothing measures it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.new.answers import slug
from boardpacks.new.change_project import known_params
from boardpacks.new.put_in import put_item
from boardpacks.new.yaml_text import flow, sentence, value
from boardpacks.params.models import Params
from boardpacks.params.select import select_priorities
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project

COMMAND = "boardpacks new outcome"


@dataclass(frozen=True)
class NewOutcome:
    """What is said of an outcome: its title, the ids of its measures, and what is not measured."""

    title: str
    indicators: Sequence[str] = ()
    gap: str | None = None

    def item(self, params: Params) -> str:
        """Return it as an item of a list, with an id that no outcome of the params has."""
        taken = {one.id for priority in params.priorities.values() for one in priority.outcomes}
        lines = [f"- id: {slug(self.title, taken)}", f"  title: {value(self.title)}"]
        lines += [f"  indicators: {flow(self.indicators)}"] if self.indicators else []
        lines += [f"  gap: {sentence(self.gap, 4)}"] if self.gap else []
        if self.indicators and not self.gap:
            lines.append("  # gap: what of it no figure here shows, and why")
        lines.append("  # lead: the role that answers for it, such as Director of public health")
        return "\n".join(lines)


def add_outcome(project: Project, priority: str, outcome: NewOutcome) -> str:
    """Put an outcome at the end of a priority, and return the priority's id.

    Raises
    ------
    InputError
        When the priority is not known, or has an outcome of that title.
    """
    params = known_params(project)
    (found,) = select_priorities(params, [priority])
    outcomes = params.priorities[found].outcomes
    if outcome.title.casefold() in {one.title.casefold() for one in outcomes}:
        allowed = f"an outcome that {found} has not yet"
        raise InputError([Problem(COMMAND, "", outcome.title, allowed)])
    put_item(project.params / "priorities" / f"{found}.yml", "outcomes", outcome.item(params))
    return found
