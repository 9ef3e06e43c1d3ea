"""Finds numbers that are written in words or as a sign, which no fact can be held against."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_LARGE = (
    "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|hundreds?|thousands?|millions?|billions?"
)
_ANY = rf"(?:{_SMALL}|{_LARGE})"
_PART = r"(?:hal(?:f|ves)|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
_RUN = rf"(?:{_ANY}[- ])*"
_KINDS = (
    rf"{_ANY} (?:in|out of)(?: every)? {_ANY}",
    rf"{_RUN}{_ANY} per ?cent",
    rf"{_RUN}(?:{_LARGE})(?:[- ]{_ANY})*",
    rf"(?:one|two|three|four|five|six|seven|eight|nine)[- ]{_PART}(?! borough| district| authorit| place)",
    rf"an? {_PART} of",
    r"(?<!\bmiddle )half of",
    rf"{_ANY} times",
    r"doubled|halved|trebled|tripled|quadrupled",
)
_WORDS = re.compile(rf"\b(?:{'|'.join(_KINDS)})\b|[\u00bc-\u00be\u2150-\u215e]", re.IGNORECASE)
_STRUCTURE = re.compile(
    r"\bone of two in three months near\b|\b[Ii]n [\w' -]+ as a whole these are one in five and one in ten\b"
)
"""What is said of method: a rule of control charts, and the shares that deciles have by their definition."""
_BEHIND_A_NUMBER = re.compile(r"[£\d][\d,.]*\s$")


def number_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers in words of a plain text: shares, fractions, multiples, and those from thirteen.

    Small counts, such as "two of the boroughs", are no figures. What follows digits ("2 million") belongs to them.
    """
    structure = [found.span() for found in _STRUCTURE.finditer(text)]
    for found in _WORDS.finditer(text):
        inside = any(begin <= found.start() < end for begin, end in structure)
        if not inside and not _BEHIND_A_NUMBER.search(text[: found.start()]):
            yield found
