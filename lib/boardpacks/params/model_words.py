"""Says in plain words what a model of params/ asks for, and how to mend what it refuses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from boardpacks.params.agenda import CLOCK, ITEM
from boardpacks.params.calendars import DRAFT_VERSION, SHA256, VERSION
from boardpacks.params.notify import ADDRESS, HOST, VARIABLE
from boardpacks.params.recipients import BASE_ADDRESS, HEADER_TEXT
from boardpacks.params.values import MONTH
from boardpacks.project.errors import near

PATTERNS: Mapping[str, str] = {
    ADDRESS: "an e-mail address such as packs@example.org, without a name before it",
    BASE_ADDRESS: "a web address without a login, such as https://papers.example.org, or a shared folder",
    HEADER_TEXT: "one line of text, without line breaks or characters that turn the direction of writing",
    HOST: "the name of a mail server, such as smtp.example.org",
    MONTH: 'a month in quotes, such as "2026-03"',
    VARIABLE: "the name of an environment variable in capitals, such as BOARDPACKS_WEBHOOK_URL",
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "small letters, digits and hyphens, such as north-town",
    r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$": "small letters, digits and underscores, such as smoking_prevalence",
    r"^([A-Z][0-9]{8}|[A-Z0-9]{3})$": "an ONS code such as E09000016, or an NHS provider code such as R1H",
    CLOCK: "a time of day such as 14:00",
    ITEM: 'the number of an agenda item in quotes, such as "7" or "7.1"',
    SHA256: "the digest as boardpacks finalise wrote it",
    DRAFT_VERSION: 'the version of a draft in quotes: "0." and a number, such as "0.1"',
    VERSION: 'two numbers with a point between them, in quotes, such as "0.1"',
}
"""What each pattern of the models asks for."""

_ALLOWED: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: "a value: this key is needed",
    "string_type": lambda _: "text",
    "int_type": lambda _: "a whole number",
    "float_type": lambda _: "a number",
    "bool_type": lambda _: "true or false",
    "date_type": lambda _: "a date such as 2026-12-09",
    "tuple_type": lambda _: "a list, each item on a line of its own after a hyphen",
    "mapping_type": lambda _: "keys and values",
    "dict_type": lambda _: "keys and values",
    "model_type": lambda _: "keys and values",
    "literal_error": lambda ctx: ctx["expected"].replace("'", ""),
    "string_pattern_mismatch": lambda ctx: PATTERNS.get(ctx["pattern"], f"text that fits {ctx['pattern']}"),
    "string_too_short": lambda _: "at least one character",
    "string_too_long": lambda ctx: f"at most {ctx['max_length']} characters",
    "too_short": lambda ctx: f"at least {ctx['min_length']} item{'s' if ctx['min_length'] > 1 else ''}",
    "too_long": lambda ctx: f"at most {ctx['max_length']} items",
    "greater_than_equal": lambda ctx: f"a number of at least {ctx['ge']}",
    "less_than_equal": lambda ctx: f"a number of at most {ctx['le']}",
    "greater_than": lambda ctx: f"a number above {ctx['gt']:g}",
    "value_error": lambda ctx: str(ctx["error"]),
}

_BOOLS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def allowed_words(kind: str, context: Mapping[str, Any], message: str) -> str:
    """Return what is allowed, for an error of pydantic's `kind`; `message` is its own wording."""
    words = _ALLOWED.get(kind)
    return words(context) if words else message


def hint_words(kind: str, context: Mapping[str, Any], value: object, written: str) -> str:
    """Return how to mend `value`, which the file writes as `written`, or an empty string."""
    if not isinstance(value, str):
        return _hint_for_value(kind, value, written)
    hint = _HINTS_FOR_TEXT.get(kind)
    return hint(value, context) if hint else ""


def _hint_for_value(kind: str, value: object, written: str) -> str:
    if value is None:
        return "put the value after the colon, or leave the key out if it is not needed"
    if kind in ("string_type", "string_pattern_mismatch") and isinstance(value, bool | int | float | dt.date):
        return f'put it in quotes: "{written}"'
    if kind == "tuple_type":
        return "put a hyphen and a space before each item"
    return ""


def _bool_hint(value: str, _: Mapping[str, Any]) -> str:
    word = value.lower()
    if word in _BOOLS:
        return f"did you mean {_BOOLS[word]}?"
    return f"write it without quotes: {word}" if word in ("true", "false") else ""


def _number_hint(value: str, _: Mapping[str, Any]) -> str:
    return f"write it without quotes: {value}" if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) else ""


def _date_hint(value: str, _: Mapping[str, Any]) -> str:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return "write year-month-day, without a time; the day must exist"
    return f"write it without quotes: {value}"


def _choice_hint(value: str, context: Mapping[str, Any]) -> str:
    return near(value.lower(), re.findall(r"'([^']*)'", context["expected"]))


def _pattern_hint(value: str, context: Mapping[str, Any]) -> str:
    plain = value.strip().removesuffix(".ipynb").lower()
    words = plain.replace("&", " and ").replace("-", " ").replace("_", " ").split()
    clock = plain.replace(".", ":").zfill(5)
    candidates = (plain, "-".join(words), "_".join(words), plain.upper(), plain.removeprefix("v"), clock)
    return _first_fitting(candidates, context["pattern"])


def _first_fitting(candidates: Sequence[str], pattern: str) -> str:
    return next((f"did you mean {word!r}?" for word in candidates if re.fullmatch(pattern, word)), "")


_HINTS_FOR_TEXT: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
    "bool_type": _bool_hint,
    "int_type": _number_hint,
    "float_type": _number_hint,
    "date_type": _date_hint,
    "tuple_type": lambda *_: "put a hyphen and a space before each item",
    "literal_error": _choice_hint,
    "string_pattern_mismatch": _pattern_hint,
}
