"""Chapters: what a notebook may ask for, clear errors, and every printed number explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from boardpacks.chapter.baselines import WHOLE_SYSTEM
from boardpacks.chapter.chapter import Chapter, open_chapter
from boardpacks.chapter.measure import measure
from boardpacks.chapter.needs import MOST_COLUMNS
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project
from tests.chapter.numbers import unexplained_numbers, unmarked_numbers

Records = dict[tuple[str, str], list[dict[str, Any]]]
Outputs = list[dict[str, Any]]
OpenPlace = Callable[..., Chapter]

pytestmark = pytest.mark.usefixtures("no_drawing")


def test_every_number_of_every_pack_is_one_of_its_facts(all_records: Records):
    read = 0
    for (notebook, place), records in all_records.items():
        if place not in ("city-and-hackney", "havering", "tower-hamlets", "system"):
            continue  # a build holds every place's numbers
        for record in records:
            found = unexplained_numbers(record)
            assert found == [], (notebook, place, record["name"], found)
            read += 1
    assert read > 500


def test_every_number_of_sentences_and_tables_is_tied_to_its_fact(all_records: Records):
    for (notebook, place), records in all_records.items():
        for record in records:
            assert unmarked_numbers(record) == [], (notebook, place, record["name"])


def test_a_chapter_shows_no_other_places_figures_as_its_own(all_records: Records, params: Params):
    own_codes = {
        place.id: {*(borough.code for borough in place.boroughs), place.trust}
        for place in params.places.values()
    }
    comparators = {area.code for area in (*params.system.comparators, *params.system.own_areas)}
    for (notebook, place), records in all_records.items():
        if place == "system":
            continue
        combined = {a.code for a in params.system.combined_areas if set(a.boroughs) <= own_codes[place]}
        allowed = own_codes[place] | comparators | combined | {WHOLE_SYSTEM}
        for record in records:
            name = record["name"]
            side_by_side = "-places" in name or "-spine" in name or name.endswith("-spread")
            # A local emphasis that states a rank names the boroughs that are ahead.
            side_by_side |= name.startswith("emphasis-")
            if not side_by_side:
                areas = {code for fact in record["facts"] for code in fact["area"].split("+")}
                assert areas <= allowed, (notebook, place, name)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda c: c.latest_table("smokefre"), "no outcome 'smokefre' in long-term-conditions: allowed are "),
        (lambda c: c.gap("self-managment"), "did you mean 'self-management'?"),
        (lambda c: c.places_chart("fewer-lonely"), "no outcome 'fewer-lonely' in long-term-conditions"),
        (lambda c: c.gap("less-obesity-smokefree"), "params give no gap for this outcome"),
        (lambda c: c.show("smoking_prevalance"), "did you mean 'smoking_prevalence'?"),
        (lambda c: c.show("zzz"), "Run `boardpacks params check`."),
        (lambda c: c.compare_places("x", ["nothing_here"]), "no indicator 'nothing_here'"),
        (lambda c: c.compare_places("x", []), "1 to 4 indicators in one table, not 0"),
        (lambda c: c.compare_places("x", ["population"] * (MOST_COLUMNS + 1)), "not 5"),
    ],
)
def test_wrong_names_are_answered_with_what_is_allowed(
    open_place: OpenPlace, shown: Outputs, ask: Callable[[Chapter], None], said: str
):
    with pytest.raises(BoardpacksError) as error:
        ask(open_place("havering", "long-term-conditions"))
    assert said in str(error.value)
    assert shown == []


@pytest.mark.parametrize(
    ("place", "priority", "said"),
    [
        ("haverin", None, "no place 'haverin': allowed are barking-and-dagenham, "),
        ("haverin", None, "did you mean 'havering'?"),
        ("Havering", None, "did you mean 'havering'?"),
        ("havering", "mental-helth", "no priority 'mental-helth': allowed are "),
        ("havering", "mental-helth", "did you mean 'mental-health'?"),
    ],
)
def test_a_chapter_of_an_unknown_place_or_priority_does_not_open(
    project: Project, place: str, priority: str | None, said: str
):
    with pytest.raises(BoardpacksError) as error:
        open_chapter(place, priority, folder=project.root)
    assert said in str(error.value)


def test_a_chapter_opens_anywhere_in_the_project(project: Project):
    chapter = open_chapter("havering", "mental-health", folder=project.notebooks)
    assert (chapter.name, chapter.priority and chapter.priority.id) == ("Havering", "mental-health")
    assert open_chapter("system", folder=project.root).name == "north east London"


@pytest.mark.parametrize(
    "ask", [lambda c: c.show("population"), lambda c: c.emphasis(), lambda c: c.trust_table()]
)
def test_the_systems_chapter_says_that_it_has_no_place(open_place: OpenPlace, ask: Callable[[Chapter], None]):
    with pytest.raises(BoardpacksError, match="this chapter is for the whole system"):
        ask(open_place(None))


def test_only_a_chapter_on_a_priority_puts_lines_on_the_summary(open_place: OpenPlace, shown: Outputs):
    open_place("havering").show("smoking_prevalence")
    open_place("havering", "long-term-conditions").show("smoking_prevalence")
    profile, priority = (output[MIME]["summary"] for output in shown if output[MIME]["kind"] == "statement")
    assert profile == []
    (line,) = priority
    assert line == {
        "count": 1,
        "stands_out": [],
        "trend": "no-change",
        "verdict": "similar",
        "line": "Adults who smoke: 10.9% in 2023, similar to England (11.6%); to be read with caution",
        "cautioned": True,
        "indicator": "smoking_prevalence",
        "priority": "long-term-conditions",
        "facts": [
            "havering.smoking_prevalence.E09000016.persons.2023",
            "havering.smoking_prevalence.E92000001.persons.2023",
        ],
        "beside": "ahead",
    }


def test_an_outcome_without_measures_says_why_instead_of_a_table(open_place: OpenPlace, shown: Outputs):
    open_place("havering", "babies-children-young-people").latest_table("fewer-lonely")
    output, _ = shown
    assert output[MIME]["markdown"].startswith("**No measure here yet:** National surveys ask")


def test_a_partly_measured_outcome_says_what_is_missing(open_place: OpenPlace, shown: Outputs):
    open_place("havering", "mental-health").gap("better-access")
    assert shown[0][MIME]["markdown"].startswith("**Not measured yet:** ")


def test_many_indicators_are_dealt_over_tables_of_nearly_equal_size(all_records: Records, params: Params):
    priority = params.priorities["babies-children-young-people"]
    longest = max(priority.outcomes, key=lambda outcome: len(outcome.indicators)).id
    records = all_records["system_overview", "system"]
    parts = [r for r in records if re.fullmatch(rf"{longest}-places\d", r["name"])]
    sizes = [len(record["columns"]) - 1 for record in parts]
    count = len(parts)
    assert count > 2
    assert set(sizes[:-1]) == {4}
    assert 1 <= sizes[-1] <= 4
    assert [record["name"][-1] for record in parts] == [str(n) for n in range(1, count + 1)]
    assert all(record["title"].endswith(f", part {n} of {count}") for n, record in enumerate(parts, 1))


def test_every_place_has_the_same_charts_but_for_what_is_not_published(
    all_records: Records, params: Params, snapshot: Snapshot
):
    silent = {
        place: {
            name.replace("_", "-")
            for name, indicator in params.indicators.items()
            if not measure(snapshot, params, indicator, params.places[place]).is_trend
        }
        for place in params.places
    }
    for chapter in params.chapters:
        if chapter.scope != "system":
            charts = {
                place: {
                    r["name"]
                    for r in all_records[chapter.id, place]
                    # A place whose boroughs have figures of their own has more rows, and so more parts.
                    if r["kind"] == "figure" and "-spine-" not in r["name"]
                }
                for place in params.places
            }
            most = set().union(*charts.values())
            for place, names in charts.items():
                assert {name.rpartition("-")[0] for name in most - names} <= silent[place]


def test_headings_and_words_below_them(open_place: OpenPlace, shown: list[dict[str, Any]]):
    opened = open_place("havering")
    opened.heading("A part")
    opened.heading("A title ", level=1, words="Words on {place}.")
    assert [output[MIME]["markdown"] for output in shown] == [
        "## A part",
        "# A title\n\nWords on {place}.",
    ]
    assert shown[0]["text/markdown"] == "## A part"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda c: c.heading("Two\nlines"), "a heading is one line"),
        (lambda c: c.heading(" "), "a heading is one line"),
        (lambda c: c.heading("Deep", level=4), "found level 4"),
    ],
)
def test_headings_that_are_none(open_place: OpenPlace, ask: Callable[[Any], object], said: str):
    with pytest.raises(BoardpacksError, match=said):
        ask(open_place("havering"))


def test_a_priority_is_introduced_by_its_introduction_or_its_aim(
    open_place: OpenPlace, params: Params, shown: list[dict[str, Any]]
):
    opened = open_place("havering", "mental-health")
    opened.introduce()
    own = params.priorities["mental-health"]
    bare = replace(opened, priority=own.model_copy(update={"introduction": None}))
    bare.introduce()
    first, second = [output[MIME] for output in shown]
    assert first["markdown"] == f"# {own.name}\n\n{own.introduction}"
    assert first["origin"] == "params/priorities/mental-health.yml, introduction"
    assert second["markdown"] == f"# {own.name}\n\n{own.aim}"
    assert second["origin"] == "params/priorities/mental-health.yml, aim"


def test_an_empty_name_stands_for_the_first(project: Project, params: Params):
    opened = open_chapter("", priority="", folder=project.root)
    assert opened.place == next(iter(params.places.values()))
    assert opened.priority == next(iter(params.priorities.values()))
