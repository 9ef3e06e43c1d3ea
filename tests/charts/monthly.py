"""Monthly series and their XmR charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from boardpacks.stats.comparison import Polarity
from boardpacks.stats.spc.chart import Chart, xmr

STEADY = [70.0, 72.0, 69.0, 71.0, 70.0, 72.0, 71.0, 69.0, 70.0, 72.0, 71.0, 70.0, 69.0]
BETTER = [*STEADY, 78.0, 79.0, 80.0, 81.0, 80.5, 82.0, 83.0, 82.0]


def say(value: float) -> str:
    return f"{value:.1f}%"


def months(count: int, first: int = 2021 * 12 + 3) -> list[dt.date]:
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(first, first + count)]


def chart(
    values: Sequence[float | None],
    polarity: Polarity = "high",
    target: float | None = None,
    rebase: tuple[dt.date, ...] = (),
) -> Chart:
    return xmr(months(len(values)), values, polarity, target=target, rebase=rebase)
