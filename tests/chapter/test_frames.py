"""Tidy frames: whose figures they hold, what was read for them, and numbers worked out from them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.fact_book import FactBook
from boardpacks.chapter.frames import COLUMNS
from boardpacks.data.reads import take_reads
from boardpacks.project.errors import BoardpacksError

from .second import ALDER, BIRCH, CEDAR, ELM, KINGDOM, NORTH, a_place, a_system, an_indicator, held, opened

FAR = "E08000999"
"""A borough of no place."""
ROWS: list[Any] = [
    (ALDER, "2022", 20.0, 18.0, 22.0),
    (ALDER, "2023", 21.0, 19.0, 23.0),
    (BIRCH, "2023", 30.0, 28.0, 32.0),
    (CEDAR, "2022", 12.0, 10.0, 14.0),
    (CEDAR, "2023", 11.0, 9.0, 13.0),
    (ELM, "2023", 15.0),
    (FAR, "2023", 40.0),
    (KINGDOM, "2023", 14.0),
]
OTHER = [(area, period, value / 2) for area, period, value, *_ in ROWS]


def chapter_of(place: str | None, rows: Any = ROWS, **changes: Any) -> Chapter:
    params = a_system(an_indicator(), an_indicator("poverty"))
    if changes:
        system = params.system.model_copy(update=changes)
        params = params.model_copy(update={"system": system})
    return opened(params, held(params, {"smoking": rows, "poverty": OTHER}), place)


def roles(frame: pd.DataFrame) -> dict[str, str]:
    return dict(zip(frame["area_name"], frame["role"], strict=True))


def test_a_frame_has_a_row_for_each_published_figure_of_the_place_and_its_comparators():
    frame = chapter_of("cedar").frame("smoking")
    assert list(frame.columns) == list(COLUMNS)
    assert roles(frame) == {"Cedar": "place", "United Kingdom": "comparator"}
    (first, last) = frame[frame.role == "place"].itertuples()
    assert (first.period, first.year, first.value, first.lower, first.upper) == ("2022", 2022, 12, 10, 14)
    assert (last.value, last.fact) == (11, f"cedar.smoking.{CEDAR}.persons.2023")


@pytest.mark.parametrize(
    ("others", "more"), [("peers", {ELM, FAR, ALDER, BIRCH}), ("neighbours", {ELM, ALDER, BIRCH})]
)
def test_peers_and_neighbours_come_by_one_word(others: Any, more: set[str]):
    frame = chapter_of("cedar").frame("smoking", others, latest=True)
    assert set(frame[frame.role == "peer"].area) == more
    assert set(frame[frame.is_neighbour].area) == {ELM, ALDER, BIRCH}
    assert set(frame.period) == {"2023"}


def test_neighbours_are_those_that_the_place_names():
    params = a_system(
        an_indicator(), places=(a_place("Cedar", CEDAR, neighbours=(FAR,)), a_place("Elm", ELM))
    )
    frame = opened(params, held(params, {"smoking": ROWS}), "cedar").frame("smoking", "neighbours")
    assert frame[frame.role == "peer"].area.tolist() == [FAR]


def test_a_neighbour_that_no_figures_know_is_named():
    params = a_system(an_indicator(), places=(a_place("Cedar", CEDAR, neighbours=("E08000123",)),))
    with pytest.raises(
        BoardpacksError, match=r"params/places/cedar\.yml, neighbours: found E08000123, allowed"
    ):
        opened(params, held(params, {"smoking": ROWS}), "cedar").frame("smoking", "neighbours")


def test_a_place_of_several_boroughs_gives_each_of_them():
    frame = chapter_of("alder-and-birch").frame("smoking", latest=True)
    assert roles(frame) == {"Alder": "borough", "Birch": "borough", "United Kingdom": "comparator"}


def test_beside_what_its_boroughs_make_together():
    rows = [(ALDER, "2023", 20.0, 18.0, 22.0, 20, 100), (BIRCH, "2023", 40.0, 38.0, 42.0, 40, 100)]
    frame = chapter_of("alder-and-birch", rows).frame("smoking")
    assert roles(frame) == {"Alder and Birch": "place", "Alder": "borough", "Birch": "borough"}
    assert frame[["value", "count"]].to_numpy().tolist() == [[30, 60], [20, 20], [40, 40]]


def test_the_system_has_every_place():
    frame = chapter_of(None).frame("smoking", "peers", latest=True)
    assert roles(frame) == {
        "Alder": "borough",
        "Birch": "borough",
        "Cedar": "place",
        "Elm": "place",
        "United Kingdom": "comparator",
        f"Area {FAR}": "peer",
    }


def test_areas_too_small_and_figures_that_are_history_are_marked():
    chapter = chapter_of("cedar", too_small=(ELM,))
    params = chapter.params.model_copy(update={"as_of": "2026-12"})
    old = [(CEDAR, "2012", 12.0), *ROWS]
    frame = opened(params, held(params, {"smoking": old}), "cedar").frame("smoking", "peers")
    assert set(frame[frame.is_small].area) == {ELM}
    assert "2012" in set(frame[frame.is_history].period)
    assert not frame[frame.period == "2012"].is_history.eq(False).any()


def test_a_wide_frame_has_a_row_an_area_and_a_column_an_indicator():
    frame = chapter_of("cedar").frame(["smoking", "poverty"], "peers", wide=True)
    cedar = frame[frame.role == "place"].iloc[0]
    assert (cedar.smoking, cedar.poverty) == (11, 5.5)
    assert cedar.fact_poverty == f"cedar.poverty.{CEDAR}.persons.2023"
    assert frame.area.is_unique
    assert len(frame) == 6


def test_what_has_no_figure_in_a_wide_frame_has_no_fact():
    params = a_system(an_indicator(), an_indicator("poverty"))
    snapshot = held(params, {"smoking": ROWS, "poverty": [(CEDAR, "2023", 5.0)]})
    frame = opened(params, snapshot, "cedar").frame(["smoking", "poverty"], "peers", wide=True)
    missing = frame[frame.poverty.isna()]
    assert set(missing.fact_poverty) == {""}
    assert len(missing) == 5


def test_a_frame_without_figures_has_its_columns_and_no_rows():
    params = a_system(an_indicator())
    frame = opened(params, held(params, {"smoking": [(FAR, "2023", 5.0)]}), "cedar").frame("smoking")
    assert (list(frame.columns), len(frame)) == (list(COLUMNS), 0)


def test_reads_are_the_series_of_the_frame_and_its_peers_by_period():
    chapter = chapter_of("cedar")
    take_reads()
    chapter.frame("smoking")
    (reads,) = take_reads().values()
    series = [read[1:] for read in reads if read[0] == "series"]
    assert series == [("smoking", CEDAR), ("smoking", NORTH), ("smoking", KINGDOM)]
    assert {read[0] for read in reads} == {"series", "area"}
    chapter.frame("smoking", "peers", latest=True)
    (reads,) = take_reads().values()
    assert [read for read in reads if read[0] == "peers"] == [("peers", "smoking", "2023", "borough")]


def test_unknown_words_name_what_is_allowed():
    with pytest.raises(BoardpacksError, match=r"found others='peer', allowed are none, peers, neighbours"):
        chapter_of("cedar").frame("smoking", "peer")  # type: ignore[arg-type]
    with pytest.raises(BoardpacksError, match=r"no indicator 'smokin' .* did you mean 'smoking'"):
        chapter_of("cedar").frame("smokin")


def test_a_derived_number_is_a_fact_with_its_formula_and_inputs():
    chapter = chapter_of("cedar")
    peers = chapter.frame("smoking", "peers", latest=True).query("role == 'peer'")
    mean = chapter.derived("mean", peers.value.mean(), data=peers, formula="sum over number")
    assert (mean.id, mean.display, mean.area_name) == (
        "cedar.smoking.derived.mean",
        "26.5%",
        "northern boroughs",
    )
    assert mean.method == "sum over number; from Adults with smoking, 2023, 4 figures"
    assert set(mean.inputs) == set(peers.fact)
    assert mean.area == "+".join(peers.area)


def test_a_number_of_one_area_or_of_a_places_boroughs_is_theirs():
    chapter = chapter_of("alder-and-birch")
    frame = chapter.frame("smoking", latest=True).query("role == 'borough'")
    both = chapter.derived("difference", 9, data=frame, formula="the one less the other")
    assert both.area_name == "Alder and Birch"
    alder = chapter.derived(
        "share", 2, data=frame[frame.area == ALDER], formula="a tenth", unit="", decimals=0
    )
    assert (alder.area_name, alder.display) == ("Alder", "2")


def test_of_two_measures_the_series_behind_it_are_both():
    chapter = chapter_of("cedar")
    frame = chapter.frame(["smoking", "poverty"], "peers", wide=True)
    slope = chapter.derived("slope", 0.5, data=frame, formula="least squares", unit="points")
    facts = chapter._book.facts_of(frame)
    assert set(slope.series.split("+")) == {fact.series for fact in facts}
    assert slope.id == "cedar.smoking.poverty.derived.slope"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"value": float("nan")}, "found nan, which is no number"),
        ({"formula": " "}, "Say in words what the number is"),
        ({"formula": "published"}, "how it was worked out"),
        ({"data": []}, "found no figures that it is made from"),
        ({"data": pd.DataFrame({"value": [1]})}, "no column of facts: it has value. Keep the column 'fact'"),
        ({"data": "cedar.smoking"}, "'cedar.smoking' is no fact of this chapter"),
    ],
)
def test_what_is_no_derived_number_is_refused(changes: dict[str, Any], fault: str):
    chapter = chapter_of("cedar")
    given_: dict[str, Any] = {"value": 1.0, "data": chapter.frame("smoking"), "formula": "sum"} | changes
    with pytest.raises(BoardpacksError, match=fault):
        chapter.derived("mean", **given_)


def test_one_name_is_one_number():
    chapter = chapter_of("cedar")
    frame = chapter.frame("smoking")
    chapter.derived("mean", 1, data=frame, formula="sum")
    chapter.derived("mean", 1, data=frame, formula="sum")
    with pytest.raises(BoardpacksError, match=r"is 1\.0% already .* Give the second number another name"):
        chapter.derived("mean", 2, data=frame, formula="sum")


@given(st.lists(st.floats(0, 100).map(lambda value: round(value, 1)), min_size=1, max_size=8))
def test_every_row_is_the_fact_that_it_names(values: list[float]):
    rows = [(CEDAR, str(2010 + at), value) for at, value in enumerate(values)]
    params = a_system(an_indicator())
    chapter = opened(params, held(params, {"smoking": rows}), "cedar")
    frame = chapter.frame("smoking")
    facts = chapter._book.facts_of(frame)
    assert [fact.value for fact in facts] == frame.value.tolist() == values
    assert [fact.period for fact in facts] == frame.period.tolist()
    # sorted, filtered and copied, a frame keeps its facts
    assert chapter._book.facts_of(frame.sort_values("value")[:1].copy())[0].value == min(values)


def test_a_book_knows_no_fact_of_another():
    frame = chapter_of("cedar").frame("smoking")
    with pytest.raises(BoardpacksError, match="is no fact of this chapter"):
        FactBook().facts_of(frame)
