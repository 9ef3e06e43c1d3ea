"""What a chart plots is what its facts say, and its words are whole and in the packs' font."""

from __future__ import annotations

import pytest

from boardpacks.packs.check.check_drawings import check_drawings
from tests.packs.handed import ENGLAND, HAVERING, a_chart, of_notebook

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def faults(chart):
    return check_drawings([of_notebook(chart)])


@pytest.mark.parametrize(
    "values",
    [(10.9, 11.6), (11.6,), (0.0, 10.9), (8.6, 13.2), (2022.0, 2023.0), (2023.5,)],
)
def test_values_ends_of_intervals_nought_and_times_of_the_facts_pass(values):
    assert faults(a_chart(values)) == []


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((109.0, 116.0), "'109', '116'"),
        ((1.09,), "'1.09'"),
        ((-10.9,), "'-10.9'"),
        ((10.9, 45.3), "'45.3'"),
        ((0.109,), "'0.109'"),
        ((2019.0,), "'2019'"),
    ],
)
def test_a_plotted_value_of_no_fact_is_named(values, named):
    (fault,) = faults(a_chart(values))
    assert fault.startswith(f"own, cell 3: figure 'chart': plots {named} (bars), but no fact of it is that.")
    assert "facts=" in fault
    assert "derived=" in fault


def test_what_is_said_to_be_worked_out_is_no_fact():
    assert faults(a_chart((10.0,), what="fitted line", derived=["fitted line"])) == []
    assert faults(a_chart((10.0,), what="fitted line", derived=["another line"]))


def test_a_value_is_as_near_as_it_is_printed():
    exact = HAVERING.model_copy(update={"value": 10.8731})
    assert faults(a_chart((10.9,), (exact, ENGLAND))) == []
    assert faults(a_chart((10.8731,), (exact, ENGLAND))) == []
    assert faults(a_chart((10.8,), (exact, ENGLAND)))


def test_words_that_are_cut_off_are_named_with_the_way_to_make_room():
    (fault,) = faults(a_chart(cut_off=["Barking and Dagenham"]))
    assert "cuts off 'Barking and Dagenham'. Make room: plt.subplots(layout=\"constrained\")" in fault


@pytest.mark.parametrize(
    ("style", "right"),
    [
        ("font-family: Inter", True),
        ("font: 400 10px 'Inter', sans-serif", True),
        ("font: 10px 'Cairo'", True),
        ("font-family: DejaVu Sans", False),
        ("font: 10px 'Arial', sans-serif", False),
        ("font-family: 'Comic Sans MS'", False),
    ],
)
def test_another_font_is_named(style, right):
    found = faults(a_chart(svg=SVG.format(f'<text style="{style}">Words</text>')))
    assert (found == []) is right
    assert all('sns.set_theme(font="Inter")' in fault for fault in found)


def test_a_drawing_of_another_program_says_what_it_plots_and_holds_no_picture():
    other = a_chart(svg=SVG.format('<path d="M0 0"/>')).model_copy(update={"drawn": None})
    assert "say in values= what is plotted" in faults(other)[0]
    picture = SVG.format('<image href="data:image/png;base64,AAAA" width="9" height="9"/>')
    assert (
        "holds a picture, of which the words cannot be read" in faults(a_chart(what="values", svg=picture))[0]
    )
    assert faults(a_chart(svg=picture)) == []
