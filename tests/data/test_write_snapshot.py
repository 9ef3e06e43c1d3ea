"""Writing a snapshot from CSV: every published figure is in it, and wrong files are refused."""

from __future__ import annotations

import datetime as dt
import errno
import math
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.data.replace import WouldReplace
from boardpacks.data.snapshot import OBSERVATIONS, Snapshot, load_snapshot
from boardpacks.data.snapshot_manifest import read_manifest
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.write_errors import CannotWrite
from tests.raw import COMBINED_NOTES, LONDON, SMALL_AREAS, observations, rows_of

COMBINED = "E67000001"
HEADER = (
    "indicator_id,area_code,area_name,sex,period,period_start,period_months,"
    "value,lower_95,upper_95,count,denominator,note"
)
ROW = "smoking_prevalence,E09000016,Havering,Persons,2023,2023-01-01,12,10.9,9.8,12.1,,,"
LATER = "indicator_id,area_code,area_name,period,value,lower_95,upper_95"
LATER_ROW = "smoking_prevalence,E09000002,Barking and Dagenham,2023,12.5,11.0,14.0"


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def cells(row: Mapping[Hashable, Any], columns: tuple[str, ...]) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(row[column]) else row[column] for column in columns)


def published(raw: Path) -> Iterator[tuple[tuple[str, str, str, str], dict[str, str]]]:
    """Yield key and row of every published observation, the combined ones under their own code."""
    for row in observations(raw):
        area = row["area_code"]
        if row["note"] in COMBINED_NOTES and area in ("E09000001", "E09000012"):
            if not row["value"]:
                continue
            area = COMBINED
        yield (row["indicator_id"], area, row["sex"], row["period"]), row


def test_every_published_observation_is_in_the_snapshot_and_nothing_else(raw: Path, embedded: Snapshot):
    rows = {
        (row["indicator"], row["area"], row["sex"], row["period"]): row
        for row in embedded.observations.to_dict("records")
    }
    expected = list(published(raw))
    numbers = ("value", "lower_95", "upper_95", "count", "denominator")
    for key, row in expected:
        held = rows[key]
        assert cells(held, numbers) == tuple(number(row[column]) for column in numbers), key
        assert held["period_start"].date() == dt.date.fromisoformat(row["period_start"])
        assert held["period_months"] == int(row["period_months"])
        assert held["note"] == row["note"]

    keys = {key for key, _ in expected}
    for row in rows_of(raw / LONDON):
        key = (row["indicator_id"], row["area_code"], row["sex"], row["period"])
        if key[1] in ("E09000001", "E09000012") and key not in keys and not row["value"]:
            continue
        keys.add(key)
        limits = ("value", "lower_95", "upper_95")
        assert cells(rows[key], limits) == tuple(number(row[column]) for column in limits), key
    assert set(rows) == keys
    assert len(expected) > 5600


def test_every_small_area_is_in_the_snapshot(raw: Path, embedded: Snapshot):
    held = {
        row["small_area"]: (row["area"], row["decile"], row["rank"], row["score"])
        for row in embedded.deprivation.to_dict("records")
    }
    assert held == {
        row["lsoa_code"]: (
            row["area_code"],
            float(row["imd_2025_decile"]),
            float(row["imd_2025_rank"]),
            float(row["imd_2025_score"]),
        )
        for row in rows_of(raw / SMALL_AREAS)
    }
    assert len(held) == 1087


def write(
    tmp_path: Path,
    params: Params,
    *files: str,
    small_areas: str | None = None,
    replace: bool = False,
    tell: Callable[[str], None] = lambda words: None,
) -> Path:
    """Write a snapshot from the CSV texts and return its folder."""
    paths = [tmp_path / f"figures{number}.csv" for number in range(1, len(files) + 1)]
    for path, text in zip(paths, files, strict=True):
        path.write_text(text, "utf-8")
    places = None
    if small_areas is not None:
        places = tmp_path / "small.csv"
        places.write_text(small_areas, "utf-8")
    folder = tmp_path / "snapshots" / "new"
    write_snapshot(
        folder,
        params,
        title="Made by hand",
        observations=paths,
        small_areas=places,
        replace=replace,
        tell=tell,
    )
    return folder


def text(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def test_a_later_file_takes_sex_and_dates_from_the_first_and_may_repeat_rows(tmp_path: Path, params: Params):
    again = "smoking_prevalence,E09000016,Havering,2023,10.9,9.8,12.1"
    folder = write(tmp_path, params, text(HEADER, ROW), text(LATER, LATER_ROW, again))
    table = load_snapshot(folder).observations
    assert list(table["area"]) == ["E09000002", "E09000016"]
    assert list(read_manifest(folder).areas) == ["E09000002", "E09000016"]
    assert list(table["sex"]) == ["Persons", "Persons"]
    assert list(table["period_start"]) == [pd.Timestamp("2023-01-01")] * 2


def test_combined_rows_get_the_combined_code(tmp_path: Path, params: Params):
    twins = [
        ROW.replace("E09000016,Havering", area).replace(
            "10.9,9.8,12.1,,,", f"{numbers},,,{COMBINED_NOTES[0]}"
        )
        for area, numbers in (("E09000012,Hackney", "10.9,9.8,12.1"), ("E09000001,City of London", ",,"))
    ]
    folder = write(tmp_path, params, text(HEADER, *twins))
    snapshot = load_snapshot(folder)
    assert list(snapshot.observations["area"]) == [COMBINED]
    assert snapshot.manifest.areas[COMBINED].kind == "combined"


SMALL = "lsoa_code,area_code,imd_2025_decile,imd_2025_rank,imd_2025_score"
WRONG = [
    ("text in a number column", [text(HEADER, ROW.replace("10.9", "n/a"))], "figures1.csv, line 2: value", "n/a"),
    ("nan in words", [text(HEADER, ROW, ROW.replace("9.8", "nan"))], "figures1.csv, line 3: lower_95", "nan"),
    ("infinite", [text(HEADER, ROW.replace("10.9,9.8,12.1", "inf,,"))], "figures1.csv, line 2: value", "inf"),
    ("missing column", [text(HEADER.replace(",value", ""), ROW.replace(",10.9", ""))], "figures1.csv: value",
     "a column value"),
    ("missing key column", [text(HEADER.replace("area_code", "area_id"), ROW)], "figures1.csv: area_code",
     "a column area_code"),
    ("first file without note", [text(HEADER.removesuffix(",note"), ROW[:-1])], "figures1.csv: note", "a column"),
    ("first file without sex", [text(LATER, LATER_ROW)], "figures1.csv: sex", "a column sex"),
    ("no day", [text(HEADER, ROW.replace("2023-01-01", "January"))], "line 2: period_start", "a day, such as"),
    ("no months", [text(HEADER, ROW.replace(",12,", ",,"))], "line 2: period_months", "a whole number"),
    ("half a month", [text(HEADER, ROW.replace(",12,", ",1.5,"))], "line 2: period_months", "1.5"),
    ("unknown indicator", [text(HEADER, ROW.replace("prevalence", "prevalance"))], "prevalance",
     "did you mean 'smoking_prevalence'?"),
    ("undated period", [text(HEADER, ROW), text(LATER, LATER_ROW.replace("2023", "2024"))],
     "figures2.csv, line 2: period of smoking_prevalence", "a period that figures1.csv has"),
    ("wrong area code", [text(HEADER, ROW.replace("E09000016", "Havering"))], "area_code", "an ONS code"),
    ("one key, two values", [text(HEADER, ROW), text(LATER, LATER_ROW, "smoking_prevalence,E09000016,H,2023,9,8,10")],
     "figures2.csv, line 3: a row again", "value 9.0, lower_95 8.0, upper_95 10.0; in figures1.csv, line 2:"),
    ("one key, two counts",
     [text(HEADER, ROW.replace(",,,", ",11,101,")), text(HEADER, ROW.replace(",,,", ",12,111,"))],
     "figures2.csv, line 2: a row again", "count 12.0, denominator 111.0; in figures1.csv, line 2: count 11.0"),
    ("one key, two days", [text(HEADER, ROW, ROW.replace("2023-01", "2023-04"))], "figures1.csv, line 3: a row again",
     "period_start 2023-04-01; in figures1.csv, line 2: period_start 2023-01-01"),
    ("count in a later file alone", [text(HEADER, ROW), text(HEADER, ROW.replace(",,,", ",11,101,"))],
     "figures2.csv, line 2: a row again", "count 11.0, denominator 101.0; in figures1.csv, line 2: count nothing"),
    ("another day for a period",
     [text(HEADER, ROW), text(HEADER, ROW.replace("09000016", "12000007").replace("23-01", "23-04"))],
     "figures2.csv, line 2: period of smoking_prevalence", "2023-04-01, 12 months, against figures1.csv, line 2"),
    ("faults in both files", [text(HEADER, ROW.replace("10.9", "n/a")), text(LATER, LATER_ROW.replace("12.5", "-"))],
     "figures2.csv, line 2: value", "figures1.csv, line 2: value"),
    ("two sexes in the first file",
     [text(HEADER, ROW, ROW.replace("Persons", "Male")), text(LATER, LATER_ROW)],
     "sex of smoking_prevalence", "a column sex in the later file too"),
    ("value outside its interval", [text(HEADER, ROW.replace("10.9", "13"))], "interval of smoking", "lower <= value"),
    ("empty file", [""], "figures1.csv", "a CSV file in UTF-8 with a header"),
    ("ragged file", [text(HEADER, ROW, ROW + ",,7")], "figures1.csv, line 3: row", "15 cells"),
    ("short line", [text(HEADER, ROW, ROW[:-1])], "figures1.csv, line 3: row", "12 cells"),
    ("header alone", [text(HEADER)], "figures1.csv", "a header and no figures"),
    ("header and empty rows", [text(HEADER, "," * 12, "", "," * 13)], "figures1.csv", "a header and no figures"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "where", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_wrong_figures_are_refused_and_nothing_is_written(
    tmp_path: Path, params: Params, files: list[str], where: str, said: str
):
    with pytest.raises(InputError) as error:
        write(tmp_path, params, *files)
    assert where in str(error.value)
    assert said in str(error.value)
    assert not (tmp_path / "snapshots").exists()


@pytest.mark.parametrize(
    ("small_areas", "where", "said"),
    [
        (text(SMALL.replace(",imd_2025_rank", "")), "small.csv: imd_2025_rank", "a column imd_2025_rank"),
        (text(SMALL, "E01000001,E09000016,first,1,60"), "line 2: imd_2025_decile", "a whole number"),
        (text(SMALL, "E01000001,E09000016,,1,60"), "line 2: imd_2025_decile", "an empty cell"),
        (text(SMALL, "E01000001,E09000016,1,1,high"), "line 2: imd_2025_score", "high"),
        (text(SMALL, "E01000001,E09000017,1,1,60"), "small.csv, line 2: area", "an area of the manifest"),
    ],
)
def test_wrong_small_areas_are_refused(
    tmp_path: Path, params: Params, small_areas: str, where: str, said: str
):
    with pytest.raises(InputError) as error:
        write(tmp_path, params, text(HEADER, ROW), small_areas=small_areas)
    assert where in str(error.value)
    assert said in str(error.value)
    assert not (tmp_path / "snapshots").exists()


def test_a_missing_file_is_named_and_an_existing_snapshot_stays(tmp_path: Path, params: Params):
    folder = write(tmp_path, params, text(HEADER, ROW))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    absent = tmp_path / "absent.csv"
    for figures, small in (([absent], None), ([tmp_path / "figures1.csv"], absent)):
        with pytest.raises(InputError, match=r"absent\.csv\n  found    no such file"):
            write_snapshot(folder, params, title="x", observations=figures, small_areas=small)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert read_manifest(folder).files[OBSERVATIONS].rows == 1


@pytest.mark.parametrize(
    "left_out", ["sex", "period_start", "period_months", "sex,period_start", "count", "note"]
)
def test_each_column_that_a_later_file_leaves_out_is_taken_by_itself(
    tmp_path: Path, params: Params, left_out: str
):
    columns = [c for c in HEADER.split(",") if c not in left_out.split(",")]
    cells = dict(
        zip(HEADER.split(","), ROW.replace("E09000016,Havering", "E12000007,London").split(","), strict=True)
    )
    folder = write(
        tmp_path, params, text(HEADER, ROW), text(",".join(columns), ",".join(cells[c] for c in columns))
    )
    own, london = load_snapshot(folder).observations.to_dict("records")
    same = ("sex", "period_start", "period_months", "value", "note")
    assert [london[column] for column in same] == [own[column] for column in same]


def test_a_later_file_is_told_what_it_leaves_out_and_the_first_does_not_have(tmp_path: Path, params: Params):
    columns = [c for c in HEADER.split(",") if c != "period_months"]
    row = ROW.replace(",12,", ",").replace("2023", "2024")
    with pytest.raises(InputError) as error:
        write(tmp_path, params, text(HEADER, ROW), text(",".join(columns), row))
    assert "or the columns period_months in the later file too" in str(error.value)


BAD = [
    ("over 100%", ["367,,,,,"], "figures1.csv, line 2: value", "0 to 100"),
    ("against its counts", ["10.9,,,15,100,"], "line 2: value of smoking_prevalence", "15 of 100 is 15"),
    (
        "more than all",
        ["99,,,101,100,"],
        "line 2: count of smoking_prevalence",
        "no more than the denominator",
    ),
    (
        "a fraction",
        ["10.9,,,,,", "0.36,,,,,", "12,,,,,"],
        "line 3: value of smoking_prevalence",
        "10.9 to 12",
    ),
]


@pytest.mark.parametrize(
    ("numbers", "where", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_figures_that_cannot_be_are_refused_by_file_and_line(
    tmp_path: Path, params: Params, numbers: list[str], where: str, said: str
):
    rows = [
        f"smoking_prevalence,E09000016,Havering,Persons,{year},{year}-01-01,12,{own}"
        for year, own in enumerate(numbers, 2020)
    ]
    with pytest.raises(InputError) as error:
        write(tmp_path, params, text(HEADER, *rows))
    assert where in str(error.value)
    assert said in str(error.value)
    assert not (tmp_path / "snapshots").exists()


def test_a_snapshot_is_only_replaced_when_asked_and_what_goes_is_said(tmp_path: Path, params: Params):
    london = ROW.replace("E09000016,Havering", "E12000007,London")
    small = text(SMALL, "E01000001,E09000016,1,1,60")
    folder = write(
        tmp_path, params, text(HEADER, ROW, london, ROW.replace("2023", "2022")), small_areas=small
    )
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    newer = text(HEADER, ROW.replace("10.9", "11.1"))
    with pytest.raises(WouldReplace) as error:
        write(tmp_path, params, newer)
    said = [
        "lost: 2 of 3 figures: smoking_prevalence / E09000016 / Persons / 2022, "
        "smoking_prevalence / E12000007 / Persons / 2023",
        "lost: 1 of 2 areas: London",
        "lost: 1 of 2 periods: smoking_prevalence 2022",
        "lost: 1 of 1 small areas: E01000001",
        "changed: 1 of 3 figures: smoking_prevalence / E09000016 / Persons / 2023",
    ]
    assert [line.strip() for line in str(error.value).splitlines()][1:-1] == said
    assert "--replace" in str(error.value)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    told: list[str] = []
    write(tmp_path, params, newer, replace=True, tell=told.append)
    assert told == said
    assert list(load_snapshot(folder).observations["value"]) == [11.1]
    assert [path.name for path in folder.parent.iterdir()] == ["new"]


def test_even_with_replace_an_empty_file_replaces_nothing(tmp_path: Path, params: Params):
    folder = write(tmp_path, params, text(HEADER, ROW))
    for nothing in ("", text(HEADER), text(HEADER, "," * 12)):
        with pytest.raises(InputError):
            write(tmp_path, params, nothing, replace=True)
    assert list(load_snapshot(folder).observations["value"]) == [10.9]


def test_a_damaged_snapshot_is_said_to_be_so(tmp_path: Path, params: Params):
    folder = write(tmp_path, params, text(HEADER, ROW))
    (folder / OBSERVATIONS).write_bytes(b"")
    with pytest.raises(WouldReplace, match="lost: everything in it, which is damaged"):
        write(tmp_path, params, text(HEADER, ROW))
    write(tmp_path, params, text(HEADER, ROW), replace=True)
    load_snapshot(folder)


def test_a_writer_that_is_killed_between_two_steps_loses_nothing(
    tmp_path: Path, params: Params, monkeypatch: pytest.MonkeyPatch
):
    folder = write(tmp_path, params, text(HEADER, ROW))
    folder.rename(folder.with_name(".new.old"))
    (folder.parent / ".new.halfway" / "new").mkdir(parents=True)
    with pytest.raises(WouldReplace):
        write(tmp_path, params, text(HEADER, ROW.replace("10.9", "11.0")))
    assert list(load_snapshot(folder).observations["value"]) == [10.9]
    assert [path.name for path in folder.parent.iterdir()] == ["new"]


def test_a_disk_that_fails_keeps_the_earlier_snapshot(
    tmp_path: Path, params: Params, monkeypatch: pytest.MonkeyPatch
):
    folder = write(tmp_path, params, text(HEADER, ROW))
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if target == folder and self.name == "new":
            raise OSError(errno.EIO, "bad disk", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(CannotWrite, match="the disk reports an error"):
        write(tmp_path, params, text(HEADER, ROW.replace("10.9", "11.1")), replace=True)
    assert list(load_snapshot(folder).observations["value"]) == [10.9]


CSV_TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            [*HEADER.split(","), *ROW.split(","), HEADER, ROW, ",", "\n", "\r\n", '"', ";", "n/a", "-1"]
        ),
        st.text(max_size=8),
    ),
    max_size=30,
).map("".join)
CELL = st.one_of(
    st.sampled_from(["", "1", "-1", "n/a", "1e999", "2023-01-01", "E09000016", '"', "\n"]),
    st.text(max_size=6),
)
WRONG_CELLS = st.lists(CELL, min_size=13, max_size=13).map(
    lambda cells: text(
        HEADER, ROW, ",".join(cell or own for cell, own in zip(cells, ROW.split(","), strict=True))
    )
)


@given(content=st.one_of(CSV_TEXT, WRONG_CELLS, CSV_TEXT.map(lambda own: text(HEADER, ROW) + own)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_raises_anything_but_an_error_of_the_users(tmp_path: Path, params: Params, content: str):
    with suppress(BoardpacksError):
        write(tmp_path, params, content.encode("utf-8", "replace").decode(), replace=True)


def test_the_same_figures_again_leave_a_snapshot_as_it_is_and_need_no_leave(tmp_path: Path, params: Params):
    folder = write(tmp_path, params, text(HEADER, ROW))
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert write(tmp_path, params, text(HEADER, ROW)) == folder
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
