"""Loading the whole of params/: what comes out, and that nothing but InputError ever comes up."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError
from tests.params.conftest import FILES, WriteParams


def test_orders_do_not_depend_on_the_files(write_params: WriteParams) -> None:
    params = load_params(write_params())
    assert list(params.places) == ["alston", "brough"]
    assert list(params.priorities) == ["work", "wellbeing"]  # by their order, not by name
    assert list(params.indicators) == ["employment_rate", "happiness", "anxiety"]
    assert list(params.calendars) == ["alston", "brough", "system"]
    assert [chapter.notebook for chapter in params.chapters] == [
        "place_profile",
        "wellbeing",
        "system_overview",
    ]


def test_values_keep_their_types(write_params: WriteParams) -> None:
    params = load_params(write_params())
    later = params.calendars["alston"].meetings[1]
    assert (later.date, later.status, later.version) == (dt.date(2027, 2, 10), "draft", "0.2")
    assert params.calendars["alston"].example is True
    assert params.chapters[1].parameters == {"first_year": 2015}
    assert params.indicators["anxiety"].fingertips_id == 22304
    assert params.system.benchmark.name == "England"


def test_a_byte_order_mark_and_windows_line_ends_are_fine(write_params: WriteParams) -> None:
    text = FILES["places/alston.yml"].replace("\n", "\r\n")
    params = load_params(write_params({"places/alston.yml": b"\xef\xbb\xbf" + text.encode()}))
    assert params.places["alston"].name == "Alston"


def test_every_fault_of_every_file_comes_in_one_run(write_params: WriteParams) -> None:
    folder = write_params(
        {
            "system.yml": FILES["system.yml"].replace("short_name: north", "shortname: north"),
            "places/alston.yml": FILES["places/alston.yml"].replace("trust: RAA", "trust: RAB"),
            "places/brough.yml": "id: [broken\n",
            "priorities/work.yml": FILES["priorities/work.yml"].replace("order: 1", "order: one"),
            "indicators/jobs.yml": FILES["indicators/jobs.yml"].replace("decimals: 1", "decimals: 9"),
            "meetings/system.yml": None,
            "chapters.yml": FILES["chapters.yml"].replace("priority: wellbeing", "priority: welbeing"),
        }
    )
    with pytest.raises(InputError) as caught:
        load_params(folder)
    assert [(problem.where, problem.key) for problem in caught.value.problems] == [
        ("params/chapters.yml, line 5", "[1].priority"),
        ("params/indicators/jobs.yml, line 5", "employment_rate.decimals"),
        ("params/meetings/system.yml", ""),
        ("params/places/alston.yml, line 6", "trust"),
        ("params/places/brough.yml, line 2", ""),
        ("params/priorities/work.yml, line 4", "order"),
        ("params/system.yml, line 2", "shortname"),
    ]


def test_an_unreadable_file_brings_no_false_alarms(write_params: WriteParams) -> None:
    broken = {"indicators/mood.yml": "happiness: [", "places/alston.yml": "id: [", "system.yml": "name: ["}
    with pytest.raises(InputError) as caught:
        load_params(write_params(broken))
    files = [problem.where.split(",")[0] for problem in caught.value.problems]
    assert files == ["params/indicators/mood.yml", "params/places/alston.yml", "params/system.yml"]


def test_a_missing_folder_says_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"params\n  found    no such folder\n  allowed  .*system\.yml.*meetings/"
    ):
        load_params(tmp_path / "params")


def test_a_folder_with_a_file_s_name_is_reported(write_params: WriteParams) -> None:
    folder = write_params({"places/brough.yml": None})
    (folder / "places" / "brough.yml").mkdir()
    with pytest.raises(InputError, match=r"params/places/brough\.yml\n  found    Is a directory"):
        load_params(folder)


_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates().map(str)
)
_KEYS = st.sampled_from(
    ["id", "name", "boroughs", "code", "outcomes", "meetings", "date", "indicators", "order"]
)
_YAML_LIKE = st.text("ab: -[]{}&*#?!|>%@`\"'\n\t0.1\x00é\u2028,~<=", max_size=80)


def _load_with(file: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        params = Path(folder) / "params"
        for name, text in FILES.items():
            (params / name).parent.mkdir(parents=True, exist_ok=True)
            (params / name).write_bytes(content if name == file else text.encode())
        with contextlib.suppress(InputError):
            load_params(params)


@given(file=st.sampled_from(sorted(FILES)), content=_YAML_LIKE.map(str.encode) | st.binary(max_size=40))
def test_no_text_raises_anything_but_an_input_error(file: str, content: bytes) -> None:
    _load_with(file, content)


@given(
    file=st.sampled_from(sorted(FILES)),
    data=st.recursive(
        _SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
        max_leaves=12,
    ),
)
def test_no_yaml_raises_anything_but_an_input_error(file: str, data: object) -> None:
    # JSON is YAML, so this reaches the models with every shape of value.
    _load_with(file, json.dumps(data).encode())


@given(file=st.sampled_from(sorted(FILES)), cut=st.data())
def test_no_damage_to_a_file_raises_anything_but_an_input_error(file: str, cut: st.DataObject) -> None:
    text = FILES[file]
    start = cut.draw(st.integers(0, len(text)))
    end = cut.draw(st.integers(start, min(len(text), start + 25)))
    put = cut.draw(
        st.sampled_from(
            ["", "\t", ": ", "- ", "yes", "0.1", "[", "*a", "&a ", "'", "\n", "null", "2026-02-30"]
        )
    )
    _load_with(file, (text[:start] + put + text[end:]).encode())


def test_chapters_of_one_notebook_are_told_apart(write_params: WriteParams):
    listed = """
- notebook: profile
  scope: place
- notebook: priority
  scope: place
  priority: wellbeing
- notebook: priority
  scope: place
  priority: work
- notebook: priority
  id: second_look
  scope: place
  priority: work
"""
    chapters = load_params(write_params({"chapters.yml": listed})).chapters
    assert [one.id for one in chapters] == ["profile", "priority_wellbeing", "priority_work", "second_look"]
