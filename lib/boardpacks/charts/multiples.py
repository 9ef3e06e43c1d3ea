"""Small multiples: one small trend a place, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About, Say, opening, paragraph, without
from boardpacks.charts.canvas import INCH, bounds, canvas, short, text_width, wrap, write
from boardpacks.charts.labels import number_ticks
from boardpacks.charts.theme import GREY, STYLES, TEXT, WIDTH
from boardpacks.charts.trend import Point, TrendLine, draw_line, has_band, scale_values
from boardpacks.charts.verdicts import KeyEntry, draw_key, key_height
from boardpacks.stats.recent_trend import Trend

COLUMNS, PLOT, AXIS, BETWEEN = 4, 66.0, 20.0, 12.0
SIZE, SAID = 8.5, 7.8
LINE = 11.0
TALLEST, NUMBERS = 540.0, 12.0
"""Height in points that a page has for panels, and what the numbers of the scale take of a panel's width at most."""
BEYOND = 0.4
"""How far the scale reaches for intervals beyond the values, as a share of the values' range."""


@dataclass(frozen=True)
class Multiple:
    """One place: its points in order of time, and its tested trend, None where none was tested."""

    name: str
    points: tuple[Point, ...]
    trend: Trend | None = None


@dataclass(frozen=True)
class Multiples:
    """The places in their order, and the benchmark that every panel repeats, if there is one.

    ``elsewhere`` are places of other parts, whose values the scale holds too, so that all parts have one scale.
    """

    places: tuple[Multiple, ...]
    benchmark: TrendLine | None = None
    elsewhere: tuple[Multiple, ...] = ()


def most_panels(multiples: Multiples, say: Say) -> int:
    """Return how many places' panels fit on a page, as high as the words above the panels make them."""
    across = (WIDTH * INCH - (COLUMNS - 1) * BETWEEN) / COLUMNS - NUMBERS
    lines = max(len(_head(place, say, across, with_trend=True)) for place in multiples.places)
    return COLUMNS * max(1, int(TALLEST / (LINE * lines + 5 + PLOT + AXIS)))


def draw_multiples(multiples: Multiples, say: Say) -> Figure:
    """Draw one panel a place, four in a row, all with the same scales, headed by name, latest value and trend.

    An interval far wider than the range of all values is cut at the panel's edge.

    Parameters
    ----------
    multiples
        At least one place has a value.
    say
        Turns a value into words.
    """
    lines = [TrendLine(place.name, "", "place", place.points) for place in multiples.places]
    if not any(point.value is not None for line in lines for point in line.points):
        raise ValueError("small multiples need a place with a value")
    width = WIDTH * INCH
    others = [TrendLine(place.name, "", "place", place.points) for place in multiples.elsewhere]
    scaled = _scaled([*lines, *others, *([multiples.benchmark] if multiples.benchmark else [])])
    figure, left = Figure(figsize=(WIDTH, 1)), _numbers_width(scaled) + 7
    columns = min(COLUMNS, len(lines))
    across = (width - left - (columns - 1) * BETWEEN) / columns
    tested = any(place.trend is not None and place.trend.method for place in multiples.places)
    heads = [_head(place, say, across, with_trend=tested) for place in multiples.places]
    head = LINE * max(len(words) for words in heads) + 5
    rows = -(-len(lines) // columns)
    entries = _entries(multiples)
    below = rows * (head + PLOT + AXIS)
    figure.set_size_inches(WIDTH, (below + key_height(entries, width)) / INCH)
    paper = canvas(figure)
    for number, (line, words) in enumerate(zip(lines, heads, strict=True)):
        x = left + (number % columns) * (across + BETWEEN)
        top = (number // columns) * (head + PLOT + AXIS)
        for at, (text, colour, weight) in enumerate(words):
            size = SIZE if weight == "semibold" else SAID
            write(paper, (x, top + (at + 0.5) * LINE), text, size, colour=colour, weight=weight)
        axes = figure.add_axes(bounds(figure, x, x + across, top + head, top + head + PLOT))
        _draw(axes, line, multiples.benchmark, scaled, across, with_numbers=number % columns == 0)
    draw_key(paper, entries, 0, below, width)
    return figure


def describe_multiples(multiples: Multiples, about: About, say: Say) -> str:
    """Describe small multiples: each place's first and latest value, and its trend where one was tested.

    Parameters
    ----------
    multiples, say
        As drawn; `say` may give the unit in full.
    about
        Measure, places, and periods from first to last.
    """
    told = [
        _said(place.name, place.points, place.trend, say)
        for place in multiples.places
        if _known(place.points)
    ]
    if multiples.benchmark is not None and _known(multiples.benchmark.points):
        told.append(_said(multiples.benchmark.name, multiples.benchmark.points, None, say))
    return paragraph(
        opening("Small line charts, one for each place and all on one scale,", about),
        *told,
        without([place.name for place in multiples.places if not _known(place.points)]),
    )


def _known(points: Sequence[Point]) -> list[tuple[float, str]]:
    """Return value and period of the points that have a value."""
    return [(point.value, point.period) for point in points if point.value is not None]


def _said(name: str, points: Sequence[Point], trend: Trend | None, say: Say) -> str:
    known = [(say(value), when) for value, when in _known(points)]
    first, last = known[0], known[-1]
    values = (
        f"{first[0]} in {first[1]}, {last[0]} in {last[1]}" if len(known) > 1 else f"{last[0]} in {last[1]}"
    )
    tested = trend is not None and trend.direction != "not-calculated"
    return f"{name}: {values}{f'; recent trend: {trend.words.lower()}' if trend and tested else ''}."


def _scaled(lines: Sequence[TrendLine]) -> list[TrendLine]:
    """Return the lines that have a value, as the scale is to hold them: with intervals cut where far too wide."""
    values = [point.value for line in lines for point in line.points if point.value is not None]
    room = BEYOND * (max(values) - min(values) or abs(values[0]) or 1.0)
    low, high = min(values) - room, max(values) + room

    def cut(point: Point) -> Point:
        lower = None if point.lower is None else max(point.lower, low)
        upper = None if point.upper is None else min(point.upper, high)
        return replace(point, lower=lower, upper=upper)

    return [replace(line, points=tuple(map(cut, line.points))) for line in lines if _known(line.points)]


def _numbers_width(lines: Sequence[TrendLine]) -> float:
    """Return the width in points of the widest number on the height scale that all panels share."""
    axes = Figure().add_subplot()
    scale_values(axes, lines)
    number_ticks(axes.yaxis)
    return max(text_width(label.get_text(), SIZE) for label in axes.get_yticklabels())


def _head(place: Multiple, say: Say, across: float, *, with_trend: bool) -> list[tuple[str, str, str]]:
    """Return the lines above a panel, each with colour and weight."""
    known = _known(place.points)
    latest = "no figure" if not known else f"{say(known[-1][0])}, {known[-1][1]}"
    words = [
        (line, TEXT, "semibold") for line in wrap(short(place.name), across, SIZE, "semibold").split("\n")
    ]
    words += [
        (line, STYLES["place"].colour if known else GREY, "normal")
        for line in wrap(latest, across, SAID).split("\n")
    ]
    if with_trend and known and place.trend is not None:
        words += [
            (line, GREY, "normal") for line in wrap(_trend_words(place.trend), across, SAID).split("\n")
        ]
    return words


def _trend_words(trend: Trend) -> str:
    if trend.direction in ("increasing", "decreasing"):
        sign = "\u25b2" if trend.direction == "increasing" else "\u25bc"
        return f"{sign} {trend.direction if trend.meaning == 'none' else f'getting {trend.meaning}'}"
    return "no significant change" if trend.direction == "no-significant-change" else "trend not tested"


def _entries(multiples: Multiples) -> tuple[KeyEntry, ...]:
    own = STYLES["place"].colour
    shaded = any(has_band(place.points) for place in multiples.places)
    banded = ", shaded: 95% confidence interval" if shaded else ""
    if multiples.benchmark is None:
        return (KeyEntry("o", own, own, f"Place{banded}"),) if banded else ()
    return (
        KeyEntry("o", own, own, f"Place{banded}"),
        KeyEntry("", TEXT, "", multiples.benchmark.name, "\u00b7\u00b7\u00b7"),
    )


def _draw(
    axes: Axes,
    line: TrendLine,
    benchmark: TrendLine | None,
    scaled: Sequence[TrendLine],
    across: float,
    *,
    with_numbers: bool,
) -> None:
    for each in ([benchmark] if benchmark else []) + [line]:
        if _known(each.points):
            draw_line(axes, each)
    scale_values(axes, scaled)
    number_ticks(axes.yaxis)
    if not with_numbers:
        axes.set_yticklabels([])
    at = {point.x: point.period for each in scaled for point in each.points if point.period}
    first, last = min(at), max(at)
    room = 0.04 * (last - first or 1.0)
    axes.set_xlim(first - room, last + room)
    both = text_width(f"{at[first]}   {at[last]}", SAID) <= across
    ticks = [first, last] if last > first and both else [last]
    axes.set_xticks(ticks, [at[x] for x in ticks], in_layout=False, fontsize=SAID)
    labels = axes.get_xticklabels()
    labels[0].set_horizontalalignment("left")
    labels[-1].set_horizontalalignment("right" if last > first else "center")
