"""What is peculiar to NHS England's files: totals beside their parts, halves of patients, two periods in a file."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from boardpacks.data.sources import nhse_cancer, nhse_mhsds, nhse_rtt, nhse_sickness
from boardpacks.data.sources.source import WHOLE, AnswerRead, Asked
from boardpacks.project.errors import InputError
from tests.data.sources.small_answers import (
    AREAS,
    CANCER,
    FILE,
    MHSDS,
    MHSDS_HEADER,
    RTT,
    RTT_HEADER,
    SICKNESS,
    SmallAnswer,
    mhsds_row,
    rtt_row,
    workbook,
)


def asked(small: SmallAnswer, **changes: object) -> Asked:
    return Asked("i", small.refresh(**changes), AREAS, FILE)


def rtt(content: bytes, series: str = "within_18_weeks") -> AnswerRead:
    return nhse_rtt.read(content, asked(RTT, series=series))


def test_the_total_of_specialties_and_those_still_waiting_count_once() -> None:
    (listed,) = rtt(RTT.content, "waiting_list").figures
    assert (listed.value, listed.count, listed.denominator) == (101, 101, None)
    (late,) = rtt(RTT.content, "over_52_weeks").figures
    assert (late.count, late.denominator) == (26, 101)  # the open band over 104 weeks is one of them


def test_england_is_the_sum_of_a_whole_file_only() -> None:
    others = [rtt_row(f"X{number:02d}", 9, 0) for number in range(WHOLE - 1)]
    whole = "\n".join([RTT_HEADER, rtt_row("R1H", 60, 9), *others]).encode()
    england = next(figure for figure in rtt(whole, "waiting_list").figures if figure.area == "E92000001")
    assert england.value == 70 + 10 * (WHOLE - 1)
    assert "Sum of all providers" in england.note
    part = "\n".join([RTT_HEADER, rtt_row("R1H", 60, 9), *others[1:]]).encode()
    assert [figure.area for figure in rtt(part).figures] == ["R1H"]


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name in names:
            packed.writestr(name, RTT.content)
    return content.getvalue()


def test_the_extract_may_come_in_a_zip_file() -> None:
    assert rtt(zipped("20260131-RTT.CSV", "notes.txt")).figures == rtt(RTT.content).figures


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped("a.csv", "b.csv"), "2 CSV files"),
        (zipped("a.txt"), "0 CSV files"),
        (zipped("a.csv")[:200], "a damaged ZIP file"),
        (RTT.content.replace(b"RTT-January-2026", b"January"), "RTT-January-2026"),
    ],
)
def test_another_extract_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        rtt(content)


@pytest.mark.parametrize("month", ["Sep-25", "SEPTEMBER 2025", dt.datetime(2025, 9, 1)])
def test_the_month_stands_above_the_header_in_several_forms(month: object) -> None:
    figures = nhse_cancer.read(workbook(month=month), asked(CANCER)).figures
    assert {figure.period for figure in figures} == {"2025-09"}


def test_halves_of_patients_are_numbers_and_dashes_are_none() -> None:
    barking, barts, _ = nhse_cancer.read(CANCER.content, asked(CANCER)).figures
    assert (barking.count, barking.value) == (52.5, 87.5)
    assert (barts.count, barts.value, barts.denominator) == (None, None, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook(header="INSIDE 62 DAYS"), "a column WITHIN 62 DAYS"),
        (workbook(month=""), "a month such as Sep-25"),
        (workbook(month="Foo-25"), "a month such as Sep-25"),
        (workbook(sheet="62 DAYS"), "a sheet 62-DAY"),
        (CANCER.content[:3000], "no Excel workbook"),
        (zipped("a.csv"), "no Excel workbook"),
        (b"a,b\n1,2\n", "no Excel workbook"),
    ],
)
def test_another_workbook_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InputError) as raised:
        nhse_cancer.read(content, asked(CANCER))
    assert words in str(raised.value)


def test_a_month_and_three_months_in_one_file_are_figures_of_their_own() -> None:
    rows = [
        mhsds_row("Provider", "RF4", "M1b", "10"),
        mhsds_row("Provider", "RF4", "M1b", "30", "01/09/2024"),
    ]
    content = "\n".join([MHSDS_HEADER, *rows]).encode()
    figures = nhse_mhsds.read(content, asked(MHSDS)).figures
    assert [(f.period, f.period_months, f.value) for f in figures] == [
        ("Jul to Sep 2024", 3, 10),
        ("2024-09", 1, 30),
    ]
    assert figures[0].note == "Performance submission"


def test_a_star_is_no_figure() -> None:
    barking = nhse_mhsds.read(MHSDS.content, asked(MHSDS)).figures[1]
    assert (barking.value, barking.note) == (None, "*; Performance submission")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (mhsds_row("Provider", "RF4", "M1b", "10", "2024-07-01"), "whole months"),
        (mhsds_row("Provider", "RF4", "M1b", "10", "02/07/2024"), "whole months"),
        (mhsds_row("Provider", "RF4", "M1b", "ten"), "found    ten"),
        (mhsds_row("England", "England", "M1b", "26"), "two values"),
    ],
)
def test_another_row_is_refused(row: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        nhse_mhsds.read(MHSDS.content + row.encode(), asked(MHSDS))
    assert words in str(raised.value)


def test_days_lost_of_all_organisations_are_englands() -> None:
    rows = [f"31/03/2025,X{number:03d},A,4,100,4" for number in range(WHOLE)]
    content = SICKNESS.content + "\n".join(rows).encode()
    england = nhse_sickness.read(content, asked(SICKNESS)).figures[-1]
    assert (england.area, england.count, england.denominator) == ("E92000001", 460.5, 12000)
    with pytest.raises(InputError, match="31/03/2025"):
        nhse_sickness.read(SICKNESS.content.replace(b"31/03/2025", b"March"), asked(SICKNESS))
