"""Measured in points: words fit where they are said to fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from boardpacks.charts.canvas import MOST_LETTERS, bounds, canvas, short, text_height, text_width, wrap, write
from tests.charts.drawn import FINE, outside

pytestmark = pytest.mark.usefixtures("look")


def test_points_count_from_the_upper_left_corner():
    figure = Figure(figsize=(4, 2))
    paper = canvas(figure)
    at = paper.transData.transform([(0, 0), (288, 144)])
    assert at.tolist() == [[0, 200], [400, 0]]
    assert bounds(figure, 72, 144, 36, 108) == pytest.approx((0.25, 0.25, 0.25, 0.5))


@pytest.mark.parametrize("words", ["Barking and Dagenham", "1,234.5%", "one\nand two lines"])
def test_width_and_height_are_those_that_are_drawn(words: str):
    figure = Figure(figsize=(4, 2), dpi=FINE)
    paper = canvas(figure)
    write(paper, (20, 72), words)
    box = paper.texts[0].get_window_extent()
    drawn = box.width * 72 / figure.dpi, box.height * 72 / figure.dpi
    assert drawn == pytest.approx((text_width(words, 8.5), text_height(words, 8.5)), abs=1.5)


def test_words_at_the_edge_stay_inside():
    figure = Figure(figsize=(4, 2))
    write(canvas(figure), (288, 72), "Havering", align="right")
    assert outside(figure) == []


@given(st.text(alphabet="abc WM-", max_size=60), st.floats(15, 200))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(words: str, width: float):
    lines = wrap(words, width, 8.5)
    assert "".join(lines.split()) == "".join(words.split())
    assert text_width(lines, 8.5) <= width + 0.5  # letters of two words draw nearer to each other, or not


def test_a_name_without_end_is_cut_at_a_word_and_others_are_left_alone():
    trust = "Barking, Havering and Redbridge University Hospitals NHS Trust (BHRUT)"
    assert short(trust) == trust
    cut = short("Upper Fennshire Villages " * 12)
    assert len(cut) <= MOST_LETTERS
    assert cut.endswith("Villages…")
    assert short("x" * 300) == "x" * (MOST_LETTERS - 1) + "…"
