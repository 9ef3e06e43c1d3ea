"""Turns the places and priorities that a user named into ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from boardpacks.params.errors import InputError, Problem, near
from boardpacks.params.meetings import Calendar, Meeting
from boardpacks.params.models import SYSTEM, Params


def select_places(params: Params, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the places that `names` asks for, each once, in the order of params/.

    Parameters
    ----------
    params
        The project's params.
    names
        Ids or names of places, in capitals or not; "system", or the system's name, for the whole system.
        None at all means every place and the system.

    Raises
    ------
    InputError
        With every name that is unknown.
    """
    return _select("--place", _place_labels(params), names)


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


def select_meeting(params: Params, text: str, today: dt.date) -> tuple[Calendar, Meeting]:
    """Return the calendar and the meeting that `text` names.

    Parameters
    ----------
    text
        A place by its id or name, or ``system``, for its next meeting (the last one when all have been held); with a
        date after it, as ``havering/2026-12-09``, for the meeting on that day.

    Raises
    ------
    InputError
        When there is no such place, or its calendar has no meeting on that day.
    """
    name, slash, date = text.partition("/")
    (place,) = _select("MEETING", _place_labels(params), [name])
    calendar = params.calendars[place]
    if not slash:
        coming = (meeting for meeting in calendar.meetings if meeting.date >= today)
        return calendar, next(coming, calendar.meetings[-1])
    found = next((meeting for meeting in calendar.meetings if meeting.date.isoformat() == date), None)
    if found is None:
        dates = [meeting.date.isoformat() for meeting in calendar.meetings]
        where = f"params/meetings/{place}.yml"
        raise InputError([Problem(where, "MEETING", repr(date), ", ".join(dates), near(date, dates))])
    return calendar, found


def _place_labels(params: Params) -> dict[str, Sequence[str]]:
    system = (params.system.name, params.system.short_name, params.system.organisation)
    return {**{place.id: (place.name,) for place in params.places.values()}, SYSTEM: system}


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
