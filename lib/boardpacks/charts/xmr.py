"""An XmR chart: a monthly series with its mean, limits and target, and what varies for a special cause."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from boardpacks.charts.alt_text import Say
from boardpacks.charts.canvas import INCH, bounds, canvas, text_height, text_width, wrap, write
from boardpacks.charts.labels import number_ticks, spread_labels
from boardpacks.charts.plotted import GUIDE
from boardpacks.charts.theme import BESIDE, GREY, PALE, TEXT, WIDTH
from boardpacks.charts.verdicts import KeyEntry, draw_key, key_height
from boardpacks.stats.spc.chart import Chart
from boardpacks.stats.spc.icons import ASSURANCE_WORDS, VARIATION_WORDS, Passing, Variation

ICONS, ABOVE, AXIS = 18.0, 10.0, 19.0
"""Heights in points of a line of icons, of the room below it, and of the words along the drawing's foot."""
PLOT = {WIDTH: 150.0, BESIDE: 86.0}
"""Height in points of the drawing."""
TICK, STEP = 42.0, 48.0
"""Widths in points of a month along the foot, and of "new limits" with room."""
LABELS = {WIDTH: 104.0, BESIDE: 66.0}
"""Width in points of the labels at the right."""
MOST_TICKS = {WIDTH: 7, BESIDE: 4}
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
LEFT_OUT = Look("x", GREY, GREY, "Doubtful month")

PLEDGES: Mapping[Passing, tuple[str, str, str]] = {
    "passes": ("\u2713", IMPROVEMENT, "white"),
    "fails": ("\u2717", CONCERN, "white"),
    "hit-or-miss": ("?", "white", TEXT),
    "not-judged": ("", "", ""),
}
"""Sign, fill and colour of the sign of each assurance icon, a box."""


def draw_spc(chart: Chart, say: Say, width: float = WIDTH, *, icons: bool = True) -> Figure:
    """Draw an XmR chart of a monthly series.

    Above the drawing stand the variation and the assurance icon with their words; a chart without target or direction
    has the variation icon only. The line breaks at missing months, and mean and limits step where they are made anew.
    Values that are left out are crosses without a line.

    Parameters
    ----------
    chart
        The chart, of one point a month.
    say
        Turns a value into words for the labels at the right.
    width
        ``WIDTH``, or ``BESIDE`` for a chart that stands beside its words or is read on a phone.
    icons
        Whether the icons are drawn.
    """
    entries = _entries(chart, width)
    wide = width * INCH
    drawn = _icons(chart, wide) if icons else []
    top = ICONS * len({line for line, _, _ in drawn}) + ABOVE
    foot = top + PLOT[width]
    figure = Figure(figsize=(width, (foot + AXIS + key_height(entries, wide)) / INCH))
    paper = canvas(figure)
    for line, along, icon in drawn:
        _draw_icon(paper, (along, ICONS * (line + 0.5)), icon)
    draw_key(paper, entries, 0, foot + AXIS, wide)
    lines = _named_lines(chart)
    right = wide - (LABELS[width] if lines else TICK / 2)
    axes = figure.add_axes(bounds(figure, 0, right, top, foot))
    _stretches(axes, chart)
    _points(axes, chart)
    _scale(axes, chart)
    numbers = max(text_width(f"{tick:,.10g}", 8.5) for tick in axes.get_yticks())
    axes.set_position(bounds(figure, numbers + 7, right, top, foot))
    _ticks(axes, chart, MOST_TICKS[width])
    _name_steps(axes, chart)
    _label(axes, lines, say, width)
    return figure


def _entries(chart: Chart, width: float) -> tuple[KeyEntry, ...]:
    """Return the key; in a narrow chart its words are short enough for one line."""
    present = {point.variation for point in chart.points}
    looks = [look for variation, look in LOOKS.items() if variation in present]
    looks += [LEFT_OUT] if chart.left_out else []
    if looks == [LOOKS["not-judged"]]:
        return ()  # the icon above the drawing says it
    return tuple(
        dict.fromkeys(
            KeyEntry(look.marker, look.edge, look.fill, look.words if width == WIDTH else _brief(look.words))
            for look in looks
        )
    )


def _brief(words: str) -> str:
    short = words.removeprefix("Special cause: ")
    return short[:1].upper() + short[1:]


@dataclass(frozen=True)
class _Icon:
    """A sign above the drawing: mark, size, edge, fill, the letter on it and its colour, and the words beside it."""

    marker: str
    size: float
    edge: str
    fill: str
    letter: str
    colour: str
    words: str


def _icons(chart: Chart, width: float) -> list[tuple[int, float, _Icon]]:
    """Return line and distance from the left of each icon; the second goes below the first where it has no room."""
    look = LOOKS[chart.variation]
    size = 11.5 if look.marker == "D" else 13
    words = VARIATION_WORDS[chart.variation]
    first = _Icon(look.marker, size, look.edge, look.fill, look.letter, "white", words)
    sign, fill, colour = PLEDGES[chart.assurance]
    if not sign:
        return [(0, 0.0, first)]
    edge = fill if fill != "white" else TEXT
    second = _Icon("s", 14, edge, fill, sign, colour, ASSURANCE_WORDS[chart.assurance])
    along = 39 + text_width(words, 8.5, "semibold")
    fits = along + 22 + text_width(second.words, 8.5, "semibold") <= width
    return [(0, 0.0, first), (0, along, second) if fits else (1, 0.0, second)]


def _draw_icon(paper: Axes, at: tuple[float, float], icon: _Icon) -> None:
    x, y = at
    paper.plot([x + 9], [y], marker=icon.marker, ms=icon.size, mec=icon.edge, mfc=icon.fill)
    write(paper, (x + 9, y), icon.letter, 8.5, colour=icon.colour, weight="bold", align="center")
    write(paper, (x + 22, y), icon.words, weight="semibold")


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
    per_year = _points_wide(axes) / (axes.get_xlim()[1] - axes.get_xlim()[0])
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
                fontsize=7.8,
                ha="center",
            )
            named = x


def _points(axes: Axes, chart: Chart) -> None:
    known = [(_x(point.period), point.value) for point in chart.points]
    gaps = [(_x(day), float("nan")) for day in (*chart.missing, *dict(chart.left_out))]
    axes.plot(*zip(*sorted([*known, *gaps]), strict=True), color=GREY, lw=1.2, zorder=3)
    size = 4.4 if len(known) <= 60 else 3.2
    for variation in dict.fromkeys(point.variation for point in chart.points):
        own = [(_x(point.period), point.value) for point in chart.points if point.variation == variation]
        _mark(axes, own, LOOKS[variation], size)
    if chart.left_out:
        _mark(axes, [(_x(day), value) for day, value in chart.left_out], LEFT_OUT, size + 0.6)


def _mark(axes: Axes, own: Sequence[tuple[float, float]], look: Look, size: float) -> None:
    axes.plot(
        *zip(*own, strict=True), marker=look.marker, ms=size, mec=look.edge, mfc=look.fill, ls="", zorder=4
    )


def _scale(axes: Axes, chart: Chart) -> None:
    levels = [*(point.value for point in chart.points), *dict(chart.left_out).values()]
    levels += [level for s in chart.stretches if s.limits for level in (s.limits.lower, s.limits.upper)]
    levels += [] if chart.target is None else [chart.target]
    room = 0.06 * (max(levels) - min(levels) or abs(levels[0]) or 1.0)
    axes.set_ylim(min(levels) - room, max(levels) + room)
    days = [*(point.period for point in chart.points), *dict(chart.left_out)]
    axes.set_xlim(_x(min(days)) - 1 / 20, _x(max(days)) + 1 / 20)
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    number_ticks(axes.yaxis)
    axes.spines["left"].set_visible(False)


def _ticks(axes: Axes, chart: Chart, most: int) -> None:
    periods = [point.period for point in chart.points]
    nearest = (_x(periods[-1]) - _x(periods[0])) / (most - 0.5)
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


def _label(axes: Axes, lines: Sequence[tuple[str, float, str]], say: Say, width: float) -> None:
    """Name the lines at the right, with their values."""
    low, high = axes.get_ylim()
    per_point = (high - low) / PLOT[width]
    texts = [wrap(f"{name} {say(level)}", LABELS[width] - 12, 8.5) for name, level, _ in lines]
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
    point = (right - left) / _points_wide(axes)
    axes.plot([right, right + 8 * point], [level, centre], color=colour, lw=0.6, clip_on=False, label=GUIDE)


def _points_wide(axes: Axes) -> float:
    """Return the width of the drawing in points."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return float(axes.get_position().width * figure.get_size_inches()[0]) * INCH


def _x(day: dt.date) -> float:
    """Return where a month stands, in years: all months are equally long, so that points are evenly spaced."""
    return day.year + (day.month - 1) / 12
