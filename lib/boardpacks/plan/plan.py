"""Plans a build: which chapters are executed for which packs, checked before anything starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.facts.wording import listed
from boardpacks.params.agenda import Part
from boardpacks.params.calendars import Calendar, Final, Meeting, Status
from boardpacks.params.models import ChapterSpec, Params, month_of
from boardpacks.params.select import select_chapters, select_places, select_priorities
from boardpacks.params.system import SYSTEM
from boardpacks.plan.given_parameters import given_parameters, without_priority
from boardpacks.project.dates import meeting_date
from boardpacks.project.errors import InputError, Problem, near
from boardpacks.project.folder import Project

MEETING = "meeting"
"""What the name of a merged meeting pack has after the place's."""


@dataclass(frozen=True)
class ChapterRun:
    """One notebook to be executed for one place.

    Parameters
    ----------
    notebook
        The notebook as the analyst wrote it.
    chapter
        Its entry in the list of chapters.
    place
        Id of the place, or ``system``.
    parameters
        Every value that the notebook is given.
    out
        Where the executed notebook goes.
    as_of
        Month of the meeting (``2026-12``), by which the age of figures is told.
    """

    notebook: Path
    chapter: ChapterSpec
    place: str
    parameters: Mapping[str, object]
    out: Path
    as_of: str = ""

    @property
    def label(self) -> str:
        """The notebook's file, and the chapter where its id is another name, as messages have them."""
        own = self.chapter.id
        return self.notebook.name + ("" if own == self.notebook.stem else f" ({own})")


@dataclass(frozen=True)
class PackPlan:
    """One pack to be made: a place's chapters for one meeting.

    ``priorities`` and ``chosen`` are empty for the whole pack; a partial pack has only the chapters of the given
    priorities, or those whose ids were given. ``part`` says whether the pack is for the meeting's public or its private
    part.
    """

    place: str
    place_name: str
    calendar: Calendar
    meeting: Meeting
    priorities: tuple[str, ...]
    chapters: tuple[ChapterRun, ...]
    part: Part = "public"
    priority_names: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether it is less than the pack that a board gets."""
        return bool(self.priorities or self.chosen)

    @property
    def slug(self) -> str:
        """Name of the pack in paths: ``havering``, ``havering_mental-health`` or ``havering_part-2``."""
        return pack_slug(self.place, self.priorities, self.part, self.chosen)

    @property
    def final(self) -> Final | None:
        """What the calendar says of this pack's final edition; None while it is a draft."""
        return self.meeting.final_of(self.slug)

    @property
    def status(self) -> Status:
        """Whether it is a draft or final."""
        return "final" if self.final else "draft"

    @property
    def version(self) -> str:
        """Version of the edition that is made."""
        return self.meeting.version

    @property
    def edition(self) -> str:
        """Name of the folder that it is published in: a final edition has one of its own, for good."""
        return edition_folder(self.slug, self.status, self.version)

    @property
    def name(self) -> str:
        """Name of the pack for people: the place's, with the priorities or chapters of a partial pack."""
        return self.place_name + (
            f" ({', '.join((*self.priorities, *self.chosen))})" if self.is_partial else ""
        )

    @property
    def title(self) -> str:
        """Its title in plain text: ``Havering board pack``, and what a partial one is about."""
        own = "chosen chapters" if self.chosen else ""
        named = listed(self.priority_names) if self.priority_names else own
        return f"{self.place_name} board pack" + (f": {named}" if named else "")

    @property
    def stem(self) -> str:
        """Name that its files share: ``2026-12-09_havering_board-pack_v0.1_DRAFT``."""
        return self._named(self.slug if self.is_partial else f"{self.slug}_board-pack")

    @property
    def day(self) -> str:
        """The meeting's date in words."""
        return meeting_date(self.meeting.date, example=self.calendar.example)

    def published_in(self, published: Path) -> Path:
        """Return the folder of this edition below that of the published packs."""
        return root_of(published, self.part) / self.meeting.date.isoformat() / self.edition

    def _named(self, name: str) -> str:
        draft = "_DRAFT" if self.status == "draft" else ""
        return f"{self.meeting.date.isoformat()}_{name}_v{self.version}{draft}"

    @property
    def folder(self) -> Path:
        """The pack's own folder under the work folder; executed notebooks are in ``executed`` there."""
        return self.chapters[0].out.parent.parent


def root_of(published: Path, part: Part) -> Path:
    """Return the folder that packs for a part of meetings are published in: what is private has one of its own."""
    return published if part == "public" else published.with_name(f"{published.name}-confidential")


def pack_slug(
    place: str, priorities: Sequence[str] = (), part: Part = "public", chapters: Sequence[str] = ()
) -> str:
    """Return the name of a place's pack in paths."""
    chosen = [f"chapter-{chapter.replace('_', '-')}" for chapter in chapters]
    return "_".join([place, *priorities, *chosen, *(["part-2"] if part == "confidential" else [])])


def edition_folder(slug: str, status: Status, version: str) -> str:
    """Return the name of the folder that an edition of a pack is published in."""
    return f"{slug}_v{version}" if status == "final" else slug


def is_meeting_slug(slug: str) -> bool:
    """Whether a name in paths is that of a merged meeting pack: no place and no priority has an underscore."""
    return slug.split("_")[1:2] == [MEETING]


def plan_packs(  # noqa: PLR0913 - everything that packs can be chosen by, by name
    params: Params,
    project: Project,
    places: Sequence[str] = (),
    priorities: Sequence[str] = (),
    meeting: dt.date | None = None,
    *,
    chapters: Sequence[str] = (),
    today: dt.date,
    is_sound: Callable[[ChapterRun], bool] = lambda run: False,
) -> tuple[PackPlan, ...]:
    """Return the packs to make, each with its chapters, all of them sound.

    Parameters
    ----------
    places
        Ids of places, ``system`` included; none for all.
    priorities
        Ids of priorities; none for whole packs. Given some, a pack has their chapters only, and a place that
        has no such chapter is left out unless it was asked for by name.
    meeting
        Date of the meeting: only boards that meet then, unless places are named, which all have to. By
        default each calendar's first meeting on or after `today`, else its last.
    chapters
        Ids of chapters; none for all. Given some, a pack has those only.
    is_sound
        Tells of a chapter whether its parameters are known to fit its notebook, so that they are not checked.

    Raises
    ------
    InputError
        Naming every fault at once: unknown places and priorities, a date that is not on a calendar, missing
        notebooks, and parameters that do not fit a notebook.
    """
    plans, problems = find_packs(
        params,
        project,
        places,
        priorities,
        meeting,
        chapters=chapters,
        today=today,
        is_sound=is_sound,
    )
    if problems:
        raise InputError(problems)
    return plans


def find_packs(  # noqa: PLR0913 - as plan_packs
    params: Params,
    project: Project,
    places: Sequence[str] = (),
    priorities: Sequence[str] = (),
    meeting: dt.date | None = None,
    *,
    chapters: Sequence[str] = (),
    today: dt.date,
    is_sound: Callable[[ChapterRun], bool] = lambda run: False,
) -> tuple[tuple[PackPlan, ...], list[Problem]]:
    """Return the packs to make and what is wrong with their chapters: see :func:`plan_packs`, which refuses it.

    A board whose calendar cannot be read has no pack.
    """
    problems: list[Problem] = []
    chosen_places = select_places(params, places)
    chosen = select_priorities(params, priorities) if priorities else ()
    only = select_chapters(params, chapters)
    problems += _missing_notebooks(params, project)
    for chapter in params.chapters:
        problems += without_priority(_notebook(project, chapter), chapter)
    plans: list[PackPlan] = []
    not_then: list[Calendar] = []
    for place in (place for place in chosen_places if place in params.calendars):
        calendar = params.calendars[place]
        held = _meeting(calendar, meeting, today)
        if held is None:
            not_then.append(calendar)
            continue
        parts = _by_part(_chapters(params, place, chosen, only), held.front_sheet.part)
        for part, own in parts.items():
            folder = project.work / held.date.isoformat() / pack_slug(place, chosen, part, only)
            runs = tuple(
                ChapterRun(
                    notebook=_notebook(project, chapter),
                    chapter=chapter,
                    place=place,
                    parameters=given_parameters(_notebook(project, chapter), chapter, place),
                    out=folder / "executed" / f"{chapter.id}.ipynb",
                    as_of=month_of(held.date),
                )
                for chapter in own
            )
            names = tuple(params.priorities[priority].name for priority in chosen)
            plans.append(
                PackPlan(place, _name(params, place), calendar, held, chosen, runs, part, names, only)
            )
        if places and not parts:
            problems.append(_no_chapter(params, place, chosen, only))
    if places or not plans:
        problems += [_not_on_calendar(calendar, meeting) for calendar in not_then]
    if not plans and not problems:
        problems.append(_no_chapter(params, "all places", chosen, only))
    runs_to_check = [
        run for plan in plans for run in plan.chapters if run.notebook.is_file() and not is_sound(run)
    ]
    problems += _unfit_parameters(runs_to_check)
    return tuple(plans), problems


def _chapters(
    params: Params, place: str, priorities: Sequence[str], only: Sequence[str]
) -> list[ChapterSpec]:
    own = [chapter for chapter in params.chapters if chapter.belongs_to(place)]
    return [
        chapter
        for chapter in own
        if (not priorities or chapter.priority in priorities) and (not only or chapter.id in only)
    ]


def _by_part(chapters: Sequence[ChapterSpec], part: Part) -> dict[Part, list[ChapterSpec]]:
    """Return the chapters of each pack; where the whole pack is confidential, so is each of them."""
    parts: dict[Part, list[ChapterSpec]] = {}
    for chapter in chapters:
        parts.setdefault("confidential" if "confidential" in (part, chapter.part) else "public", []).append(
            chapter
        )
    return parts


def _meeting(calendar: Calendar, date: dt.date | None, today: dt.date) -> Meeting | None:
    if date is None:
        return calendar.next_meeting(today)
    return next((meeting for meeting in calendar.meetings if meeting.date == date), None)


def _name(params: Params, place: str) -> str:
    return params.system.name if place == SYSTEM else params.places[place].name


def _notebook(project: Project, chapter: ChapterSpec) -> Path:
    return project.notebooks / f"{chapter.notebook}.ipynb"


def _not_on_calendar(calendar: Calendar, date: dt.date | None) -> Problem:
    return Problem(
        where=f"params/meetings, calendar of {calendar.place}",
        key="meeting",
        found=str(date),
        allowed=", ".join(meeting.date.isoformat() for meeting in calendar.meetings),
    )


def _no_chapter(params: Params, place: str, priorities: Sequence[str], only: Sequence[str]) -> Problem:
    scope = "system" if place == SYSTEM else "place"
    if only:
        own = [chapter.id for chapter in _chapters(params, place, priorities, ())]
        allowed = f"its chapters: {', '.join(own)}" if own else "chapters that it has"
        return Problem("--chapter", place, ", ".join(only), allowed, near(only[0], own))
    reported = dict.fromkeys(
        chapter.priority for chapter in params.chapters if chapter.belongs_to(place) and chapter.priority
    )
    return Problem(
        where="params/chapters.yml",
        key=place,
        found=f"no chapter of scope {scope}" + (f" on {', '.join(priorities)}" if priorities else ""),
        allowed=f"priorities with a chapter: {', '.join(reported) or 'none'}",
        hint="leave --priority out to build the whole pack" if priorities else "",
    )


def _missing_notebooks(params: Params, project: Project) -> list[Problem]:
    there = sorted(path.stem for path in project.notebooks.glob("*.ipynb"))
    return [
        Problem(
            where="params/chapters.yml",
            key="notebook",
            found=chapter.notebook,
            allowed=f"a notebook in notebooks/: {', '.join(there) or 'there is none yet'}",
            hint=near(chapter.notebook, there),
        )
        for chapter in params.chapters
        if chapter.notebook not in there
    ]


def _unfit_parameters(runs: Sequence[ChapterRun]) -> list[Problem]:
    """Read each notebook once, and name each fault once however many places share it."""
    if not runs:
        return []
    from boardpacks.plan.parameters import check_parameters, read_signature  # noqa: PLC0415 - slow to import

    problems: dict[Problem, None] = {}
    for notebook in dict.fromkeys(run.notebook for run in runs):
        try:
            signature = read_signature(notebook)
        except InputError as error:
            problems.update(dict.fromkeys(error.problems))
            continue
        for run in runs:
            if run.notebook == notebook:
                problems.update(dict.fromkeys(check_parameters(signature, run.parameters)))
    return list(problems)
