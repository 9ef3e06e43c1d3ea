"""A small sound table of observations, and a small snapshot written from CSV."""

from __future__ import annotations

import pandas as pd
import pytest

from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.params.models import Params
from boardpacks.project.folder import Project


@pytest.fixture(scope="session")
def embedded(project: Project, params: Params) -> Snapshot:
    """The project's own snapshot."""
    return load_snapshot(project.snapshots / params.system.snapshot)


@pytest.fixture
def table() -> pd.DataFrame:
    """Three years of one indicator for one area and one of another; the second year is not published."""
    nan = float("nan")
    return pd.DataFrame(
        {
            "indicator": ["jobs", "mood", "mood", "mood"],
            "area": ["E09000001"] * 4,
            "sex": ["Persons"] * 4,
            "period": ["2021", "2021", "2022", "2023"],
            "period_start": pd.to_datetime(["2021-01-01", "2021-01-01", "2022-01-01", "2023-01-01"]).astype(
                "datetime64[us]"
            ),
            "period_months": [12, 12, 12, 12],
            "value": [70.0, 5.0, nan, 6.0],
            "lower_95": [nan, 4.0, nan, 5.0],
            "upper_95": [nan, 6.0, nan, 7.0],
            "count": [nan, 50.0, nan, 60.0],
            "denominator": [nan, 1000.0, nan, 1000.0],
            "note": ["", "", "not published", ""],
        }
    )


@pytest.fixture
def small_areas() -> pd.DataFrame:
    """Two small areas of one borough."""
    return pd.DataFrame(
        {
            "small_area": ["E01000001", "E01000002"],
            "area": ["E09000001", "E09000001"],
            "decile": [1, 10],
            "rank": [1, 32000],
            "score": [60.5, 2.25],
        }
    )
