from __future__ import annotations

import re

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.plan.parameters import check_parameters, read_signature
from boardpacks.project.errors import InputError
from tests.execute.conftest import write_notebook


def _signature(tmp_path, source):
    return read_signature(write_notebook(tmp_path / "chapter.ipynb", parameters=source))


@pytest.mark.parametrize(
    ("source", "key", "found", "allowed"),
    [
        ("place = 'x'", "place", "place = 'x'", "name: type = default"),
        ("place: str = name", "place", "default name", "written out as a value"),
        ("place: str = 'a' + 'b'", "place", "default 'a' + 'b'", "written out as a value"),
        ("place: str = open('x').read()", "place", "default open('x').read()", "written out as a value"),
        ("n: dict[str, int] = {[]: 1}", "n", "default {[]: 1}", "written out as a value"),
        ("place: str = 3", "place", "3 (Input should be a valid string)", "type str"),
        ("years: int = 2.0", "years", "2.0 (Input should be a valid integer)", "type int"),
        ("years: int = True", "years", "True (Input should be a valid integer)", "type int"),
        ("final: bool = 1", "final", "1 (Input should be a valid boolean)", "type bool"),
        ("share: float = '1'", "share", "'1' (Input should be a valid number)", "type float"),
        ("sex: Literal['f', 'm'] = 'x'", "sex", "'x' (Input should be 'f' or 'm')", "type Literal['f', 'm']"),
        ("areas: list[str] = ['a', 1]", "areas", "[1]: Input should be a valid string", "type list[str]"),
        ("n: dict[str, int] = {'a': 'b'}", "n", "['a']: Input should be a valid integer", "dict[str, int]"),
        ("date: datetime = '2026'", "date", "datetime", "types: str, int, float"),
        ("area: list = []", "area", "list", "types: str, int, float"),
        ("area: dict[int, str] = {}", "area", "dict[int, str]", "types: str, int, float"),
        ("sex: Literal[1.5] = 1.5", "sex", "1.5", "types: str, int, float"),
        ("sex: Literal[()] = 'f'", "sex", "Literal[()]", "types: str, int, float"),
        ("x: 'int or' = 1", "x", "int or", "types: str, int, float"),
        ("place: str = 'a'\nplace: str = 'b'", "place", "declared twice", "one declaration"),
        ("import os", "", "import os", "name: type = default"),
        ("print('hello')", "", "print('hello')", "name: type = default"),
        ("a, b = 1, 2", "", "a, b = (1, 2)", "name: type = default"),
        ("place: str =", "", "place: str =", "without a syntax error"),
        ("%matplotlib inline", "", "%matplotlib inline", "without a syntax error"),
    ],
)
def test_a_bad_declaration_is_named(tmp_path, source, key, found, allowed):
    with pytest.raises(InputError) as caught:
        _signature(tmp_path, source)
    (problem,) = caught.value.problems
    assert problem.where == "notebooks/chapter.ipynb, cell 2"
    assert problem.key == key
    assert found in problem.found
    assert allowed in problem.allowed


def test_every_fault_of_a_cell_is_reported_at_once(tmp_path):
    with pytest.raises(InputError) as caught:
        _signature(tmp_path, "a = 1\nb: int = 'x'\nc: set = 3\nd: int = 4")
    assert [problem.key for problem in caught.value.problems] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("tags", "found"), [([], "no code cell"), ([2, 3], "2 cells tagged parameters: 2, 3")]
)
def test_exactly_one_parameters_cell(tmp_path, tags, found):
    path = write_notebook(tmp_path / "chapter.ipynb", "b: int = 1", parameters="a: int = 1")
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.metadata.tags = ["parameters"] if number in tags else []
    nbformat.write(notebook, path)
    with pytest.raises(InputError, match=re.escape(found)):
        read_signature(path)


SOURCE = '''"""What varies."""
from typing import Literal, Optional
place: str
years: int = 5
share: float = 1
sex: Literal["Persons", "Male"] = "Persons"
area: str | None = None
trust: Optional[str] = "RF4"
codes: list[str] = []
limits: dict[str, float] = {"low": -1.5}
either: int | list[int] = 3
final: "bool" = False
'''


def test_sound_declarations_of_every_type(tmp_path):
    signature = _signature(tmp_path, SOURCE)
    assert [parameter.name for parameter in signature.parameters if parameter.required] == ["place"]
    assert len(signature.parameters) == 10


@pytest.mark.parametrize(
    ("given_", "key", "found", "hint"),
    [
        ({}, "place", "no value and no default", ""),
        ({"place": "h", "yeers": 5}, "yeers", "no such parameter", "did you mean 'years'?"),
        ({"place": 3}, "place", "3 (Input should be a valid string)", ""),
        ({"place": None}, "place", "None", ""),
        ({"place": "h", "years": "5"}, "years", "'5' (Input should be a valid integer)", ""),
        ({"place": "h", "years": 5.0}, "years", "5.0", ""),
        ({"place": "h", "years": True}, "years", "True", ""),
        ({"place": "h", "share": float("nan")}, "share", "nan", ""),
        ({"place": "h", "share": True}, "share", "True", ""),
        ({"place": "h", "sex": "persons"}, "sex", "'persons' (Input should be 'Persons' or 'Male')", ""),
        ({"place": "h", "area": 1}, "area", "1", ""),
        ({"place": "h", "codes": "E09"}, "codes", "'E09' (Input should be a valid list)", ""),
        ({"place": "h", "codes": ["a", None]}, "codes", "[1]: Input should be a valid string", ""),
        ({"place": "h", "limits": {"low": "x"}}, "limits", "['low']: Input should be a valid number", ""),
        ({"place": "h", "either": "x"}, "either", "'x'", ""),
        ({"place": "h", "final": "yes"}, "final", "'yes' (Input should be a valid boolean)", ""),
    ],
)
def test_a_value_that_does_not_fit_is_named(tmp_path, given_, key, found, hint):
    (problem,) = check_parameters(_signature(tmp_path, SOURCE), given_)
    assert problem.where == "notebooks/chapter.ipynb, cell 2"
    assert (problem.key, problem.hint) == (key, hint)
    assert found in problem.found


@pytest.mark.parametrize(
    "given_",
    [
        {"place": "h"},
        {"place": "h", "years": 1, "share": 2, "sex": "Male", "area": "x", "trust": None, "final": True},
        {"place": "h", "codes": ["a"], "limits": {}, "either": [1, 2]},
    ],
)
def test_values_that_fit(tmp_path, given_):
    assert check_parameters(_signature(tmp_path, SOURCE), given_) == []


@given(source=st.text(max_size=80))
def test_any_text_gives_a_signature_or_a_clear_error(tmp_path_factory, source):
    path = write_notebook(tmp_path_factory.mktemp("any") / "chapter.ipynb", parameters=source)
    try:
        names = [parameter.name for parameter in read_signature(path).parameters]
    except InputError:
        return
    assert all(name.isidentifier() for name in names)
