"""The figures of today, which packs are made from: the snapshot is what data/raw makes, and no check finds a fault.

All other tests rest on frozen figures.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpacks.data.check_figures import all_below_one, figure_faults
from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.data.snapshot_manifest import MANIFEST
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.folder import Project


@pytest.fixture(scope="module")
def own(checkout: Project) -> Params:
    return load_params(checkout.params)


@pytest.fixture(scope="module")
def today(checkout: Project, own: Params) -> Snapshot:
    return load_snapshot(checkout.snapshots / own.system.snapshot)


def test_the_snapshot_is_what_data_raw_makes(
    checkout: Project, own: Params, today: Snapshot, tmp_path: Path
) -> None:
    files = find_raw_files(checkout.raw)
    folder = tmp_path / today.manifest.name
    written = write_snapshot(
        folder,
        own,
        title=today.manifest.title,
        observations=files.observations,
        small_areas=files.small_areas,
    )
    assert written == today.manifest, "boardpacks data write --replace"
    for name in (MANIFEST, *written.files):
        assert (folder / name).read_bytes() == (today.folder / name).read_bytes()


def test_no_figure_is_a_fault(own: Params, today: Snapshot) -> None:
    assert figure_faults(today.observations, own.indicators, today.observations) == []
    assert all_below_one(today.observations, own.indicators) == []
