"""What a drawing plots, and which of its words are cut off, as a pack's checks read it."""

from __future__ import annotations

from dataclasses import dataclass

GIVEN = "values"
"""What plotted values are called that an author said, because they cannot be read off a drawing."""


@dataclass(frozen=True)
class Plotted:
    """The values of one line, set of bars or cloud of points in one direction, and what it is called."""

    what: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class ValueMark:
    """Where a point or the end of a bar stands in a drawing, in points from its left and upper edge.

    ``at`` is the same in the units of the axes, ``what`` the label of what it belongs to, if it has one.
    """

    x: float
    y: float
    at: tuple[float, ...]
    what: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a drawing plots, its words that are cut off, and where its values stand."""

    plotted: tuple[Plotted, ...]
    cut_off: tuple[str, ...]
    marks: tuple[ValueMark, ...] = ()
