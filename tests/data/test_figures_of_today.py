"""The figures of today, which packs are made from: the snapshot is what data/raw makes, and no check finds a fault.

All other tests rest on frozen figures.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from boardpacks.data.checks.check_figures import check_figures
from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.snapshot import OBSERVATIONS, Snapshot, load_snapshot
from boardpacks.data.snapshot_manifest import MANIFEST
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.figure_checks import CheckSettings, load_figure_checks
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.folder import Project


@pytest.fixture(scope="module")
def own(checkout: Project) -> Params:
    return load_params(checkout.params)


@pytest.fixture(scope="module")
def today(checkout: Project, own: Params) -> Snapshot:
    return load_snapshot(checkout.snapshots / own.system.snapshot)


@pytest.fixture(scope="module")
def settings(checkout: Project, today: Snapshot) -> CheckSettings:
    """What checks do, on a day on which the waivers held that the snapshot was written with."""
    known = load_figure_checks(checkout.params)
    return replace(known, today=min((one.until for one in today.manifest.waivers), default=known.today))


def test_the_snapshot_is_what_data_raw_makes(
    checkout: Project, own: Params, today: Snapshot, settings: CheckSettings, tmp_path: Path
) -> None:
    files = find_raw_files(checkout.raw)
    folder = tmp_path / today.manifest.name
    written = write_snapshot(
        folder,
        own,
        title=today.manifest.title,
        observations=files.observations,
        small_areas=files.small_areas,
        area_kinds=files.area_kinds,
        settings=settings,
    )
    assert written == today.manifest, "boardpacks data write --replace"
    for name in (MANIFEST, *written.files):
        assert (folder / name).read_bytes() == (today.folder / name).read_bytes()


def test_no_check_stops_a_figure(own: Params, today: Snapshot, settings: CheckSettings) -> None:
    observations = today.observations
    assert (
        check_figures(observations, own.indicators, today.manifest.areas, settings, observations).stops == ()
    )


def test_every_figure_of_data_raw_is_in_the_snapshot(checkout: Project, own: Params, today: Snapshot) -> None:
    """Read by pandas alone; a row that stands for several boroughs is under their code, or is an empty twin."""
    names = {"indicator_id": "indicator", "area_code": "area"}
    files = [
        pd.read_csv(path, keep_default_na=False, na_values="", dtype={"period": str, "note": str})
        for path in _figures(checkout)
    ]
    rows = pd.concat(files, ignore_index=True).rename(columns=names).fillna({"note": ""})
    for combined in own.system.combined_areas:
        stands = rows["note"].isin(combined.notes) & rows["area"].isin(combined.boroughs)
        rows = rows[~(stands & rows["value"].isna())]
        rows.loc[stands.reindex(rows.index), "area"] = combined.code
    rows["period_start"] = pd.to_datetime(rows["period_start"])
    held = pd.read_parquet(today.folder / OBSERVATIONS)
    key = ["indicator", "area", "sex", "period"]
    pd.testing.assert_frame_equal(
        rows[held.columns].sort_values(key, ignore_index=True),
        held.sort_values(key, ignore_index=True),
        check_dtype=False,
        check_exact=True,
    )


def _figures(checkout: Project) -> list[Path]:
    return [path for path in checkout.raw.glob("*.csv") if "period_start" in path.read_text("utf-8")[:200]]
