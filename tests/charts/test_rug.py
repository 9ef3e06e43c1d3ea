"""Tartan rugs: each cell has its verdict's mark in the right row and column, with or without colour."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from boardpacks.charts.alt_text import About
from boardpacks.charts.places import MARKS
from boardpacks.charts.rug import Cell, Rug, RugRow, describe_rug, draw_rug
from boardpacks.charts.svg import to_svg
from boardpacks.charts.theme import WIDTH
from boardpacks.charts.verdicts import TINTS
from boardpacks.stats.comparison import UNJUDGED, Verdict
from tests.charts.drawn import boxes, directions, marks, outside, overlapping, words

pytestmark = pytest.mark.usefixtures("look")
NARROW = 4.35
"""Width in inches of a rug that is read on a phone."""
ABOUT = About("all measures", "the boroughs of north east London", "2021 to 2024")
AREAS = ("Hackney", "Barking and Dagenham", "Newham")
RUG = Rug(
    AREAS,
    "England",
    (
        RugRow(
            "Adults who smoke",
            "2023",
            (Cell("better", "8.0%"), Cell("worse", "16.8%"), Cell("similar", "13.0%")),
        ),
        RugRow("Obesity", "2024/25", (Cell("not-tested", "20.1%"), Cell(None), Cell("better", "19.5%"))),
    ),
)


def big(
    areas: int, rows: int, name: str = "Children at the expected level in communication and language"
) -> Rug:
    verdicts = get_args(Verdict)
    return Rug(
        tuple(f"{AREAS[n % 3]}" for n in range(areas)),
        "England",
        tuple(
            RugRow(name, "2022 to 2024", tuple(Cell(verdicts[(n + m) % 7], "1,234.5") for n in range(areas)))
            for m in range(rows)
        ),
    )


def cells(figure: Figure) -> list[tuple[float, float, str]]:
    """Return the marks that are not the key's, from top to bottom and left to right."""
    paper = figure.axes[0]
    (fills,) = boxes(paper)
    foot = max(box.bottom for box in fills)
    return sorted((round(y, 3), round(x, 3), shape) for x, y, shape in marks(paper) if y < foot)


def test_every_cell_has_its_mark_in_its_row_and_column():
    found = cells(draw_rug(RUG))
    assert [shape for *_, shape in found] == [
        MARKS[v][0] for v in ("better", "worse", "similar", "not-tested", "better")
    ]
    first, second = sorted({y for y, _, _ in found})
    assert [y for y, _, _ in found] == [first] * 3 + [second] * 2
    columns = [x for _, x, _ in found]
    assert columns[0] < columns[1] < columns[2]
    assert columns[3] == pytest.approx(columns[0], abs=3)
    assert columns[4] == pytest.approx(columns[2], abs=3)


def test_every_cell_with_a_figure_has_its_tint():
    (fills,) = boxes(draw_rug(RUG).axes[0])
    shown = [box.colour for box in fills]
    assert shown == [TINTS[v].upper() for v in ("better", "worse", "similar", "not-tested", "better")]


def test_a_cell_without_figure_has_a_dash():
    assert words(draw_rug(RUG)).count("\u2013") == 1


def test_names_periods_areas_and_key_are_said():
    said = words(draw_rug(RUG))
    assert {*AREAS, "Adults who smoke, 2023", "Obesity, 2024/25"} <= set(said)
    assert {
        "Worse than England",
        "Better than England",
        "Similar to England",
        "Not tested against England",
    } <= set(said)


def test_values_are_written_where_all_fit():
    assert {"8.0%", "16.8%", "20.1%"} <= set(words(draw_rug(RUG)))
    wide = replace(
        RUG.rows[0], cells=(Cell("better", "1,234,567,890,123.4 days and hours"), *RUG.rows[0].cells[1:])
    )
    assert "16.8%" not in words(draw_rug(replace(RUG, rows=(wide, RUG.rows[1]))))


@pytest.mark.parametrize("width", [WIDTH, NARROW])
@pytest.mark.parametrize(("areas", "rows"), [(1, 1), (8, 20), (8, 1), (16, 3)])
def test_words_stay_inside_and_apart_at_both_widths(width: float, areas: int, rows: int):
    figure = draw_rug(big(areas, rows), width)
    assert outside(figure) == []
    assert overlapping(figure) == []
    assert figure.get_figwidth() == width
    if width == WIDTH:  # on a page, not on a screen
        assert figure.get_figheight() < 9.6


def test_long_names_make_their_row_taller():
    figure = draw_rug(big(8, 2, "Children at the expected level " * 6))
    assert outside(figure) == []
    assert overlapping(figure) == []


@pytest.mark.parametrize(
    ("areas", "rows"),
    [((), RUG.rows), (AREAS, ()), (AREAS[:2], RUG.rows)],
    ids=["no areas", "no rows", "ragged"],
)
def test_rugs_with_other_cells_than_areas_are_refused(areas: tuple[str, ...], rows: tuple[RugRow, ...]):
    with pytest.raises(ValueError, match="one cell for each area"):
        Rug(areas, "England", rows)


def test_a_rug_without_any_figure_is_drawn():
    empty = Rug(AREAS, "England", (RugRow("Obesity", "2024", (Cell(None),) * 3),))
    assert words(draw_rug(empty)).count("\u2013") == 3
    assert "Hackney. All: without a figure." in describe_rug(empty, ABOUT)


def test_the_same_rug_gives_the_same_svg():
    assert to_svg(draw_rug(RUG)) == to_svg(draw_rug(RUG))


def test_the_description_goes_through_the_areas():
    text = describe_rug(RUG, ABOUT)
    assert "Barking and Dagenham. Worse than England: adults who smoke. All others: without a figure." in text
    assert "Hackney. Better than England: adults who smoke. All others: not tested." in text
    assert "2 measures by 3 areas" in text


@given(st.lists(st.sampled_from([*get_args(Verdict), None]), min_size=1, max_size=6))
def test_descriptions_have_the_verdicts_of_the_cells_and_no_others(verdicts: list[Verdict | None]):
    row = RugRow("Obesity", "2024", tuple(map(Cell, verdicts)))
    text = describe_rug(Rug(tuple(f"Area {n}" for n, _ in enumerate(verdicts)), "England", (row,)), ABOUT)
    assert "the boroughs of north east London" in text
    assert "2021 to 2024" in text
    assert directions(text) == set(verdicts) - {None, *UNJUDGED}


def test_long_names_of_many_areas_stand_apart():
    names = (
        "The Royal Borough of Windsor & Maidenhead",
        "Bournemouth, Christchurch & Poole",
        "Llanfairpwllgwyngyll",
    )
    rug = Rug(names * 4, "Wales", (RugRow("Obesity", "2025", (Cell("worse"),) * 12),))
    figure = draw_rug(rug)
    assert overlapping(figure) == []
    assert outside(figure) == []
