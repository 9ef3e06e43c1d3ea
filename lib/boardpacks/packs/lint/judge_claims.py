"""Holds claims of prose against what the pack's chapters say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from boardpacks.facts.artefacts import Fact, Judgement
from boardpacks.facts.wording import LABELS, number, period
from boardpacks.packs.lint.claims import Compared, Moving, Numbered, Ranked, Way
from boardpacks.packs.read.index_facts import FactIndex
from boardpacks.stats.comparison import UNJUDGED

Severity = Literal["error", "warning"]

ABOUT = 0.05
"""How far, as a share of the figure, a number with "about" may be off."""

_DIRECTIONS = {"increasing": "up", "decreasing": "down"}
_TRENDS = {
    "increasing": "it has risen beyond chance",
    "decreasing": "it has fallen beyond chance",
    "no-significant-change": "it has not changed beyond chance",
}
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?:/\d\d)?(?![\d%]|,\d|\.\d)")
_SPAN_OF_TIME = re.compile(
    r"\b(?:last|past|previous|next|this) (?:\w+ )?(?:years?|decades?|months?|quarter)\b|\b(?:years?|decades?) ago\b"
    r"|\bover (?:\w+ )?years\b|\bpandemic\b|\bsince\b|\bin the (?:19|20)\d0s\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Contradiction:
    """What a fact says against a claim, or what speaks for quoting it; ``fact`` is the fact's id."""

    severity: Severity
    fact: str
    says: str
    hint: str = ""


def judge_comparison(
    claim: Compared, indicator: str, subject: str | None, known: FactIndex
) -> Contradiction | None:
    """Hold a comparison against the verdict of each series that it may mean; all have to contradict it."""
    said = _series(known, indicator, subject)
    found = [_against(claim, one, known) for one in said if one.fact is not None]
    return all_false(found) if found else _by_values(claim, indicator, subject or known.place_name, known)


def _against(claim: Compared, judgement: Judgement, known: FactIndex) -> Contradiction | None:
    compared = next(
        (one for one in judgement.comparisons if one.name.casefold() == claim.other.casefold()), None
    )
    own = known.facts[judgement.fact or ""]
    if compared is None or compared.fact is None:
        return _by_values(claim, judgement.indicator, own.area_name, known)
    other = known.facts[compared.fact]
    says = f"{_told(own, known)}; {_told(other, known)}: {LABELS[compared.verdict].lower()}"
    wanted, printed = _way(claim.way, own, known), _printed(own, other, known)
    if printed is None:
        return None
    judged = compared.verdict not in {"similar", *UNJUDGED}
    if claim.way == "same":
        return Contradiction("error", own.id, says) if judged else None
    if wanted is None:
        return Contradiction("error", own.id, f"{says}; neither direction is better in itself")
    if wanted != printed and not (printed == "same" and judged):
        return Contradiction("error", own.id, says)
    return None if claim.loose or judged else _unjudged(compared.verdict, own, says)


def _unjudged(verdict: str, own: Fact, says: str) -> Contradiction:
    if verdict == "similar":
        return Contradiction("error", own.id, f"{says}, as the difference may be chance")
    return Contradiction("warning", own.id, f"{says}, so the difference is not judged", "say above or below")


def _by_values(claim: Compared, indicator: str, area: str, known: FactIndex) -> Contradiction | None:
    """Hold a comparison of two areas against their printed numbers of one period, where no verdict is known."""
    for own in sorted(_of(known, indicator, area), key=lambda fact: fact.period, reverse=True):
        other = next((fact for fact in _of(known, indicator, claim.other) if fact.period == own.period), None)
        if other is None or own.id == other.id:
            continue
        wanted, printed = _way(claim.way, own, known), _printed(own, other, known)
        if claim.way == "same" or None in (wanted, printed) or wanted == printed:
            return None
        return Contradiction("error", own.id, f"{_told(own, known)}; {_told(other, known)}")
    return None


def judge_movement(
    claim: Moving, clause: str, indicator: str, subject: str | None, known: FactIndex
) -> Contradiction | None:
    """Hold a claim about time against the recent trend, or against the figures of the years that it names."""
    said = [one for one in _series(known, indicator, subject) if one.fact is not None]
    years = _YEAR.findall(clause)
    if years:
        return all_false([_between(claim, one, years, known) for one in said])
    if _SPAN_OF_TIME.search(clause):
        return None
    return all_false([_trend(claim, one, known) for one in said])


def _trend(claim: Moving, judgement: Judgement, known: FactIndex) -> Contradiction | None:
    fact = known.facts[judgement.fact or ""]
    if judgement.direction == "not-calculated":
        return Contradiction(
            "warning",
            fact.id,
            f"no recent trend of it could be tested for {fact.area_name}",
            "say which two years you mean",
        )
    says = f"{fact.area_name}: {_TRENDS[judgement.direction]} over the last five figures"
    actual = _DIRECTIONS.get(judgement.direction, "same")
    wanted = "same" if claim.way == "same" else _way(claim.way, fact, known)
    if wanted is None:
        return Contradiction("error", fact.id, f"{says}; neither direction is better in itself")
    trend = f"{fact.id}.trend"
    return (
        None if wanted == actual else Contradiction("error", trend if trend in known.facts else fact.id, says)
    )


def _between(
    claim: Moving, judgement: Judgement, years: Sequence[str], known: FactIndex
) -> Contradiction | None:
    """Compare the printed numbers of the years named: two, or one and the latest."""
    latest = known.facts[judgement.fact or ""]
    own = _of(known, judgement.indicator, latest.area)
    named = [fact for year in dict.fromkeys(years) for fact in own if _is_of(fact, year)]
    ends = sorted({fact.id: fact for fact in (*named[:2], latest)[:2]}.values(), key=lambda fact: fact.period)
    wanted = _way(claim.way, latest, known)
    if not named or len(ends) < 2 or wanted is None or claim.way == "same":
        return None
    first, last = ends
    says = f"{_told(first, known)}; {_told(last, known)}"
    if _printed(last, first, known) not in (wanted, None):
        return Contradiction("error", last.id, says)
    chance = judgement.change == "no-significant-change" and first.id == judgement.earlier
    if chance and last.id == latest.id:
        return Contradiction("warning", last.id, f"{says}; the difference may be chance")
    return None


def judge_rank(
    claim: Ranked, clause: str, indicator: str, subject: str | None, known: FactIndex
) -> Contradiction | None:
    """Hold a rank against the rank among the peers, or among the system's boroughs, as the clause says."""
    said = [one for one in _series(known, indicator, subject) if one.fact is not None]
    if len(said) != 1:
        return None
    fact = known.facts[said[0].fact or ""]
    polarity = known.params.indicators[indicator].polarity
    if claim.end in ("best", "worst") and polarity == "none":
        return None
    from_top = claim.end == "highest"
    if claim.end in ("best", "worst"):
        from_top = (claim.end == "best") == (polarity == "high")
    rank = _rank(fact, clause, known, from_top=from_top)
    if rank is None or rank == claim.rank:
        return None
    end = "highest" if from_top else "lowest"
    return Contradiction("error", fact.id, f"{_told(fact, known)}, which is number {rank} from the {end}")


def _rank(fact: Fact, clause: str, known: FactIndex, *, from_top: bool) -> int | None:
    system = known.params.system
    regions = [area.name for area in system.comparators[1:]]
    among_peers = (
        rf"\b(?:{re.escape(system.peers)}|in (?:{'|'.join(map(re.escape, regions)) or 'nowhere'}))\b"
    )
    if re.search(among_peers, clause):
        found = known.facts.get(f"{fact.id}.{'rank' if from_top else 'rank-from-lowest'}")
        return None if found is None or found.value is None else int(found.value)
    several = re.escape(system.words.several)
    if not re.search(
        rf"\bin {re.escape(system.short_name)}\b|\bof the (?:\w+ )?(?:places|{several})\b", clause
    ):
        return None
    boroughs = {area.code for area in known.params.boroughs()}
    values = {
        one.area: one.value
        for one in known.values(fact.indicator)
        if one.area in boroughs and one.period == fact.period and one.value is not None
    }
    if fact.area not in values or len(values) < len(boroughs) - 1:
        return None
    own = values[fact.area]
    return 1 + sum(value > own if from_top else value < own for value in values.values())


def judge_number(
    claim: Numbered, clause: str, indicators: Sequence[str], areas: Sequence[str], known: FactIndex
) -> Contradiction | None:
    """Hold a number against the facts of the areas and years that the clause names; a right one is better quoted."""
    years = _YEAR.findall(clause)
    candidates: list[Fact] = []
    for indicator in indicators:
        for area in areas or [known.place_name]:
            candidates += _candidates(known, indicator, area, years)
    if not candidates:
        return None
    right = next((fact for fact in candidates if _agrees(claim, fact)), None)
    if right is not None:
        quote = f"{{fact {right.indicator}}}"
        return Contradiction(
            "warning", right.id, f"{_told(right, known)}: right today", f"quote it as {quote}"
        )
    fact = candidates[0]
    older = next(
        (
            one
            for area in areas or [known.place_name]
            for one in _of(known, fact.indicator, area)
            if _agrees(claim, one)
        ),
        None,
    )
    was = (
        f"; {claim.words} was the figure of {period(older.period)}"
        if older and claim.qualifier == "exact"
        else ""
    )
    return Contradiction(
        "error", fact.id, f"{_told(fact, known)}{was}", f"quote it as {{fact {fact.indicator}}}"
    )


def _candidates(known: FactIndex, indicator: str, area: str, years: Sequence[str]) -> list[Fact]:
    """Return the facts that a number may stand for: of the years named, else the latest of each series."""
    if years:
        return [
            fact
            for fact in _series_facts(known, indicator, area)
            if any(_is_of(fact, year) for year in years)
        ]
    said = known.own(indicator) if area == known.place_name else known.of_area(indicator, area)
    latest = [known.facts[one.fact] for one in said if one.fact is not None]
    if not latest and (found := known.latest(indicator, area)):
        latest = [found]
    return latest


def _series_facts(known: FactIndex, indicator: str, area: str) -> Iterator[Fact]:
    """Yield the facts of an area, or of every series of a place."""
    yield from _of(known, indicator, area)
    for one in known.of_area(indicator, area):
        if one.area_name != area:
            yield from _of(known, indicator, one.area_name)


def _agrees(claim: Numbered, fact: Fact) -> bool:
    if fact.value is None:
        return False
    limits = (fact.lower, fact.upper) if claim.limits else ()
    numbers = [value for value in (fact.value, *limits) if value is not None]
    if claim.qualifier == "more":
        return fact.value >= claim.value
    if claim.qualifier == "less":
        return fact.value <= claim.value
    if any(_rounded(value, claim.decimals) == _rounded(claim.value, claim.decimals) for value in numbers):
        return True
    return claim.qualifier == "about" and abs(fact.value - claim.value) <= ABOUT * abs(fact.value)


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _series(known: FactIndex, indicator: str, subject: str | None) -> tuple[Judgement, ...]:
    if subject is None or subject == known.place_name:
        return known.own(indicator)
    return known.of_area(indicator, subject)


def _of(known: FactIndex, indicator: str, area: str) -> list[Fact]:
    wanted = area.casefold()
    return [
        fact
        for fact in known.values(indicator)
        if wanted in (fact.area_name.casefold(), fact.area.casefold())
    ]


def _is_of(fact: Fact, year: str) -> bool:
    """Whether a fact is of a year that prose names: "2023", "2023/24", or a year of "2022 to 2024" said as a whole."""
    return fact.period == year or re.match(rf"{re.escape(year)}(?!\d)", fact.period) is not None


def _way(way: Way, fact: Fact, known: FactIndex) -> Way | None:
    """Return up or down for a claim; None where a claim of better or worse means nothing."""
    if way not in ("good", "bad"):
        return way
    polarity = known.params.indicators[fact.indicator].polarity
    if polarity == "none":
        return None
    return "up" if (way == "good") == (polarity == "high") else "down"


def _printed(own: Fact, other: Fact, known: FactIndex) -> Way | None:
    """Return how the printed numbers stand; None where one of the facts has none."""
    indicator = known.params.indicators[own.indicator]
    if own.value is None or other.value is None:
        return None
    if number(own.value, indicator) == number(other.value, indicator):
        return "same"
    return "up" if own.value > other.value else "down"


def _told(fact: Fact, known: FactIndex) -> str:
    return f"{fact.area_name} {fact.display} in {period(fact.period)}"


def all_false(found: Sequence[Contradiction | None]) -> Contradiction | None:
    """Return the mildest contradiction where a claim is false of everything that it may be about."""
    real = [one for one in found if one is not None]
    if not real or len(real) < len(found):
        return None
    return min(real, key=lambda one: one.severity == "error")
