"""What is peculiar to UKHSA's sheets, DfE's data sets, Nomis and the successor of Fingertips."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.data.sources import dfe_ees, fingertips_next, nomis, ukhsa_cover
from boardpacks.data.sources.source import Asked
from boardpacks.project.errors import InputError
from tests.data.sources.small_answers import AREAS, COVER, DFE, FILE, NEXT, NOMIS, SmallAnswer


def asked(small: SmallAnswer, **changes: object) -> Asked:
    return Asked("i", small.refresh(**changes), AREAS, FILE)


SHEET = (
    "Table 10. All data items\r\n[c] suppressed\r\n"
    "Country,Upper tier local authority ODS code,Financial year quarter,5y_MMR2_{},5y_MMR2_{},Notes\r\n"
    "England,726,FY2024_25_Q4,{},{},[z]\r\n"
)
COUNTED = {"series": "5y_MMR2", "denominator": None, "codes": {"726": "E09000016"}}


@pytest.mark.parametrize(
    ("cells", "value", "note"),
    [
        (("Num", "Denom", "750", "1000"), 75, ""),
        (("Denom", "Num", "1000", "750"), 75, ""),
        (("Num", "Denom", "[c]", "1000"), None, "[c]"),
        (("Num", "Denom", "-99", "-99"), None, "-99"),
        (("Num", "Denom", "*", "12"), None, "*"),
    ],
)
def test_coverage_is_made_from_counts_in_either_order(
    cells: tuple[str, ...], value: float | None, note: str
) -> None:
    (figure,) = ukhsa_cover.read(SHEET.format(*cells).encode(), asked(COVER, **COUNTED)).figures
    assert (figure.area, figure.value, figure.note) == ("E09000016", value, note)
    assert (figure.period, figure.period_start, figure.period_months) == (
        "2024/25 Q4",
        dt.date(2025, 1, 1),
        3,
    )


def test_the_quarter_may_stand_in_the_title_only_and_marks_in_notes() -> None:
    england, havering = ukhsa_cover.read(COVER.content, asked(COVER)).figures
    assert (england.value, england.note) == (None, "[x]")
    assert (havering.period, havering.period_start) == ("2024/25 Q3", dt.date(2024, 10, 1))
    assert havering.note == "[note 3]"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("October to December", "last quarter", "a quarter such as"),
        ("Coverage MMR2 (%)", "MMR2", "a column Coverage MMR2 (%), or"),
        ("78.2", "78.2.1", "found    78.2.1"),
    ],
)
def test_another_sheet_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        ukhsa_cover.read(COVER.content.replace(old.encode(), new.encode()), asked(COVER))
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("time", "kind", "label", "start"),
    [
        ("202425", "Academic year", "2024/25", "2024-09-01"),
        ("199900", "Financial year", "1999/00", "1999-04-01"),
        ("2022", "Calendar year", "2022", "2022-01-01"),
        ("2022", "Reporting year", "2022", "2022-01-01"),
    ],
)
def test_years_of_schools_councils_and_calendars(time: str, kind: str, label: str, start: str) -> None:
    content = DFE.content.replace(b"202425,Academic year", f"{time},{kind}".encode())
    figure = dfe_ees.read(content, asked(DFE)).figures[0]
    assert (figure.period, figure.period_start.isoformat()) == (label, start)


@pytest.mark.parametrize(
    "written", ["202425,Autumn term", "202426,Academic year", "2024,Academic year", "x,"]
)
def test_other_times_are_refused(written: str) -> None:
    with pytest.raises(InputError, match="such as 202425 or 2024"):
        dfe_ees.read(DFE.content.replace(b"202425,Academic year", written.encode()), asked(DFE))


def test_a_data_set_with_several_series_has_to_be_narrowed() -> None:
    with pytest.raises(InputError, match="`where`"):
        dfe_ees.read(DFE.content, asked(DFE, where={}))
    with pytest.raises(InputError, match="a column stage"):
        dfe_ees.read(DFE.content, asked(DFE, where={"stage": "Total"}))


def test_marks_of_schools_are_no_figures() -> None:
    london = dfe_ees.read(DFE.content, asked(DFE)).figures[1]
    assert (london.value, london.count, london.denominator, london.note) == (None, None, 200, "low")


def test_nomis_is_asked_with_what_params_say() -> None:
    (request,) = nomis.requests(NOMIS.refresh())
    assert request.address == (
        "https://www.nomisweb.co.uk/api/v01/dataset/NM_17_5.data.csv"
        "?geography=E09000016,E12000007&variable=45&measures=20599"
    )
    _, london = nomis.read(NOMIS.content, asked(NOMIS)).figures
    assert london.note == "These figures are missing."


@pytest.mark.parametrize(
    ("date", "label", "months"),
    [
        ("Jan 2024-Dec 2024", "2024", 12),
        ("Apr 2024-Mar 2025", "2024/25", 12),
        ("Oct 2024-Sep 2025", "2024/25", 12),
        ("Oct 2024-Jan 2025", "Oct 2024 to Jan 2025", 4),
        ("October 2025", "2025-10", 1),
        ("2024", "2024", 12),
    ],
)
def test_dates_of_nomis(date: str, label: str, months: int) -> None:
    content = NOMIS.content.replace(b"Jan 2024-Dec 2024", date.encode())
    figure = nomis.read(content, asked(NOMIS)).figures[0]
    assert (figure.period, figure.period_months) == (label, months)


@pytest.mark.parametrize("date", ["Dec 2024-Jan 2024", "Spring 2024", "Foo 2024-Bar 2025"])
def test_other_dates_of_nomis_are_refused(date: str) -> None:
    with pytest.raises(InputError, match="Jan 2024-Dec 2024"):
        nomis.read(NOMIS.content.replace(b"Jan 2024-Dec 2024", date.encode()), asked(NOMIS))


def test_an_answer_of_nomis_that_is_full_is_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nomis, "MOST_ROWS", 2)
    with pytest.raises(InputError, match="fewer areas or dates"):
        nomis.read(NOMIS.content, asked(NOMIS))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (NEXT.content.replace(b"healthData", b"data"), "areaHealthData.0.indicatorSegments.0.healthData"),
        (NEXT.content[:-9], "Invalid JSON"),
        (NEXT.content.replace(b"2024-03-31", b"2024-03-30"), "whole months"),
    ],
)
def test_another_document_of_the_successor_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InputError) as raised:
        fingertips_next.read(content, asked(NEXT))
    assert words in str(raised.value)
