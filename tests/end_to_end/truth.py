"""The published figures, read with nothing but the csv module: what packs are held against."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.raw import COMBINED_NOTES, LONDON, SMALL_AREAS, observations, rows_of

COMBINED = "E67000001"

Key = tuple[str, str, str, str]
Value = tuple[float, float | None, float | None]


@dataclass(frozen=True)
class Truth:
    """Values with their limits by indicator, area, sex and period; peers' values; small areas by borough.

    Of small areas: how many are in each tenth, their ranks and their scores.
    """

    values: dict[Key, Value]
    peers: dict[tuple[str, str], list[float]]
    tenths: dict[str, Counter[int]]
    ranks: dict[str, list[int]]
    scores: dict[str, list[float]]

    def quartiles(self, indicator: str, period: str) -> tuple[float, float]:
        """Lower and upper quartile of the boroughs, by another implementation than the project's."""
        lower, _, upper = statistics.quantiles(self.peers[indicator, period], n=4, method="inclusive")
        return lower, upper

    def control_chart(self, indicator: str, area: str, doubtful: set[str]) -> dict[str, float]:
        """Mean, limits and counts of a monthly series, by nothing but the arithmetic of XmR charts."""
        series = {key[3]: value[0] for key, value in self.values.items() if key[:2] == (indicator, area)}
        known = sorted(set(series) - doubtful)
        at = {month: int(month[:4]) * 12 + int(month[5:]) for month in series}
        ranges = [abs(series[b] - series[a]) for a, b in pairwise(known) if at[b] - at[a] == 1]
        mean = statistics.fmean(series[month] for month in known)
        usual = 3.267 * statistics.fmean(ranges)
        reach = 2.66 * statistics.fmean([one for one in ranges if one < usual] if usual else ranges)
        span = at[known[-1]] - at[known[0]] + 1
        return {
            "mean": mean,
            "lower-limit": mean - reach,
            "upper-limit": mean + reach,
            "months": len(known),
            "months-needed": 13,
            "span": span,
            "missing": span - len(series),
        }


def read_truth(raw: Path) -> Truth:
    """Read the publishers' figures."""
    values: dict[Key, Value] = {}
    peers: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in observations(raw):
        if row["value"]:
            area = COMBINED if row["note"] in COMBINED_NOTES else row["area_code"]
            values[row["indicator_id"], area, row["sex"], row["period"]] = _value(row)
    for row in rows_of(raw / LONDON):
        if row["value"]:
            peers[row["indicator_id"], row["period"]][row["area_code"]] = float(row["value"])
            for sex in ("Persons", "Female", "Male"):
                values.setdefault((row["indicator_id"], row["area_code"], sex, row["period"]), _value(row))
    tenths: dict[str, Counter[int]] = defaultdict(Counter)
    ranks: dict[str, list[int]] = defaultdict(list)
    scores: dict[str, list[float]] = defaultdict(list)
    for row in rows_of(raw / SMALL_AREAS):
        tenths[row["area_code"]][int(row["imd_2025_decile"])] += 1
        ranks[row["area_code"]].append(int(row["imd_2025_rank"]))
        scores[row["area_code"]].append(float(row["imd_2025_score"]))
    return Truth(values, {key: list(found.values()) for key, found in peers.items()}, tenths, ranks, scores)


def _value(row: dict[str, str]) -> Value:
    lower, upper = row["lower_95"], row["upper_95"]
    return float(row["value"]), float(lower) if lower else None, float(upper) if upper else None
