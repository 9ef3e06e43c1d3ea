"""Every number that a pack says is the published one."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from math import hypot
from typing import Any

import pytest

from tests.end_to_end.conftest import Record
from tests.end_to_end.truth import Truth, Value

pytestmark = pytest.mark.end_to_end

ADDED_UP = " added up"
SMALL_AREAS_IN_ENGLAND = 33_755
"""Small areas (LSOAs of 2021) in England, as the Office for National Statistics counts them."""


def _facts(records: list[Record]) -> list[tuple[Record, dict[str, Any]]]:
    return [(record, fact) for record in records for fact in record.content["facts"]]


def _figure(fact: dict[str, Any], period: str, truth: Truth, built: Any) -> Value:
    """What a fact's measure was in a period: as published, or with what is worked out from published counts."""
    indicator = built.params.indicators[fact["indicator"]]
    key = fact["indicator"], fact["area"], fact["sex"], period
    if "+" not in fact["area"] and indicator.interval != "counts":
        return truth.values[key]
    assert indicator.unit == "%", f"nothing here works out again what is {indicator.unit}: {fact}"
    found = truth.added_up(key, indicator.decimals) if "+" in fact["area"] else truth.worked_out(key)
    return (found[0], None, None) if indicator.interval == "none" else found


def test_every_published_number_is_the_publishers(records: list[Record], truth: Truth) -> None:
    published = [
        (record, fact)
        for record, fact in _facts(records)
        if fact["method"] == "published" and "limits_by" not in fact
    ]
    assert len(published) > 10_000
    for record, fact in published:
        key = fact["indicator"], fact["area"], fact["sex"], fact["period"]
        assert (fact["value"], fact["lower"], fact["upper"]) == truth.values[key], f"{record}: {fact}"


def test_every_interval_that_is_worked_out_here_is_wilsons(
    records: list[Record], truth: Truth, built: Any
) -> None:
    indicators = built.params.indicators
    comparators = {area.code for area in built.params.system.comparators}
    told = [
        (record, fact)
        for record, fact in _facts(records)
        if "limits_by" in fact
        or (
            fact["method"] == "published"
            and indicators[fact["indicator"]].interval == "counts"
            and fact["area"] not in comparators
        )
    ]
    assert {fact["indicator"] for _, fact in told} == {
        name for name, one in indicators.items() if one.interval == "counts"
    }
    for record, fact in told:
        key = fact["indicator"], fact["area"], fact["sex"], fact["period"]
        value, lower, upper = truth.values[key]
        assert (fact["method"], fact["value"]) == ("published", value), f"{record}: {fact}"
        assert (lower, upper) == (None, None), f"{record}: the publisher's interval is not said: {fact}"
        assert "Wilson's method" in fact.get("limits_by", ""), f"{record}: {fact}"
        expected = _figure(fact, fact["period"], truth, built)
        assert (value, fact["lower"], fact["upper"]) == pytest.approx(expected), f"{record}: {fact}"


def test_every_share_of_several_boroughs_is_that_of_their_counts(
    records: list[Record], truth: Truth, built: Any
) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["method"].endswith(ADDED_UP)]
    assert len(told) > 10
    for record, fact in told:
        assert "+" in fact["area"], f"{record}: {fact}"
        expected = _figure(fact, fact["period"], truth, built)
        assert (fact["value"], fact["lower"], fact["upper"]) == pytest.approx(expected), f"{record}: {fact}"


def test_every_sum_is_that_of_its_boroughs(records: list[Record], truth: Truth) -> None:
    sums = [(record, fact) for record, fact in _facts(records) if fact["method"].startswith("sum of")]
    assert {fact["indicator"] for _, fact in sums} == {"population"}
    for record, fact in sums:
        parts = [
            truth.values["population", area, "Persons", fact["period"]][0] for area in fact["area"].split("+")
        ]
        assert fact["value"] == sum(parts), f"{record}: {fact}"
        assert len(parts) == 2


def test_every_count_of_small_areas_is_that_of_the_index(records: list[Record], truth: Truth) -> None:
    counted = [(record, fact) for record, fact in _facts(records) if fact["indicator"] == "deprivation"]
    assert {record.place for record, _ in counted} == {record.place for record in records}
    for record, fact in counted:
        tenths = [
            sum(truth.tenths[area][tenth] for area in fact["area"].split("+")) for tenth in range(1, 11)
        ]
        part = fact["method"].rpartition(": ")[2]
        expected = {
            "total": sum(tenths),
            "fifth-count": sum(tenths[:2]),
            "fifth-share": 100 * sum(tenths[:2]) / sum(tenths),
        }
        expected |= {f"tenth-{number}": count for number, count in enumerate(tenths, start=1)}
        ranks, scores = (
            [one for area in fact["area"].split("+") for one in held[area]]
            for held in (truth.ranks, truth.scores)
        )
        expected |= {
            "tenth-count": tenths[0],
            "tenth-share": 100 * tenths[0] / sum(tenths),
            "first-rank": min(ranks),
            "middle-rank": statistics.median(ranks),
            "last-rank": max(ranks),
            "mean-score": statistics.fmean(scores),
            "ranked": SMALL_AREAS_IN_ENGLAND,
            "middle-ahead": 100 * (1 - statistics.median(ranks) / SMALL_AREAS_IN_ENGLAND),
        }
        assert fact["value"] == pytest.approx(expected[part], rel=1e-12, abs=1e-12), f"{record}: {fact}"


def _quarter(own: float, peers: Sequence[float], polarity: str) -> int:
    """Deal the peers into four quarters, the first ones larger where they do not divide, equals together."""
    ordered = sorted(peers, reverse=polarity != "low")
    starts = [-(-len(peers) * quarter // 4) for quarter in range(4)]
    return sum(ordered.index(own) >= start for start in starts)


def test_every_standing_among_peers_is_recounted(records: list[Record], truth: Truth, built: Any) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["method"].endswith("among the peers")]
    assert len(told) > 100
    for record, fact in told:
        too_small = built.params.system.too_small
        assert fact["area"] not in too_small, f"{record}: {fact}"
        peers = truth.ranked(fact["indicator"], fact["period"], too_small)
        own = truth.values[fact["indicator"], fact["area"], fact["sex"], fact["period"]][0]
        lower, _, upper = statistics.quantiles(peers, n=4, method="inclusive")
        expected = {
            "rank": sum(peer > own for peer in peers) + 1,
            "rank-from-lowest": len(peers) - sum(peer > own for peer in peers),
            "peers": len(peers),
            "lower-quartile": lower,
            "upper-quartile": upper,
            "quarter": _quarter(own, peers, built.params.indicators[fact["indicator"]].polarity),
        }
        part = fact["method"].removesuffix(" among the peers")
        assert fact["value"] == pytest.approx(expected[part]), f"{record}: {fact}"


def test_every_rank_among_the_boroughs_held_is_recounted(
    records: list[Record], truth: Truth, built: Any
) -> None:
    told = [
        (record, fact) for record, fact in _facts(records) if fact["method"].endswith("the boroughs held")
    ]
    assert len(told) > 10
    held = {borough.code for borough in built.params.boroughs()} - set(built.params.system.too_small)
    for record, fact in told:
        key = fact["indicator"], fact["sex"], fact["period"]
        values = {
            area: value[0]
            for (indicator, area, sex, period), value in truth.values.items()
            if (indicator, sex, period) == key and area in held
        }
        own = values[fact["area"]]
        expected = {
            "rank": sum(value > own for value in values.values()) + 1,
            "rank-from-lowest": sum(value < own for value in values.values()) + 1,
            "boroughs": len(values),
        }
        assert fact["value"] == expected[fact["method"].partition(" ")[0]], f"{record}: {fact}"


def test_every_figure_of_the_strategy_is_as_params_state_it(records: list[Record], built: Any) -> None:
    figures = {figure.id: figure for figure in built.params.baselines.figures}
    told = [(record, fact) for record, fact in _facts(records) if fact["method"] == "stated in the strategy"]
    for record, fact in told:
        figure = figures[fact["indicator"].removeprefix("baseline-")]
        stated = (
            figure
            if fact["area"] in ("SYSTEM", figure.area)
            else (figure.comparator or pytest.fail(str(record)))
        )
        assert fact["value"] == stated.value, f"{record}: {fact}"
        assert stated.printed in (None, fact["display"]), f"{record}: {fact}"
    assert {fact["indicator"].removeprefix("baseline-") for _, fact in told} == set(figures)


def test_every_count_on_the_scorecard_is_that_of_the_verdicts(records: list[Record], built: Any) -> None:
    entries = {one.id: one for one in (*built.params.themes, *built.params.foundations)}
    counted = [
        (record, fact) for record, fact in _facts(records) if fact["indicator"].startswith("scorecard-")
    ]
    assert {record.place for record, _ in counted} == {record.place for record in records}
    for record, fact in counted:
        entry = entries[fact["indicator"].removeprefix("scorecard-")]
        verdict = fact["method"].rpartition(": ")[2]
        lines = [
            line
            for other in records
            if other.place == record.place
            for line in other.content.get("summary", [])
            if line["indicator"] in entry.indicators and verdict in (line["verdict"], "results")
        ]
        assert fact["value"] == sum(line["count"] for line in lines), f"{record}: {fact}"


def test_every_change_is_the_difference_of_two_published_numbers(
    records: list[Record], truth: Truth, built: Any
) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["method"].startswith("change: ")]
    assert len(told) > 100
    for record, fact in told:
        earlier = fact["indicator_name"].rpartition(" change since ")[2]
        values = [_figure(fact, when, truth, built) for when in (fact["period"], earlier)]
        (now, low, high), (then, then_low, then_high) = (map(float, value) for value in values)  # type: ignore[arg-type]
        assert fact["value"] == pytest.approx(now - then), f"{record}: {fact}"
        assert fact["lower"] == pytest.approx(now - then - hypot(now - low, then_high - then))
        assert fact["upper"] == pytest.approx(now - then + hypot(high - now, then - then_low))


def test_every_trend_is_told_of_five_published_numbers(
    records: list[Record], truth: Truth, built: Any
) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["method"].startswith("trend: ")]
    assert len(told) > 100
    for record, fact in told:
        first, last = re.search(r"from (.*?) to (.*?)[,;]", fact["method"]).groups()  # type: ignore[union-attr]
        numbers = [_figure(fact, when, truth, built)[0] for when in (first, last)]
        words = fact["display"].lower()
        if words != "no significant change":
            rises = float(numbers[1] or 0.0) > float(numbers[0] or 0.0)
            assert words.startswith("increasing" if rises else "decreasing"), record


def test_every_figure_of_a_control_chart_is_recalculated(
    records: list[Record], truth: Truth, built: Any
) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["method"].startswith("XmR chart, ")]
    assert len(told) > 500
    charts = {}
    for record, fact in told:
        key = fact["indicator"], fact["area"], fact["period"]
        own = built.params.indicators[fact["indicator"]]
        if key not in charts:
            doubtful = {month for doubt in own.doubts for month in doubt.months}
            rebased = [one.since for one in own.rebased if one.concerns(fact["area"])]
            charts[key] = truth.control_chart(*key[:2], doubtful, fact["period"], rebased)
        part = fact["method"].rpartition(": ")[2]
        if not part.startswith(
            "points-"
        ):  # counts of special causes are held against the rules in tests/stats
            assert fact["value"] == pytest.approx(charts[key][part], abs=1e-9), f"{record}: {fact}"


def test_every_target_is_the_params(records: list[Record], built: Any) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["method"].startswith("target, ")]
    assert {fact["indicator"] for _, fact in told} == {
        i.id for i in built.params.indicators.values() if i.targets and i.areas == "trusts"
    }
    for record, fact in told:
        known = {target.value for target in built.params.indicators[fact["indicator"]].targets}
        assert fact["value"] in known, f"{record}: {fact}"


def test_every_missed_standard_is_the_params_and_is_missed(records: list[Record], built: Any) -> None:
    told = [(record, fact) for record, fact in _facts(records) if fact["id"].endswith(".standard")]
    assert len(told) > 50
    values = {fact["id"]: fact["value"] for _, fact in _facts(records)}
    for record, fact in told:
        own = built.params.indicators[fact["indicator"]]
        target = next(target for target in own.targets if target.by is None)
        assert (fact["value"], fact["method"]) == (
            target.value,
            f"set by {target.source}" if target.source else "set by the params",
        ), f"{record}: {fact}"
        value = values[fact["id"].removesuffix(".standard")]
        assert value < target.value if own.polarity == "high" else value > target.value, f"{record}: {fact}"


def test_no_method_goes_unchecked(records: list[Record]) -> None:
    known = (
        "published",
        "sum of ",
        "counted from small areas: ",
        "counted from the verdicts",
        "stated in the strategy",
        "trend: ",
        "change: ",
        "XmR chart, ",
        "target, ",
        # tests/chapter/test_inequality_truth.py works these out from the same records
        "highest less lowest",
        "the higher less the lower",
        "areas with a figure",
        "rank from the best among",
        "slope index of inequality",
        "set by ",
        # tests/chapter/test_people.py and test_cash_gap.py work these out
        "distance from the benchmark times the denominator: ",
        "value less that of England in the same period",
    )
    others = {fact["method"] for _, fact in _facts(records) if not fact["method"].startswith(known)}
    assert all(
        method.endswith(("among the peers", "among the boroughs held", ADDED_UP)) for method in others
    ), others


def test_every_outcome_and_indicator_of_the_params_is_reported(records: list[Record], built: Any) -> None:
    for place in built.params.places:
        own = [record.content for record in records if record.place == place]
        told = {line["indicator"] for record in own for line in record.get("summary", [])}
        names = {record["name"] for record in own}
        for priority in built.params.priorities.values():
            assert set(priority.indicators) <= told, place
            for outcome in priority.outcomes:
                assert outcome.gap is None or f"{outcome.id}-gap" in names, (place, outcome.id)
                assert not outcome.indicators or f"{outcome.id}-latest" in names, (place, outcome.id)
