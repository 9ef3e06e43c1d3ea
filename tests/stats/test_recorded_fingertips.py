"""Our intervals and trends against those that Fingertips published, on a recorded file.

The file is that of hospital admissions for injuries of children, per 10,000. Counts of boroughs and of England's
deprivation tenths are rounded to 5 by the publisher; England's own are not.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from boardpacks.stats.intervals import poisson
from boardpacks.stats.recent_trend import Trend, recent_trend
from boardpacks.stats.trend_points import TrendPoint

PER = 10_000
ROUNDED_TO = 5
PRINTED = 0.51e-5
"""Limits are printed with five decimals or more."""


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "fixtures" / "fingertips_90284_by_indicator_id.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _agrees(row: dict[str, str], count: int) -> bool:
    limits = [PER * limit / float(row["Denominator"]) for limit in poisson(count)]
    published = float(row["Lower CI 95.0 limit"]), float(row["Upper CI 95.0 limit"])
    return limits == pytest.approx(published, abs=PRINTED, rel=1e-9)


def test_published_intervals_are_byars_of_the_counts_before_rounding(rows: list[dict[str, str]]):
    """1,352 rows have an interval, a count and a denominator.

    From the printed count Byar's method gives the printed limits in all 76 rows of England (not rounded), and in 326 of
    the others, whose count happened to be what it was rounded to. In the 950 others the printed count cannot give the
    printed limits; in every one of them exactly one whole number that rounds to the printed count does.
    """
    found = Counter[tuple[str, str]]()
    for row in rows:
        if not row["Value"]:
            assert not row["Lower CI 95.0 limit"]
            found["any", "not published"] += 1
            continue
        area = "England" if row["Area Code"] == "E92000001" and not row["Category"] else "part"
        printed = int(row["Count"])
        if _agrees(row, printed):
            found[area, "from the printed count"] += 1
            continue
        assert printed % ROUNDED_TO == 0
        true = [count for count in range(printed - 2, printed + 3) if _agrees(row, count)]
        assert len(true) == 1, row
        found[area, "from a count that rounds to it"] += 1
    assert found == {
        ("any", "not published"): 358,
        ("England", "from the printed count"): 76,
        ("part", "from the printed count"): 326,
        ("part", "from a count that rounds to it"): 950,
    }


def _trends(rows: list[dict[str, str]]) -> list[tuple[str, Trend]]:
    """Return each series' published trend with ours."""
    series: dict[tuple[str, ...], dict[str, dict[str, str]]] = defaultdict(dict)
    for row in rows:
        series[row["Area Code"], row["Sex"], row["Category Type"], row["Category"]][row["Time period"]] = row
    found = []
    for periods in series.values():
        published = periods[max(periods)]["Recent Trend"]
        points = [_point(row) for row in periods.values()]
        if published:
            found.append((published, recent_trend(points, "low", "rate")))
    return found


def _point(row: dict[str, str]) -> TrendPoint:
    return TrendPoint(
        row["Time period"],
        dt.date(int(row["Time period"][:4]), 4, 1),
        12,
        _number(row["Value"]),
        _number(row["Lower CI 95.0 limit"]),
        _number(row["Upper CI 95.0 limit"]),
    )


def test_published_trends_are_ours_but_for_the_direction(rows: list[dict[str, str]]):
    """Of 96 series with a published trend, Fingertips finds one in 65, none in 19, and cannot calculate 12; so do we.

    The direction in this file is the wrong way round in all 65: it says that admissions increase and get worse, while
    England's rate fell from 93.6 to 72.7 over the five years. Ours says that they fall.
    """
    found = Counter((published, ours.words) for published, ours in _trends(rows))
    assert found == {
        ("Increasing and getting worse", "Decreasing and getting better"): 65,
        ("No significant change", "No significant change"): 19,
        ("Cannot be calculated", "Could not be calculated"): 12,
    }
