"""A tile map: areas as equal tiles, about where they lie, with value and verdict."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About, Say, extremes, opening, paragraph, verdicts, without
from boardpacks.charts.canvas import INCH, canvas, text_height, text_width, wrap, write
from boardpacks.charts.theme import BESIDE, GREY, LINE, TEXT, WIDTH
from boardpacks.charts.verdicts import TINTS, draw_key, draw_marks, key_height, verdict_entries
from boardpacks.stats.comparison import Verdict

MOST_BESIDE = 4
"""With more columns than this the map fills the page's width."""
APART = 4.0
SMALL, LARGE = 7.5, 9.5


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
    names = {tile.name: wrap(tile.name, side - APART - 6, SMALL) for tile in tiles.tiles}
    tall = max(text_height(name, SMALL) for name in names.values()) + 24
    entries = verdict_entries((t.verdict for t in tiles.tiles if t.value is not None), tiles.benchmark)
    height = rows * tall + 3 + key_height(entries, wide * INCH)
    figure = Figure(figsize=(wide, height / INCH))
    paper = canvas(figure)
    corners, marks = [], []
    for tile in tiles.tiles:
        left, top = (tile.column - first_column) * side, (tile.row - first_row) * tall
        right, bottom = left + side - APART, top + tall - APART
        corners.append([(left + 1, top + 1), (right, top + 1), (right, bottom), (left + 1, bottom)])
        middle = (left + right) / 2
        write(
            paper,
            (middle, top + 4 + text_height(names[tile.name], SMALL) / 2),
            names[tile.name],
            SMALL,
            align="center",
        )
        words = "no figure" if tile.value is None else say(tile.value)
        size, weight, colour = (SMALL, "normal", GREY) if tile.value is None else (LARGE, "semibold", TEXT)
        shift = 0.0 if tile.value is None else 6.0
        write(paper, (middle + shift, bottom - 9), words, size, colour=colour, weight=weight, align="center")
        if tile.value is not None:
            marks.append((middle - text_width(words, size, weight) / 2 - 1, bottom - 9.2, tile.verdict))
    paper.add_collection(
        PolyCollection(
            corners,
            facecolors=["white" if tile.value is None else TINTS[tile.verdict] for tile in tiles.tiles],
            edgecolors=[TEXT if tile.own else LINE for tile in tiles.tiles],
            linewidths=[2.0 if tile.own else 0.8 for tile in tiles.tiles],
            zorder=1,
        ),
        autolim=False,
    )
    draw_marks(paper, marks, 6.4)
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
