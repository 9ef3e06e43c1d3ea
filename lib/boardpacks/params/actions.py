"""Typed model of a board's action log: what was agreed about a measure, by whom, by when, and whether it is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pydantic import model_validator

from boardpacks.params.values import Clash, Model, OneLine


class Action(Model):
    """What a board agreed to do about a measure."""

    indicator: OneLine
    """The measure's id."""
    action: OneLine
    """What is to be done."""
    owner: OneLine
    """Who does it."""
    agreed: dt.date
    """The day on which the board agreed."""
    due: dt.date
    """By when."""
    closed: dt.date | None = None
    """The day on which it was done or given up; left out while it is open."""

    @model_validator(mode="after")
    def _in_order(self) -> Action:
        for key in ("due", "closed"):
            date = getattr(self, key)
            if date is not None and date < self.agreed:
                raise Clash(f"a date on or after {self.agreed}, when it was agreed", path=(key,))
        return self


def carried_forward(
    actions: Sequence[Action], meeting: dt.date, before: dt.date | None
) -> tuple[Action, ...]:
    """Return the actions that the pack of a meeting shows, as they stood on that day.

    These are the actions agreed earlier that were open then, and those closed since the last meeting: each is shown
    once as closed, and then no more. What was closed later was open then.

    Parameters
    ----------
    actions
        The board's log.
    meeting
        Day of the meeting.
    before
        Day of the last meeting, None where there was none.
    """
    shown = []
    for one in actions:
        closed = one.closed if one.closed is not None and one.closed < meeting else None
        if one.agreed < meeting and (closed is None or before is None or closed >= before):
            shown.append(one.model_copy(update={"closed": closed}))
    return tuple(shown)
