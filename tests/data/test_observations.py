"""Observations as records and series: what is published, what is not, and peers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from boardpacks.data.observations import PUBLISHED, AreaSeries, area_series, peer_values
from boardpacks.data.snapshot import Snapshot
from boardpacks.data.snapshot_manifest import Manifest, Series, SnapshotArea

SERIES = Series(
    rows=4,
    areas=1,
    first_period="2021",
    latest_period="2023",
    latest_start=dt.date(2023, 1, 1),
    source="A survey",
    publisher="An office",
    licence="OGL v3.0",
)


@pytest.fixture
def snapshot(table: pd.DataFrame) -> Snapshot:
    """The small table, with three more areas in 2021, as a snapshot that is held in memory."""
    others = [
        table.head(2).tail(1).assign(area=area, value=value, lower_95=value, upper_95=value)
        for area, value in (("E67000001", 3.0), ("E12000007", 4.5), ("E09000002", 9.0))
    ]
    kinds = {"E09000001": "borough", "E09000002": "borough", "E67000001": "combined", "E12000007": "region"}
    areas = {
        code: SnapshotArea.model_validate({"name": f"Area {code[-1]}", "kind": kind})
        for code, kind in kinds.items()
    }
    manifest = Manifest(
        schema_version=1,
        name="small",
        title="Made by hand",
        areas=areas,
        indicators={"mood": SERIES, "jobs": SERIES},
        files={},
    )
    made = Snapshot(Path("small"), manifest)
    made.__dict__["_observations"] = pd.concat([table, *others], ignore_index=True)
    return made


def test_a_series_is_in_order_of_time_with_its_gaps(snapshot: Snapshot):
    series = area_series(snapshot, "mood", "E09000001")
    assert series.name == "Area 1"
    assert [o.period for o in series.observations] == ["2021", "2022", "2023"]
    assert [o.value for o in series.observations] == [5.0, None, 6.0]
    first, gap, last = series.observations
    assert (first.lower, first.upper, first.count, first.denominator) == (4.0, 6.0, 50.0, 1000.0)
    assert (gap.lower, gap.upper, gap.count, gap.denominator) == (None, None, None, None)
    assert gap.note == "not published"
    assert (last.start, last.months, last.method) == (dt.date(2023, 1, 1), 12, PUBLISHED)
    assert series.latest == last
    assert series.at("2021") == first
    assert series.at("2022") is None
    assert series.at("2030") is None


@pytest.mark.parametrize(
    ("indicator", "area", "name", "shown"),
    [
        ("mood", "E09000001", "City", "City"),
        ("mood", "E09000009", None, "E09000009"),
        ("mood", "E09000009", "Nowhere", "Nowhere"),
        ("rain", "E09000001", None, "Area 1"),
    ],
)
def test_a_series_has_the_name_that_is_asked_for_or_the_manifests(
    snapshot: Snapshot, indicator: str, area: str, name: str | None, shown: str
):
    series = area_series(snapshot, indicator, area, name)
    assert series.name == shown
    assert all(o.area_name == shown for o in series.observations)


def test_a_series_without_rows_or_values_is_empty(snapshot: Snapshot):
    gap = area_series(snapshot, "mood", "E09000001").observations[1]
    for empty in (area_series(snapshot, "rain", "E09000001"), AreaSeries("x", "X", (gap,))):
        assert empty.is_empty
        assert empty.latest is None


def test_peers_are_the_boroughs_of_the_period_smallest_first(snapshot: Snapshot):
    peers = peer_values(snapshot, "mood", "2021", "E09000001")
    assert [(o.area_name, o.value) for o in peers] == [("Area 1", 3.0), ("Area 1", 5.0), ("Area 2", 9.0)]
    assert peer_values(snapshot, "mood", "2022", "E09000001") == ()
    assert [o.area for o in peer_values(snapshot, "mood", "2023", "E09000001")] == ["E09000001"]


def test_real_peers_are_never_larger_areas(embedded: Snapshot):
    for indicator, series in embedded.manifest.indicators.items():
        peers = peer_values(embedded, indicator, series.latest_period, "E09000016")
        assert all(o.area.startswith(("E09", "E67")) for o in peers)
        assert [o.value for o in peers] == sorted(o.value or 0.0 for o in peers)
        assert len({o.area for o in peers}) == len(peers)
