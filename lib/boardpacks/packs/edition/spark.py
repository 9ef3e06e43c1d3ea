"""Makes a spark line: the last figures of a series as a small line, for the eye alone."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.artefacts import Fact

MOST = 12
"""Figures that a spark line has at most."""
FEWEST = 3
"""With fewer there is none."""


def spark(series: Sequence[Fact]) -> str:
    """Return the Markdown of a spark line on a scale of its own; empty with too few figures.

    The values beside it say what it shows: it is no part of what a screen reader reads.
    """
    values = [fact.value for fact in series if fact.value is not None][-MOST:]
    if len(values) < FEWEST:
        return ""
    low, high = min(values), max(values)
    wide = high - low or 1.0
    points = " ".join(
        f"{round(100 * at / (len(values) - 1))},{round(100 * (high - value) / wide)}"
        for at, value in enumerate(values)
    )
    return f'[]{{.spark points="{points}"}}'
