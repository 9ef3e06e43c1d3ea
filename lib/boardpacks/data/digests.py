"""Digests of published figures: what a receipt holds of what a chapter has read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LENGTH = 16
"""Hexadecimal digits of a digest: short enough to list hundreds, long enough that none are alike by chance."""

NOTHING = "-"
"""Stands for what the snapshot holds nothing of."""

FIELDS = ("period_start", "period_months", "value", "lower_95", "upper_95", "count", "denominator", "note")
"""What a digest of an observation covers beside its indicator, area, period and sex."""


def digest(parts: Iterable[str]) -> str:
    """Return the digest of some texts in their order."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part.encode())
        sha.update(b"\0")
    return sha.hexdigest()[:LENGTH]


def observation_digests(rows: Iterable[Mapping[Any, Any]]) -> list[tuple[str, str, str]]:
    """Return period, sex and digest of each row of the observations' table."""
    return [(row["period"], row["sex"], digest(str(row[field]) for field in FIELDS)) for row in rows]


def series_digest(observations: Iterable[Sequence[str]]) -> str:
    """Return the digest of a series, made of what `observation_digests` gives for it."""
    parts = [part for observation in observations for part in observation]
    return digest(parts) if parts else NOTHING
