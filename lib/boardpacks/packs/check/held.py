"""Finds the numbers and periods of a text that no fact holds."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from boardpacks.facts.check_words import ends_of, number_of
from boardpacks.facts.wording import period, short_period
from boardpacks.packs.check.number_words import number_words

if TYPE_CHECKING:
    from boardpacks.facts.artefacts import Fact

MONTH_NUMBERS = {
    name: number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<months>(?:\b(?:{_MONTH})(?:, | and | to )?)+ )?(?<![\w.,])"
    r"(?P<number>[-\u2212+]?£?(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)"
    r"(?P<span>/\d\d(?!\d)(?: Q[1-4]|\u2013\d\d/\d\d(?!\d))?|\u2013\d\d(?!\d))?"
    r"(?P<unit>%|\s(?:per ?cent)\b)?)(?P<end>st\b|nd\b|rd\b|th\b)?"
)
MONTH = rf"(?:{_MONTH})"
_MONTHS = re.compile(rf"({_MONTH})(?: (\d{{4}}))? to ({_MONTH}) (\d{{4}})")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\u2013\d\d|/\d\d(?: Q[1-4]|\u2013\d\d/\d\d)?)?")
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\bSt\.)\s+|\n")
_LETTERS = re.compile(r"[a-z]{3,}")
_PLAIN = re.compile(r"\*\*|\\(?=[!-/:-@\[-`{-~])")


MINUS = ("-", "\u2212")
FEWEST_WORDS = 1
"""Words that a phrase of the params has beside its numbers."""


@dataclass(frozen=True)
class Token:
    """A number in a text: how it stands there, where, and the period that it is, if it is one."""

    words: str
    start: int
    end: int
    months: tuple[str, ...]
    digits: str
    unit: str
    ordinal: bool

    @property
    def is_negative(self) -> bool:
        """Whether a minus stands before it."""
        return self.words.startswith(MINUS)

    @property
    def period(self) -> str:
        """The year or span of years, or an empty string where it is none."""
        return self.digits if _YEAR.fullmatch(self.digits) and not self.unit else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the numbers of a plain text, in order."""
    for found in _TOKEN.finditer(text):
        months = tuple(re.findall(_MONTH, found["months"] or ""))
        digits = found["digits"].rstrip(",") + (found["span"] or "")
        yield Token(
            found["number"].rstrip(",") + (found["end"] or ""),
            found.start("number"),
            found.end(),
            months,
            digits,
            "%" if found["unit"] else "£" if "£" in found["number"] else "",
            bool(found["end"]),
        )


def forms_of(fact: Fact) -> set[str]:
    """Return the forms in which a text may name a fact's period."""
    forms = {fact.period, period(fact.period), short_period(fact.period)}
    if ends := re.fullmatch(r"(\d{4}) - (\d\d)", fact.period):
        forms |= {f"{ends[1]}-{ends[2]}", f"{ends[1]}\u2013{ends[2]}"}
    forms |= set(re.findall(r"(\d{4})/\d\d", period(fact.period)))
    if month := re.fullmatch(r"(\d{4})-\d\d", fact.period):
        forms.add(month[1])
    if " Q" in fact.period:
        forms |= set(fact.period.split(" - "))
    for said in (fact.period, period(fact.period)):
        if ends := _MONTHS.fullmatch(said):
            forms |= {f"{ends[1]} {ends[2] or ends[4]}", f"{ends[3]} {ends[4]}"}
    return forms


def months_of(fact: Fact) -> tuple[int, int]:
    """Return the first and the last month of a fact's period, counted; two noughts where it names no year."""
    return _months_in(fact.period)


@cache
def _months_in(period: str) -> tuple[int, int]:
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d", period)]
    if not years:
        return 0, 0
    month = re.fullmatch(r"\d{4}-(\d\d)", period)
    if month:
        return (years[0] * 12 + int(month[1]),) * 2
    if months := _MONTHS.fullmatch(period):
        return years[0] * 12 + MONTH_NUMBERS[months[1]], years[-1] * 12 + MONTH_NUMBERS[months[3]]
    if quarters := [int(found) for found in re.findall(r" Q([1-4])", period)]:
        return years[0] * 12 + 3 * quarters[0], years[-1] * 12 + 3 * quarters[-1]
    ends = re.fullmatch(r"\d{4} - (\d\d)", period)
    last = years[0] + (int(ends[1]) - years[0]) % 100 if ends else years[-1]
    return years[0] * 12, last * 12


def values_of(fact: Fact) -> set[str]:
    """Return the numbers of a fact's value as it is printed."""
    words = {fact.display, number_of(fact)}
    return {found.digits for said in words for found in tokens(said)}


def ends_said(fact: Fact) -> set[str]:
    """Return both ends of a fact's interval as they are printed, if it has one."""
    return {found.digits for end in ends_of(fact) or () for found in tokens(end)}


class Vocabulary:
    """Phrases with numbers of their own, such as names of indicators: what the params say, no notebook made up."""

    def __init__(self, phrases: Iterable[str], comparators: frozenset[str] = frozenset()):
        self.comparators = comparators
        self._by_number: dict[str, dict[str, None]] = {}
        for phrase in phrases:
            for part in {phrase, *_SENTENCE.split(phrase)}:
                plain = flat(part).casefold().strip().rstrip(".")
                if len(_LETTERS.findall(plain)) < FEWEST_WORDS:
                    continue  # a period or a number by itself is no name
                worded = [one[0] for one in number_words(plain) if one[0] != plain]
                for number in (*(one.digits for one in tokens(plain)), *worded):
                    self._by_number.setdefault(number, {})[_in_one(plain)] = None

    def holds(self, text: str, token: Token) -> bool:
        """Whether a number of a text is part of a phrase that the params have."""
        return self._has(text, token.digits, token.start)

    def holds_words(self, text: str, found: re.Match[str]) -> bool:
        """Whether a number in words is part of a phrase that the params have, longer than it."""
        return self._has(text, found[0].casefold(), found.start())

    def _has(self, text: str, number: str, start: int) -> bool:
        phrases = self._by_number.get(number)
        if not phrases:
            return False
        folded, before, wide = _in_one(text.casefold()), len(_in_one(text[:start])), len(_in_one(number))
        for phrase in phrases:
            at = folded.find(phrase)
            while at >= 0:
                if at <= before and before + wide <= at + len(phrase):
                    return True
                at = folded.find(phrase, at + 1)
        return False


def _in_one(text: str) -> str:
    """Return a text without blanks: a chart may break a long word of a name."""
    return "".join(text.split())


def flat(text: str) -> str:
    """Return a text without marks of bold and escapes, on one line a paragraph."""
    return _PLAIN.sub("", text)
