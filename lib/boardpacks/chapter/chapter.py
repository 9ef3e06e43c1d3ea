"""The object that a notebook works with: one place, its measures, and how to show them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from boardpacks.chapter.history import month_of_meeting
from boardpacks.chapter.of_places import OfPlaces
from boardpacks.chapter.of_priority import OfPriority
from boardpacks.chapter.of_profile import OfProfile
from boardpacks.chapter.of_trusts import OfTrusts
from boardpacks.chapter.opened_chapter import check_known
from boardpacks.chapter.own_analysis import OwnAnalysis
from boardpacks.chapter.own_place import hold_to_own_place
from boardpacks.chapter.read_once import read_inputs
from boardpacks.charts.fonts import ensure_fonts
from boardpacks.charts.theme import apply_theme
from boardpacks.params.system import SYSTEM
from boardpacks.project.folder import find_project


@dataclass(frozen=True, repr=False)
class Chapter(OwnAnalysis, OfPriority, OfPlaces, OfTrusts, OfProfile):
    """A chapter of one place's pack: see `Opened` for what it knows, and its bases for what it shows."""


def open_chapter(place: str, priority: str | None = None, folder: Path | None = None) -> Chapter:
    """Open a chapter for a place: read params and snapshot, and give charts the packs' look.

    Parameters
    ----------
    place
        Id of a place, or "system" for the whole system; an empty text for the first place of the params.
    priority
        Id of the priority that the chapter reports on, if any; an empty text for the first of the params.
    folder
        A folder inside the project; by default the current one.

    Raises
    ------
    BoardpacksError
        When the place or the priority is unknown, or params or snapshot are faulty.

    Examples
    --------
    >>> from boardpacks import open_chapter
    >>> chapter = open_chapter("havering", priority="long-term-conditions")
    >>> chapter.name, chapter.priority.name
    ('Havering', 'Long-term conditions')
    >>> open_chapter("system").name
    'north east London'
    >>> open_chapter("haverin")
    Traceback (most recent call last):
        ...
    boardpacks.project.errors.BoardpacksError: no place 'haverin': allowed are ... did you mean 'havering'?
    """
    project = find_project(folder)
    params, snapshot = read_inputs(project)
    place = place or next(iter(params.places))
    check_known(place, [*params.places, SYSTEM], "place")
    as_of = month_of_meeting(params.calendars[place])
    # A chapter is made once for all meetings of a month: what it cannot see needs no new execution when it changes
    params = params.model_copy(update={"calendars": {}, "chapters": (), "assurance": None, "as_of": as_of})
    if priority is not None:
        priority = priority or next(iter(params.priorities))
        check_known(priority, list(params.priorities), "priority")
    hold_to_own_place(place)
    ensure_fonts(project.fonts)
    apply_theme(project.fonts)
    return Chapter(
        params,
        snapshot,
        None if place == SYSTEM else params.places[place],
        None if priority is None else params.priorities[priority],
    )
