"""Disclosure control: what is hidden and rounded, and that nothing hidden can be worked out from what stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardpacks.data.coverage import check_coverage
from boardpacks.data.disclosure import disclosure_faults, protect
from boardpacks.data.observations import area_series, peer_values
from boardpacks.data.schema import HIDDEN, OBSERVATION_COLUMNS, ORDER
from boardpacks.data.snapshot import load_snapshot
from boardpacks.data.snapshot_manifest import SnapshotArea, read_manifest
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.models import Params
from boardpacks.params.policies import POLICIES
from boardpacks.project.errors import InputError

NHS = "nhs-secondary-care"
ENGLAND, ICB = "E92000001", "E54000029"
OWN = ("E09000016", "E09000026", "E09000025")
SEXES = ("Persons", "Female", "Male")
POLICY = POLICIES[NHS]

Figures = Mapping[tuple[str, str], float]
"""Counts by area and sex."""


def under(params: Params, unit: str = "referrals", **changes: Any) -> Params:
    """Params in which one indicator is the system's own, under the policy."""
    own = params.indicators["smoking_prevalence"].model_copy(
        update={"disclosure": NHS, "unit": unit, "additive": unit == "referrals", "decimals": 1, **changes}
    )
    system = params.system.model_copy(update={"combined_areas": ()})
    havering = params.places["havering"]
    boroughs = tuple(b for place in params.places.values() for b in place.boroughs if b.code in OWN)
    places = {"havering": havering.model_copy(update={"boroughs": boroughs})}
    return params.model_copy(
        update={"indicators": {"smoking_prevalence": own}, "system": system, "places": places}
    )


def areas() -> dict[str, SnapshotArea]:
    kinds = {ENGLAND: "country", ICB: "other"} | dict.fromkeys(OWN, "borough")
    return {code: SnapshotArea.model_validate({"name": code, "kind": kind}) for code, kind in kinds.items()}


def table(figures: Figures, denominators: Figures | None = None, scale: float = 1) -> pd.DataFrame:
    of = denominators or {}
    rows = [
        {
            "indicator": "smoking_prevalence",
            "area": area,
            "sex": sex,
            "period": "2025",
            "period_start": pd.Timestamp("2025-01-01"),
            "period_months": 12,
            "value": scale * count / of.get((area, sex), 1),
            "lower_95": nan,
            "upper_95": nan,
            "count": float(count),
            "denominator": of.get((area, sex), nan),
            "note": "",
        }
        for (area, sex), count in figures.items()
    ]
    made = pd.DataFrame(rows, columns=OBSERVATION_COLUMNS).sort_values(ORDER).reset_index(drop=True)
    return made.astype({"period_start": "datetime64[us]", "denominator": "float64"})


def shown(made: pd.DataFrame) -> dict[tuple[str, str], float | None]:
    keys = made[["area", "sex"]].itertuples(index=False, name=None)
    return {
        key: None if note == HIDDEN else count
        for key, count, note in zip(keys, made["count"], made["note"], strict=True)
    }


def of(figures: Figures, params: Params) -> dict[tuple[str, str], float | None]:
    return shown(protect(table(figures), under(params), areas()).table)


def persons(*counts: int) -> dict[tuple[str, str], float]:
    return {(area, "Persons"): count for area, count in zip((*OWN, ICB, ENGLAND), counts, strict=False)}


def test_small_counts_are_hidden_others_rounded_and_countries_left(params: Params):
    assert list(of(persons(0, 13, 42), params).values()) == [0, 40, 15]  # in order of their codes
    figures = {**persons(7, 8, 12), (ENGLAND, "Persons"): 40_003.0, (ENGLAND, "Male"): 3.0}
    found = of(figures, params)
    assert found[OWN[0], "Persons"] is None
    assert (found[OWN[1], "Persons"], found[OWN[2], "Persons"]) == (10, 10)
    assert (found[ENGLAND, "Persons"], found[ENGLAND, "Male"]) == (40_003, 3)


def test_rounding_is_to_the_nearest_and_favours_no_side():
    off = [POLICY.rounded(count) - count for count in range(8, 1008)]
    assert sum(off) == 0
    assert {abs(one) for one in off} == {0, 1, 2}


def test_another_is_hidden_where_a_total_would_narrow_a_small_one_down(params: Params):
    first, second, third = ((area, "Persons") for area in OWN)
    found = of(persons(2, 20, 25, 47), params)  # 45 less 45 is at most 6
    assert (found[first], found[second]) == (None, None), "the smallest beside it"
    assert (found[third], found[ICB, "Persons"]) == (25, 45)
    found = of(persons(3, 20, 55, 78), params)  # 80 less 75 can be 1 to 7 and more: rounding is enough
    assert (found[first], found[second], found[third]) == (None, 20, 55)


def test_a_total_of_far_more_than_the_boroughs_gives_nothing_away(params: Params):
    assert of(persons(3, 20, 55, 900), params)[OWN[1], "Persons"] == 20
    assert of({**persons(3, 20, 55), (ENGLAND, "Persons"): 50_000}, params)[OWN[1], "Persons"] == 20


def test_a_sex_is_not_found_by_subtraction_whether_it_is_published_or_not(params: Params):
    area = OWN[0]
    both = {(area, "Persons"): 32.0, (area, "Female"): 29.0, (area, "Male"): 3.0}
    assert of(both, params) == {(area, "Persons"): 30, (area, "Female"): None, (area, "Male"): None}
    left = {(area, "Persons"): 32.0, (area, "Female"): 30.0}
    assert of(left, params) == {(area, "Persons"): 30, (area, "Female"): None}


def test_a_country_alone_that_gives_a_small_count_away_is_told(params: Params):
    with pytest.raises(InputError, match="a small count that figures of a country give away"):
        of({(OWN[0], "Persons"): 3, (ENGLAND, "Persons"): 3}, params)


def test_a_rate_is_made_from_rounded_counts_and_goes_with_a_hidden_one(params: Params):
    rates = table(persons(3, 23), {(OWN[0], "Persons"): 61, (OWN[1], "Persons"): 203}, 100)
    rates["lower_95"], rates["upper_95"] = rates["value"] - 1, rates["value"] + 1
    made = protect(rates, under(params, "%"), areas()).table.set_index("area")
    numbers = ["value", "lower_95", "upper_95", "count", "denominator"]
    assert made.loc[OWN[0], numbers].isna().all()
    assert made.loc[OWN[0], "note"] == HIDDEN
    assert list(made.loc[OWN[1], numbers]) == [12.2, 8.4, 17.4, 25, 205]


def test_a_small_denominator_hides_its_row_and_a_standardised_rate_loses_its_interval(params: Params):
    rates = table(persons(0, 23), {(OWN[0], "Persons"): 5, (OWN[1], "Persons"): 203}, 100)
    rates.loc[rates["area"] == OWN[1], ["value", "lower_95", "upper_95"]] = [14.567, 13.0, 16.0]
    made = protect(rates, under(params, "%"), areas()).table.set_index("area")
    assert made.loc[OWN[0], "note"] == HIDDEN
    assert made.loc[OWN[1], "value"] == 14.6
    assert made["lower_95"].isna().all()


def test_what_no_policy_can_judge_is_a_fault(params: Params):
    rates = table(persons(3, 23, 40))
    rates["count"] = [nan, 2.5, 40]
    faults = disclosure_faults(rates, under(params), areas())
    assert [(fault.row, fault.found) for fault in faults] == [(0, "nothing"), (1, "2.5")]


def test_without_a_policy_nothing_changes(params: Params):
    given_ = table(persons(3, 20, 55, 78))
    made = protect(given_, params, areas())
    pd.testing.assert_frame_equal(made.table, given_)
    assert made.told == ()


def could_be(
    figures: Figures, made: Mapping[tuple[str, str], float | None]
) -> dict[tuple[str, str], set[int]]:
    """Every count that each cell can have, by trying all crossed tables that would be shown like this one."""
    keys = [(area, sex) for area in OWN[:2] for sex in SEXES[1:]]
    most = int(max(figures.values())) + 8
    seen = np.meshgrid(*(np.arange(most + 1) for _ in keys), indexing="ij", sparse=True)
    every = crossed(*seen)
    fits = np.ones([most + 1] * len(keys), dtype=bool)
    for key, count in every.items():
        if made[key] is not None:
            fits = fits & ((count == 0) | (count > 7)) & ((count + 2) // 5 * 5 == made[key])
    return {key: set(np.unique(np.broadcast_to(count, fits.shape)[fits])) for key, count in every.items()}


def crossed(a: Any, b: Any, c: Any, d: Any) -> dict[tuple[str, str], Any]:
    """Two boroughs and their total, by sex."""
    first, second = OWN[:2]
    cells = {(first, "Female"): a, (first, "Male"): b, (second, "Female"): c, (second, "Male"): d}
    cells |= {(first, "Persons"): a + b, (second, "Persons"): c + d}
    cells |= {(ICB, sex): cells[first, sex] + cells[second, sex] for sex in SEXES}
    return cells


small_or_large = st.one_of(st.integers(0, 7), st.integers(8, 14))


@settings(max_examples=20)
@given(a=small_or_large, b=small_or_large, c=small_or_large, d=small_or_large)
def test_no_small_count_of_a_crossed_table_can_be_narrowed_down(
    params: Params, a: int, b: int, c: int, d: int
):
    figures = crossed(a, b, c, d)
    two = under(params)
    havering = two.places["havering"]
    two = two.model_copy(
        update={"places": {"havering": havering.model_copy(update={"boroughs": havering.boroughs[:2]})}}
    )
    held = {code: area for code, area in areas().items() if code in (*OWN[:2], ICB)}
    made = shown(protect(table(figures), two, held).table)
    possible = could_be(figures, made)
    for key, count in figures.items():
        if POLICY.is_small(count):
            assert made[key] is None
            assert set(range(1, 8)) <= possible[key], (key, made)
        elif made[key] is not None:
            assert made[key] == POLICY.rounded(count)


@pytest.fixture
def write(tmp_path: Path, params: Params) -> Callable[..., Path]:
    header = (
        "indicator_id,area_code,area_name,sex,period,period_start,period_months,"
        "value,lower_95,upper_95,count,denominator,note"
    )

    def made(*rows: str, own: Params | None = None) -> Path:
        csv = tmp_path / "own.csv"
        lines = [f"smoking_prevalence,{row}" for row in rows]
        csv.write_text("\n".join([header, *lines]) + "\n", "utf-8")
        folder = tmp_path / "snapshots" / "own"
        write_snapshot(folder, own or under(params), title="Own", observations=[csv])
        return folder

    return made


ROWS = (
    "E09000016,Havering,Persons,2024,2024-01-01,12,33,,,33,,",
    "E09000016,Havering,Persons,2025,2025-01-01,12,3,,,3,,Three came late",
    "E09000026,Redbridge,Persons,2025,2025-01-01,12,21,,,21,,",
)


def test_a_snapshot_never_holds_what_is_hidden(write: Callable[..., Path]):
    folder = write(*ROWS)
    assert read_manifest(folder).disclosure == {"smoking_prevalence": NHS}
    snapshot = load_snapshot(folder)
    series = area_series(snapshot, "smoking_prevalence", "E09000016")
    assert [(one.value, one.count, one.is_hidden) for one in series.observations] == [
        (35, 35, False),
        (None, None, True),
    ]
    assert series.observations[1].note == HIDDEN
    assert [peer.area for peer in peer_values(snapshot, "smoking_prevalence", "2025", "E09000026")] == [
        "E09000026"
    ]


def test_a_snapshot_written_under_another_policy_is_refused(write: Callable[..., Path], params: Params):
    own = under(params)
    manifest = read_manifest(write(*ROWS))
    other = own.model_copy(
        update={"indicators": {"smoking_prevalence": params.indicators["smoking_prevalence"]}}
    )
    with pytest.raises(InputError) as refused:
        check_coverage(other, manifest)
    told = refused.value.problems[-1]
    assert (told.key, told.found) == ("disclosure of smoking_prevalence", "none")
    assert told.allowed == "nhs-secondary-care, as the figures in the snapshot own are"


def test_a_manifest_without_policies_is_written_as_before(write: Callable[..., Path], params: Params):
    plain = under(params, disclosure=None)
    assert "disclosure" not in json.loads((write(*ROWS, own=plain) / "manifest.json").read_text("utf-8"))


def test_a_figure_without_a_count_is_refused_by_its_line(write: Callable[..., Path]):
    with pytest.raises(InputError, match=r"own\.csv, line 2: count of smoking_prevalence"):
        write("E09000016,Havering,Persons,2024,2024-01-01,12,33,,,,,")
