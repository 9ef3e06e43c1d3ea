"""The table of areas: it says what an area is where its code does not, and peers follow it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardpacks.data.contents import read_contents
from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.read_areas import read_area_kinds
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.models import Params
from boardpacks.project.errors import BoardpacksError, InputError

HEADER = "area_code,area_name,kind"
FIGURES = (
    "indicator_id,area_code,area_name,sex,period,period_start,period_months,"
    "value,lower_95,upper_95,count,denominator,note"
)
AREAS = {
    "E09000016": "Havering",
    "E09000025": "Newham",
    "E10000012": "Essex",
    "E10000014": "Hampshire",
    "K02000001": "United Kingdom",
    "E54000029": "NHS North East London",
    "X12345678": "Somewhere",
}


def read(tmp_path: Path, *lines: str):
    path = tmp_path / "areas.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return read_area_kinds(path)


def snapshot(tmp_path: Path, params: Params, *table: str) -> Snapshot:
    rows = [
        f"smoking_prevalence,{code},{name},Persons,2023,2023-01-01,12,1{n}.5,,,,,"
        for n, (code, name) in enumerate(AREAS.items())
    ]
    figures, areas = tmp_path / "figures.csv", tmp_path / "areas.csv"
    figures.write_text("\n".join([FIGURES, *rows]) + "\n", "utf-8")
    areas.write_text("\n".join([HEADER, *table]) + "\n", "utf-8")
    folder = tmp_path / "snapshots" / "new"
    write_snapshot(folder, params, title="x", observations=[figures], area_kinds=areas if table else None)
    return load_snapshot(folder)


def test_peers_are_areas_of_one_kind(tmp_path: Path, params: Params):
    held = snapshot(tmp_path, params)
    peers = {code: {row["area"] for row in held.peers("smoking_prevalence", "2023", code)} for code in AREAS}
    assert peers["E09000016"] == {"E09000016", "E09000025"}
    assert peers["E10000012"] == {"E10000012", "E10000014"}
    assert peers["K02000001"] == {"K02000001"}
    assert peers["E54000029"] == {"E54000029"}
    assert not held.peers("smoking_prevalence", "2023", "E09000099")


def test_boroughs_put_together_have_the_peers_of_the_first(tmp_path: Path, params: Params):
    held = snapshot(tmp_path, params)
    assert held.peers("smoking_prevalence", "2023", "E09000016+E09000025") == held.peers(
        "smoking_prevalence", "2023", "E09000016"
    )


def test_the_table_goes_before_the_code(tmp_path: Path, params: Params):
    held = snapshot(tmp_path, params, "X12345678,A new borough,borough", "E09000025,Newham,other")
    assert held.manifest.areas["X12345678"].model_dump() == {"name": "A new borough", "kind": "borough"}
    peers = [row["area"] for row in held.peers("smoking_prevalence", "2023", "E09000016")]
    assert peers == ["E09000016", "X12345678"]


def test_a_receipt_tells_peers_of_each_kind_apart(tmp_path: Path, params: Params):
    held = snapshot(tmp_path, params)
    contents = read_contents(held.folder, tmp_path / "kept")
    read_of = {
        kind: contents.digest(("peers", "smoking_prevalence", "2023", kind)) for kind in ("borough", "county")
    }
    assert len(set(read_of.values())) == 2
    assert set(contents.peers("smoking_prevalence", "2023", "county")) == {"E10000012", "E10000014"}


@pytest.mark.parametrize(
    ("lines", "where", "said"),
    [
        ([HEADER, "E10000012,Essex,shire"], "areas.csv, line 2: kind", "county"),
        ([HEADER, "E10000012,Essex,conty"], "areas.csv, line 2: kind", "did you mean 'county'?"),
        ([HEADER, "Essex,Essex,county"], "areas.csv, line 2: area_code", "an ONS code"),
        ([HEADER, "E10000012,,county"], "areas.csv, line 2: area_name", "an empty cell"),
        ([HEADER, "E10000012,Essex,county", "E10000012,Essex,other"], "areas.csv, line 3", "each area once"),
        (["area_code,kind", "E10000012,county"], "areas.csv: area_name", "a column area_name"),
        ([HEADER], "areas.csv", "a header and no figures"),
    ],
)
def test_a_wrong_table_is_refused_by_line(tmp_path: Path, lines: list[str], where: str, said: str):
    with pytest.raises(InputError) as error:
        read(tmp_path, *lines)
    assert where in str(error.value)
    assert said in str(error.value)


def test_a_table_of_areas_in_data_raw_is_found_by_its_header_and_there_is_one_at_most(tmp_path: Path):
    (tmp_path / "figures.csv").write_text(FIGURES + "\n", "utf-8")
    assert find_raw_files(tmp_path).area_kinds is None
    for name in ("what-areas-are.csv", "more.csv"):
        (tmp_path / name).write_text(HEADER + "\n", "utf-8")
        if name == "what-areas-are.csv":
            assert find_raw_files(tmp_path).area_kinds == tmp_path / name
    with pytest.raises(InputError) as error:
        find_raw_files(tmp_path)
    assert "more.csv and what-areas-are.csv" in str(error.value)


WORDS = st.one_of(
    st.sampled_from([HEADER, "E10000012", "Essex", "county", ",", "\n", '"', ";", "\t", "\ufeff"]),
    st.text(max_size=6),
)


@given(content=st.lists(WORDS, max_size=20).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_table_raises_anything_but_an_error_of_the_users(tmp_path: Path, content: str):
    with suppress(BoardpacksError):
        read(tmp_path, content.encode("utf-8", "replace").decode())
