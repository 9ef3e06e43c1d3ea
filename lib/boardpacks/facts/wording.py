"""Values, periods and lists in words, the same everywhere in a pack."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from boardpacks.charts.alt_text import RELATIONS as SAID
from boardpacks.params.indicator import Indicator
from boardpacks.stats.comparison import UNJUDGED, VERDICTS, Verdict

NOT_PUBLISHED = "not published"
"""The publisher lists the area and gives no figure."""
NOT_HELD = "not held here"
"""No figure is in the snapshot; whether the publisher has one is not known."""

LABELS: dict[Verdict, str] = {verdict: verdict.replace("-", " ").capitalize() for verdict in VERDICTS}
CLASSES: dict[Verdict, str] = {
    verdict: "verdict-none" if verdict in UNJUDGED else f"verdict-{verdict}" for verdict in VERDICTS
}
RELATIONS: dict[Verdict, str] = {
    verdict: words.lower() for verdict, words in SAID.items() if verdict not in UNJUDGED
}


_MONTHS = dict(zip(calendar.month_abbr, calendar.month_name, strict=True))
_SEVERAL_YEARS = re.compile(r"([0-9]{2})([0-9]{2}/[0-9]{2})-([0-9]{2}/[0-9]{2})$")
"""A period of several financial or school years: ``2021/22-23/24``."""


def number(value: float, indicator: Indicator) -> str:
    """Return the value as a table shows it: ``10.9%``, ``£772.20``, ``46.4``.

    Rounded half up to the indicator's decimals, as published decimals are read, with commas between thousands.

    Examples
    --------
    >>> from boardpacks.facts.wording import number
    >>> number(10.94, chapter.params.indicators["smoking_prevalence"])
    '10.9%'
    """
    shown = digits(value, indicator.decimals)
    if indicator.unit == "%":
        return f"{shown}%"
    return f"£{shown}" if indicator.unit == "£" else shown


def digits(value: float, decimals: int) -> str:
    """Return the value rounded half up to `decimals`, with commas between thousands: ``1,234.5``."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded + 0:,}"  # adding 0 takes the sign from minus nought


def phrase(value: float, indicator: Indicator) -> str:
    """Return the value as a sentence says it: ``10.9%``, ``46.4 per 100,000``, ``59.0 years``."""
    shown, unit = number(value, indicator), indicator.unit
    if unit in ("%", "£"):
        return shown
    scale = re.match(r"score 0-([0-9]+)$", unit)
    return f"{shown} out of {scale[1]}" if scale else f"{shown} {unit}"


def interval(lower: float, upper: float, indicator: Indicator) -> str:
    """Return the interval as a sentence says it: ``8.6% to 13.2%``."""
    return f"{number(lower, indicator)} to {number(upper, indicator)}"


def unit_words(indicator: Indicator) -> str:
    """Return the unit as an axis or column says it: ``%``, ``per 100,000``, ``score from 0 to 10``."""
    return unit_phrase(indicator.unit)


def unit_phrase(unit: str) -> str:
    """Return a unit of the params in words: ``score from 0 to 10`` of ``score 0-10``; others stay as they are."""
    scale = re.match(r"score 0-([0-9]+)$", unit)
    return f"score from 0 to {scale[1]}" if scale else unit


def period(label: str) -> str:
    """Return a publisher's period label in plain words: ``2022 to 2024``, ``July 2025``, ``2023/24``.

    Of several months or quarters, and of several years such as 2021/22, the first and the last are said.
    """
    month = re.match(r"([0-9]{4})-(0[1-9]|1[0-2])$", label)
    if month:
        return f"{calendar.month_name[int(month[2])]} {month[1]}"
    years = re.match(r"([0-9]{4}) - ([0-9]{2})$", label)
    if years:
        first = int(years[1])
        return f"{first} to {first + (int(years[2]) - first) % 100}"
    if re.match(r"[A-Z][a-z]{2}( [0-9]{4})? to [A-Z][a-z]{2} [0-9]{4}$", label):
        return " ".join(_MONTHS.get(word, word) for word in label.split())
    if ends := _SEVERAL_YEARS.match(label):
        return f"{ends[1]}{ends[2]} to {ends[1]}{ends[3]}"
    return label.replace(" - ", " to ")


def span(first: str, last: str) -> str:
    """Return the time from one period to another in plain words: ``2019/20 to 2024/25``, ``2001 to 2024``.

    Of periods that are spans of years themselves, the first year and the last are said.
    """
    begins, ends = period(first).partition(" to ")[0], period(last).rpartition(" to ")[2]
    if begins.isalpha() and first[-4:] != last[-4:]:  # a month whose year the end of its own period says
        begins = f"{begins} {first[-4:]}"
    return f"{begins} to {ends}"


def short_period(label: str) -> str:
    """Return a period for an axis: ``2022-24``, ``Jul 2025``."""
    month = re.match(r"([0-9]{4})-(0[1-9]|1[0-2])$", label)
    if month:
        return f"{calendar.month_abbr[int(month[2])]} {month[1]}"
    return label.replace("-" if _SEVERAL_YEARS.match(label) else " - ", "\u2013")


def verdict_span(verdict: Verdict) -> str:
    """Return the verdict as Markdown that both render engines show in words, shape and colour."""
    return f"[{LABELS[verdict]}]{{.{CLASSES[verdict]}}}"


def ordinal(rank: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``4th``, ``11th`` and so on."""
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def rank_words(rank: int, end: str) -> str:
    """Return a rank from an end: ``highest``, ``2nd highest``, ``lowest``."""
    return end if rank == 1 else f"{ordinal(rank)} {end}"


def listed(words: Sequence[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def capital(text: str) -> str:
    """Return `text` with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return `text` with a capital first letter and a full stop."""
    text = capital(text)
    return text if text.endswith((".", "?", "!")) else f"{text}."
