"""Works out how a paper's page is laid so that its stamps stand the right way up and hide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pikepdf

A4 = (595.276, 841.89)
BAND = 28.0
"""Height in points of the band for a stamp at the top and at the foot of an A4 page."""

_SMALLEST, _LARGEST = 72.0, 14_400.0
_FITS: dict[str, tuple[str, ...]] = {
    "/XYZ": ("x", "y", ""),
    "/FitH": ("y",),
    "/FitBH": ("y",),
    "/FitV": ("x",),
    "/FitBV": ("x",),
    "/FitR": ("x", "y", "x", "y"),
    "/Fit": (),
    "/FitB": (),
}


@dataclass(frozen=True)
class PageLayout:
    """How a page of a paper is laid in the merged pack.

    Parameters
    ----------
    box
        What is seen of the page: left, bottom, right and top, in the page's own units.
    rotate
        By how many degrees it is turned clockwise when shown.
    unit
        Points in one of the page's units.
    scale
        By how much its content is made smaller, about the middle of the page; 1 where the margins are free.
    """

    box: tuple[float, float, float, float]
    rotate: int
    unit: float = 1.0
    scale: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points of the page as it is shown."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        if self.rotate in (90, 270):
            width, height = height, width
        return round(width * self.unit, 2), round(height * self.unit, 2)

    @property
    def band(self) -> float:
        """Height of the band for a stamp, in points: it grows with the page, as the stamp does."""
        return BAND * max(0.6, min(self.size) / A4[0])

    def made_smaller(self) -> PageLayout:
        """Return the layout with its content smaller, so that the bands of both stamps are free."""
        return replace(self, scale=round(1 - 2 * self.band / self.size[1], 4))

    def x(self, value: float) -> float:
        """Return where a place at `value` from the left comes to lie."""
        return self.scale * value + (1 - self.scale) * (self.box[0] + self.box[2]) / 2

    def y(self, value: float) -> float:
        """Return where a place at `value` from the foot comes to lie."""
        return self.scale * value + (1 - self.scale) * (self.box[1] + self.box[3]) / 2

    def _along(self, axis: str, value: float) -> float:
        return self.x(value) if axis == "x" else self.y(value) if axis == "y" else value

    @property
    def content_matrix(self) -> tuple[float, ...]:
        """The matrix that makes the content smaller."""
        return (self.scale, 0, 0, self.scale, self.x(0), self.y(0))

    @property
    def stamp_matrix(self) -> tuple[float, ...]:
        """The matrix from points of the page as it is shown to the page's own units."""
        left, bottom, right, top = self.box
        one = 1 / self.unit
        return {
            0: (one, 0, 0, one, left, bottom),
            90: (0, one, -one, 0, right, bottom),
            180: (-one, 0, 0, -one, right, top),
            270: (0, -one, one, 0, left, top),
        }[self.rotate]

    def destination(self, found: Sequence[Any]) -> list[Any] | None:
        """Return a destination's kind and numbers as they are in the pack, or None when it is none."""
        kind = str(found[0]) if found else "/Fit"
        if kind not in _FITS:
            return None
        axes = _FITS[kind]
        given = [number(value) for value in list(found[1:])][: len(axes)]
        given += [None] * (len(axes) - len(given))
        moved = [
            None if value is None else self._along(axis, value)
            for axis, value in zip(axes, given, strict=True)
        ]
        if kind == "/FitR" and None in moved:
            return [pikepdf.Name.Fit]
        return [pikepdf.Name(kind), *(None if value is None else real(value) for value in moved)]


def page_layout(sheet: pikepdf.Page) -> PageLayout:
    """Return what is seen of a page, and how it is turned; content is not made smaller yet.

    Raises
    ------
    ValueError
        When the page has no size that can be shown.
    """
    media = _box(sheet.mediabox) or (0.0, 0.0, *A4)
    crop = _box(sheet.cropbox) or media
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if seen[2] <= seen[0] or seen[3] <= seen[1]:
        seen = media
    unit = number(sheet.obj.get("/UserUnit", 1)) or 1.0
    turn = inherited(sheet.obj, "/Rotate")
    layout = PageLayout(seen, round((number(turn) or 0) / 90) * 90 % 360, unit if unit > 0 else 1.0)
    if not all(_SMALLEST / 2 <= side <= _LARGEST for side in layout.size):
        raise ValueError("x".join(f"{side:.0f}" for side in layout.size))
    return layout


def number(value: Any) -> float | None:
    """Return a number of a PDF, or None when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return float(value)


def real(value: float) -> Decimal:
    """Return a number as PDFs write it, without digits that depend on the machine."""
    return Decimal(f"{value:.4f}")


def operands(matrix: Sequence[float]) -> bytes:
    """Return a matrix as drawing instructions write it."""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix).encode()


def _box(found: Any) -> tuple[float, float, float, float] | None:
    values = [number(value) for value in list(found)] if isinstance(found, pikepdf.Array) else []
    if len(values) != 4 or any(value is None for value in values):
        return None
    left, bottom, right, top = (float(value or 0) for value in values)
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    return box if box[2] > box[0] and box[3] > box[1] else None


def inherited(node: Any, key: str) -> Any:
    """Return what a page has under a key, by itself or from the tree of pages."""
    for _ in range(50):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None
