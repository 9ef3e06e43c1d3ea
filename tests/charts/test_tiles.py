"""Tile maps: tiles where the data put them, with value, mark and tint."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About
from boardpacks.charts.places import MARKS
from boardpacks.charts.svg import to_svg
from boardpacks.charts.theme import BESIDE, TEXT, WIDTH
from boardpacks.charts.tiles import Tile, TileMap, describe_tiles, draw_tiles
from boardpacks.charts.verdicts import TINTS
from boardpacks.stats.comparison import UNJUDGED, Verdict
from tests.charts.drawn import Box, boxes, directions, marks, outside, overlapping, words

pytestmark = pytest.mark.usefixtures("look")
ABOUT = About("Adults who smoke", "the boroughs of north east London", "2023")
HAVERING = Tile("Havering", 0, 2, 10.9, "similar", own=True)
NEWHAM = Tile("Newham", 1, 1, 13.0, "worse")
HACKNEY = Tile("Hackney", 1, 0, None)
MAP = TileMap((HAVERING, NEWHAM, HACKNEY), "England")


def say(value: float) -> str:
    return f"{value:,.1f}%"


def draw(tiles: TileMap = MAP) -> Figure:
    return draw_tiles(tiles, say)


def drawn(figure: Figure) -> list[Box]:
    (found,) = boxes(figure.axes[0])
    return found


def test_tiles_lie_in_their_rows_and_columns():
    havering, newham, hackney = drawn(draw())
    assert hackney.left < newham.left < havering.left
    assert newham.left - hackney.left == pytest.approx(havering.left - newham.left)
    assert havering.top < newham.top == hackney.top


def test_tiles_are_of_one_size():
    assert len({(round(b.right - b.left, 6), round(b.bottom - b.top, 6)) for b in drawn(draw())}) == 1


def test_empty_rows_and_columns_at_the_edges_are_left_out():
    moved = TileMap(
        tuple(replace(tile, row=tile.row + 5, column=tile.column + 7) for tile in MAP.tiles), "England"
    )
    assert to_svg(draw(moved)) == to_svg(draw())


def test_each_tile_has_name_value_mark_and_tint():
    figure = draw()
    assert {"Havering", "10.9%", "Newham", "13.0%", "Hackney", "no figure"} <= set(words(figure))
    tints = [box.colour for box in drawn(figure)]
    assert tints == [TINTS["similar"], TINTS["worse"], "#FFFFFF"]
    at = {(round(x), round(y)): shape for x, y, shape in marks(figure.axes[0])}
    assert sorted(at.values()) == sorted([MARKS["similar"][0], MARKS["worse"][0]] * 2)  # tiles and key


def test_the_own_place_has_a_thick_dark_rim():
    (found,) = [each for each in draw().axes[0].collections if isinstance(each, PolyCollection)]
    assert np.asarray(found.get_linewidth()).tolist() == [2.0, 0.8, 0.8]
    assert to_hex(tuple(np.asarray(found.get_edgecolor())[0])).upper() == TEXT


@pytest.mark.parametrize(("columns", "width"), [(1, BESIDE), (4, BESIDE), (5, WIDTH), (9, WIDTH)])
def test_wide_maps_fill_the_page(columns: int, width: float):
    tiles = TileMap(tuple(replace(NEWHAM, row=0, column=number) for number in range(columns)), "England")
    assert draw(tiles).get_figwidth() == width


@pytest.mark.parametrize("count", [1, 8, 33])
@pytest.mark.parametrize(
    ("name", "value"),
    [("Barking and Dagenham", 10.9), ("Kensington and Chelsea " * 3, 1234567.8), ("x" * 60, -4.0)],
)
def test_words_stay_inside_and_apart(count: int, name: str, value: float):
    tiles = tuple(Tile(name, n // 8, n % 8, value, get_args(Verdict)[n % 7]) for n in range(count))
    figure = draw(TileMap(tiles, "England"))
    assert outside(figure) == []
    assert overlapping(figure) == []


@pytest.mark.parametrize(
    "tiles", [(), (HAVERING, replace(NEWHAM, row=0, column=2)), (replace(NEWHAM, row=-1),)]
)
def test_maps_without_tiles_or_with_two_in_one_spot_are_refused(tiles: tuple[Tile, ...]):
    with pytest.raises(ValueError, match="in a row and a column of its own"):
        TileMap(tiles, "England")


def test_the_same_map_gives_the_same_svg():
    assert to_svg(draw()) == to_svg(draw())


def test_the_description_says_ends_and_verdicts():
    assert describe_tiles(MAP, ABOUT, say) == (
        "Map of equal tiles of adults who smoke, the boroughs of north east London, 2023. Havering: 10.9%. "
        "The lowest value is 10.9% (Havering), the highest 13.0% (Newham). Worse than England: Newham. "
        "Similar to England: Havering. No figure: Hackney."
    )


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.floats(-99, 99)), st.sampled_from(get_args(Verdict))), min_size=1
    )
)
def test_descriptions_have_the_verdicts_of_tiles_with_a_value_and_no_others(
    tiles: list[tuple[float | None, Verdict]],
):
    made = TileMap(tuple(Tile(f"Area {n}", n, 0, value, v) for n, (value, v) in enumerate(tiles)), "England")
    text = describe_tiles(made, ABOUT, say)
    assert "the boroughs of north east London, 2023." in text
    judged = {verdict for value, verdict in tiles if value is not None}
    assert directions(text) == judged - UNJUDGED
