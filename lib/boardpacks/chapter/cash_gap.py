"""Money is compared with the benchmark's of its own year, never with another year's: prices change between them."""

from __future__ import annotations

from dataclasses import dataclass

from boardpacks.chapter.make_facts import fact, said, worked_out
from boardpacks.data.observations import AreaSeries, Valued
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import digits, period
from boardpacks.params.articles import with_article
from boardpacks.params.indicator import Indicator

PART = "gap"
"""Which of the facts of a figure its gap is."""
NOT_OVER_TIME = "Amounts of different years are not compared, because prices change between them."


@dataclass(frozen=True)
class CashGap:
    """How an amount stands to the benchmark's of the same period, and how it stood some years before.

    ``then`` is the earlier amount with the benchmark's beside it, None where one of them is not held.
    """

    name: str
    now: tuple[Valued, Valued]
    then: tuple[Valued, Valued] | None


def cash_gap(latest: Valued, earlier: Valued | None, benchmark: AreaSeries) -> CashGap | None:
    """Return the gap of the latest amount to the benchmark's, None where that is not held."""
    now = _beside(latest, benchmark)
    then = None if earlier is None else _beside(earlier, benchmark)
    return None if now is None else CashGap(benchmark.name, now, then)


def percent_above(value: float, other: float) -> float:
    """Return by how much a value is above another one, in per cent of that; below nought where it is below.

    Examples
    --------
    >>> from boardpacks.chapter.cash_gap import percent_above
    >>> percent_above(110.0, 100.0), percent_above(75.0, 100.0)
    (10.0, -25.0)
    """
    return 100 * (value - other) / other


def cash_sentences(gap: CashGap, pack: str) -> str:
    """Return the gap in words, and what it was; nothing of how the amount itself has changed."""
    told = f"It is {_gap(gap.now, pack)} {with_article(gap.name)}'s"
    if gap.then is not None:
        told += f"; in {period(gap.then[0].period)} it was {_gap(gap.then, pack)}"
        told += " it" if _is_same(gap.then) else ""
    return f"{told}. {NOT_OVER_TIME}"


def cash_facts(gap: CashGap, indicator: Indicator, place: str, snapshot: Snapshot) -> list[Fact]:
    """Return the facts of the gaps; those of the amounts behind them are the figures' own."""
    found = []
    for own, other in [gap.now, *([gap.then] if gap.then else [])]:
        base = fact(own, indicator, place, snapshot)
        by = percent_above(own.value, other.value)
        made = worked_out(
            base,
            f"{base.id}.{PART}",
            f"{'above' if by > 0 else 'below'} {gap.name}'s",
            abs(by),
            unit="%",
            display=f"{digits(abs(by), 1)}%",
            method=f"value less that of {gap.name} in the same period, in per cent of that",
        )
        found.append(made)
    return found


def _beside(own: Valued, benchmark: AreaSeries) -> tuple[Valued, Valued] | None:
    other = benchmark.at(own.period)
    return None if other is None or other.value <= 0 else (own, other)


def _gap(amounts: tuple[Valued, Valued], pack: str) -> str:
    if _is_same(amounts):
        return "the same as"
    own, other = amounts
    by = percent_above(own.value, other.value)
    return f"{said(f'{digits(abs(by), 1)}%', own, pack, PART)} {'above' if by > 0 else 'below'}"


def _is_same(amounts: tuple[Valued, Valued]) -> bool:
    """Whether the gap, as it would be printed, is nought."""
    return digits(abs(percent_above(amounts[0].value, amounts[1].value)), 1) == "0.0"
