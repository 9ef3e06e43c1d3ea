"""The lines of several places: who is in each, with which figure, and on which side of what they are held against."""

from __future__ import annotations

import re

import pytest

from boardpacks.chapter.measure import measure
from boardpacks.chapter.places_lines import places_lines
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Summary
from boardpacks.params.models import Params
from boardpacks.stats.comparison import UNJUDGED
from tests.chapter.conftest import MakeSnapshot


def lines_of(snapshot: Snapshot, params: Params, name: str) -> list[Summary]:
    indicator = params.indicators[name]
    measures = [measure(snapshot, params, indicator, place) for place in params.places.values()]
    return places_lines(indicator, measures, "some-priority", "England", "system")


def test_places_that_stand_out_are_told_apart_by_the_side_that_they_lie_on(
    snapshot: Snapshot, params: Params
):
    found = lines_of(snapshot, params, "ehc_plans_20_weeks")
    behind, ahead = (line for line in found if line.stands_out)
    assert behind.line == (
        "Education, health and care plans issued within 20 weeks: Barking and Dagenham (27.7%), Hackney (43.3%), "
        "Havering (29.4%), Redbridge (7.0%) and Tower Hamlets (39.7%); England 46.4%"
    )
    assert ahead.line.endswith(
        ": Newham (57.6%) and Waltham Forest (50.8%); on the better side of England (46.4%)"
    )
    assert (behind.beside, ahead.beside, behind.count, ahead.count) == ("behind", "ahead", 5, 2)


def test_what_is_printed_as_englands_figure_is_not_called_the_better_side(
    make_snapshot: MakeSnapshot, params: Params
):
    plans = params.indicators["ehc_plans_20_weeks"]
    others = [(f"E090000{number:02}", "2024", 60.0 + number) for number in range(1, 34)]
    rows = [row for row in others if row[0] != "E09000016"]
    snapshot = make_snapshot(plans, *rows, ("E09000016", "2024", 50.04), ("E92000001", "2024", 50.0))

    (line,) = (one for one in lines_of(snapshot, params, plans.id) if "Havering" in one.line)

    assert line.line.endswith("; the same as England (50.0%) or on its better side")


def test_a_verdicts_places_stand_with_their_figures_and_englands(snapshot: Snapshot, params: Params):
    worse = next(line for line in lines_of(snapshot, params, "obesity_year6") if line.verdict == "worse")
    assert worse.line == (
        "Children aged 10 to 11 living with obesity: Barking and Dagenham (28.3%), Newham (28.3%) and "
        "Tower Hamlets (28.4%); England 22.2%"
    )


def test_every_reading_is_in_one_line_with_its_figure(snapshot: Snapshot, params: Params):
    for name, indicator in params.indicators.items():
        if indicator.areas != "boroughs" or indicator.additive:
            continue
        found = lines_of(snapshot, params, name)
        readings = [
            reading
            for place in params.places.values()
            for reading in measure(snapshot, params, indicator, place).readings
        ]
        assert sum(line.count for line in found) == len(readings)
        for reading in readings:
            told = [line for line in found if re.search(rf"\b{reading.series.name} \(", line.line)]
            assert [line.verdict for line in told] == [reading.verdict], name


def test_older_figures_stand_apart_with_their_period(snapshot: Snapshot, params: Params):
    old = [line.line for line in lines_of(snapshot, params, "cancer_early_diagnosis")]
    assert any(re.search(r"; in 2020: [A-Z][^;]*\(\d\d\.\d%\)", line) for line in old)


@pytest.mark.parametrize("name", ["ehc_plans_20_weeks", "obesity_year6", "suicide_rate"])
def test_what_stands_out_was_not_judged(snapshot: Snapshot, params: Params, name: str):
    for line in lines_of(snapshot, params, name):
        assert not line.stands_out or line.verdict in UNJUDGED
