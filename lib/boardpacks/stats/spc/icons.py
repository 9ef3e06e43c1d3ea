"""Says what a chart shows in the words of the Making Data Count icons."""

from __future__ import annotations

from typing import Literal

from boardpacks.stats.comparison import Polarity
from boardpacks.stats.spc.process_limits import ProcessLimits
from boardpacks.stats.spc.signals import Signal

Variation = Literal[
    "improvement-high",
    "improvement-low",
    "concern-high",
    "concern-low",
    "neutral-high",
    "neutral-low",
    "common-cause",
    "not-judged",
]
Passing = Literal["passes", "fails", "hit-or-miss", "not-judged"]

VARIATION_WORDS: dict[Variation, str] = {
    "improvement-high": "Special cause: improvement (high)",
    "improvement-low": "Special cause: improvement (low)",
    "concern-high": "Special cause: concern (high)",
    "concern-low": "Special cause: concern (low)",
    "neutral-high": "Special cause: high, neither better nor worse",
    "neutral-low": "Special cause: low, neither better nor worse",
    "common-cause": "Common cause: usual ups and downs",
    "not-judged": "Not judged",
}

ASSURANCE_WORDS: dict[Passing, str] = {
    "passes": "Will consistently meet the target",
    "fails": "Will consistently miss the target",
    "hit-or-miss": "May meet or miss the target",
    "not-judged": "Not judged against a target",
}


def variation(signal: Signal | None, polarity: Polarity) -> Variation:
    """Return the variation icon of a point that has limits.

    Parameters
    ----------
    signal
        The point's special cause, None for common cause.
    polarity
        Whether a high or a low value is better, or neither ("none").

    Examples
    --------
    >>> from boardpacks.stats.spc.icons import variation
    >>> from boardpacks.stats.spc.signals import Signal
    >>> variation(Signal(("shift",), "high"), "high"), variation(None, "high")
    ('improvement-high', 'common-cause')
    """
    if signal is None:
        return "common-cause"
    if polarity == "none":
        return "neutral-high" if signal.side == "high" else "neutral-low"
    if signal.side == polarity:
        return "improvement-high" if signal.side == "high" else "improvement-low"
    return "concern-high" if signal.side == "high" else "concern-low"


def assurance(limits: ProcessLimits | None, target: float | None, polarity: Polarity) -> Passing:
    """Return the assurance icon: whether the process, as it is, will pass the target every time.

    Parameters
    ----------
    limits
        Limits of the chart's latest stretch, None where there are none.
    target
        The target in the values' unit, None where there is none. A target on a limit is within the process's reach.
    polarity
        Whether a high or a low value is better; with neither nothing is judged.

    Examples
    --------
    >>> from boardpacks.stats.spc.icons import assurance
    >>> from boardpacks.stats.spc.process_limits import process_limits
    >>> from boardpacks.stats.spc.rules import MAKING_DATA_COUNT
    >>> limits = process_limits([[70, 72, 69, 71, 70, 73, 70, 71, 69, 72, 70, 71, 70]], MAKING_DATA_COUNT)
    >>> assurance(limits, 95, "high"), assurance(limits, 60, "high"), assurance(limits, 70, "high")
    ('fails', 'passes', 'hit-or-miss')
    """
    if limits is None or target is None or polarity == "none":
        return "not-judged"
    if limits.lower <= target <= limits.upper:
        return "hit-or-miss"
    return "passes" if (target < limits.lower) == (polarity == "high") else "fails"
