"""Charts of gaps: each kind is drawn, described, and says what is left out."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.chapter.chapter import Chapter
from boardpacks.facts.artefacts import MIME
from boardpacks.params.models import GapMeasure

Outputs = list[dict[str, Any]]


def gaps(chapter: Chapter, shown: Outputs, indicator: str, chart: str) -> dict[str, Any]:
    """The chart of one indicator in a chapter that follows nothing else."""
    followed = chapter.params.inequalities
    assert followed is not None
    measure = GapMeasure.model_validate({"indicator": indicator, "reason": "It is a test.", "chart": chart})
    params = chapter.params.model_copy(
        update={"inequalities": followed.model_copy(update={"measures": (measure,)})}
    )
    Chapter(params, chapter.snapshot, chapter.place, None).borough_gaps()
    return shown[-1]


@pytest.mark.parametrize("chart", ["map", "bars", "then-and-now"])
def test_each_chart_names_measure_places_and_period(open_place: Any, shown: Outputs, chart: str):
    output = gaps(open_place("newham"), shown, "obesity_year6", chart)
    record = output[MIME]
    assert record["name"] == f"obesity-year6-places-{chart}"
    assert "of children aged 10 to 11 living with obesity, boroughs of north east London" in record["alt"]
    assert "2024/25" in record["alt"]
    assert "No figure for Hackney." in record["note"]
    assert "City of London" in record["note"]
    for name in ("Newham", "Havering", "28.3%"):
        assert name in output["image/svg+xml"] or name in record["alt"]


def test_bars_have_intervals_and_englands_line(open_place: Any, shown: Outputs):
    record = gaps(open_place("newham"), shown, "smoking_prevalence", "bars")[MIME]
    assert record["title"] == "Adults who smoke: no clear gap between boroughs"
    assert "Newham: 13.0%." in record["alt"]
    assert "England: 11.6%." in record["alt"]
    assert "Better than England: Redbridge and Waltham Forest." in record["alt"]
    assert (
        "Left out for having few residents, unless published with others: City of London." in record["note"]
    )


def test_a_borough_with_few_residents_has_an_empty_tile(open_place: Any, shown: Outputs):
    record = gaps(open_place("newham"), shown, "smoking_prevalence", "map")[MIME]
    assert record["alt"].endswith("No figure: City of London.")


def test_boroughs_published_together_share_a_figure_on_the_map(open_place: Any, shown: Outputs):
    record = gaps(open_place("city-and-hackney"), shown, "preventable_cvd_mortality", "map")[MIME]
    assert "City of London: 41.3 per 100,000. Hackney: 41.3 per 100,000." in record["alt"]
    assert "City of London and Hackney are published together and share one figure." in record["note"]


def test_then_and_now_needs_an_earlier_period(open_place: Any, shown: Outputs):
    output = gaps(open_place("newham"), shown, "hypertension_prevalence", "then-and-now")
    assert output[MIME]["kind"] == "table"
    assert output[MIME]["rows"][0][-1] == "No earlier period"


def test_then_and_now_puts_the_own_place_first_and_tests_each_boroughs_change(
    open_place: Any, shown: Outputs
):
    record = gaps(open_place("newham"), shown, "obesity_year6", "then-and-now")[MIME]
    assert (
        "2007/08 and 2024/25. Newham: 2007/08 25.5%, 2024/25 28.3%, gap 2.7 percentage points"
        in record["alt"]
    )
    assert "2.7 percentage points, 2024/25 higher beyond chance." in record["alt"]
    assert (
        "Waltham Forest: 2007/08 22.6%, 2024/25 22.3%, gap 0.2 percentage points, no significant"
        in record["alt"]
    )
