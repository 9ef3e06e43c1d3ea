"""Verdicts look the same in all charts; the key names every mark and fits."""

from __future__ import annotations

from typing import get_args

import pytest
from matplotlib.figure import Figure

from boardpacks.charts.canvas import canvas
from boardpacks.charts.places import MARKS
from boardpacks.charts.theme import GREY, TEXT
from boardpacks.charts.verdicts import KEY_LINE, TINTS, draw_key, draw_marks, key_height, verdict_entries
from boardpacks.stats.comparison import Verdict
from tests.charts.drawn import contrast, marks, outside, overlapping, words

pytestmark = pytest.mark.usefixtures("look")
ALL: tuple[Verdict, ...] = get_args(Verdict)


@pytest.mark.parametrize("verdict", ALL)
def test_marks_and_words_stand_out_from_their_tint(verdict: Verdict):
    _, edge, _ = MARKS[verdict]
    assert contrast(edge, TINTS[verdict]) >= 3
    assert contrast(edge, "white") >= 3
    assert contrast(TEXT, TINTS[verdict]) >= 4.5
    assert contrast(GREY, "white") >= 4.5


def test_the_key_has_one_entry_for_each_look_that_occurs():
    entries = verdict_entries(["better", "worse", "better"], "England")
    assert [(entry.marker, entry.words) for entry in entries] == [
        ("D", "Worse than England"),
        ("o", "Better than England"),
    ]
    both = verdict_entries(["not-tested", "not-compared"], "England")
    assert [entry.words for entry in both] == ["Not tested or not compared with England"]
    three = verdict_entries(["too-old", "not-tested", "not-compared"], "England")
    assert [entry.words for entry in three] == ["Not tested, not compared or too old"]


def test_a_key_takes_the_lines_it_needs_and_stays_inside():
    entries = verdict_entries(ALL, "the average of the system")
    height = key_height(entries, 300)
    assert height > 2 * KEY_LINE
    figure = Figure(figsize=(300 / 72, height / 72))
    paper = canvas(figure)
    draw_key(paper, entries, 0, 0, 300)
    assert outside(figure) == []
    assert overlapping(figure) == []
    assert words(figure) == [entry.words for entry in entries]
    assert all(x >= 3 and 0 <= y <= height for x, y, _ in marks(paper))


def test_no_entries_take_no_room():
    assert key_height((), 300) == 0


def test_marks_of_one_verdict_are_one_artist():
    paper = canvas(Figure(figsize=(4, 2)))
    draw_marks(paper, [(10, 10, "better"), (20, 10, "worse"), (30, 10, "better")])
    assert sorted(marks(paper)) == [(10, 10, "o"), (20, 10, "D"), (30, 10, "o")]
    assert len(paper.lines) == 2
