"""Says over which years a chart of many measures reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable

from boardpacks.data.observations import Observation
from boardpacks.facts.wording import period


def years(observations: Iterable[Observation]) -> str:
    """Return the first and the last year of the observations' periods, ``2021 to 2025``, or the one period."""
    labels = {period(o.period) for o in observations}
    found = sorted(year for label in labels for year in re.findall(r"(?:19|20)\d\d", label))
    if len(labels) == 1 or not found:
        return next(iter(labels), "no period")
    return found[0] if found[0] == found[-1] else f"{found[0]} to {found[-1]}"
