"""Explore Local Statistics: its two headers, its ISO periods and its areas."""

from __future__ import annotations

import datetime as dt

import pytest

from boardpacks.data.sources.ons_els import read, requests
from boardpacks.data.sources.source import AnswerRead, Asked
from boardpacks.params.refreshing import Refresh
from boardpacks.project.errors import InputError

REFRESH = Refresh(source="ons-els", series="adults-who-row")
AREAS = {"K02000001": "United Kingdom", "E67000001": "City and Hackney", "E09000016": "Havering"}
HEADER = "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
PLAIN = "areacd,areanm,period,value,lci_95,uci_95"


def reading(text: str, refresh: Refresh = REFRESH) -> AnswerRead:
    return read(
        b"\xef\xbb\xbf" + text.encode(), Asked("rowing", refresh, AREAS, "https://els.example/data.csv")
    )


def row(
    period: str = "2024-01-01/P1Y", value: str = "12.5", area: str = "E09000016", rest: str = "11.1,14,,"
) -> str:
    return f'{area},"A, B",District,Rowing,{period},{value},Percentage,%,{rest}'


def test_all_periods_are_asked_for() -> None:
    assert [request.address for request in requests(REFRESH)] == [
        "https://www.ons.gov.uk/explore-local-statistics/api/v1/data.csv?indicator=adults-who-row&time=all"
    ]


def test_a_figure_has_its_interval_status_and_notes() -> None:
    (figure,) = reading(f"{HEADER}\n{row(rest='11.1,14,Revised,Small sample')}\n").figures
    assert (figure.value, figure.lower_95, figure.upper_95) == (12.5, 11.1, 14)
    assert (figure.area, figure.area_name, figure.note) == ("E09000016", "Havering", "Revised; Small sample")


def test_the_service_and_the_file_are_read_alike() -> None:
    from_service = reading(f"{PLAIN}\nE09000016,Havering,2024-01-01/P1Y,12.5,11.1,14\n").figures
    assert from_service == reading(f"{HEADER}\n{row()}\n").figures


def test_intervals_may_be_missing() -> None:
    (figure,) = reading("areacd,areanm,period,value\nE09000016,Havering,2024-01-01/P1Y,12.5\n").figures
    assert (figure.lower_95, figure.upper_95) == (None, None)


def test_areas_of_all_kinds_are_known_by_their_codes() -> None:
    rows = "\n".join(row(area=area) for area in ("K02000001", "E67000001", "E08000038"))
    assert [figure.area_name for figure in reading(f"{HEADER}\n{rows}\n").figures] == [
        "United Kingdom",
        "City and Hackney",
    ]


@pytest.mark.parametrize(
    ("text", "label", "start", "months"),
    [
        ("2024-01-01/P1Y", "2024", "2024-01-01", 12),
        ("2015-11-16/P1Y", "2015/16", "2015-11-16", 12),
        ("1999-09-01/P1Y", "1999/00", "1999-09-01", 12),
        ("2022-01-01/P3Y", "2022 - 24", "2022-01-01", 36),
        ("2021-04-01/P3Y", "2021/22 - 23/24", "2021-04-01", 36),
        ("2025-04-01/P1M", "2025-04", "2025-04-01", 1),
        ("2025-04-30/P1D", "2025-04", "2025-04-30", 1),
        ("2025-04-30", "2025-04", "2025-04-30", 1),
        ("2024-11-01/P3M", "Nov 2024 to Jan 2025", "2024-11-01", 3),
        ("2024", "2024", "2024-01-01", 12),
    ],
)
def test_periods_get_the_labels_that_the_project_has(text: str, label: str, start: str, months: int) -> None:
    (figure,) = reading(f"{HEADER}\n{row(text)}\n").figures
    assert (figure.period, figure.period_start, figure.period_months) == (
        label,
        dt.date.fromisoformat(start),
        months,
    )


@pytest.mark.parametrize("text", ["last year", "2024-13-01/P1Y", "2024-01-01/P1W", "2024-01-01/1Y", ""])
def test_a_period_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="2022-01-01/P3Y"):
        reading(f"{HEADER}\n{row(text)}\n")


def test_one_of_several_series_is_chosen_by_its_column() -> None:
    both = f"{HEADER}\n{row()}\n{row(value='30').replace('Rowing', 'Running')}\n"
    with pytest.raises(InputError, match=r"12\.5 and 30\.0 for Havering"):
        reading(both)
    running = REFRESH.model_copy(update={"where": {"indicator": "Running"}})
    assert [figure.value for figure in reading(both, running).figures] == [30]


@pytest.mark.parametrize("mark", ["[x]", "c", "z", "low", "*", "-", ":", "[low]"])
def test_a_mark_is_no_figure_and_stands_in_the_note(mark: str) -> None:
    (figure,) = reading(f"{HEADER}\n{row(value=mark)}\n").figures
    assert (figure.value, figure.note) == (None, mark)
