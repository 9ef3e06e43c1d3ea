"""Adds a place to a project: its authorities, and a calendar with dates that are an example."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.data.snapshot import load_snapshot
from boardpacks.new.answers import NewPlace, shown_area, slug
from boardpacks.new.area_table import AUTHORITIES, NoSuchArea, find_area
from boardpacks.new.change_project import known_params
from boardpacks.new.example_figures import PUBLISHER
from boardpacks.new.place_files import calendar_text, example_dates, place_text
from boardpacks.new.put_in import write_new
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM, Area
from boardpacks.params.values import AREA_CODE
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project

COMMAND = "boardpacks new place"
FIRST = "put its figures in first: boardpacks data add FILE, then boardpacks data write --replace"


@dataclass(frozen=True)
class AddedPlace:
    """A place that was added, and the names of the measures that the snapshot has no figure of for it."""

    id: str
    name: str
    without: tuple[str, ...]


def find_areas_named(names: Sequence[str]) -> tuple[Area, ...]:
    """Return authorities by name or ONS code; one that is not English as ``CODE=NAME``.

    Raises
    ------
    InputError
        With every one that is not known.
    """
    areas, problems = [], []
    for name in names:
        code, equals, own = name.partition("=")
        if equals and re.fullmatch(AREA_CODE, code):
            areas.append(Area(code=code, name=own))
            continue
        try:
            areas.append(shown_area(find_area(name, *AUTHORITIES, "county")))
        except NoSuchArea as none:
            allowed = "the name or code of an English local authority, or CODE=NAME for another area"
            hint = none.hint if "code: and name:" not in none.hint else ""
            problems.append(Problem(COMMAND, "", name, allowed, hint))
    if problems:
        raise InputError(problems)
    return tuple(areas)


def add_place(
    project: Project, areas: Sequence[Area], name: str, today: dt.date, tiles: Sequence[str] = ()
) -> AddedPlace:
    """Write the files of a place, and return what the snapshot has no figures of."""
    params = known_params(project)
    if len(tiles) not in (0, len(areas)):
        allowed = f"{len(areas)}, one for each authority"
        raise InputError([Problem(COMMAND, "--tile", f"{len(tiles)}", allowed)])
    place = NewPlace(slug(name, {SYSTEM}), name, tuple(areas))
    if place.id in params.places:
        allowed = f"a place that is not there yet; there are {', '.join(params.places)}"
        raise InputError([Problem(COMMAND, "", place.id, allowed)])
    write_new(project.params / "places" / f"{place.id}.yml", place_text(place, tiles))
    made_up = any(one.publisher == PUBLISHER for one in params.indicators.values())
    dates = example_dates(today, params.system.bank_holidays)
    calendar = calendar_text(
        place.id, f"{name} Board", name, dates, params.system.benchmark.name, made_up=made_up
    )
    write_new(project.params / "meetings" / f"{place.id}.yml", calendar)
    return AddedPlace(place.id, name, tuple(_without(project, params, areas)))


def _without(project: Project, params: Params, areas: Sequence[Area]) -> list[str]:
    """Return the measures without a figure of any of the areas. Each has to have one of some measure."""
    snapshot = load_snapshot(project.snapshots / params.system.snapshot)
    if missing := [area for area in areas if area.code not in snapshot.manifest.areas]:
        allowed = f"an area that the snapshot {snapshot.manifest.name} holds figures of"
        raise InputError(
            [Problem(COMMAND, "", f"{area.name} ({area.code})", allowed, FIRST) for area in missing]
        )
    table = snapshot.observations
    own = table[table["area"].isin([area.code for area in areas]) & table["value"].notna()]
    held = set(own["indicator"])
    return [one.name for one in params.indicators.values() if one.areas == "boroughs" and one.id not in held]
