"""What differs between two sets of figures is told by indicator, in words and numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from boardpacks.data.compare_figures import IndicatorChange, compare

NAMES = {"E09000001": "City of London"}


def test_the_same_figures_are_no_change(table: pd.DataFrame):
    assert compare(table, table.copy(), NAMES) == ()


@pytest.mark.parametrize(
    ("change", "revised", "words"),
    [
        (
            lambda t: t.__setitem__("value", [70.0, 5.5, float("nan"), 6.0]),
            1,
            "1 revised: City of London 2021 5 to 5.5",
        ),
        (
            lambda t: t.__setitem__("value", [70.0, 5.0, 5.5, 6.0]),
            1,
            "1 revised: City of London 2022 nothing to 5.5",
        ),
        (
            lambda t: t.__setitem__("lower_95", [float("nan"), 4.5, float("nan"), 5.0]),
            1,
            "1 with the same value and another interval, count or note",
        ),
    ],
)
def test_revised_figures_are_told_with_both_values(table: pd.DataFrame, change, revised, words):
    after = table.copy()
    change(after)
    found = compare(table, after, NAMES)
    assert found == (IndicatorChange("mood", 0, revised, 0, (words,)),)


def test_new_and_gone_figures_are_told_by_period(table: pd.DataFrame):
    more = table.copy()
    more.loc[4] = table.loc[3].replace({"2023": "2024"})
    more.loc[4, "period_start"] = pd.Timestamp("2024-01-01")
    (new,) = compare(table, more, NAMES)
    assert (new.new, new.lines) == (1, ("new period 2024, 1 area",))
    (gone,) = compare(more, table, NAMES)
    assert (gone.gone, gone.lines) == (1, ("1 gone: City of London 2024",))


def test_a_new_area_in_a_period_that_was_there_is_told_by_its_name(table: pd.DataFrame):
    more = table.copy()
    more.loc[4] = table.loc[3]
    more.loc[4, "area"] = "E09000002"
    (new,) = compare(table, more, {**NAMES, "E09000002": "Barking and Dagenham"})
    assert new.lines == ("1 new figure in periods that were there, of Barking and Dagenham",)


def test_long_lists_name_a_few_and_count_the_rest(table: pd.DataFrame):
    rows = [table.loc[3].replace({"2023": str(year)}) for year in range(2024, 2030)]
    more = pd.concat([table, pd.DataFrame(rows)], ignore_index=True)
    (new,) = compare(table, more, NAMES)
    assert new.lines == ("new periods 2024, 2025, 2026 and 3 more, 1 area",)
