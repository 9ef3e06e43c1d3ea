"""What the table says that a chapter's methods ask for is what the methods do."""

from __future__ import annotations

import inspect
import io
from contextlib import redirect_stdout

import pytest

from boardpacks.chapter.chapter import Chapter, open_chapter
from boardpacks.chapter.needs import METHODS
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project

NAMED = {
    "indicator": "smoking_prevalence",
    "outcome": "self-management",
    "priority": "mental-health",
    "home": "mental-health",
    "collaborative": "acute",
    "groups": "women-and-men",
}
"""A name of each kind that the project's params have."""
HAND_OVERS = {"derived", "describe", "frame", "heading", "say", "show_chart", "show_table", "measure"}
"""What an analyst gives more than a name."""
ASKED = [name for name in METHODS if callable(getattr(Chapter, name, None)) and name not in HAND_OVERS]


def ask(chapter: Chapter, method: str, *, named: bool = True) -> None:
    asks = METHODS[method]
    given = [NAMED[asks.names]] if asks.names and named else []
    with redirect_stdout(io.StringIO()):
        getattr(chapter, method)(*(["Title", given] if asks.at else given))


@pytest.fixture(scope="module")
def system(project: Project) -> Chapter:
    return open_chapter("system", folder=project.root)


def test_everything_that_a_chapter_offers_is_in_the_table():
    own = {name for name in dir(Chapter) if not name.startswith("_")} | set(Chapter.__dataclass_fields__)
    assert set(METHODS) == {name for name in own if not name.startswith("_")}


@pytest.mark.parametrize("method", [name for name, asks in METHODS.items() if asks.names])
def test_names_stand_where_the_table_says(method: str):
    asks = METHODS[method]
    given = list(inspect.signature(getattr(Chapter, method)).parameters)
    assert given[asks.at + 1] == asks.argument


@pytest.mark.parametrize("method", [name for name in ASKED if METHODS[name].of_place])
def test_what_is_a_places_own_is_refused_for_the_whole_system(project: Project, method: str):
    system = open_chapter("system", priority="long-term-conditions", folder=project.root)
    if method == "latest_table":
        with pytest.raises(BoardpacksError, match="whole system"):
            system.latest_table("less-obesity-smokefree")
        return
    with pytest.raises(BoardpacksError, match="whole system"):
        ask(system, method)


@pytest.mark.parametrize(
    "method",
    [
        name
        for name in ASKED
        if not METHODS[name].of_place and (METHODS[name].names or not METHODS[name].of_priority)
    ],
)
def test_everything_else_is_there_for_the_whole_system(system: Chapter, method: str):
    ask(system, method)


@pytest.mark.parametrize("method", [name for name in ASKED if METHODS[name].of_priority])
def test_what_needs_a_priority_is_refused_without_one(project: Project, method: str):
    with pytest.raises(BoardpacksError, match="no priority"):
        ask(open_chapter("havering", folder=project.root), method, named=False)
