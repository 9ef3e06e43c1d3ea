"""An XmR chart: a monthly series with its mean, limits and target, and what varies for a special cause."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from boardpacks.charts.alt_text import Say
from boardpacks.charts.canvas import INCH, bounds, canvas, text_height, text_width, wrap, write
from boardpacks.charts.labels import number_ticks, spread_labels
from boardpacks.charts.theme import GREY, PALE, TEXT, WIDTH
from boardpacks.charts.verdicts import Entry, draw_key, key_height
from boardpacks.stats.spc.chart import Chart
from boardpacks.stats.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS, Assurance, Variation

HEADER, PLOT, AXIS = 28.0, 150.0, 19.0
"""Heights in points of the line of icons, of the drawing, and of the words along its foot."""
LABELS, TICK, STEP = 104.0, 42.0, 48.0
"""Widths in points of the labels at the right, of a month along the foot, and of "new limits" with room."""
MOST_TICKS = 7
IMPROVEMENT, CONCERN, NEITHER = "#005EB8", "#A84300", "#5B2C83"


@dataclass(frozen=True)
class Look:
    """How points of one variation look, and how the key names them."""

    marker: str
    edge: str
    fill: str
    words: str
    letter: str = ""


LOOKS: Mapping[Variation, Look] = {
    "improvement-high": Look("o", IMPROVEMENT, IMPROVEMENT, "Special cause: improvement", "H"),
    "improvement-low": Look("o", IMPROVEMENT, IMPROVEMENT, "Special cause: improvement", "L"),
    "concern-high": Look("D", CONCERN, CONCERN, "Special cause: concern", "H"),
    "concern-low": Look("D", CONCERN, CONCERN, "Special cause: concern", "L"),
    "neutral-high": Look("^", NEITHER, NEITHER, "Special cause: high"),
    "neutral-low": Look("v", NEITHER, NEITHER, "Special cause: low"),
    "common-cause": Look("o", GREY, "white", "Common cause"),
    "not-judged": Look("s", GREY, "#AEB7BD", "Not judged"),
}
"""Shape and fill say it without the colour."""

PLEDGES: Mapping[Assurance, tuple[str, str, str]] = {
    "passes": ("\u2713", IMPROVEMENT, "white"),
    "fails": ("\u2717", CONCERN, "white"),
    "hit-or-miss": ("?", "white", TEXT),
    "not-judged": ("", "", ""),
}
"""Sign, fill and colour of the sign of each assurance icon, a box."""


def draw_spc(chart: Chart, say: Say) -> Figure:
    """Draw an XmR chart of a monthly series.

    Above the drawing stand the variation and the assurance icon with their words; a chart without target or direction
    has the variation icon only. The line breaks at missing months, and mean and limits step where they are made anew.

    Parameters
    ----------
    chart
        The chart, of one point a month.
    say
        Turns a value into words for the labels at the right.
    """
    entries = _entries(point.variation for point in chart.points)
    width = WIDTH * INCH
    height = HEADER + PLOT + AXIS + key_height(entries, width)
    figure = Figure(figsize=(WIDTH, height / INCH))
    paper = canvas(figure)
    _icons(paper, chart)
    draw_key(paper, entries, 0, HEADER + PLOT + AXIS, width)
    lines = _named_lines(chart)
    right = width - (LABELS if lines else TICK / 2)
    axes = figure.add_axes(bounds(figure, 0, right, HEADER, HEADER + PLOT))
    _stretches(axes, chart)
    _points(axes, chart)
    _scale(axes, chart)
    numbers = max(text_width(f"{tick:,.10g}", 8.5) for tick in axes.get_yticks())
    axes.set_position(bounds(figure, numbers + 7, right, HEADER, HEADER + PLOT))
    _ticks(axes, chart)
    _name_steps(axes, chart)
    _label(axes, lines, say)
    return figure


def _entries(variations: Iterable[Variation]) -> tuple[Entry, ...]:
    present = set(variations)
    looks = [look for variation, look in LOOKS.items() if variation in present]
    return tuple(dict.fromkeys(Entry(look.marker, look.edge, look.fill, look.words) for look in looks))


def _icons(paper: Axes, chart: Chart) -> None:
    y, look = 9.0, LOOKS[chart.variation]
    paper.plot(
        [9], [y], marker=look.marker, ms=13 if look.marker != "D" else 11.5, mec=look.edge, mfc=look.fill
    )
    write(paper, (9, y), look.letter, 8, colour="white", weight="bold", align="center")
    words = VARIATION_WORDS[chart.variation]
    write(paper, (22, y), words, weight="semibold")
    sign, fill, colour = PLEDGES[chart.assurance]
    if sign:
        x = 22 + text_width(words, 8.5, "semibold") + 26
        paper.plot([x], [y], marker="s", ms=14, mec=fill if fill != "white" else TEXT, mfc=fill)
        write(paper, (x, y), sign, 9, colour=colour, weight="bold", align="center")
        write(paper, (x + 13, y), ASSURANCE_WORDS[chart.assurance], weight="semibold")


def _stretches(axes: Axes, chart: Chart) -> None:
    """Draw mean and limits of each stretch, from half a month before its first point to half a month after its last."""
    for number, stretch in enumerate(chart.stretches):
        left, right = _x(stretch.first) - 1 / 24, _x(stretch.last) + 1 / 24
        if number:
            axes.axvline(left, color=GREY, lw=0.8, ls=(0, (1, 2)), zorder=1)
        if stretch.limits is not None:
            lower, upper = stretch.limits.lower, stretch.limits.upper
            axes.fill_between([left, right], lower, upper, color=PALE, lw=0, zorder=0)
            axes.hlines([lower, upper], left, right, color=GREY, lw=1.1, ls=(0, (4, 2)), zorder=2)
            axes.hlines([stretch.limits.mean], left, right, color=TEXT, lw=1.1, zorder=2)
    if chart.target is not None:
        axes.axhline(chart.target, color=CONCERN, lw=1.4, ls=(0, (7, 2, 1.5, 2)), zorder=2)


def _name_steps(axes: Axes, chart: Chart) -> None:
    """Say above the drawing where limits are made anew; of two close to each other the first is named."""
    per_year = axes.get_position().width * WIDTH * INCH / (axes.get_xlim()[1] - axes.get_xlim()[0])
    named = float("-inf")
    for stretch in chart.stretches[1:]:
        x = _x(stretch.first) - 1 / 24
        if (x - named) * per_year >= STEP:
            axes.annotate(
                "new limits",
                (x, 1),
                (0, 2),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                color=GREY,
                fontsize=7.5,
                ha="center",
            )
            named = x


def _points(axes: Axes, chart: Chart) -> None:
    known = [(_x(point.period), point.value) for point in chart.points]
    gaps = [(_x(day), float("nan")) for day in chart.missing]
    axes.plot(*zip(*sorted([*known, *gaps]), strict=True), color=GREY, lw=1.2, zorder=3)
    size = 4.4 if len(known) <= 60 else 3.2
    for variation in dict.fromkeys(point.variation for point in chart.points):
        look = LOOKS[variation]
        own = [(_x(point.period), point.value) for point in chart.points if point.variation == variation]
        axes.plot(
            *zip(*own, strict=True),
            marker=look.marker,
            ms=size,
            mec=look.edge,
            mfc=look.fill,
            ls="",
            zorder=4,
        )


def _scale(axes: Axes, chart: Chart) -> None:
    levels = [point.value for point in chart.points]
    levels += [level for s in chart.stretches if s.limits for level in (s.limits.lower, s.limits.upper)]
    levels += [] if chart.target is None else [chart.target]
    room = 0.06 * (max(levels) - min(levels) or abs(levels[0]) or 1.0)
    axes.set_ylim(min(levels) - room, max(levels) + room)
    axes.set_xlim(_x(chart.points[0].period) - 1 / 20, _x(chart.latest.period) + 1 / 20)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    number_ticks(axes.yaxis)
    axes.spines["left"].set_visible(False)


def _ticks(axes: Axes, chart: Chart) -> None:
    periods = [point.period for point in chart.points]
    nearest = (_x(periods[-1]) - _x(periods[0])) / (MOST_TICKS - 0.5)
    shown = [periods[-1]]
    for period in reversed(periods[:-1]):
        if _x(shown[-1]) - _x(period) >= nearest:
            shown.append(period)
    names = [f"{calendar.month_abbr[period.month]} {period.year}" for period in shown]
    axes.set_xticks([_x(period) for period in shown], names, in_layout=False)


def _named_lines(chart: Chart) -> list[tuple[str, float, str]]:
    """Return name, level and colour of the target and of the latest stretch's lines."""
    target = [] if chart.target is None else [("Target", chart.target, CONCERN)]
    limits = chart.stretches[-1].limits
    if limits is None:
        return target
    return [
        *target,
        ("Upper limit", limits.upper, GREY),
        ("Mean", limits.mean, TEXT),
        ("Lower limit", limits.lower, GREY),
    ]


def _label(axes: Axes, lines: Sequence[tuple[str, float, str]], say: Say) -> None:
    """Name the lines at the right, with their values."""
    low, high = axes.get_ylim()
    per_point = (high - low) / PLOT
    texts = [wrap(f"{name} {say(level)}", LABELS - 12, 8.5) for name, level, _ in lines]
    heights = [(text_height(text, 8.5) + 0.5) * per_point for text in texts]
    centres = spread_labels([level for _, level, _ in lines], heights, low, high)
    right = axes.get_xlim()[1]
    for (_, level, colour), text, centre in zip(lines, texts, centres, strict=True):
        axes.annotate(
            text,
            (right, centre),
            (11, 0),
            textcoords="offset points",
            color=colour,
            va="center",
            linespacing=1.0,
            annotation_clip=False,
        )
        _lead(axes, level, centre, colour)


def _lead(axes: Axes, level: float, centre: float, colour: str) -> None:
    """Lead from a line's end to its label."""
    left, right = axes.get_xlim()
    point = (right - left) / (axes.get_position().width * WIDTH * INCH)
    axes.plot([right, right + 8 * point], [level, centre], color=colour, lw=0.6, clip_on=False)


def _x(day: dt.date) -> float:
    """Return where a month stands, in years: all months are equally long, so that points are evenly spaced."""
    return day.year + (day.month - 1) / 12
