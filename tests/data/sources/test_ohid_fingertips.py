"""Fingertips' CSV is read by its columns' names, whatever it looks like this year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from boardpacks.data.sources.ohid_fingertips import read, requests
from boardpacks.data.sources.source import AnswerRead, Asked
from boardpacks.params.refreshing import Refresh
from boardpacks.project.errors import InputError

COLUMNS = [
    *("Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name", "Area Type"),
    *("Sex", "Age", "Category Type", "Category", "Time period", "Value"),
    *("Lower CI 95.0 limit", "Upper CI 95.0 limit", "Lower CI 99.8 limit", "Upper CI 99.8 limit"),
    *("Count", "Denominator", "Value note", "Recent Trend"),
    *("Compared to England value or percentiles", "{}", "Time period Sortable"),
    *("New data", "Compared to goal", "Time period range"),
]
FOUR = (
    "Compared to percentiles",
    "Compared to Regions (statistical) value or percentiles",
    "Compared to Region value or percentiles",
    "Column not used",
)
REFRESH = Refresh(source="fingertips", series="90001", area_types=(502, 6))
AREAS = {"E92000001": "England", "E09000016": "Havering"}


def record(**cells: str) -> dict[str, str]:
    return {
        "Indicator ID": "90001",
        "Indicator Name": "Falls",
        "Area Code": "E09000016",
        "Area Name": "Havering (as they call it)",
        "Area Type": "UA",
        "Sex": "Persons",
        "Age": "All ages",
        "Time period": "2022/23",
        "Value": "51.25",
        "Time period range": "1y",
    } | cells


def answer(
    *records: dict[str, str], columns: Sequence[str] = (), fourth: str = FOUR[0], end: str = "\r\n"
) -> bytes:
    names = [name.format(fourth) for name in (columns or COLUMNS)]
    lines = [",".join(names), *(",".join(f'"{r.get(name, "")}"' for name in names) for r in records)]
    return "".join(f"{line}{end}" for line in lines).encode()


def asked(refresh: Refresh = REFRESH) -> Asked:
    return Asked("falls", refresh, AREAS, "https://fingertips.example/falls.csv")


def reading(content: bytes, refresh: Refresh = REFRESH) -> AnswerRead:
    return read(content, asked(refresh))


def refused(content: bytes, refresh: Refresh = REFRESH) -> str:
    with pytest.raises(InputError) as raised:
        reading(content, refresh)
    return str(raised.value)


ENGLAND = record(**{"Area Code": "E92000001", "Area Type": "England", "Value": "50"})
FULL = record(
    **{
        "Lower CI 95.0 limit": "49.5",
        "Upper CI 95.0 limit": "53",
        "Count": "410",
        "Denominator": "800",
        "Value note": "Handle with care",
    }
)


def test_each_type_of_areas_has_an_address() -> None:
    assert [request.address for request in requests(REFRESH)] == [
        "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
        f"?indicator_ids=90001&parent_area_type_id=15&child_area_type_id={kind}"
        for kind in (502, 6)
    ]


def test_a_figure_has_all_that_is_published_under_the_projects_own_name() -> None:
    (figure,) = reading(answer(FULL)).figures
    assert (figure.area, figure.area_name, figure.sex) == ("E09000016", "Havering", "Persons")
    assert (figure.period, figure.period_start, figure.period_months) == ("2022/23", dt.date(2022, 4, 1), 12)
    assert (figure.value, figure.lower_95, figure.upper_95) == (51.25, 49.5, 53)
    assert (figure.count, figure.denominator, figure.note) == (410, 800, "Handle with care")


@pytest.mark.parametrize("fourth", FOUR)
def test_the_column_with_four_names_does_not_matter(fourth: str) -> None:
    read_ = reading(answer(FULL, fourth=fourth))
    assert len(read_.columns) == 27
    assert fourth in read_.columns
    assert read_.figures == reading(answer(FULL)).figures


def test_columns_may_stand_in_any_order_and_the_last_may_be_missing() -> None:
    assert reading(answer(FULL, columns=COLUMNS[::-1])).figures == reading(answer(FULL)).figures
    assert reading(answer(FULL, columns=COLUMNS[:26])).figures == reading(answer(FULL)).figures


def test_rows_of_older_exports_have_a_cell_less_than_headings() -> None:
    lines = answer(FULL, columns=COLUMNS[:26]).decode().splitlines()
    shorter = "\n".join([lines[0], lines[1].rpartition(",")[0]])
    assert reading(shorter.encode()).figures == reading(answer(FULL)).figures


def test_records_that_span_lines_are_one_record_each() -> None:
    spanning = record(
        **{"Indicator Name": "Falls\n", "Category Type": "Tenths\r\n", "Category": "Most deprived"}
    )
    read_ = reading(b"\xef\xbb\xbf" + answer(FULL, spanning, ENGLAND))
    assert [figure.area for figure in read_.figures] == ["E09000016", "E92000001"]


def test_parts_of_an_area_are_left_out_unless_asked_for() -> None:
    tenth = record(**{"Category Type": "Tenths\r\n", "Category": "Most deprived", "Value": "70"})
    assert [figure.value for figure in reading(answer(FULL, tenth)).figures] == [51.25]
    tenths = REFRESH.model_copy(update={"where": {"Category Type": "Tenths", "Category": "Most deprived"}})
    assert [figure.value for figure in reading(answer(FULL, tenth), tenths).figures] == [70]


def test_england_may_repeat_but_not_with_other_figures() -> None:
    assert len(reading(answer(ENGLAND, FULL, ENGLAND)).figures) == 2
    told = refused(answer(ENGLAND, ENGLAND | {"Value": "60"}))
    assert "50.0 and 60.0 for England, Persons, 2022/23" in told
    assert "`where`" in told


def test_only_the_sex_age_and_indicator_that_are_meant_are_read() -> None:
    others = [record(Sex="Male"), record(Age="0-9 yrs"), record(**{"Indicator ID": "90002"})]
    aged = REFRESH.model_copy(update={"age": "All ages"})
    assert len(reading(answer(FULL, *others), aged).figures) == 1
    men = REFRESH.model_copy(update={"sex": "Male"})
    assert [figure.sex for figure in reading(answer(FULL, *others), men).figures] == ["Male"]


def test_other_areas_are_left_out() -> None:
    assert (
        reading(answer(record(**{"Area Code": "Cl_L2_1ar"}), record(**{"Area Code": "E08000001"}))).figures
        == ()
    )


def test_no_figure_is_no_figure_and_the_note_says_why() -> None:
    (figure,) = reading(answer(record(Value="", **{"Value note": "Too few to publish"}))).figures
    assert (figure.value, figure.note) == (None, "Too few to publish")
    (marked,) = reading(answer(record(Value="*"))).figures
    assert (marked.value, marked.note) == (None, "*")


@pytest.mark.parametrize(
    ("label", "start", "months"),
    [
        ("2024", dt.date(2024, 1, 1), 12),
        ("2024/25", dt.date(2024, 4, 1), 12),
        ("1999/00", dt.date(1999, 4, 1), 12),
        ("2022 - 24", dt.date(2022, 1, 1), 36),
        ("1998 - 00", dt.date(1998, 1, 1), 36),
        ("2021/22 - 23/24", dt.date(2021, 4, 1), 36),
        ("2024/25 Q4", dt.date(2025, 1, 1), 3),
        ("2024 Q2", dt.date(2024, 4, 1), 3),
        ("2021/22 Q1 - 2022/23 Q1", dt.date(2021, 4, 1), 15),
        ("Jan 2025", dt.date(2025, 1, 1), 1),
    ],
)
def test_periods_are_known_by_their_labels(label: str, start: dt.date, months: int) -> None:
    (figure,) = reading(answer(record(**{"Time period": label}))).figures
    expected = "2025-01" if label == "Jan 2025" else label
    assert (figure.period, figure.period_start, figure.period_months) == (expected, start, months)


def test_years_begin_when_params_say() -> None:
    september = REFRESH.model_copy(update={"year_starts": 9})
    (figure,) = reading(answer(record()), september).figures
    assert figure.period_start == dt.date(2022, 9, 1)


WHOLE = answer(FULL, ENGLAND)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE html><html><head><title>Sign in</title>", "a web page, 'Sign in'"),
        (b"\r\n <html>", "a web page"),
        (b'{"message": "no"}', "JSON"),
        (b"PK\x03\x04....", "a workbook"),
        (b"", "an empty answer"),
        (b"  \n", "an empty answer"),
        (WHOLE.replace(b"Havering", b"Haver\xe9ing"), "byte 0xe9"),
        (WHOLE.decode().encode("utf-32-le"), "zero bytes"),
        (WHOLE.replace(b"Denominator", b"Population"), "a column Denominator"),
        (WHOLE.replace(b"Lower CI 95.0 limit", b"Lower CI 95 limit"), "did you mean 'lower ci 95 limit'?"),
        (WHOLE.replace(b"Value note", b"Count"), "the same heading more than once"),
        (b"a,b,c\n1,2,3\n", "columns such as Indicator ID"),
        (WHOLE[:-60], "the answer was cut off"),
        (WHOLE.rpartition(b',"')[0] + b',"', "a quotation mark that is not closed"),
        (answer(record(**{"Time period": "spring"})), "a period such as 2024"),
        (answer(record(Value="51,2")), "found    51,2"),
        (answer(record(Value="about 50")), "found    about 50"),
        (answer(record(Value="1e400")), "found    1e400"),
        (answer(record(Value="nan")), "found    nan"),
        (WHOLE.rstrip() + b",,9\r\n", "29 cells in record 3"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(content: bytes, words: str) -> None:
    told = refused(content)
    assert words in told
    assert told.splitlines()[1].startswith("https://fingertips.example/falls.csv")
    assert len(told.splitlines()) <= 6


def test_other_encodings_of_the_same_text_are_the_same() -> None:
    assert reading(WHOLE.decode().encode("utf-16")).figures == reading(WHOLE).figures
    assert reading(b"\xef\xbb\xbf" + WHOLE).figures == reading(WHOLE).figures
    assert reading(WHOLE.replace(b"\r\n", b"\n")).figures == reading(WHOLE).figures
