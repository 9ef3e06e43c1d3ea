"""A tile map: areas as equal tiles, about where they lie, with value and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About, Say, extremes, opening, paragraph, verdicts, without
from boardpacks.charts.canvas import INCH, canvas, short, text_height, text_width, wrap, write
from boardpacks.charts.theme import BESIDE, GREY, LINE, TEXT, WIDTH
from boardpacks.charts.verdicts import TINTS, draw_key, draw_marks, key_height, verdict_entries
from boardpacks.stats.comparison import Verdict

MOST_BESIDE = 4
"""With more columns than this the map fills the page's width."""
APART, MARK = 4.0, 12.0
"""Points between tiles, and those that a mark takes."""
SMALL, LARGE = 7.8, 9.5


@dataclass(frozen=True)
class Tile:
    """One area: its name, its row and column from 0, and its value with verdict; ``own`` is the pack's own place."""

    name: str
    row: int
    column: int
    value: float | None
    verdict: Verdict = "not-compared"
    own: bool = False


@dataclass(frozen=True)
class TileMap:
    """The tiles, no two of them in one spot, and what their values are compared with."""

    tiles: tuple[Tile, ...]
    benchmark: str

    def __post_init__(self) -> None:
        spots = [(tile.row, tile.column) for tile in self.tiles]
        if not spots or len(set(spots)) < len(spots) or min(min(spot) for spot in spots) < 0:
            raise ValueError("a tile map needs a tile, each in a row and a column of its own from 0")


@dataclass(frozen=True)
class Box:
    """Where a tile lies on the canvas, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way from left to right."""
        return (self.left + self.right) / 2

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The four corners, with room for the rim at the drawing's left and upper edge."""
        left, top = self.left + 1, self.top + 1
        return [(left, top), (self.right, top), (self.right, self.bottom), (left, self.bottom)]


def draw_tiles(tiles: TileMap, say: Say) -> Figure:
    """Draw the tiles, each with its name, its value and the mark of its verdict; the place's own has a thick rim.

    Rows and columns without a tile at the edges are left out.

    Parameters
    ----------
    tiles
        What is drawn.
    say
        Turns a value into words.
    """
    first_row, first_column = (
        min(spot) for spot in zip(*((t.row, t.column) for t in tiles.tiles), strict=True)
    )
    rows = 1 + max(tile.row for tile in tiles.tiles) - first_row
    columns = 1 + max(tile.column for tile in tiles.tiles) - first_column
    wide = BESIDE if columns <= MOST_BESIDE else WIDTH
    side = wide * INCH / max(columns, MOST_BESIDE)
    names = {tile.name: wrap(short(tile.name), side - APART - 6, SMALL) for tile in tiles.tiles}
    tall = max(text_height(name, SMALL) for name in names.values()) + 24
    entries = verdict_entries((t.verdict for t in tiles.tiles if t.value is not None), tiles.benchmark)
    height = rows * tall + 3 + key_height(entries, wide * INCH)
    figure = Figure(figsize=(wide, height / INCH))
    paper = canvas(figure)
    boxes = [
        Box(left, top, left + side - APART, top + tall - APART)
        for left, top in (((t.column - first_column) * side, (t.row - first_row) * tall) for t in tiles.tiles)
    ]
    _fill(paper, tiles.tiles, boxes)
    for tile, box in zip(tiles.tiles, boxes, strict=True):
        at = box.middle, box.top + 4 + text_height(names[tile.name], SMALL) / 2
        write(paper, at, names[tile.name], SMALL, align="center")
    _values(paper, tiles.tiles, boxes, say)
    draw_key(paper, entries, 0, rows * tall + 3, wide * INCH)
    return figure


def describe_tiles(tiles: TileMap, about: About, say: Say) -> str:
    """Describe a tile map: the lowest and the highest area, and who is better or worse.

    Parameters
    ----------
    tiles, say
        As drawn; `say` may give the unit in full.
    about
        Measure, places and period.
    """
    known = [(tile.name, tile.value) for tile in tiles.tiles if tile.value is not None]
    own = [f"{tile.name}: {say(tile.value)}." for tile in tiles.tiles if tile.own and tile.value is not None]
    judged = [(tile.name, tile.verdict) for tile in tiles.tiles if tile.value is not None]
    return paragraph(
        opening("Map of equal tiles", about),
        *(own if len(known) > 1 else []),
        extremes(known, say),
        verdicts(judged, tiles.benchmark),
        without([tile.name for tile in tiles.tiles if tile.value is None]),
    )


def _fill(paper: Axes, tiles: Sequence[Tile], boxes: Sequence[Box]) -> None:
    fills = PolyCollection(
        [box.corners for box in boxes],
        facecolors=["white" if tile.value is None else TINTS[tile.verdict] for tile in tiles],
        edgecolors=[TEXT if tile.own else LINE for tile in tiles],
        linewidths=[2.0 if tile.own else 0.8 for tile in tiles],
        zorder=1,
    )
    paper.add_collection(fills, autolim=False)


def _values(paper: Axes, tiles: Sequence[Tile], boxes: Sequence[Box], say: Say) -> None:
    """Write each value with its mark at its left, all in the larger letters if they fit."""
    known = [
        (box, say(tile.value), tile.verdict)
        for tile, box in zip(tiles, boxes, strict=True)
        if tile.value is not None
    ]
    room = boxes[0].right - boxes[0].left - MARK - 4
    fits = all(text_width(words, LARGE, "semibold") <= room for _, words, _ in known)
    size = LARGE if fits else SMALL
    marks: list[tuple[float, float, Verdict]] = []
    for box, words, verdict in known:
        write(paper, (box.middle + MARK / 2, box.bottom - 9), words, size, weight="semibold", align="center")
        marks.append((box.middle - text_width(words, size, "semibold") / 2 - 1, box.bottom - 9.2, verdict))
    draw_marks(paper, marks, 6.4)
    for tile, box in zip(tiles, boxes, strict=True):
        if tile.value is None:
            write(paper, (box.middle, box.bottom - 9), "no figure", SMALL, colour=GREY, align="center")
