"""Reads from a piece of prose what it claims: numbers, comparisons, trends and ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from boardpacks.packs.lint.mentions import Named

Way = Literal["up", "down", "good", "bad", "same"]
Qualifier = Literal["exact", "about", "more", "less"]

_COMPARED = {
    "higher": "up",
    "greater": "up",
    "larger": "up",
    "bigger": "up",
    "more": "up",
    "lower": "down",
    "smaller": "down",
    "fewer": "down",
    "less": "down",
    "better": "good",
    "worse": "bad",
}
_COMPARISON = re.compile(
    r"\b(?:(?P<word>higher|greater|larger|bigger|more|lower|smaller|fewer|less|better|worse)\b(?!\s+likely)"
    r"(?P<between>(?:(?!\bthan\b)[^.,;:]){0,60})\bthan\b"
    r"|(?P<level>above|below)\b"
    r"|(?P<same>similar to|the same as|in line with|no different (?:from|to)|on a par with|level with)\b)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:\s+(?:the|that|those|in|of|for|across|all|average|rate|share|figure|level|seen|found|rest|most|a))*\s*",
    re.IGNORECASE,
)
_NATIONAL = re.compile(r"(?:the\s+)?national (?:average|figure|rate|level)", re.IGNORECASE)

_BE = r"(?:is|are|was|were|been|be|keeps?|kept|still|now|steadily|slowly|clearly|again)\s+(?:\w+ly\s+)?"
_HAVE = r"(?:has|have|had)\s+(?:\w+ly\s+|also\s+|now\s+|since\s+)?"
_TRENDS: tuple[tuple[Way, str], ...] = (
    (
        "same",
        rf"\bunchanged\b|\bno (?:significant |clear )?change\b|\bnot (?:significantly )?chang(?:ed|ing)\b"
        rf"|{_BE}(?:stable|flat|steady)\b|{_HAVE}(?:levelled off|stayed the same|plateaued)\b",
    ),
    (
        "good",
        rf"{_BE}improving\b|{_HAVE}improved\b|\bget(?:s|ting) better\b|\bgot better\b|{_HAVE}got better\b",
    ),
    (
        "bad",
        rf"{_BE}(?:worsening|deteriorating)\b|{_HAVE}(?:worsened|deteriorated)\b|\bget(?:s|ting) worse\b|\bgot worse\b",
    ),
    (
        "up",
        rf"{_BE}(?:rising|increasing|growing|climbing|going up)\b|{_HAVE}(?:risen|increased|grown|gone up|climbed)\b"
        r"|\b(?:rose|grew|went up)\b",
    ),
    (
        "down",
        rf"{_BE}(?:falling|decreasing|declining|dropping|going down|shrinking)\b"
        rf"|{_HAVE}(?:fallen|decreased|declined|dropped|gone down|shrunk)\b|\b(?:fell|went down)\b",
    ),
)
_TREND = re.compile("|".join(f"(?P<{way}>{pattern})" for way, pattern in _TRENDS), re.IGNORECASE)

_NUMBERS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_RANK = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_NUMBERS)})[ -]|(?P<nth>\d+)(?:st|nd|rd|th)[ -])?(?P<end>highest|lowest|best|worst)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\b(?:among|amongst|one of|some of|two of|next)\b", re.IGNORECASE)

_QUALIFIERS: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "about",
        re.compile(
            r"\b(?:about|around|roughly|nearly|almost|approximately|some|close to|just (?:over|under|above|below))\s*$",
            re.IGNORECASE,
        ),
    ),
    ("more", re.compile(r"\b(?:over|more than|above|at least|higher than)\s*$", re.IGNORECASE)),
    (
        "less",
        re.compile(r"\b(?:under|less than|below|fewer than|up to|at most|lower than)\s*$", re.IGNORECASE),
    ),
)
_NO_LEVEL_BEFORE = re.compile(
    r"\b(?:by|last|past|next|within|every|each|aged?|another|extra|target of|standard of)\s*$", re.IGNORECASE
)
_NO_LEVEL_AFTER = re.compile(
    r"\s*(?:percentage )?points?\b|\s*(?:confidence )?interval|\s*(?:more|fewer|less|higher|lower|better|worse)\b",
    re.IGNORECASE,
)

_LIMITS = re.compile(r"\b(?:interval|range|ranges|between)\b", re.IGNORECASE)

NOT_CLAIMED = re.compile(
    r"\b(?:aims?|aimed|targets?|goals?|ambitions?|should|would|could|may|might|will|wants?|hopes?|if|whether|"
    r"planned|plans? to|expected|must|needs? to|standard|by 20\d\d)\b|\?",
    re.IGNORECASE,
)
"""What makes a sentence a wish, a plan or a question: it claims nothing of what is."""
NEGATED = re.compile(
    r"\b(?:not|no|never|neither|nor|without|hardly|rather than|unlike|cannot)\b|n['\u2019]t\b", re.IGNORECASE
)
_SPLIT = re.compile(
    r";\s+|:\s+|,?\s+\b(?:but|while|whereas|although|though|yet)\b\s+|,\s+and\s+|\s+\u2013\s+", re.IGNORECASE
)


@dataclass(frozen=True)
class Compared:
    """A claim that something stands in a way to another area; ``loose`` words only speak of the printed numbers."""

    way: Way
    words: str
    other: str
    start: int
    loose: bool


@dataclass(frozen=True)
class Moving:
    """A claim that something moves in a way over time."""

    way: Way
    words: str


@dataclass(frozen=True)
class Ranked:
    """A claim of a rank from an end: the highest, the second lowest, the best."""

    end: str
    rank: int
    words: str


@dataclass(frozen=True)
class Numbered:
    """A claim of a level: the number, its decimals, whether it is meant exactly, and where it stands.

    With ``limits`` the clause speaks of an interval, so that the number may be a limit of it.
    """

    value: float
    decimals: int
    qualifier: Qualifier
    words: str
    start: int
    end: int
    limits: bool


def clauses(sentence: str) -> Iterator[str]:
    """Yield the parts of a sentence that each claim something of their own."""
    at = 0
    for stop in _SPLIT.finditer(sentence):
        yield sentence[at : stop.start()]
        at = stop.end()
    yield sentence[at:]


def comparisons(clause: str, areas: list[Named], benchmark: str) -> Iterator[Compared]:
    """Yield the comparisons of a clause with an area that it names, or with the national average."""
    for found in _COMPARISON.finditer(clause):
        if found["same"] is None and NEGATED.search(clause):
            continue
        filler = _FILLER.match(clause, found.end())
        at = filler.end() if filler else found.end()
        other = next((area.name for area in areas if area.start == at), None)
        if _NATIONAL.match(clause, at) or _NATIONAL.match(clause, found.end() + 1):
            other = benchmark
        if other is None:
            continue
        if found["same"]:
            yield Compared("same", found[0], other, found.start(), loose=False)
        elif found["level"]:
            way: Way = "up" if found["level"].lower() == "above" else "down"
            yield Compared(way, found[0], other, found.start(), loose=True)
        else:
            yield Compared(_COMPARED[found["word"].lower()], found[0], other, found.start(), loose=False)  # type: ignore[arg-type]


def movements(clause: str) -> Iterator[Moving]:
    """Yield what a clause says of time."""
    for found in _TREND.finditer(clause):
        way: Way = found.lastgroup  # type: ignore[assignment]
        if way == "same" or not NEGATED.search(clause):
            yield Moving(way, found[0])


def ranks(clause: str) -> Iterator[Ranked]:
    """Yield the ranks of a clause; "among the highest" is none."""
    for found in _RANK.finditer(clause):
        if not _ONE_OF.search(clause[: found.start()]) and not NEGATED.search(clause):
            nth = int(found["nth"]) if found["nth"] else _NUMBERS.get((found["word"] or "").lower(), 1)
            yield Ranked(found["end"].lower(), nth, found[0])


def numbers(clause: str, unit: str, suffix: str) -> Iterator[Numbered]:
    """Yield the levels of a clause in a unit; ``suffix`` is what stands behind a number in that unit."""
    digits = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
    if unit == "%":
        pattern = rf"(?<![\d.,]){digits}\s?(?:%|per ?cent\b)"
    elif unit == "\u00a3":
        pattern = rf"\u00a3{digits}"
    else:
        pattern = rf"(?<![\d.,\u00a3]){digits}\s+{re.escape(suffix)}\b"
    for found in re.finditer(pattern, clause, re.IGNORECASE):
        before = clause[: found.start()]
        if _NO_LEVEL_BEFORE.search(before) or _NO_LEVEL_AFTER.match(clause, found.end()):
            continue
        qualifier: Qualifier = next((name for name, words in _QUALIFIERS if words.search(before)), "exact")
        number = found["number"].rstrip(",")
        yield Numbered(
            value=float(number.replace(",", "")),
            decimals=len(number.partition(".")[2]),
            qualifier=qualifier,
            words=found[0],
            start=found.start(),
            end=found.end(),
            limits=_LIMITS.search(clause) is not None,
        )
