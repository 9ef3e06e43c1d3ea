"""A cell that gives a parameter another value than the build stops the chapter."""

from __future__ import annotations

import nbformat.v4 as v4
import pytest

from boardpacks.execute.overridden import find_overridden

GIVEN = {"place": "havering", "priority": "mental-health"}


def cells(*codes: str):
    first = v4.new_code_cell('place: str = "newham"', metadata={"tags": ["parameters"]})
    return [first, *(v4.new_code_cell(code) for code in codes)]


@pytest.mark.parametrize(
    "code",
    [
        'place = "newham"',
        'x = 1\nplace: str = "newham"',
        'place, x = "newham", 1',
        'print(place := "newham")',
        '%matplotlib inline\nplace = "newham"',
    ],
)
def test_another_value_is_found_with_cell_and_line(code):
    found = find_overridden(cells("1", code), GIVEN)
    assert found is not None
    assert (found.cell, found.name, found.found) == (3, "place", "newham")
    assert "newham" in found.code
    assert "havering" in str(found)


@pytest.mark.parametrize("code", ['place = "havering"', "place = places[0]", 'other = "newham"', "place = ("])
def test_the_same_value_and_other_names_are_left_alone(code):
    assert find_overridden(cells(code), GIVEN) is None
