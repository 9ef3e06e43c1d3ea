"""A hidden figure is said to be hidden, and never taken for one that is not published."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.chapter.absent_figures import absent_cell, absent_newest, absent_sentence
from boardpacks.data.observations import AreaSeries, Observation
from boardpacks.data.schema import HIDDEN


def series(*notes: str) -> AreaSeries:
    """Observations of the years from 2024, each without a value and with a remark."""
    return AreaSeries(
        "E09000016",
        "Havering",
        tuple(
            Observation(
                "own",
                "E09000016",
                "Havering",
                "Persons",
                str(year),
                dt.date(year, 1, 1),
                12,
                None,
                None,
                None,
                note=note,
            )
            for year, note in enumerate(notes, start=2024)
        ),
    )


@pytest.mark.parametrize(
    ("notes", "cell", "sentence", "newest"),
    [
        (("", HIDDEN), HIDDEN, "No figure is shown for Havering (hidden: small number).",
         "No figure is shown for 2025 (hidden: small number)."),
        ((HIDDEN, ""), "not published", "No figure is published for Havering.", "No figure is published for 2025."),
        ((), "not held here", "No figure for Havering is held here.", "No figure for 2025 is held here."),
    ],
)  # fmt: skip
def test_why_there_is_no_figure(notes: tuple[str, ...], cell: str, sentence: str, newest: str):
    one = series(*notes)
    assert absent_cell(one) == cell
    assert absent_sentence(one) == sentence
    assert absent_newest(one, "2025") == newest


def test_a_table_of_one_period_looks_at_that_period():
    assert absent_cell(series("", ""), "2025") == "not published"
    assert absent_cell(series("", ""), "2030") == "not held here"


def test_a_period_that_is_hidden_is_not_told_of_another():
    assert absent_newest(series("", HIDDEN), "2026") == "No figure for 2026 is held here."
