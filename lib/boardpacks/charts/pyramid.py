"""A population pyramid: the shares of age bands by sex, with a comparator as an outline."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About, Say, opening, paragraph
from boardpacks.charts.canvas import INCH, bounds, canvas, text_width, write
from boardpacks.charts.theme import BESIDE, STYLES, TEXT
from boardpacks.charts.verdicts import KeyEntry, draw_key, key_height

ROW, HEAD, AXIS = 11.5, 17.0, 18.0
SAID = 7.8
EDGE = 12.0
"""Room in points beside the drawing, for half of the outermost number."""
TICK = 32.0
"""Points that a step along the foot needs for its number."""


@dataclass(frozen=True)
class AgeBand:
    """One age band: its name and the numbers of males and females."""

    name: str
    males: float
    females: float


@dataclass(frozen=True)
class Population:
    """An area's people by age band, the youngest first; not empty."""

    area: str
    bands: tuple[AgeBand, ...]

    def __post_init__(self) -> None:
        if self.total <= 0 or any(min(band.males, band.females) < 0 for band in self.bands):
            raise ValueError("a population needs people, and no band fewer than none")

    @property
    def total(self) -> float:
        """All people."""
        return sum(band.males + band.females for band in self.bands)

    @property
    def shares(self) -> tuple[tuple[float, float], ...]:
        """Males and females of each band as percentages of all people."""
        return tuple((100 * band.males / self.total, 100 * band.females / self.total) for band in self.bands)


def draw_pyramid(population: Population, comparator: Population | None = None) -> Figure:
    """Draw males to the left and females to the right, each band as a percentage of all people, the oldest on top.

    Parameters
    ----------
    population
        The area's people, drawn as bars.
    comparator
        People of another area in the same bands, drawn as an outline.
    """
    _check(population, comparator)
    entries = _entries(population, comparator)
    width, count = BESIDE * INCH, len(population.bands)
    foot = HEAD + count * ROW
    figure = Figure(figsize=(BESIDE, (foot + AXIS + key_height(entries, width)) / INCH))
    paper = canvas(figure)
    labels = max(text_width(band.name, SAID) for band in population.bands) + 10
    half = (width - labels) / 2 - EDGE
    largest = max(
        share for each in (population, comparator) if each for pair in each.shares for share in pair
    )
    reach, step = _steps(largest, max(1, min(4, int(half / TICK))))
    for sex, name, left in ((0, "Males", EDGE), (1, "Females", width - EDGE - half)):
        axes = figure.add_axes(bounds(figure, left, left + half, HEAD, foot))
        shares = [pair[sex] for pair in population.shares]
        outline = None if comparator is None else [pair[sex] for pair in comparator.shares]
        _draw_side(axes, shares, outline, STYLES["place" if sex else "second"].colour)
        axes.set_xlim(*((reach, 0) if sex == 0 else (0, reach)))
        ticks = [step * number for number in range(int(reach / step + 0.5) + 1)]
        axes.set_xticks(ticks, [f"{tick:g}%" for tick in ticks], in_layout=False)
        write(
            paper,
            (left + half if sex == 0 else left, HEAD / 2),
            name,
            weight="semibold",
            align="left" if sex else "right",
        )
    for number, band in enumerate(reversed(population.bands)):
        write(paper, (width / 2, HEAD + (number + 0.5) * ROW), band.name, SAID, align="center")
    write(paper, (width / 2, HEAD / 2), "Age", SAID, align="center")
    draw_key(paper, entries, 0, foot + AXIS, width)
    return figure


def describe_pyramid(
    population: Population,
    comparator: Population | None,
    about: About,
    say_count: Say,
    say_share: Say,
) -> str:
    """Describe a pyramid: all people, the share of females, the largest and smallest band, beside the comparator.

    Parameters
    ----------
    population, comparator
        As drawn.
    about
        Measure, place and period.
    say_count, say_share
        Turn a number of people, and a percentage, into words.
    """
    _check(population, comparator)
    females = sum(pair[1] for pair in population.shares)
    return paragraph(
        opening("Population pyramid", about),
        f"{population.area} has {say_count(population.total)} people, {say_share(females)} of them female.",
        _bands_said(population, comparator, say_share),
    )


def _bands_said(population: Population, comparator: Population | None, say_share: Say) -> str:
    shares = [sum(pair) for pair in population.shares]
    largest, smallest = shares.index(max(shares)), shares.index(min(shares))
    if say_share(shares[largest]) == say_share(shares[smallest]):
        return f"Each age band has {say_share(shares[largest])} of all people."
    beside = (
        "" if comparator is None else f" ({comparator.area} {say_share(sum(comparator.shares[largest]))})"
    )
    most = f"{population.bands[largest].name}, {say_share(shares[largest])} of all people{beside}"
    least = f"{population.bands[smallest].name}, {say_share(shares[smallest])}"
    return f"The largest age band is {most}; the smallest is {least}."


def _check(population: Population, comparator: Population | None) -> None:
    if comparator is not None and [b.name for b in comparator.bands] != [b.name for b in population.bands]:
        raise ValueError("both populations of a pyramid need the same age bands")


def _draw_side(axes: Axes, shares: list[float], outline: list[float] | None, colour: str) -> None:
    axes.barh(range(len(shares)), shares, height=0.86, color=colour, zorder=1)
    if outline is not None:
        edges = [number - 0.5 for number in range(len(outline) + 1)]
        axes.stairs(outline, edges, orientation="horizontal", color="white", lw=3.0, zorder=2)
        axes.stairs(outline, edges, orientation="horizontal", color=TEXT, lw=1.4, zorder=3)
    axes.set_ylim(-0.5, len(shares) - 0.5)
    axes.set_yticks([])
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _steps(largest: float, most: int) -> tuple[float, float]:
    """Return the end of the scale that both sides share, and the step between its ticks, of which there are few."""
    step = next(step for step in (0.5, 1, 2, 5, 10, 20, 25, 50, 100) if largest / step <= most)
    return step * max(1, ceil(largest / step)), step


def _entries(population: Population, comparator: Population | None) -> tuple[KeyEntry, ...]:
    if comparator is None:
        return ()
    fill = STYLES["place"].colour
    return (
        KeyEntry("s", fill, fill, f"{population.area} (bars)"),
        KeyEntry("s", TEXT, "white", f"{comparator.area} (outline)"),
    )
