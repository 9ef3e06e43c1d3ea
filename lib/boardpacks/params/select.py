"""Turns the places and priorities that a user named into ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from boardpacks.params.calendars import Calendar, Meeting
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import InputError, Problem, near


def select_places(params: Params, names: Sequence[str], option: str = "--place") -> tuple[str, ...]:
    """Return the ids of the places that `names` asks for, each once, in the order of params/.

    Parameters
    ----------
    params
        The project's params.
    names
        Ids or names of places, in capitals or not; "system", or the system's name, for the whole system.
        None at all means every place and the system.
    option
        What the names were given as, for errors.

    Raises
    ------
    InputError
        With every name that is unknown.
    """
    labels = {place.id: (place.name,) for place in params.places.values()}
    system = (params.system.name, params.system.short_name, params.system.organisation)
    return _select(option, {**labels, SYSTEM: system}, names)


def select_priorities(params: Params, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the priorities that `names` asks for, each once, in the order of params/.

    Parameters
    ----------
    params
        The project's params.
    names
        Ids or names of priorities, in capitals or not. None at all means every priority.

    Raises
    ------
    InputError
        With every name that is unknown.
    """
    return _select("--priority", {p.id: (p.name,) for p in params.priorities.values()}, names)


def select_chapters(params: Params, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the chapters that `names` asks for, each once, in the order of params/chapters.yml.

    Parameters
    ----------
    params
        The project's params.
    names
        Ids of chapters, in capitals or not; none at all means whole packs, and gives none.

    Raises
    ------
    InputError
        With every name that is unknown.
    """
    return _select("--chapter", {chapter.id: () for chapter in params.chapters}, names) if names else ()


def select_meeting(params: Params, text: str, today: dt.date) -> tuple[Calendar, Meeting]:
    """Return the meeting that `text` asks for, and the calendar that it is on.

    Parameters
    ----------
    params
        The project's params.
    text
        A place, or "system": its next meeting, from `today` on, else its last one. Or a place and a date, such as
        ``havering/2026-12-09``.
    today
        The day.

    Raises
    ------
    InputError
        When the place is unknown, the date is none, or no meeting is held on it.
    """
    name, slash, day = (part.strip() for part in text.partition("/"))
    (place,) = select_places(params, [name], option="MEETING")
    calendar = params.calendars[place]
    if not slash:
        coming = [meeting for meeting in calendar.meetings if meeting.date >= today]
        return calendar, coming[0] if coming else calendar.meetings[-1]
    dates = {meeting.date.isoformat(): meeting for meeting in calendar.meetings}
    if day not in dates:
        where = f"params/meetings/{place}.yml"
        raise InputError([Problem(where, "MEETING", repr(day), ", ".join(dates), near(day, list(dates)))])
    return calendar, dates[day]


def _select(option: str, labels: Mapping[str, Sequence[str]], names: Sequence[str]) -> tuple[str, ...]:
    ids = {_plain(word): id_ for id_, words in labels.items() for word in (*words, id_)}
    problems = [
        Problem(option, "", repr(name), ", ".join(labels), _near(name, ids))
        for name in names
        if _plain(name) not in ids
    ]
    if problems:
        raise InputError(problems)
    wanted = {ids[_plain(name)] for name in names} if names else set(labels)
    return tuple(id_ for id_ in labels if id_ in wanted)


def _plain(name: str) -> str:
    words = (
        name.strip().casefold().replace("&", " and ").replace("-", " ").replace("_", " ").replace(",", " ")
    )
    return " ".join(words.split())


def _near(name: str, ids: Mapping[str, str]) -> str:
    match = near(_plain(name), list(ids))
    word = match.removeprefix("did you mean '").removesuffix("'?")
    return f"did you mean {ids[word]!r}?" if word in ids else ""
