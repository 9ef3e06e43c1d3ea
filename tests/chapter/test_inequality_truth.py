"""The numbers of the chapter on health inequalities, worked out again from the publishers' files."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from pathlib import Path
from statistics import NormalDist, fmean
from typing import Any

import numpy as np
import pytest
from statsmodels.regression.linear_model import WLS
from statsmodels.tools import add_constant

from boardpacks.params.models import Params
from tests.chapter.numbers import printed
from tests.end_to_end.truth import COMBINED, Truth, read_truth

Records = dict[tuple[str, str], list[dict[str, Any]]]
Fact = dict[str, Any]
Value = tuple[float, float | None, float | None]

CITY = "E09000001"
BOROUGHS = {COMBINED: ("E09000001", "E09000012")}
NEWEST_POPULATION = "2024"


@pytest.fixture(scope="module")
def truth(raw: Path) -> Truth:
    return read_truth(raw)


@pytest.fixture(scope="module")
def facts(all_records: Records) -> list[Fact]:
    """Every fact of the chapter, in every pack, each once."""
    told = {
        fact["id"]: fact
        for (notebook, _), records in all_records.items()
        if notebook == "health_inequalities"
        for record in records
        for fact in record["facts"]
    }
    return list(told.values())


def chosen(facts: list[Fact], part: str) -> Iterator[Fact]:
    for fact in facts:
        if f".{part}." in fact["id"]:
            yield fact


def held(fact: Fact, truth: Truth) -> dict[str, Value]:
    """The publisher's figures of the areas of a fact."""
    return {
        area: truth.values[fact["indicator"], area, fact["sex"], fact["period"]]
        for area in fact["area"].split("+")
    }


def test_every_gap_is_the_highest_less_the_lowest_of_every_area_but_the_small_one(
    facts: list[Fact], truth: Truth, params: Params
):
    told = list(chosen(facts, "gap"))
    assert len(told) == 8 * 9 * 2, "each measure in each pack, now and then"
    places = {borough.code for borough in params.boroughs()} | {COMBINED}
    for fact in told:
        figures = held(fact, truth)
        values = [value for value, *_ in figures.values()]
        assert fact["value"] == pytest.approx(max(values) - min(values))
        published = {
            area
            for indicator, area, _, period in truth.values
            if (indicator, period) == (fact["indicator"], fact["period"]) and area in places - {CITY}
        }
        assert set(figures) <= published


def test_gaps_of_today_leave_no_published_area_out(facts: list[Fact], truth: Truth, params: Params):
    places = {borough.code for borough in params.boroughs()} | {COMBINED}
    newest: dict[str, str] = {}
    for fact in chosen(facts, "gap"):
        newest[fact["indicator"]] = max(newest.get(fact["indicator"], ""), fact["period"])
    for fact in chosen(facts, "gap"):
        if fact["period"] == newest[fact["indicator"]]:
            published = {
                area
                for indicator, area, _, period in truth.values
                if (indicator, period) == (fact["indicator"], fact["period"]) and area in places - {CITY}
            }
            assert set(fact["area"].split("+")) == published


def test_every_gap_has_the_interval_for_all_pairs(facts: list[Fact], truth: Truth):
    tested = 0
    for fact in chosen(facts, "gap"):
        figures = sorted(held(fact, truth).values())
        if fact["lower"] is None:
            assert any(lower is None or lower == upper for _, lower, upper in figures)
            continue
        tested += 1
        pairs = len(figures) * (len(figures) - 1) / 2
        by = NormalDist().inv_cdf(1 - 0.025 / pairs) / NormalDist().inv_cdf(0.975)
        (low, _, low_upper), (high, high_lower, high_upper) = figures[0], figures[-1]
        low_lower = figures[0][1]
        assert None not in (low_upper, high_lower, high_upper, low_lower)
        arms = [high - float(high_lower or 0), float(low_upper or 0) - low]
        assert fact["lower"] == pytest.approx(high - low - by * hypot(*arms), rel=1e-9)
        arms = [float(high_upper or 0) - high, low - float(low_lower or 0)]
        assert fact["upper"] == pytest.approx(high - low + by * hypot(*arms), rel=1e-9)
    assert tested == 8 * 6 * 2


def test_the_then_of_a_gap_shares_no_time_with_its_now(facts: list[Fact]):
    periods: dict[str, set[str]] = {}
    for fact in chosen(facts, "gap"):
        periods.setdefault(fact["indicator"], set()).add(fact["period"])
    assert periods["preventable_cvd_mortality"] == {"2001 - 03", "2022 - 24"}
    assert periods["healthy_life_expectancy_female"] == {"2011 - 13", "2022 - 24"}
    assert periods["obesity_year6"] == {"2007/08", "2024/25"}  # the first with Barking and Dagenham


def test_every_difference_of_two_groups_or_two_times(facts: list[Fact], truth: Truth, params: Params):
    assert params.inequalities is not None
    first = {f"gap-{pair.id}": pair.first.indicator for pair in params.inequalities.groups}
    told = [fact for fact in facts if fact["method"].startswith("the higher less the lower")]
    assert {fact["id"].rpartition(".")[2] for fact in told} > set(first)
    for fact in told:
        part, sexes = fact["id"].rpartition(".")[2], ("Persons", "Female", "Male")
        if part in first:
            wanted = [(first[part], fact["period"])]
        else:
            since = part.removeprefix("difference-from-").replace("-", "/")
            wanted = [(fact["indicator"], since)]
        (other,) = (
            truth.values[indicator, fact["area"], sex, period]
            for indicator, period in wanted
            for sex in sexes
            if (indicator, fact["area"], sex, period) in truth.values
        )
        own = truth.values[fact["indicator"], fact["area"], fact["sex"], fact["period"]]
        assert fact["value"] == pytest.approx(abs(own[0] - other[0]))
        low, high = sorted([own, other])
        assert None not in (*low, *high)
        down = hypot(high[0] - float(high[1] or 0), float(low[2] or 0) - low[0])
        assert fact["lower"] == pytest.approx(fact["value"] - down)


def test_every_rank_counts_the_areas_that_are_better(facts: list[Fact], truth: Truth, params: Params):
    told = [fact for fact in facts if fact["id"].endswith(".system-rank")]
    assert len(told) == 7 * 9 - 1, "City and Hackney has no figure for obesity in year 6"
    for fact in told:
        gap = next(
            one
            for one in chosen(facts, "gap")
            if (one["indicator"], one["period"]) == (fact["indicator"], fact["period"])
        )
        values = [value for value, *_ in held(gap, truth).values()]
        own = truth.values[fact["indicator"], fact["area"], fact["sex"], fact["period"]][0]
        high = params.indicators[fact["indicator"]].polarity == "high"
        assert fact["value"] == 1 + sum(value > own if high else value < own for value in values)


def test_every_slope_index_is_a_weighted_regression_on_the_rank_of_deprivation(
    facts: list[Fact], truth: Truth, params: Params
):
    """The line of statsmodels, over boroughs ordered and weighed from the publishers' files."""
    told = [fact for fact in chosen(facts, "slope-index") if fact["id"].startswith("system.")]
    assert len(told) == 6
    said = [fact for fact in chosen(facts, "slope-index") if fact not in told]
    assert len(said) == 7, "the clear one in words, in each place's pack"
    assert {fact["value"] for fact in said} < {fact["value"] for fact in told}
    for fact in told:
        codes = fact["area"].split("+")
        parts = {code: BOROUGHS.get(code, (code,)) for code in codes}
        scores = [fmean(s for part in parts[code] for s in truth.scores[part]) for code in codes]
        assert scores == sorted(scores, reverse=True)
        people = np.array(
            [
                sum(truth.values["population", part, "Persons", NEWEST_POPULATION][0] for part in parts[code])
                for code in codes
            ]
        )
        weights = people / people.sum()
        ranks = np.cumsum(weights) - weights / 2
        values = np.array([value for value, *_ in held(fact, truth).values()])
        unit = params.indicators[fact["indicator"]].unit
        if unit == "%":
            to, back = (lambda y: np.log(y / (100 - y))), (lambda y: 100 / (1 + np.exp(-y)))
        elif unit.startswith("per "):
            to, back = np.log, np.exp
        else:
            to = back = np.asarray
        line = WLS(to(values), add_constant(ranks), weights=weights).fit()
        most, least = back(line.predict(np.array([[1.0, 0.0], [1.0, 1.0]])))
        assert fact["value"] == pytest.approx(least - most)
        ends = {
            part: next(
                one["value"]
                for one in chosen(facts, part)
                if one["id"].split(".")[:2] == fact["id"].split(".")[:2]
            )
            for part in ("most-deprived-end", "least-deprived-end", "relative-index")
        }
        assert list(ends.values()) == pytest.approx([most, least, least / most])
        middle = float((weights * to(values)).sum())
        limits = [float(back(middle + b / 2) - back(middle - b / 2)) for b in line.conf_int()[1]]
        assert (fact["lower"], fact["upper"]) == pytest.approx(limits)


def test_what_is_said_of_the_real_gaps(all_records: Records):
    """Figures of the embedded snapshot, read by hand against the table of the pages."""
    records = {record["name"]: record for record in all_records["health_inequalities", "system"]}
    rows = {row[0]: [printed(cell) for cell in row[1:]] for row in records["gaps-places-table"]["rows"]}
    assert rows["Adults who smoke, 2023"] == [
        "6.6% Waltham Forest",
        "16.8% Barking and Dagenham",
        "10.2",
        "No clear gap",
        "No clear change: 6.2 in 2012",
    ]
    assert rows["Children in relative poverty before housing costs, 2024/25"][2:] == [
        "13.5",
        "Not tested",
        "Not tested: 12.8 in 2022/23",  # the year before lies in the pandemic
    ]
    slopes = {row[0]: row[-1] for row in records["slopes-places-table"]["rows"]}
    assert slopes["Adults who smoke, 2023"] == "No clear slope"
    deaths = "Under-75 deaths from preventable cardiovascular disease (per 100,000), 2022 to 2024"
    assert slopes[deaths] == "No clear slope", "seven boroughs lie too far from their line"
    assert slopes["Children aged 10 to 11 living with obesity, 2024/25"] == "Worse where more deprived"


def test_a_place_without_a_figure_says_so(all_records: Records):
    records = {record["name"]: record for record in all_records["health_inequalities", "city-and-hackney"]}
    rows = {row[0]: [printed(cell) for cell in row[1:]] for row in records["gaps-places-table"]["rows"]}
    assert rows["Children aged 10 to 11 living with obesity, 2024/25"][0] == "**not held here**"
    assert rows["Adults who smoke, 2023"][0].startswith("**Hackney 8.0%, ")
    assert (
        "No figures of both groups in City and Hackney are held here."
        in records["reception-and-year-6-places"]["markdown"]
    )
    tiles = records["preventable-cvd-mortality-places-map"]
    assert "City of London and Hackney are published together and share one figure." in tiles["note"]


def test_a_pack_draws_no_chart_of_the_neighbourhoods_twice(all_records: Records):
    for place in ("havering", "system"):
        names = [
            record["name"]
            for (_, where), records in all_records.items()
            if where == place
            for record in records
            if record["kind"] != "statement" and "deprivation" in record["name"]
        ]
        assert len(names) == len(set(names))
        assert names[-2:] == ["deprivation-places-chart", "deprivation-places"]
