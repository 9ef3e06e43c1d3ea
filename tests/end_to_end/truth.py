"""The published figures, read with nothing but the csv module: what packs are held against.

Intervals that the project works out itself are worked out again with another implementation than its own.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from statsmodels.stats.proportion import proportion_confint

from tests.raw import COMBINED_NOTES, LONDON, SMALL_AREAS, observations, rows_of

COMBINED = "E67000001"

Key = tuple[str, str, str, str]
Value = tuple[float, float | None, float | None]
Counts = tuple[float | None, float | None]


@dataclass(frozen=True)
class Truth:
    """Values with their limits by indicator, area, sex and period; peers' values; small areas by borough.

    ``counts`` are counts and denominators as published, ``peers`` values by borough. Of small areas: how many are in
    each tenth, their ranks and their scores.
    """

    values: dict[Key, Value]
    counts: dict[Key, Counts]
    peers: dict[tuple[str, str], dict[str, float]]
    tenths: dict[str, Counter[int]]
    ranks: dict[str, list[int]]
    scores: dict[str, list[float]]

    def ranked(self, indicator: str, period: str, too_small: Collection[str]) -> list[float]:
        """Values of the boroughs that are ranked: all but those with too few residents."""
        return [value for area, value in self.peers[indicator, period].items() if area not in too_small]

    def worked_out(self, key: Key) -> Value:
        """A published percentage with Wilson's interval of its count and denominator.

        One that is published without its count has the count that gives it.
        """
        value, _, _ = self.values[key]
        count, base = self.counts[key]
        if base is None:
            raise AssertionError(f"{key}: without a denominator there is no interval")
        return value, *_wilson(value * base / 100 if count is None else count, base)

    def added_up(self, key: Key, decimals: int) -> Value:
        """A percentage of areas joined by ``+``: their counts over their denominators, with Wilson's interval of both.

        Each area's own percentage has to be its count over its denominator.
        """
        indicator, areas, sex, period = key
        count = base = 0.0
        for area in areas.split("+"):
            part = indicator, area, sex, period
            own, whole = self.counts[part]
            if own is None or not whole:
                raise AssertionError(f"{part}: without a count or a denominator nothing can be added up")
            if abs(self.values[part][0] - 100 * own / whole) > 0.5 * 10.0**-decimals + 1e-9:
                raise AssertionError(f"{part}: {self.values[part][0]} is not {own} of {whole}")
            count, base = count + own, base + whole
        return 100 * count / base, *_wilson(count, base)

    def control_chart(
        self, indicator: str, area: str, doubtful: set[str], month: str, rebased: Collection[str]
    ) -> dict[str, float]:
        """Mean, limits and counts of a monthly series, by nothing but the arithmetic of XmR charts.

        Mean and limits are those of the stretch that `month` lies in, between two of the months `rebased`.
        """
        series = {key[3]: value[0] for key, value in self.values.items() if key[:2] == (indicator, area)}
        known = sorted(set(series) - doubtful)
        at = {month: int(month[:4]) * 12 + int(month[5:]) for month in series}
        begin = max((one for one in rebased if one <= month), default="")
        end = min((one for one in rebased if one > month), default="9999")
        standing = [one for one in known if begin <= one < end]
        ranges = [abs(series[b] - series[a]) for a, b in pairwise(standing) if at[b] - at[a] == 1]
        mean = statistics.fmean(series[one] for one in standing)
        usual = 3.267 * statistics.fmean(ranges)
        reach = 2.66 * statistics.fmean([one for one in ranges if one < usual] if usual else ranges)
        span = at[known[-1]] - at[known[0]] + 1
        return {
            "mean": mean,
            "lower-limit": mean - reach,
            "upper-limit": mean + reach,
            "months": len(known),
            "months-since": len(standing),
            "months-needed": 13,
            "span": span,
            "missing": span - len(series),
        }


def read_truth(raw: Path) -> Truth:
    """Read the publishers' figures."""
    values: dict[Key, Value] = {}
    counts: dict[Key, Counts] = {}
    peers: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in observations(raw):
        if row["value"]:
            area = COMBINED if row["note"] in COMBINED_NOTES else row["area_code"]
            key = row["indicator_id"], area, row["sex"], row["period"]
            values[key], counts[key] = _value(row), _counts(row)
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
    return Truth(values, counts, dict(peers), tenths, ranks, scores)


def _value(row: dict[str, str]) -> Value:
    return float(row["value"]), _number(row["lower_95"]), _number(row["upper_95"])


def _counts(row: dict[str, str]) -> Counts:
    return _number(row["count"]), _number(row["denominator"])


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _wilson(count: float, base: float) -> tuple[float, float]:
    """Wilson's interval of a percentage as statsmodels has it."""
    lower, upper = proportion_confint(count, base, method="wilson")
    return 100 * float(lower), 100 * float(upper)
