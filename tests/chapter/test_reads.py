"""Which published figures the project's notebooks read: as noted by the library, and worked out from their text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from boardpacks.chapter import chapter
from boardpacks.data.contents import SnapshotContents, read_contents
from boardpacks.data.reads import Read
from boardpacks.params.models import ChapterSpec, Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.folder import Project
from tests.written_out import written_out

from .conftest import Ran

Chapter = tuple[str, str]
"""Id of a chapter, and a place."""


@pytest.fixture(scope="module")
def noted(ran: Mapping[Chapter, Ran]) -> Mapping[Chapter, frozenset[Read]]:
    """What each chapter was noted to read when its notebook ran."""
    return {one: chapter.reads for one, chapter in ran.items()}


@pytest.fixture(scope="module")
def expected(project: Project, params: Params) -> Mapping[Chapter, frozenset[tuple[str, str]]]:
    """Every series (indicator, area) that each chapter has to read, worked out from its notebook's text alone."""
    outcomes = {o.id: o.indicators for p in params.priorities.values() for o in p.outcomes}
    trusts = {name for name, indicator in params.indicators.items() if indicator.areas == "trusts"}
    elsewhere = {name for name, indicator in params.indicators.items() if indicator.areas != "boroughs"}
    whole = {area.code for area in params.system.own_areas}
    linked = {name for names in outcomes.values() for name in names}
    comparators = {area.code for area in params.system.comparators}
    followed = params.inequalities
    assert followed is not None
    gaps = {one.indicator for one in followed.measures}
    pairs = {g.id: {g.first.indicator, g.second.indicator} for g in followed.groups}
    boroughs = {borough.code for borough in params.boroughs()}
    own = {}
    for known in params.places.values():
        codes = {borough.code for borough in known.boroughs}
        combined = {a.code for a in params.system.combined_areas if set(a.boroughs) == codes}
        own[known.id] = codes | (combined if len(codes) > 1 else set())
    found = {}
    for one in params.chapters:
        code = _code(one, params, project.notebooks / f"{one.notebook}.ipynb")
        of_none: set[str] = set()
        of_place = set(re.findall(r'chapter\.show\("(\w+)"\)', code))
        for name in re.findall(r'chapter\.latest_table\("([\w-]+)"\)', code):
            of_place |= set(outcomes[name])
        of_all = set(re.findall(r'"(\w+)"', " ".join(re.findall(r"compare_places\([^[]*\[(.*?)\]", code))))
        for name in re.findall(r'chapter\.places_(?:table|chart)\("([\w-]+)"\)', code):
            of_all |= set(outcomes[name]) - elsewhere
            of_none |= set(outcomes[name]) & elsewhere
        if "chapter.borough_gaps()" in code or "chapter.inequality_slopes()" in code:
            of_all |= gaps
        if "chapter.group_gap(pair.id)" in code:
            of_all |= set().union(*pairs.values())
        controlled = set(params.system.trust_charts) if "chapter.trust_charts()" in code else set()
        together = [
            params.collaboratives[name] for name in re.findall(r'\.collaborative\("([\w-]+)"\)', code)
        ]
        for name in re.findall(r'chapter\.(?:rug|ranks_table|multiples)\("([\w-]+)"\)', code):
            of_all |= set(params.priorities[name].indicators) - elsewhere
        if "chapter.frame(" in code:
            of_place |= {name for name in one.parameters.values() if name in params.indicators}
        if "chapter.spine()" in code or "chapter.ranks_table()" in code:
            of_place |= set(params.priorities[one.priority or ""].indicators)
        if "chapter.trust_table()" in code:
            of_place |= trusts - linked
        for where in filter(one.belongs_to, (*params.places, SYSTEM)):
            series = {(name, area) for name in of_all for codes in own.values() for area in codes}
            stressed = params.places[where].emphasis if "chapter.emphasis()" in code else ()
            scored = (*params.themes, *params.foundations) if "chapter.scorecard()" in code else ()
            evidence = {name for entry in scored for name in entry.indicators}
            told = list(params.places) if where == SYSTEM else [where]
            series |= {(name, area) for name in evidence for home in told for area in own[home]}
            for name in of_place.union(*(emphasis.indicators for emphasis in stressed)):
                areas = {params.places[where].trust or ""} if name in trusts else own[where]
                series |= {(name, area) for area in (whole if name in elsewhere - trusts else areas)}
            for name in of_none:
                every = {trust.code for trust in params.system.trusts} if name in trusts else whole
                series |= {(name, area) for area in every}
            series |= {(name, area) for name, _ in series for area in comparators}
            if "chapter.borough_gaps()" in code:
                series |= {(followed.population, area) for area in boroughs}
            # Control charts are held against nobody else's figures
            series |= {(name, params.places[where].trust or "") for name in controlled}
            series |= {(name, trust) for one in together for name in one.indicators for trust in one.trusts}
            found[one.id, where] = frozenset(series)
    return found


def _code(chapter: ChapterSpec, params: Params, notebook: Path) -> str:
    """Return the code of a notebook; of one made in loops, what these come to."""
    if written := list(written_out(chapter, params)):
        return "\n".join(source for kind, source in written if kind != "markdown")
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.fixture(scope="module")
def contents(project: Project, params: Params, tmp_path_factory: pytest.TempPathFactory) -> SnapshotContents:
    return read_contents(project.snapshots / params.system.snapshot, tmp_path_factory.mktemp("kept"))


def test_the_series_noted_are_those_that_the_notebooks_name(noted, expected):
    assert len(noted) == 10 * 7 + 3 + 8
    for one, series in expected.items():
        # A place's combined figure is looked for first; where it is there the boroughs are read all the same
        assert {read[1:] for read in noted[one] if read[0] == "series"} == series, one


def test_a_changed_observation_changes_exactly_the_chapters_that_read_it(noted, expected, contents):
    """A series in turn gets another oldest observation: every third, so that each kind of area has many."""
    series = [(name, area) for name, areas in contents.held.items() for area in areas]
    for indicator, area in series[::3]:
        period = contents.held[indicator][area][0][0]
        changed = _changed(contents, indicator, area, 0)
        again = _again(noted, contents, changed)
        told = {one for one, series in expected.items() if (indicator, area) in series}
        peers = {one for one, reads in noted.items() if ("peers", indicator, period, "borough") in reads}
        assert told <= again, (indicator, area)
        assert again <= told | peers, (indicator, area)
        if contents.names[area][0] not in ("borough", "combined"):
            assert again == told, (indicator, area)


@pytest.mark.parametrize("area", ["E09000016", "E92000001"])
def test_a_change_of_smoking_prevalence(noted, contents, params, area):
    """Havering's figures are in what compares the places, and England's beside all of them."""
    again = _again(noted, contents, _changed(contents, "smoking_prevalence", area, 0))
    told = {
        (name, place) for name in ("long_term_conditions", "themes_foundations") for place in params.places
    }
    told |= {("system_overview", SYSTEM), ("themes_foundations", SYSTEM)}
    told |= {("health_inequalities", place) for place in (*params.places, SYSTEM)}
    # Of these chapters only England's figures and the place's own are read
    own = ("long_term_conditions", "themes_foundations")
    others = {(name, place) for name in own for place in params.places if place != "havering"}
    assert again == (told - others if area == "E09000016" else told)


def test_a_change_of_a_borough_that_values_stand_among(noted, expected, contents):
    """Barnet is no place's borough: only chapters that say where a value stands among all boroughs read it."""
    (indicator, *_) = [name for name, areas in contents.held.items() if "E09000003" in areas]
    again = _again(noted, contents, _changed(contents, indicator, "E09000003", -1))
    reading = {one for one, series in expected.items() if any(name == indicator for name, _ in series)}
    assert again == reading != set()


def test_a_change_of_a_trust_concerns_its_places(noted, contents, params):
    changed = _changed(contents, "ae_four_hour", "RF4", 0)
    again = _again(noted, contents, changed)
    homes = {place.id for place in params.places.values() if place.trust == "RF4"}
    assert 0 < len(homes) < len(params.places)
    assert again == {("place_profile", place) for place in homes} | {("acute_collaborative", SYSTEM)}


def test_changed_small_areas_concern_their_place_and_whatever_sets_places_side_by_side(
    noted, contents, params
):
    changed = replace(contents, small_areas={**contents.small_areas, "E09000016": "other"})
    again = _again(noted, contents, changed)
    everyone = {("health_inequalities", place) for place in (*params.places, SYSTEM)}
    assert again == everyone | {("place_profile", "havering")}


def test_a_chapter_does_not_see_the_meetings(project):
    opened = chapter.open_chapter("havering", folder=project.root)
    assert (dict(opened.params.calendars), opened.params.chapters) == ({}, ())


def _changed(contents: SnapshotContents, indicator: str, area: str, at: int) -> SnapshotContents:
    rows = [list(row) for row in contents.held[indicator][area]]
    rows[at][2] = "other"
    areas = {**contents.held[indicator], area: rows}
    return replace(contents, held={**contents.held, indicator: areas})


def _again(
    noted: Mapping[Chapter, frozenset[Read]], old: SnapshotContents, new: SnapshotContents
) -> set[Chapter]:
    """Return the chapters for which something that they read is another."""
    every = frozenset[Read]().union(*noted.values())
    changed = {read for read in every if old.digest(read) != new.digest(read)}
    return {one for one, reads in noted.items() if not reads.isdisjoint(changed)}
