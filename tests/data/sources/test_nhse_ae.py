"""NHS England's A&E files: clean, dirty and revised ones."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.data.sources.nhse_ae import read, requests
from boardpacks.data.sources.source import AnswerRead, AnswerRequest, Asked
from boardpacks.params.refreshing import Refresh
from boardpacks.project.errors import InputError

KINDS = ("Type 1", "Type 2", "Other A&E Department")
BOOKED = tuple(f"Booked Appointments {kind}" for kind in ("Type 1", "Type 2", "Other Department"))
LATE = ("Type 1", "Type 2", "Other Department", *BOOKED)
HEADER = ",".join(
    [
        "Period,Org Code,Parent Org,Org name",
        *(f"A&E attendances {kind}" for kind in (*KINDS, *BOOKED)),
        *(f"Attendances over 4hrs {kind}" for kind in LATE),
        "Other emergency admissions",
    ]
)
AREAS = {"R1H": "Barts Health", "E92000001": "England"}
BARTS = "MSitAE-MARCH-2026,R1H,NHS ENGLAND LONDON ,BARTS,700,100,150,30,0,20,200,10,20,15,0,5,9"
OTHER = "MSitAE-MARCH-2026,Y03218,NHS ENGLAND LONDON,THE PINN,0,0,1000,0,0,0,0,0,0,0,0,0,0"
TOTAL = "TOTAL,TOTAL,TOTAL,TOTAL,700,100,1150,30,0,20,200,10,20,15,0,5,9"


def reading(*rows: str, series: str = "four_hour") -> AnswerRead:
    refresh = Refresh(source="nhse-ae", series=series, files=("https://nhs.example/a.csv",))
    return read("\n".join(rows).encode(), Asked("ae", refresh, AREAS, "https://nhs.example/a.csv"))


def test_booked_appointments_and_all_types_count() -> None:
    trust, england = reading(HEADER, BARTS, OTHER, TOTAL).figures
    assert (trust.value, trust.count, trust.denominator) == (75, 750, 1000)
    assert (trust.period, trust.period_start, trust.period_months) == ("2026-03", dt.date(2026, 3, 1), 1)
    assert (england.area, england.value, england.denominator) == ("E92000001", 87.5, 2000)


def test_attendances_are_their_own_count() -> None:
    trust, _ = reading(HEADER, BARTS, OTHER, TOTAL, series="attendances").figures
    assert (trust.value, trust.count, trust.denominator) == (1000, 1000, None)


def test_stray_columns_blank_rows_and_another_spelling_of_the_total_change_nothing() -> None:
    dirty = [f"{line},,,,,," for line in (BARTS, OTHER, TOTAL.replace("TOTAL", "Total ", 2))]
    assert reading(f"{HEADER},,,,,,a", *dirty, ",,,,").figures == reading(HEADER, BARTS, OTHER, TOTAL).figures


def test_thousands_may_be_grouped() -> None:
    grouped = BARTS.replace(",700,", ',"17,712",')
    (trust,) = reading(HEADER, grouped).figures
    assert trust.denominator == 18012


def test_a_dash_is_no_number() -> None:
    (trust,) = reading(HEADER, BARTS.replace(",700,", ",-,")).figures
    assert (trust.value, trust.count, trust.denominator) == (None, None, None)


def test_a_provider_without_attendances_has_no_share() -> None:
    none = BARTS.rsplit(",", 13)[0] + ",0" * 13
    (trust,) = reading(HEADER, none).figures
    assert (trust.value, trust.denominator) == (None, 0)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((HEADER, BARTS, OTHER.replace("MARCH", "APRIL")), "2026-03, 2026-04"),
        ((HEADER, BARTS.replace("MSitAE-MARCH-2026", "March")), "MSitAE-MARCH-2026"),
        ((HEADER, TOTAL), "one month"),
        (
            (HEADER.replace("Attendances over 4hrs Type 1", "Over 4 hours Type 1"), BARTS),
            "a column Attendances over",
        ),
        ((HEADER, BARTS, BARTS.replace(",700,", ",800,")), "for Barts Health"),
        (("Code,Region,Name,Type 1,Type 1", "R1H,L,B,1,2"), "columns such as Period"),
    ],
)
def test_another_file_is_refused(rows: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError) as raised:
        reading(*rows)
    assert words in str(raised.value)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(InputError, match="four_hour, attendances"):
        reading(HEADER, BARTS, series="twelve_hour")


def test_files_and_pages_are_what_params_name() -> None:
    refresh = Refresh(
        source="nhse-ae",
        series="attendances",
        files=("https://nhs.example/a.csv",),
        pages=("https://nhs.example/2026/",),
        links="-CSV-",
    )
    assert requests(refresh) == (
        AnswerRequest("https://nhs.example/a.csv"),
        AnswerRequest("https://nhs.example/2026/", "-CSV-"),
    )
