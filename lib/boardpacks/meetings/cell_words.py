"""Turns what stands in a cell into a word of params, however Excel or LibreOffice has kept it."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.utils.datetime import from_excel, to_excel
from openpyxl.utils.escape import unescape

from boardpacks.meetings.layout import Question
from boardpacks.meetings.open_form import FormCell
from boardpacks.packs.markdown.plain_prose import plain_prose
from boardpacks.project.dates import MONTHS

_WIDE = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING = re.compile("[\u200b\u2060\ufeff]")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.]00)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WORDS = re.compile(r"(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\s+(\d{4})", re.IGNORECASE)
_YES = {"yes": True, "y": True, "true": True, "x": True, "no": False, "n": False, "false": False}
_ONE_DAY = 1
"""The number from which on Excel has a day beside a time."""
_AS_TYPED = ("General", "@", "")
_FIXED = re.compile(r"(?P<thousands>#,##)?(?P<digits>0+)(?:\.(?P<decimals>0+))?(?P<percent>%?)")
_SPACE = re.compile(r"_.|\\ |\[[A-Za-z]+\d*\]")
"""What a format has besides: blanks as wide as a sign, and colours."""
_APOSTROPHE = "type an apostrophe before it, so that Excel takes it as text: '7.1"
_TIME = "a time of day such as 14:00"
_DATE_HINT = "write it as 9 December 2026 or 2026-12-09"


@dataclass(frozen=True)
class UnfitCell(Exception):  # noqa: N818 - becomes a Problem
    """A cell holds what no answer can be."""

    found: str
    allowed: str
    hint: str = ""


def answer(cell: FormCell, question: Question) -> object:
    """Return the answer in a cell as params have it, or None where there is none.

    Texts that cannot be what is asked for are returned as they stand: the models of params refuse them.

    Raises
    ------
    Unfit
        When the cell holds a formula, an error of Excel, or a value that can be no answer.
    """
    value = cell.value
    if cell.is_formula or (isinstance(value, str) and value.lstrip().startswith("=")):
        raise UnfitCell("a formula", "plain text: formulas are not worked out", "type the answer itself")
    if cell.is_error:
        raise UnfitCell(f"{value}, an error of Excel", "plain text", "type the answer itself")
    if isinstance(value, str):
        value = tidy(value)
    if value is None or value == "":
        return None
    if cell.is_unseen:
        raise UnfitCell(
            f"{_short(value)}, which nobody sees: its row or column is hidden, or it lies under merged cells",
            "answers that are seen",
            "show it (right click on the rows beside it, Unhide; or unmerge the cells), or delete it",
        )
    if question.kind == "date":
        return _date(value, cell.epoch)
    if question.kind == "clock":
        return _clock(value, cell.epoch)
    if question.kind == "yes":
        return _yes(value)
    text = _plain(value, question, cell.number_format)
    if question.choices:
        return _choice(text, question)
    return plain_prose(text.replace("\n", "\n\n")) if question.kind == "text" else text


def tidy(text: str) -> str:
    """Return a text without blanks at its ends, with plain spaces and line feeds."""
    plain = _NOTHING.sub("", _WIDE.sub(" ", unescape(text)))
    lines = plain.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _date(value: object, epoch: dt.datetime) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool) and 28_000 < value < 80_000:
        value = from_excel(value, epoch)
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            raise UnfitCell(str(value), "a date without a time", _DATE_HINT)
        return value.date()
    if isinstance(value, str) and (date := _date_in(value)):
        return date
    if isinstance(value, dt.date):
        return value
    raise UnfitCell(_short(value), "a date that there is", _DATE_HINT)


def _date_in(text: str) -> dt.date | None:
    try:
        if found := _BRITISH.fullmatch(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(text):
            names = [name.lower() for name in MONTHS]
            month = [n for n, name in enumerate(names, start=1) if name.startswith(found[2].lower())]
            return dt.date(int(found[3]), month[0], int(found[1])) if len(month) == 1 else None
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _clock(value: object, epoch: dt.datetime) -> object:
    if isinstance(value, dt.timedelta):
        value = value.total_seconds() / 86_400
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 1440)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, dt.datetime) and to_excel(value, epoch) >= _ONE_DAY:
        # What was typed as 9.30 is the number 9.3, which Excel takes for nine days and some hours.
        raise UnfitCell(f"{to_excel(value, epoch):.10g}, a number", _TIME, "write it with a colon, as 09:30")
    if isinstance(value, dt.datetime | dt.time):
        return f"{value.hour:02}:{value.minute:02}"
    found = _CLOCK.fullmatch(f"{value:.2f}" if isinstance(value, float) else str(value))
    if not found or isinstance(value, bool) or not (found[2] or found[3]):
        raise UnfitCell(_short(value), _TIME, "write it with a colon, as 09:30")
    hour, minute, half = int(found[1]), found[2] or "00", (found[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute}"


def _yes(value: object) -> bool:
    said = _YES.get(str(value).casefold())
    if said is None:
        raise UnfitCell(_short(value), "Yes or No")
    return said


def _choice(text: str, question: Question) -> str:
    said = text.casefold().removeprefix("for ").rstrip(".")
    known = {word.casefold(): param for shown, param in question.choices for word in (shown, param)}
    return known.get(said, text)


def _plain(value: object, question: Question, number_format: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise UnfitCell(str(value).upper(), "text")
    hint = _APOSTROPHE if question.kind == "item" else ""
    if isinstance(value, int | float) and math.isfinite(value):
        if number_format in _AS_TYPED:
            return str(int(value)) if value == int(value) and question.kind != "version" else f"{value:.10g}"
        if shown := as_shown(value, number_format):
            return shown
        found = f"{value:.10g}, a number that is shown in a way of its own ({_short(number_format)})"
        raise UnfitCell(found, "text", hint or _APOSTROPHE)
    raise UnfitCell(f"{_short(value)}, a date or a time", "text", hint)


def as_shown(value: float, number_format: str) -> str:
    """Return a number as spreadsheet programs show it: 7.1 as ``7.10``; nothing where that is not known for sure."""
    first, *others = number_format.split(";")
    found = _FIXED.fullmatch(_SPACE.sub("", first))
    if not found or (others and value < 0):
        return ""
    exact = Decimal(repr(value)) * (100 if found["percent"] else 1)
    step = Decimal(1).scaleb(-len(found["decimals"] or ""))
    whole, point, rest = f"{exact.quantize(step, ROUND_HALF_UP):f}".partition(".")
    whole = f"{int(whole):,}" if found["thousands"] else whole.zfill(len(found["digits"]))
    return f"{whole}{point}{rest}{found['percent']}"


def _short(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 70 else f"{text[:66]}..."
