"""A refresh brings new and revised figures of what answers, and takes nothing from what does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from boardpacks.data.read_figures import read_figures
from boardpacks.data.refresh import HeldFigures, Refreshed, refresh
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.data.sources.answer_cache import Got
from boardpacks.data.sources.ask import NoAnswer
from boardpacks.data.write_refreshed import write_refreshed
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.models import Params
from boardpacks.params.refreshing import Refresh
from boardpacks.project.errors import InputError

ELS = "https://www.ons.gov.uk/explore-local-statistics/api/v1/data.csv?indicator={}&time=all"
HEADER = "areacd,areanm,period,value,lci_95,uci_95"
HOUR = dt.datetime(2026, 11, 28, 9, 30, tzinfo=dt.UTC)
NAN = float("nan")
AREAS = {"E09000016": SnapshotArea(name="Havering", kind="borough")}


class Stand:
    """Answers from a list, and fails for what is not in it."""

    def __init__(self, answers: Mapping[str, str]):
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.kept: list[str] = []

    def get(self, address: str) -> Got:
        self.asked.append(address)
        if address not in self.answers:
            raise NoAnswer(address, "out of order (status 503)", "Try again later.")
        return Got(address, self.answers[address].encode(), HOUR)

    def keep(self, got: Got) -> None:
        self.kept.append(got.address)


def els(*rows: str) -> str:
    return "\n".join([HEADER, *rows, ""])


SOUND = els(
    "E09000016,Havering,2022-01-01/P1Y,12.34567,11,13",
    "E09000016,Havering,2023-01-01/P1Y,13,12,14",
    "E08000001,Bolton,2023-01-01/P1Y,15,12,18",
)


@pytest.fixture(scope="module")
def of_two(params: Params) -> Params:
    """Two indicators that are refreshed from the ONS, and none else."""
    plain = {i: x.model_copy(update={"refresh": None}) for i, x in params.indicators.items()}
    for indicator, series in (("smoking_prevalence", "smokers"), ("adult_obesity", "obesity")):
        what = Refresh(source="ons-els", series=series)
        plain[indicator] = plain[indicator].model_copy(update={"refresh": what})
    return params.model_copy(update={"indicators": plain})


def held(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = [*("indicator", "area", "sex", "period", "period_start", "period_months"), *NUMBERS]
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype(dict.fromkeys(NUMBERS, float))
    return frame.assign(period_start=pd.to_datetime(frame["period_start"]), note="")


NUMBERS = ("value", "lower_95", "upper_95", "count", "denominator")
HELD = held(
    ("smoking_prevalence", "E09000016", "Persons", "2021", "2021-01-01", 12, 14.0, 12.0, 16.0, NAN, NAN),
    ("smoking_prevalence", "E09000016", "Persons", "2022", "2022-01-01", 12, 12.35, 11.0, 13.0, NAN, NAN),
)


def refreshed(params: Params, ask: Stand, rows: pd.DataFrame = HELD, **options: Any) -> Refreshed:
    return refresh(params, HeldFigures(rows, AREAS), ask, CheckSettings(today=HOUR.date()), **options)


def test_new_and_revised_figures_are_told_apart(of_two: Params) -> None:
    ask = Stand({ELS.format("smokers"): SOUND})
    found = refreshed(of_two, ask, indicators=("smoking_prevalence",))
    assert [(row.area, row.period, row.value) for row in found.rows] == [
        ("E09000016", "2022", 12.3457),
        ("E09000016", "2023", 13),
    ]
    assert [row.period for row in found.new] == ["2023"]
    assert found.revised == ()  # 12.3457 is what 12.35 was rounded from
    (answer,) = found.answers
    assert (answer.publisher, answer.licence, answer.time) == (
        "Office for National Statistics",
        "OGL v3.0",
        HOUR,
    )
    assert (answer.columns, answer.rows) == (tuple(HEADER.split(",")), 2)
    assert answer.sha256 == Got("", SOUND.encode(), HOUR).sha256


@pytest.mark.parametrize(
    ("row", "is_revised"),
    [
        ("2022-01-01/P1Y,12.4,11,13", True),
        ("2022-01-01/P1Y,12.35,11.5,13", True),
        ("2022-01-01/P1Y,12.35,,", True),
        ("2022-01-01/P1Y,[x],,", True),
        ("2022-01-01/P1Y,12.3549,11.00001,13", False),
    ],
)
def test_another_number_is_a_revision_and_another_rounding_is_none(
    of_two: Params, row: str, is_revised: bool
) -> None:
    ask = Stand({ELS.format("smokers"): els(f"E09000016,Havering,{row}")})
    found = refreshed(of_two, ask, indicators=("smoking_prevalence",))
    assert bool(found.revised) == is_revised


def test_what_fails_takes_nothing_from_the_others(of_two: Params) -> None:
    ask = Stand({ELS.format("smokers"): SOUND})
    found = refreshed(of_two, ask)
    assert {row.indicator for row in found.rows} == {"smoking_prevalence"}
    (failure,) = found.failures
    assert (failure.indicator, failure.source) == ("adult_obesity", "ons-els")
    assert "out of order (status 503)" in failure.reason


def test_an_answer_that_cannot_be_read_brings_nothing_and_is_not_kept(of_two: Params) -> None:
    ask = Stand({ELS.format("smokers"): "<!doctype html><title>Down</title>", ELS.format("obesity"): SOUND})
    found = refreshed(of_two, ask)
    assert {row.indicator for row in found.rows} == {"adult_obesity"}
    assert ask.kept == [ELS.format("obesity")]
    assert "a web page, 'Down'" in found.failures[0].reason


def test_figures_that_a_check_stops_bring_nothing_and_the_answer_is_named(of_two: Params) -> None:
    bad = els("E09000016,Havering,2023-01-01/P1Y,367,,")
    ask = Stand({ELS.format("smokers"): bad, ELS.format("obesity"): SOUND})
    found = refreshed(of_two, ask)
    assert {row.indicator for row in found.rows} == {"adult_obesity"}
    assert found.failures[0].reason.splitlines() == [
        "1 problem found:",
        f"{ELS.format('smokers')}: value of smoking_prevalence",
        "  found    367 for E09000016, 2023",
        "  allowed  0 to 100, as the unit is %",
        "  hint     check out-of-range",
    ]


@pytest.mark.parametrize(("held_years", "new", "is_told"), [(7, 2024, True), (8, 2024, False)])
def test_what_checks_tell_is_told_of_new_figures_and_not_of_those_that_are_held(
    of_two: Params, held_years: int, new: int, is_told: bool
) -> None:
    years = [2013, *range(2016, 2016 + held_years)][2 if is_told else 0 :]
    rows = held(
        *(
            (
                "smoking_prevalence",
                "E09000016",
                "Persons",
                f"{year}",
                f"{year}-01-01",
                12,
                14.0 + year % 3,
                *[NAN] * 4,
            )
            for year in years
        )
    )
    ask = Stand({ELS.format("smokers"): els(f"E09000016,Havering,{new}-01-01/P1Y,15,,")})
    found = refreshed(of_two, ask, rows, indicators=("smoking_prevalence",)).to_look_at
    assert ["check period-gap" in words for words in found] == ([True] if is_told else [])


def test_an_answer_without_any_area_of_the_project_is_a_failure(of_two: Params) -> None:
    ask = Stand({ELS.format("smokers"): els("E08000001,Bolton,2023-01-01/P1Y,15,12,18")})
    found = refreshed(of_two, ask, indicators=("smoking_prevalence",))
    assert "no figure of any area of the project" in found.failures[0].reason


def test_a_period_has_the_label_and_the_days_that_are_held(of_two: Params) -> None:
    rows = held(
        ("smoking_prevalence", "E09000016", "Persons", "Survey 2022", "2022-01-01", 12, 12, *[NAN] * 4),
        ("smoking_prevalence", "E09000016", "Persons", "2023/24", "2023-09-01", 12, 13, *[NAN] * 4),
    )
    ask = Stand(
        {
            ELS.format("smokers"): els(
                "E09000016,Havering,2022-01-01/P1Y,12,,", "E09000016,Havering,2023-04-01/P1Y,13,,"
            )
        }
    )
    found = refreshed(of_two, ask, rows, indicators=("smoking_prevalence",))
    assert [(row.period, row.period_start.isoformat()) for row in found.rows] == [
        ("Survey 2022", "2022-01-01"),
        ("2023/24", "2023-09-01"),
    ]
    assert (found.new, found.revised) == ((), ())


def page(params: Params, *links: str) -> tuple[Params, Stand]:
    what = Refresh(source="nhse-ae", series="attendances", pages=("https://nhs.example/p/",), links=r"\.csv$")
    trust = params.indicators["ae_attendances"].model_copy(update={"refresh": what})
    told = params.model_copy(update={"indicators": {"ae_attendances": trust}})
    body = "".join(f'<p><a href="{link}">{link}</a><a href="/about">About</a>' for link in links)
    return told, Stand({"https://nhs.example/p/": f"<html>{body}"})


KINDS = ("Type 1", "Type 2", "Other {}", "Booked Appointments Type 1", "Booked Appointments Type 2")


def month(attendances: int, name: str = "MAY-2026") -> str:
    attended = [f"A&E attendances {kind.format('A&E Department')}" for kind in KINDS]
    late = [f"Attendances over 4hrs {kind.format('Department')}" for kind in KINDS]
    last = "Booked Appointments Other Department"
    header = [
        "Period",
        "Org Code",
        *attended,
        f"A&E attendances {last}",
        *late,
        f"Attendances over 4hrs {last}",
    ]
    return f"{','.join(header)}\nMSitAE-{name},R1H,{attendances}{',0' * 11}\n"


def test_files_that_a_page_leads_to_are_read_and_revised_ones_stand_instead(params: Params) -> None:
    told, ask = page(params, "/u/May-revised-x.csv", "May.csv", "June.csv", "June.csv")
    ask.answers |= {
        "https://nhs.example/u/May-revised-x.csv": month(120),
        "https://nhs.example/p/May.csv": month(100),
        "https://nhs.example/p/June.csv": month(90, "JUNE-2026"),
    }
    found = refreshed(told, ask)
    assert {row.period: row.value for row in found.rows} == {"2026-05": 120, "2026-06": 90}
    assert len(found.answers) == len(ask.asked) - 1 == 3
    assert set(ask.kept) == set(ask.asked)


def test_two_files_that_differ_are_a_failure(params: Params) -> None:
    told, ask = page(params, "a.csv", "b.csv")
    ask.answers |= {"https://nhs.example/p/a.csv": month(1), "https://nhs.example/p/b.csv": month(2)}
    assert "one figure for each area" in refreshed(told, ask).failures[0].reason


def test_one_file_that_fails_brings_nothing_of_its_indicator(params: Params) -> None:
    told, ask = page(params, "a.csv", "b.csv")
    ask.answers["https://nhs.example/p/a.csv"] = month(1)
    found = refreshed(told, ask)
    assert (found.rows, found.answers, len(found.failures)) == ((), (), 1)


@pytest.mark.parametrize("body", ["", "<html><a href='x.pdf'>x</a>"])
def test_a_page_without_such_links_is_a_failure(params: Params, body: str) -> None:
    told, ask = page(params)
    ask.answers["https://nhs.example/p/"] = body
    assert r"a link like \.csv$" in refreshed(told, ask).failures[0].reason


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"indicators": ("smoking_prevalance",)}, "did you mean"),
        ({"sources": ("ons",)}, "one of fingertips"),
        ({"indicators": ("population",)}, "the source that it is refreshed from"),
    ],
)
def test_what_is_not_known_is_refused_before_anything_is_asked(
    of_two: Params, options: dict[str, Any], words: str
) -> None:
    ask = Stand({})
    with pytest.raises(InputError) as raised:
        refreshed(of_two, ask, **options)
    assert words in str(raised.value)
    assert ask.asked == []


def test_only_the_chosen_source_is_asked(of_two: Params) -> None:
    ask = Stand({})
    refreshed(of_two, ask, sources=("fingertips",))
    assert ask.asked == []


def test_what_is_written_is_read_again_as_it_was(of_two: Params, tmp_path: Path) -> None:
    found = refreshed(of_two, Stand({ELS.format("smokers"): SOUND}))
    (file,) = write_refreshed(found, tmp_path)
    figures = read_figures(file, of_two.indicators)
    assert figures.faults == ()
    assert list(figures.table["value"]) == [12.3457, 13]
    assert list(figures.table["period"]) == ["2022", "2023"]
    again = file.read_bytes()
    write_refreshed(refreshed(of_two, Stand({ELS.format("smokers"): SOUND})), tmp_path)
    assert file.read_bytes() == again


def test_files_of_what_failed_stay_and_so_do_their_records(of_two: Params, tmp_path: Path) -> None:
    write_refreshed(
        refreshed(of_two, Stand({ELS.format("smokers"): SOUND, ELS.format("obesity"): SOUND})), tmp_path
    )
    before = (tmp_path / "adult_obesity.csv").read_bytes()
    newer = els("E09000016,Havering,2024-01-01/P1Y,11,10,12")
    write_refreshed(refreshed(of_two, Stand({ELS.format("smokers"): newer})), tmp_path)
    assert (tmp_path / "adult_obesity.csv").read_bytes() == before
    assert b"2024" in (tmp_path / "smoking_prevalence.csv").read_bytes()
    records = (tmp_path / "answers.json").read_text(encoding="utf-8")
    assert records.count('"address"') == 2
    write_refreshed(refreshed(of_two, Stand({})), tmp_path)
    assert (tmp_path / "answers.json").read_text(encoding="utf-8") == records
