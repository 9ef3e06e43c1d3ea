"""Our intervals and trends against those that Fingertips published.

The figures are hospital admissions for injuries of children, per 10,000, of England, the boroughs, and England's tenths
of deprivation (boys), for five years (OHID, Open Government Licence v3.0). Counts of boroughs and tenths are rounded to
5 by the publisher; England's own are not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from boardpacks.stats.intervals import poisson
from boardpacks.stats.recent_trend import Trend, recent_trend
from boardpacks.stats.trend_points import TrendPoint
from tests.raw import rows_of

PER = 10_000
ROUNDED_TO = 5
PRINTED = 0.51e-5
"""Limits are printed with five decimals or more."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return rows_of(Path(__file__).with_name("injuries.csv"))


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _agrees(row: dict[str, str], count: int) -> bool:
    limits = [PER * limit / float(row["denominator"]) for limit in poisson(count)]
    published = float(row["lower"]), float(row["upper"])
    return limits == pytest.approx(published, abs=PRINTED, rel=1e-9)


def test_published_intervals_are_byars_of_the_counts_before_rounding(rows: list[dict[str, str]]):
    """From England's printed counts, which are not rounded, Byar's method gives the printed limits.

    Of the others, the counts of 33 happened to be what they were rounded to. In the 122 others the printed count cannot
    give the printed limits; in every one of them exactly one whole number that rounds to the printed count does.
    """
    found = Counter[tuple[str, str]]()
    for row in rows:
        if not row["value"]:
            assert not row["lower"]
            found["any", "not published"] += 1
            continue
        area = "England" if row["group"] == "E92000001" else "part"
        printed = int(row["count"])
        if _agrees(row, printed):
            found[area, "from the printed count"] += 1
            continue
        assert printed % ROUNDED_TO == 0
        true = [count for count in range(printed - 2, printed + 3) if _agrees(row, count)]
        assert len(true) == 1, row
        found[area, "from a count that rounds to it"] += 1
    assert found == {
        ("any", "not published"): 15,
        ("England", "from the printed count"): 15,
        ("part", "from the printed count"): 33,
        ("part", "from a count that rounds to it"): 122,
    }


def _trends(rows: list[dict[str, str]]) -> list[tuple[str, Trend]]:
    """Return each series' published trend with ours."""
    series: dict[tuple[str, ...], dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        series[row["group"], row["sex"]][row["period"]] = row
    found = []
    for periods in series.values():
        published = periods[max(periods)]["trend"]
        points = [_point(row) for row in periods.values()]
        if published:
            found.append((published, recent_trend(points, "low", "rate")))
    return found


def _point(row: dict[str, str]) -> TrendPoint:
    return TrendPoint(
        row["period"],
        dt.date(int(row["period"][:4]), 4, 1),
        12,
        _number(row["value"]),
        _number(row["lower"]),
        _number(row["upper"]),
    )


def test_published_trends_are_ours_but_for_the_direction(rows: list[dict[str, str]]):
    """Of 37 series, Fingertips finds a trend in 21, none in 13, and cannot calculate 3; so do we.

    The direction as published was the wrong way round in all 21: it says that admissions increase and get worse, while
    England's rate fell from 93.6 to 72.7 over the five years. Ours says that they fall.
    """
    found = Counter((published, ours.words) for published, ours in _trends(rows))
    assert found == {
        ("Increasing and getting worse", "Decreasing and getting better"): 21,
        ("No significant change", "No significant change"): 13,
        ("Cannot be calculated", "Could not be calculated"): 3,
    }
