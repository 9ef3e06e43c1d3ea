"""Reads the words of a drawing, and tells whether those at an axis are in step with where they stand."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boardpacks.packs.check.held import MONTH, MONTH_NUMBERS

_NUMBER = re.compile(r"[-\u2212]?£?\d[\d,]*(?:\.\d+)?\s?%?")
_DATE = re.compile(rf"(?:(?P<month>{MONTH}) )?(?P<year>(?:19|20)\d\d)(?:[/\u2013](?P<end>\d\d))?")
_READ_OUT = ("aria-label", "aria-description", "aria-roledescription", "title", "alt")
FEWEST_TICKS = 3
"""Ticks of which a wrong one can be told."""
TOLERANCE = 0.02
"""How far a tick may stand from where its words belong, as a share of the axis: years are not of one length."""


@dataclass(frozen=True)
class Tick:
    """The words at a tick of an axis, and where they stand in the drawing."""

    words: str
    x: float
    y: float


Axis = tuple[Tick, ...]


def read_words(svg: str) -> tuple[list[str], list[Axis]]:
    """Return the words of a drawing, those of several lines together, and the ticks of each axis.

    Words that are not drawn but read out or shown by the mouse are among them.
    """
    words: list[str] = []
    axes: list[list[Tick]] = []
    if svg:
        root = ET.fromstring(svg)
        _gather(root, words, axes)
        words += _described(root)
    return words, [tuple(axis) for axis in axes if axis]


def is_scale(tick: Tick, axis: Axis) -> bool:
    """Whether a tick is one of a scale, which are read off and say no figure; one of a few dates is a period."""
    is_date = _DATE.fullmatch(tick.words) is not None
    return _level(tick.words) is not None and not (is_date and len(axis) < FEWEST_TICKS)


def misplaced(axis: Axis) -> str:
    """Return the words of a tick of a scale that do not belong where they stand, or an empty string."""
    scale = [(tick, level) for tick in axis if (level := _level(tick.words)) is not None]
    if len(scale) < FEWEST_TICKS:
        return ""
    wide, high = ([getattr(tick, way) for tick, _ in scale] for way in ("x", "y"))
    places = wide if max(wide) - min(wide) > max(high) - min(high) else high
    levels = [level for _, level in scale]
    if _in_step(places, levels) or (
        min(levels) > 0 and _in_step(places, [math.log(level) for level in levels])
    ):
        return ""
    for at in range(len(scale)):  # the one without which the others are in step
        if len(scale) > FEWEST_TICKS and _in_step(_without(places, at), _without(levels, at)):
            return scale[at][0].words
    return scale[-1][0].words


def _in_step(places: Sequence[float], levels: Sequence[float]) -> bool:
    span, reach = places[-1] - places[0], levels[-1] - levels[0]
    if not span or not reach:
        return False
    return all(
        abs((place - places[0]) / span - (level - levels[0]) / reach) <= TOLERANCE
        for place, level in zip(places, levels, strict=True)
    )


def _without(values: Sequence[float], at: int) -> list[float]:
    return [*values[:at], *values[at + 1 :]]


def _level(words: str) -> float | None:
    found = _DATE.fullmatch(words)
    if found and (not found["end"] or int(found["end"]) == (int(found["year"]) + 1) % 100):
        month = MONTH_NUMBERS[found["month"]] - 1 if found["month"] else 0
        return int(found["year"]) + month / 12
    if _NUMBER.fullmatch(words):
        return float(re.sub(r"[^\d.-]", "", words.replace("\u2212", "-")))
    return None


def _gather(element: ET.Element, words: list[str], axes: list[list[Tick]]) -> None:
    name = element.get("id", "")
    if name.startswith("matplotlib.axis_"):
        axes.append([])
    is_tick = name.startswith(("xtick_", "ytick_"))
    if is_tick or name.startswith("text_") or element.tag.endswith("}text"):
        texts = [text for text in element.iter() if text.tag.endswith("}text")]
        said = " ".join(filter(None, ("".join(text.itertext()).strip() for text in texts)))
        if said and is_tick and axes:
            axes[-1].append(Tick(said, *_place(texts[0])))
        elif said:
            words.append(said)
        return
    for child in element:
        _gather(child, words, axes)


def _described(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag.endswith(("}title", "}desc")):
            yield "".join(element.itertext()).strip()
        for name, said in element.attrib.items():
            if name.rpartition("}")[2] in _READ_OUT:
                yield said


def _place(text: ET.Element) -> tuple[float, float]:
    moved = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)", text.get("transform", ""))
    if moved:
        return float(moved[1]), float(moved[2])
    return float(text.get("x", 0)), float(text.get("y", 0))
