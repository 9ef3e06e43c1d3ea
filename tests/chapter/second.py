"""A second system, made by hand: no London, other words, and a place of two boroughs that is called after both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from boardpacks.chapter.chapter import Chapter
from boardpacks.data.snapshot import DEPRIVATION, Snapshot
from boardpacks.data.snapshot_manifest import File, Manifest, Series, SnapshotArea
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.priority import Outcome, Priority
from boardpacks.params.system import Area, Borough, Deprivation, Place, System, Trust

ALDER, BIRCH, CEDAR, ELM = "E08000901", "E08000902", "E08000903", "E08000904"
"""Boroughs: Alder and Birch plan together, Cedar and Elm each alone."""
KINGDOM, NORTH = "K02000001", "E12000002"
"""The benchmark and the region."""
NAMES = {
    ALDER: "Alder",
    BIRCH: "Birch",
    CEDAR: "Cedar",
    ELM: "Elm",
    KINGDOM: "United Kingdom",
    NORTH: "North West",
    "RX1": "Forest",
}
Row = tuple[Any, ...]
"""Area, period (a year), value; then lower and upper end, count and denominator as far as they are published."""


def an_indicator(name: str = "smoking", **changes: Any) -> Indicator:
    """Return a yearly percentage of boroughs, published with intervals, of which less is better."""
    fields: dict[str, Any] = {
        "id": name,
        "name": f"Adults with {name.replace('_', ' ')}",
        "measures": "Share of adults.",
        "unit": "%",
        "decimals": 1,
        "polarity": "low",
        "frequency": "annual",
        "interval": "published",
        "source": "A survey",
        "publisher": "An office",
        "licence": "OGL v3.0",
    }
    return Indicator(**(fields | changes))


def a_place(name: str, *boroughs: str, **changes: Any) -> Place:
    """Return a place of boroughs, given by their codes."""
    fields: dict[str, Any] = {
        "id": name.lower().replace(" ", "-"),
        "name": name,
        "boroughs": tuple(Borough(code=code, name=NAMES[code]) for code in boroughs),
        "trust": "RX1",
        "group": name,
    }
    return Place(**(fields | changes))


def a_system(*indicators: Indicator, places: Sequence[Place] | None = None, **changes: Any) -> Params:
    """Return params of three places whose one priority has one outcome with all the indicators."""
    places = places or (
        a_place("Alder and Birch", ALDER, BIRCH),
        a_place("Cedar", CEDAR),
        a_place("Elm", ELM),
    )
    outcome = Outcome(
        id="health", title="People are healthy", indicators=tuple(i.id for i in indicators), gap="More."
    )
    system = System(
        name="Forest Integrated Care System",
        short_name="the forest",
        organisation="NHS Forest",
        ambition="Better lives.",
        comparators=tuple(Area(code=code, name=NAMES[code]) for code in (KINGDOM, NORTH)),
        trusts=(Trust(code="RX1", name="Forest Hospitals NHS Trust", short_name="Forest"),),
        deprivation=Deprivation(
            name="Index of 2025", period="2025", source="An index", publisher="An office", licence="OGL v3.0"
        ),
        peers="northern boroughs",
        snapshot="made",
    )
    fields: dict[str, Any] = {
        "system": system,
        "places": {place.id: place for place in places},
        "priorities": {
            "living": Priority(
                id="living", name="Living well", aim="Live well.", order=1, outcomes=(outcome,)
            )
        },
        "indicators": {indicator.id: indicator for indicator in indicators},
        "calendars": {},
        "chapters": (),
    }
    return Params(**(fields | changes))


def held(
    params: Params, rows: Mapping[str, Sequence[Row]], small_areas: Sequence[tuple[Any, ...]] = ()
) -> Snapshot:
    """Return a snapshot in memory of rows by indicator, and of small areas (code, borough, decile, rank, score)."""
    columns = ["area", "period", "value", "lower_95", "upper_95", "count", "denominator"]
    wide = [(name, *row, *[float("nan")] * (7 - len(row))) for name, found in rows.items() for row in found]
    table = pd.DataFrame(wide, columns=["indicator", *columns])
    table = table.assign(
        sex="Persons",
        period_start=pd.to_datetime(table["period"].str[:4] + "-01-01"),
        period_months=12,
        note="",
    )
    own = table["area"].map(lambda area: area in NAMES)
    kinds = {KINGDOM: "country", NORTH: "region", "RX1": "trust"}
    manifest = Manifest(
        schema_version=1,
        name="made",
        title="Made by hand",
        areas={
            code: SnapshotArea(name=NAMES.get(code, f"Area {code}"), kind=kinds.get(code, "borough"))
            for code in [*NAMES, *table.loc[~own, "area"].unique()]
        },
        indicators={
            name: _series(table[table["indicator"] == name]) for name in params.indicators if name in rows
        },
        files={DEPRIVATION: File(rows=len(small_areas), sha256="0" * 64)} if small_areas else {},
    )
    made = Snapshot(Path("made"), manifest)
    made.__dict__["_observations"] = table
    if small_areas:
        made.__dict__["_deprivation"] = pd.DataFrame(
            small_areas, columns=["small_area", "area", "decile", "rank", "score"]
        )
    return made


def opened(params: Params, snapshot: Snapshot, place: str | None, priority: str | None = "living") -> Chapter:
    """Return the chapter of a place, or with None of the system, on the one priority."""
    return Chapter(
        params,
        snapshot,
        None if place is None else params.places[place],
        params.priorities[priority] if place is not None and priority is not None else None,
    )


def _series(table: pd.DataFrame) -> Series:
    return Series(
        rows=len(table),
        areas=table["area"].nunique(),
        first_period=table["period"].min(),
        latest_period=table["period"].max(),
        latest_start=dt.date(int(table["period"].max()[:4]), 1, 1),
        source="A survey",
        publisher="An office",
        licence="OGL v3.0",
    )
