"""The names that a notebook asks for are followed to where they are written, and no other name is made up."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.plan.notebook_calls import Call, read_asked

IDS = st.from_regex(r"[a-z]{2,8}(_[a-z]{1,8})?", fullmatch=True)
WAYS = {
    "a list": "chapter.frame({names})",
    "a variable": "wanted = {names}\nchapter.frame(wanted)",
    "a loop": "for name in {names}:\n    chapter.frame(name, 'peers')",
    "a loop over a variable": "wanted = {names}\nfor name in wanted:\n    chapter.frame(indicators=name)",
    "a comprehension": "frames = [chapter.frame(name) for name in {names}]",
    "a table of places": "chapter.compare_places('a title', {names})",
    "params": "units = [chapter.params.indicators[name].unit for name in {names}]",
}


def asked(*cells: str, given: Mapping[str, object] | None = None) -> list[tuple[str, str]]:
    """Return the names that a notebook of these cells asks for, each with the parameter that gives it."""
    sources = ["from boardpacks import open_chapter\nchapter = open_chapter(place)", *cells]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.ipynb"
        path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": one} for one in sources]}))
        found = read_asked(path, given or {})
    return [(one.name, one.parameter) for one in found.parts if isinstance(one, Call) and one.name]


@pytest.mark.parametrize(
    ("cell", "if_there"),
    [
        ("if 'a' in chapter.params.indicators:\n    chapter.show('a')", True),
        ("if 'a' in chapter.params.indicators:\n    pass\nelse:\n    chapter.show('a')", False),
        ("if 'b' in chapter.params.indicators:\n    chapter.show('a')", False),
        ("if 'a' not in chapter.params.indicators:\n    chapter.show('a')", False),
        ("if 'a' in names:\n    chapter.show('a')", False),
        ("if chapter.params.inequalities:\n    chapter.show('a')", False),
    ],
)
def test_what_is_asked_for_only_where_it_is_there_is_known(cell: str, if_there: bool, tmp_path: Path):
    path = tmp_path / "own.ipynb"
    sources = ["from boardpacks import open_chapter\nchapter = open_chapter(place)", cell]
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": one} for one in sources]}))
    (ask,) = (one for one in read_asked(path).parts if isinstance(one, Call) and one.method == "show")
    assert (ask.name, ask.if_there) == ("a", if_there)


@pytest.mark.parametrize("way", WAYS)
@given(names=st.lists(IDS, min_size=1, max_size=4, unique=True))
def test_names_are_found_however_they_are_passed_on(way: str, names: list[str]):
    found = asked(WAYS[way].format(names=names))
    assert list(dict.fromkeys(found)) == [(name, "") for name in names]


@given(default=IDS, value=IDS)
def test_a_parameter_that_is_given_stands_before_its_default(default: str, value: str):
    cells = f'measure: str = "{default}"', "chapter.frame([measure])"
    assert asked(*cells) == [(default, "measure")]
    assert asked(*cells, given={"measure": value}) == [(value, "measure")]


@pytest.mark.parametrize(
    "cell",
    [
        "measure = choose()\nchapter.frame(measure)",
        "measure += 'x'\nchapter.frame(measure)",
        "for measure in choose():\n    chapter.frame(measure)",
        "for number, measure in enumerate(names):\n    chapter.frame(measure)",
        "def later(measure):\n    return chapter.frame(measure)",
        "with choose() as measure:\n    chapter.frame(measure)",
        "chapter.frame(f'{measure}_rate')",
        "other.frame(measure)",
        "chapter.say('own', own=measure)",
    ],
)
def test_a_name_that_is_worked_out_is_not_guessed(cell: str):
    assert asked('measure: str = "smoking"', cell, given={"measure": "obesity"}) == []


@given(source=st.text(alphabet="chapter.frame([]'=\n :()in for", max_size=60))
def test_no_cell_is_too_odd(source: str):
    assert all(name in source for name, _ in asked(source))
