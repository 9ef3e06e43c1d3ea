"""Figures are read from a publisher's workbook, and what is wrong in it is told by sheet, row and column."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st
from openpyxl import Workbook

from boardpacks.data.add_figures import Added, add_figures
from boardpacks.data.read_figures import COLUMNS
from boardpacks.data.read_workbook import read_workbook
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.imports import FIGURE_COLUMNS, WorkbookColumns
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError

HEADINGS = ["Area code", "Area\nname", "Percentage", "Lower", "Upper", "Notes"]
ROWS: list[list[Any]] = [
    ["E09000016", "Havering", 10.1, 8, 12.4, None],
    ["E09000025", "Newham", "[c]", None, None, None],
]
FUZZ = of_hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture])


def how(**changes: Any) -> WorkbookColumns:
    columns = dict(zip(("area_code", "area_name", "value", "lower_95", "upper_95"), HEADINGS, strict=False))
    columns["area_name"] = "Area name"
    given = {
        "indicator_id": "smoking_prevalence",
        "sex": "Persons",
        "period": 2031,
        "period_start": dt.date(2031, 1, 1),
        "period_months": 12,
    }
    about = {
        "files": "smoking-*.xlsx",
        "sheet": "Table 3",
        "header": 3,
        "columns": columns,
        "given": given,
        "signs": {"[c]": "hidden by the publisher"},
        **changes,
    }
    return WorkbookColumns.model_validate(about)


def book(path: Path, rows: list[list[Any]] = ROWS, headings: list[str] = HEADINGS) -> Path:
    made = Workbook()
    made.active.title = "Cover"
    sheet = made.create_sheet("Table 3")
    for row in (["Table 3: smoking"], [], headings, *rows, [], ["Source: a survey"]):
        sheet.append(row)
    made.save(path)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "smoking-2031.xlsx"


def cells(path: Path, **changes: Any) -> list[dict[str, str]]:
    sheet = read_workbook(path, [how(**changes)])
    assert sheet.faults == []
    return [dict(zip(sheet.headings, record.cells, strict=True)) for record in sheet.records]


def refused(path: Path, **changes: Any) -> str:
    with pytest.raises(InputError) as caught:
        read_workbook(path, [how(**changes)])
    return str(caught.value)


def test_columns_of_params_are_those_of_figures():
    assert FIGURE_COLUMNS == COLUMNS


def test_rows_become_rows_of_a_tidy_file_without_blank_ones_and_remarks(file):
    havering, newham = cells(book(file))
    assert havering == {
        "indicator_id": "smoking_prevalence",
        "area_code": "E09000016",
        "area_name": "Havering",
        "sex": "Persons",
        "period": "2031",
        "period_start": "2031-01-01",
        "period_months": "12",
        "value": "10.1",
        "lower_95": "8",
        "upper_95": "12.4",
        "count": "",
        "denominator": "",
        "note": "",
    }
    assert (newham["value"], newham["note"]) == ("", "hidden by the publisher")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.109, "0.0%", "10.9"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.0, "#,##0", "1234567"),
        (dt.datetime(2031, 4, 1), "dd/mm/yyyy", "2031-04-01"),
        ("\u00a0 10.1\u200b ", "General", "10.1"),
        (True, "General", "True"),
    ],
)
def test_a_cell_is_what_it_shows_with_all_its_digits(file, value, number_format, text):
    made = Workbook()
    made.active.append(["a"])
    made.active.append([value])
    made.active["A2"].number_format = number_format
    made.save(file)
    columns = dict.fromkeys(FIGURE_COLUMNS[:7], "x") | {"period_months": 12}
    one = how(sheet=None, header=1, columns={"value": "A"}, given=columns)
    (record,) = read_workbook(file, [one]).records
    assert record.cells[FIGURE_COLUMNS.index("value")] == text


def test_a_column_whose_heading_stands_twice_is_named_by_its_letter(file):
    twice = ["Area code", "Area name", "Percentage", "Limit", "Limit"]
    book(file, headings=twice)
    columns = {**how().columns, "lower_95": "Limit", "upper_95": "E"}
    said = refused(file, columns=columns)
    assert "smoking-2031.xlsx, sheet Table 3, row 3: lower_95" in said
    assert "the same heading in columns D and E" in said
    assert cells(file, columns={**columns, "lower_95": "D"})[0]["lower_95"] == "8"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"files": "other.xlsx"}, "a workbook, and no entries of params/imports.yml for it"),
        ({"sheet": "Table 33"}, "did you mean 'Table 3'?"),
        ({"sheet": None}, "sheets Cover, Table 3"),
        ({"header": 4}, "headings E09000016, Havering"),
        ({"header": 900}, "headings nothing"),
        ({"columns": {**how().columns, "value": "Percentages"}}, "did you mean 'Percentage'?"),
        ({"columns": {**how().columns, "value": "ZZ"}}, "ZZ once; or in params/imports.yml the letter"),
    ],
)
def test_what_does_not_stand_where_params_say_is_told(file, changes, named):
    said = refused(book(file), **changes)
    assert named in said
    assert "smoking-2031.xlsx" in said


def test_a_sheet_without_figures_is_refused(file):
    assert "headings and no figures" in refused(book(file, rows=[]))


def test_a_formula_whose_result_was_not_saved_is_no_missing_figure(file):
    sheet = read_workbook(book(file, rows=[["E09000016", "Havering", "=10+1", 8, 12, None]]), [how()])
    (fault,) = sheet.faults
    assert (fault.line, fault.found) == (4, "a formula without its result")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("smoking-none.xlsx", None, "no such file"),
        ("smoking-a.xlsx", b"indicator_id,value\n", "no Excel workbook, or a damaged one"),
        ("smoking-b.xlsx", b"", "no Excel workbook, or a damaged one"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path, name, content, found):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert found in refused(tmp_path / name)


def test_a_workbook_that_unpacks_to_more_than_memory_holds_is_not_unpacked(file, monkeypatch):
    monkeypatch.setattr("boardpacks.data.read_workbook.MOST_UNPACKED", 2_000_000)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 3_000_000)
    assert "3 MB, unpacked" in refused(file)


@pytest.fixture
def add(raw: Path, params: Params, file: Path, tmp_path: Path):
    folder = Path(shutil.copytree(raw, tmp_path / "raw"))

    def add_rows(*rows: list[Any], **changes: Any) -> Added:
        book(file, rows=list(rows))
        settings = CheckSettings(today=dt.date(2032, 1, 1))
        return add_figures(folder, file, params, settings, workbooks=[how(**changes)])

    return add_rows


def test_a_new_year_is_added_from_a_workbook(add):
    (change,) = add(*ROWS).changes
    assert change.lines == ("new period 2031, 2 areas",)


@pytest.mark.parametrize(
    ("row", "changes", "named"),
    [
        (
            ["E09000016", "Havering", "12,5", 8, 13],
            {},
            'smoking-2031.xlsx, sheet Table 3, row 4: column C, "Percentage" (value)\n  found    12,5',
        ),
        (["E9000016", "Havering", 10, 8, 13], {}, 'row 4: column A, "Area code" (area_code)'),
        (
            ["E09000016", "Havering", 367, 8, 400],
            {},
            'row 4: column C, "Percentage" (value) of smoking_prevalence\n  found    367',
        ),
        (
            ["E09000016", "Havering", 10, 8, 13],
            {"given": {**how().given, "indicator_id": "smoking"}},
            "row 4: indicator_id, given in params/imports.yml\n  found    smoking",
        ),
    ],
)
def test_a_fault_is_told_by_sheet_row_and_the_files_own_column(add, row, changes, named):
    with pytest.raises(InputError) as caught:
        add(row, **changes)
    assert named in str(caught.value)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.datetimes(min_value=dt.datetime(1900, 3, 1)),
    st.sampled_from(["E09000016", "[c]", "#N/A", "=1/0", "n/a", "\u2212 3"]),
)


@FUZZ
@given(rows=st.lists(st.lists(VALUES, max_size=6), max_size=6))
def test_no_cell_raises_anything_but_an_input_error(add, rows):
    with suppress(InputError):
        add(*rows)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return book(tmp_path_factory.mktemp("whole") / "a.xlsx").read_bytes()


@FUZZ
@given(data=st.data())
def test_no_damage_raises_anything_but_an_input_error(whole, file, data):
    """Bytes of one part are changed and the archive is packed again, or bytes of the archive itself."""
    if data.draw(st.booleans()):
        content = _changed(data, whole)
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(packed, "w") as new:
            hit = data.draw(st.sampled_from(old.namelist()))
            for name in old.namelist():
                new.writestr(name, _changed(data, old.read(name)) if name == hit else old.read(name))
        content = packed.getvalue()
    file.write_bytes(content)
    with suppress(InputError):
        read_workbook(file, [how()])


def _changed(data: st.DataObject, content: bytes) -> bytes:
    at = data.draw(st.integers(0, len(content) - 1))
    return content[:at] + data.draw(st.binary(max_size=8)) + content[at + data.draw(st.integers(0, 8)) :]
