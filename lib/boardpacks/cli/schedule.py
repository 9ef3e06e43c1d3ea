"""Chooses and lists the packs that are due, with what is published already taken into account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from boardpacks.cli.progress import plain_table
from boardpacks.packs.files.pack_record import is_published
from boardpacks.params.models import Params
from boardpacks.params.select import select_places
from boardpacks.plan.due import DuePack, due_packs, packs_to_build
from boardpacks.project.dates import long_date

FAR = 36500  # days: further than any calendar reaches


def packs_due(
    params: Params, published: Path, on: dt.date, within_days: int, places: Sequence[str] = ()
) -> tuple[DuePack, ...]:
    """Return what a scheduled build makes on a day: the packs that are due, without those long circulated.

    Parameters
    ----------
    published
        Folder of the published packs.
    on
        The day.
    within_days
        How many days ahead papers are looked for.
    places
        Ids of places, ``system`` included; none for all.

    Raises
    ------
    InputError
        When a place is unknown.
    """
    chosen = select_places(params, places)
    due = [pack for pack in due_packs(params, on, within_days) if pack.place in chosen]
    return packs_to_build(due, lambda pack: is_published(published, pack.place, pack.meeting))


def print_due(params: Params, published: Path, on: dt.date, within_days: int, console: Console) -> None:
    """Print what is due: place, meeting, day when papers are due, days left and status."""
    due = due_packs(params, on, within_days)
    if not due:
        _say(nothing_due(params, on, within_days), console)
        return
    table = plain_table("Place", "Meeting", "Papers due", "Days left", "Status", numbers=["Days left"])
    for pack in due:
        table.add_row(
            pack.place,
            pack.meeting.date.isoformat() + (" *" if pack.calendar.example else ""),
            pack.papers_due.isoformat(),
            str(pack.days_left),
            _status(pack, published),
        )
    console.print(table)
    if any(pack.calendar.example for pack in due):
        _say("\n* The date is an example, to be confirmed.", console)


def nothing_due(params: Params, on: dt.date, within_days: int) -> str:
    """Return the words for a day on which there is nothing to build, and what comes next."""
    days = "day" if within_days == 1 else "days"
    said = f"Nothing to build: no papers are due within {within_days} {days} of {long_date(on)}"
    if due_packs(params, on, within_days):
        said += " that are not published already"
    coming = [pack for pack in due_packs(params, on, FAR) if pack.days_left > within_days]
    if not coming:
        return f"{said}. No calendar has a later meeting."
    first = [pack for pack in coming if pack.papers_due == coming[0].papers_due]
    what = f"{len(first)} packs" if len(first) > 1 else f"the pack of {first[0].place}"
    return f"{said}. Next: {what}, due on {long_date(first[0].papers_due)}."


def _status(pack: DuePack, published: Path) -> str:
    if is_published(published, pack.place, pack.meeting):
        return f"built, {pack.meeting.status} {pack.meeting.version}"
    return "overdue" if pack.days_left < 0 else "not built"


def _say(text: str, console: Console) -> None:
    console.print(text, soft_wrap=True, markup=False, highlight=False)
