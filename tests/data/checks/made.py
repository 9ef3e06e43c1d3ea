"""Small made tables of figures, and what the checks find in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from boardpacks.data.area_kinds import area_kind
from boardpacks.data.checks.check_figures import Weighed, check_figures
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.indicator import Indicator

NAN = float("nan")
TODAY = dt.date(2026, 11, 28)


def indicator(unit: str = "%", **others: object) -> Indicator:
    said = {"name": "Mood", "measures": "How it is.", "source": "x", "publisher": "x", "licence": "x"}
    plain = {"decimals": 1, "polarity": "none", "frequency": "annual", "interval": "none"}
    return Indicator.model_validate({"id": "mood", "unit": unit, **said, **plain, **others})


def table(
    *values: float, area: str = "E09000016", first: int = 2000, sex: str = "Persons", **columns: Any
) -> pd.DataFrame:
    """One series of years from `first` on; `columns` replace any column."""
    years = [first + n for n in range(len(values))]
    made = {
        "indicator": "mood",
        "area": area,
        "sex": sex,
        "period": [str(year) for year in years],
        "period_start": [f"{year}-01-01" for year in years],
        "period_months": 12,
        "value": [float(value) for value in values],
        **dict.fromkeys(("lower_95", "upper_95", "count", "denominator"), NAN),
        "note": "",
        **columns,
    }
    frame = pd.DataFrame(made)
    frame["period_start"] = pd.to_datetime(frame["period_start"])
    return frame


def areas_of(names: Mapping[str, str]) -> dict[str, SnapshotArea]:
    """Areas by code, of which one is a combined one."""
    return {
        code: SnapshotArea(name=name, kind=area_kind(code, ["E67000001"]))
        for code, name in sorted(names.items())
    }


def weighed(
    own: pd.DataFrame, of: Indicator, held: pd.DataFrame | None = None, settings: CheckSettings | None = None
) -> Weighed:
    areas = areas_of({code: code for code in own["area"]})
    own_settings = replace(settings or CheckSettings(), today=TODAY)
    return check_figures(own.reset_index(drop=True), {"mood": of}, areas, own_settings, held)
