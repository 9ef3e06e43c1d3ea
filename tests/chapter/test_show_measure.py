"""Charts as handed over: drawn from the place's own series, with title, note, description and facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure

from boardpacks.chapter.chapter import Chapter
from boardpacks.chapter.show_measure import show_spread, sources
from boardpacks.charts.fonts import ensure_fonts
from boardpacks.charts.theme import apply_theme
from boardpacks.charts.trend import draw_trend
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import Params
from boardpacks.project.folder import Project

Records = dict[tuple[str, str], list[dict[str, Any]]]
Outputs = list[dict[str, Any]]
OpenPlace = Callable[..., Chapter]


@pytest.fixture(scope="module", autouse=True)
def look(checkout: Project) -> None:
    """Matplotlib with the packs' fonts and colours."""
    ensure_fonts(checkout.fonts)
    apply_theme(checkout.fonts)


def words(output: dict[str, Any]) -> str:
    """Return the text of a drawing."""
    return " ".join(re.findall(r">([^<]+)<", output["image/svg+xml"]))


def test_a_trend_is_drawn_with_its_comparators(shown: Outputs, open_place: OpenPlace):
    open_place("havering").show("smoking_prevalence")
    statement, figure = shown
    assert statement[MIME]["kind"] == "statement"
    record = figure[MIME]
    assert record["name"] == "smoking-prevalence-trend"
    assert record["title"] == "Adults who smoke: Havering is similar to England"
    assert record["note"].startswith("%, 2012 to 2023. Source: ONS Annual Population Survey")
    assert record["alt"].startswith("Line chart of adults who smoke, Havering, from 2012 to 2023.")
    assert all(name in words(figure) for name in ("Havering", "England", "London"))
    assert {fact["area_name"] for fact in record["facts"]} == {"Havering", "England", "London"}


def test_a_single_year_is_drawn_as_a_spread_with_all_boroughs_as_facts(shown: Outputs, open_place: OpenPlace):
    open_place("newham").show("mmr_two_doses")
    record = shown[1][MIME]
    assert record["name"] == "mmr-two-doses-spread"
    assert ", among 32 London boroughs." in record["note"]
    values = [fact for fact in record["facts"] if fact["method"] == "published"]
    assert len(values) == 32
    peers = next(fact for fact in record["facts"] if fact["id"].endswith(".peers"))
    assert peers["value"] == 32
    assert "Newham" in words(shown[1])


def test_two_boroughs_are_drawn_each_by_name(shown: Outputs, open_place: OpenPlace):
    open_place("city-and-hackney").show("adult_obesity")
    assert [output[MIME]["kind"] for output in shown] == ["statement", "statement", "figure"]
    assert all(name in words(shown[2]) for name in ("City of", "Hackney", "England"))


def test_combined_figures_are_drawn_under_the_places_name(shown: Outputs, open_place: OpenPlace):
    open_place("city-and-hackney").show("preventable_cvd_mortality")
    assert "2001 to 2024." in shown[1][MIME]["note"]
    assert {fact["area"] for fact in shown[1][MIME]["facts"]} == {"E67000001", "E92000001", "E12000007"}


def test_a_place_without_figures_has_words_and_no_chart(shown: Outputs, open_place: OpenPlace):
    open_place("city-and-hackney", "babies-children-young-people").show("obesity_reception")
    (output,) = shown
    assert "No figure for City and Hackney is held here." in output[MIME]["markdown"]
    assert output[MIME]["summary"][0]["verdict"] == "not-compared"


def test_counts_have_no_comparators(shown: Outputs, open_place: OpenPlace):
    open_place("havering").show("population")
    assert {fact["area_name"] for fact in shown[1][MIME]["facts"]} == {"Havering"}
    assert "England" not in words(shown[1])


def test_a_spread_of_too_few_is_refused(open_place: OpenPlace, params: Params):
    chapter = open_place("havering")
    with pytest.raises(ValueError, match="too few boroughs"):
        show_spread(chapter.measure("smoking_prevalence"), chapter.snapshot, params)


def test_places_are_drawn_with_every_name_and_older_periods_said(shown: Outputs, open_place: OpenPlace):
    open_place(None).places_chart("earlier-diagnosis")
    record = shown[0][MIME]
    drawn = words(shown[0])
    for name in ("Barking and Dagenham", "City of London", "Hackney", "Havering", "Waltham Forest"):
        assert name in drawn
    assert "2018" in drawn
    assert "Dotted line: England." in record["note"]
    assert record["alt"].startswith(
        "Dot plots of the places side by side. Cancers diagnosed at stage 1 or 2, 2022"
    )


def test_an_older_figure_is_described_apart_from_the_range(all_records: Records):
    found = {record["name"]: record for record in all_records["system_overview", "system"]}
    alt = found["employment-deal-places-chart"]["alt"]
    assert "April 2025: from £" in alt
    assert "to £856 in Tower Hamlets. Older: £909 in City of London (April 2018)." in alt


def test_every_chart_is_described_beyond_its_title(all_records: Records):
    for (_, place), records in all_records.items():
        for record in records:
            if record["kind"] == "figure":
                assert record["alt"] != record["title"]
                assert len(record["alt"]) > 40
                assert "Source" in record["note"]
                assert record["facts"], (place, record["name"])


def test_sources_name_each_publisher_once(params: Params):
    smoking, pay = params.indicators["smoking_prevalence"], params.indicators["median_weekly_pay"]
    assert (
        sources([smoking, smoking]) == "Source: ONS Annual Population Survey (ONS Explore Local Statistics)."
    )
    assert sources([smoking, pay]).startswith("Sources: ONS Annual Population Survey (")
    assert sources([params.indicators["ae_four_hour"]]) == "Source: NHS England."


def test_london_keeps_its_style_where_england_is_missing(
    open_place: OpenPlace, shown: Outputs, monkeypatch: pytest.MonkeyPatch
):
    drawn: list[Any] = []

    def note(lines: Any) -> Figure:
        drawn.extend(lines)
        return draw_trend(lines)

    monkeypatch.setattr("boardpacks.chapter.show_measure.draw_trend", note)
    open_place("newham", "babies-children-young-people").show("children_relative_poverty")
    assert [(line.name, line.role) for line in drawn] == [("Newham", "place"), ("London", "comparator")]
