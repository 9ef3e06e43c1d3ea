"""Compares an area's value with a benchmark, in the manner of Fingertips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from boardpacks.stats.estimate import Estimate

Verdict = Literal["better", "similar", "worse", "higher", "lower", "not-tested", "not-compared"]
Polarity = Literal["high", "low", "none"]
Rule = Literal["single overlapping 95% interval", "double overlapping 95% intervals"]

RULE: Rule = "single overlapping 95% interval"
"""Name of the rule, as packs state it."""

DOUBLE_RULE: Rule = "double overlapping 95% intervals"
"""Name of the stricter rule, which minds the benchmark's own chance too."""


@dataclass(frozen=True)
class Comparison:
    """A verdict with the rule that it was reached by, the benchmark's name and value, and why none was reached."""

    verdict: Verdict
    rule: str
    benchmark_name: str
    benchmark: float | None
    reason: str = ""


def compare(
    value: float | None,
    lower: float | None,
    upper: float | None,
    benchmark: float | None,
    polarity: Polarity,
) -> Verdict:
    """Judge a value against a benchmark by whether the value's 95% interval contains it.

    This is the comparison that Fingertips calls "confidence interval overlapping method (single overlapping
    interval, 95%)": the area's interval is held against the benchmark's value, and a limit that equals the
    benchmark still contains it.

    Parameters
    ----------
    value, lower, upper
        The area's value and its 95% interval, in one unit; None where not published.
    benchmark
        The benchmark's value in the same unit, or None.
    polarity
        Whether a high or a low value is better, or neither ("none").

    Returns
    -------
    Verdict
        ``similar`` when the interval contains the benchmark; otherwise ``better`` or ``worse`` by polarity, or
        ``higher`` or ``lower`` where neither direction is better; ``not-tested`` when there is no interval, or one
        without width, which says nothing of chance;
        ``not-compared`` when value or benchmark is missing.

    Notes
    -----
    Source: Office for Health Improvement and Disparities, Fingertips technical guidance, "Comparing an area's
    value with a benchmark".
    """
    if value is None or benchmark is None:
        return "not-compared"
    if lower is None or upper is None or lower == upper:
        return "not-tested"
    if lower <= benchmark <= upper:
        return "similar"
    higher = lower > benchmark
    if polarity == "none":
        return "higher" if higher else "lower"
    return "better" if higher == (polarity == "high") else "worse"


def compare_with(
    figure: Estimate, benchmark: Estimate, benchmark_name: str, polarity: Polarity, rule: Rule = RULE
) -> Comparison:
    """Judge a figure against a benchmark by a named rule.

    Parameters
    ----------
    figure, benchmark
        The area's figure and the benchmark's, in one unit.
    benchmark_name
        What the area is compared with, as it is said: "England", "the average of the system".
    polarity
        Whether a high or a low value is better, or neither ("none").
    rule
        ``RULE`` holds the area's interval against the benchmark's value, which suits a benchmark so large that chance
        hardly moves it, as England is. ``DOUBLE_RULE`` holds the two intervals against each other, which suits a
        benchmark of much the same size as the area, such as a neighbour.

    Returns
    -------
    Comparison
        By ``DOUBLE_RULE`` the verdict is ``similar`` when the intervals touch or overlap, and ``not-tested`` when the
        benchmark has no interval. A benchmark's interval without width stands for a value that chance does not move.

    Notes
    -----
    Source: Office for Health Improvement and Disparities, Fingertips technical guidance, "Comparing an area's value
    with a benchmark": single and double overlapping confidence intervals.
    """
    verdict = _by_rule(figure, benchmark, polarity, rule)
    return Comparison(
        verdict, rule, benchmark_name, benchmark.value, _reason(verdict, figure, benchmark_name)
    )


def _by_rule(figure: Estimate, benchmark: Estimate, polarity: Polarity, rule: Rule) -> Verdict:
    verdict = compare(figure.value, figure.lower, figure.upper, benchmark.value, polarity)
    if rule == RULE or figure.limits is None or verdict in ("not-compared", "not-tested"):
        return verdict
    if benchmark.lower is None or benchmark.upper is None:
        return "not-tested"
    apart = figure.limits[0] > benchmark.upper or figure.limits[1] < benchmark.lower
    return verdict if apart else "similar"


def _reason(verdict: Verdict, figure: Estimate, benchmark_name: str) -> str:
    if verdict == "not-compared":
        return "no figure for the area" if figure.value is None else f"no figure for {benchmark_name}"
    if verdict == "not-tested":
        return f"no 95% interval for {'the area' if figure.limits is None else benchmark_name}"
    return ""
