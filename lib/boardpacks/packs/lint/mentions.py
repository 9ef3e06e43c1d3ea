"""Finds which indicators and areas a piece of prose names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from boardpacks.facts.spans import unescape
from boardpacks.packs.compose.quotes import QUOTE
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM

ROOM = 4
"""How many other words may stand among the words of an indicator's name."""
FEWEST_WORDS = 2
"""A name of fewer telling words is too common to be taken for the indicator, unless params say so."""

_WORD = re.compile(r"[A-Za-z]+|\d+")
_COMMON = re.compile(
    r"an?|aged?|and|are|at|be|by|for|from|have|held|in|is|its?|of|on|or|over|per|that|the|their|there|to|under|was|were"
    r"|who|with",
    re.IGNORECASE,
)
"""Words that tell nothing of what an indicator measures."""
_ENDINGS = ("ies", "ing", "ed", "es", "s", "e", "y")
_NOT_PLACES = (
    r"NHS England",
    r"Public Health England",
    r"Bank of England",
)
_A_PART_OF = r"(?:[Ii]nner|[Oo]uter|[Gg]reater|[Cc]entral|[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)"
_CALLED_AFTER = r"(?:Living Wage|Borough of)"


@dataclass(frozen=True)
class Named:
    """An area's name in a text: as params say it, and where it stands."""

    name: str
    start: int
    end: int


def indicators_named(text: str, params: Params) -> list[str]:
    """Return the indicators that a text names: by a quoted fact, else by all telling words of a name close together.

    Of two names of which one holds all words of the other, only the longer counts.
    """
    quoted = [found["what"].split()[1] for found in QUOTE.finditer(text) if _is_fact(found)]
    known = [name for name in dict.fromkeys(quoted) if name in params.indicators]
    stems = [_stem(word) for word in _WORD.findall(QUOTE.sub(" ", text))]
    found: dict[str, frozenset[str]] = {}
    for indicator in params.indicators.values():
        told = [wanted for wanted in _names(indicator) if _together(wanted, stems)]
        if told:
            found[indicator.id] = max(told, key=len)
    longest = [name for name, own in found.items() if not any(own < other for other in found.values())]
    return list(dict.fromkeys([*known, *longest]))


def areas_named(text: str, params: Params, place: str) -> list[Named]:
    """Return the areas that a text names, in order; ``{place}`` names the pack's own."""
    own = None if place == SYSTEM else params.places[place].name
    called = _combined_names(params)
    masked = text
    for pattern in _no_areas(params):
        masked = re.sub(pattern, lambda found: "\0" * len(found[0]), masked)
    found = []
    for match in re.finditer(rf"\{{place\}}|(?<!\w)(?:{_area_pattern(params)})(?!\w)", masked):
        name = unescape(match[0]) if match[0] != "{place}" else own
        if name is not None:
            found.append(Named(called.get(name, name), match.start(), match.end()))
    return found


def area_names(params: Params) -> list[str]:
    """Return the names that stand for an area in prose, longest first."""
    names = [area.name for area in (*params.system.comparators, *params.boroughs())]
    names += [place.name for place in params.places.values()]
    names += [trust.short_name for trust in params.system.trusts]
    names += _combined_names(params)
    return sorted(dict.fromkeys(names), key=len, reverse=True)


def _combined_names(params: Params) -> dict[str, str]:
    """Return the place that each publisher's name for several boroughs means, where it is all of a place."""
    places = {frozenset(one.code for one in place.boroughs): place.name for place in params.places.values()}
    return {
        area.name: places[boroughs]
        for area in params.system.combined_areas
        for boroughs in [frozenset(area.boroughs)]
        if boroughs in places
    }


def _area_pattern(params: Params) -> str:
    return "|".join(
        map(_escaped_or_not, area_names(params))
    )  # longest first: a name may be a part of another


def _escaped_or_not(name: str) -> str:
    """Return a pattern of a name in Markdown, where a sign may have a backslash before it."""
    return "".join(sign if sign.isalnum() or sign == " " else rf"\\?{re.escape(sign)}" for sign in name)


def _no_areas(params: Params) -> Iterator[str]:
    """Yield patterns of names that hold an area's name and do not mean it."""
    names = [params.system.name, params.system.short_name, params.system.organisation, params.system.peers]
    names += [trust.name for trust in params.system.trusts]
    groups = {place.group for place in params.places.values() if place.group} - set(area_names(params))
    for name in sorted({*names, *groups}, key=len, reverse=True):
        yield _escaped_or_not(name)
    yield from _NOT_PLACES
    for area in params.system.comparators:
        name = _escaped_or_not(area.name)
        yield rf"{_A_PART_OF} {name}"
        yield rf"{name} {_CALLED_AFTER}"


def _is_fact(found: re.Match[str]) -> bool:
    return bool(found["what"]) and len(found["what"].split()) > 1


def _names(indicator: Indicator) -> Iterator[frozenset[str]]:
    without_age = indicator.name.partition(" at age ")[0]
    for name in (indicator.name, without_age, indicator.id.replace("_", " ")):
        words = _telling(name)
        if len(words) >= FEWEST_WORDS:
            yield words
    for name in indicator.also_called:
        yield _telling(name)


@cache
def _telling(name: str) -> frozenset[str]:
    """Return the telling words of a name, without their endings."""
    return frozenset(_stem(word) for word in _WORD.findall(name) if not _COMMON.fullmatch(word))


@cache
def _stem(word: str) -> str:
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _together(wanted: Iterable[str], stems: list[str]) -> bool:
    """Whether all wanted words stand among the stems with little between them."""
    wanted = frozenset(wanted)
    if not wanted <= set(stems):
        return False
    width = len(wanted) + ROOM
    return any(wanted <= set(stems[at : at + width]) for at in range(len(stems)) if stems[at] in wanted)
