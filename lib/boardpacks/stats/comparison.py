"""Compares an area's value with a benchmark, in the manner of Fingertips."""

from __future__ import annotations

from typing import Literal, get_args

Verdict = Literal["better", "similar", "worse", "higher", "lower", "not-tested", "not-compared", "too-old"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
UNJUDGED: frozenset[Verdict] = frozenset(("not-tested", "not-compared", "too-old"))
"""Those that say nothing of the value. ``too-old`` is given to history alone, never by a comparison."""
Polarity = Literal["high", "low", "none"]
Beside = Literal["behind", "ahead", "unknown"]
"""On which side of a comparator a value lies, whether or not that was tested."""


def is_behind(value: float, level: float, polarity: Polarity) -> bool:
    """Return whether a value lies on the worse side of a level, such as a benchmark or a standard.

    One that equals it does not; with the polarity "none" neither side is the worse one.

    Examples
    --------
    >>> from boardpacks.stats.comparison import is_behind
    >>> is_behind(77.4, 95, "high"), is_behind(95.0, 95, "high"), is_behind(2.1, 1, "low")
    (True, False, True)
    """
    if polarity == "none":
        return False
    return value < level if polarity == "high" else value > level


RULE = "single overlapping 95% interval"
"""Name of the rule, as packs state it."""


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

    Examples
    --------
    >>> from boardpacks.stats.comparison import compare
    >>> compare(10.9, 6.7, 15.1, benchmark=11.6, polarity="low")
    'similar'
    >>> compare(16.8, 13.0, 20.6, benchmark=11.6, polarity="low")
    'worse'
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
