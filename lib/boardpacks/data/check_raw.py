"""Checks that the figures in data/raw pass every check, and make the snapshot that packs are made from."""

from __future__ import annotations

import tempfile
from pathlib import Path

from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.snapshot_manifest import Manifest, read_manifest
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project


def check_raw(project: Project, params: Params, settings: CheckSettings) -> bool:
    """Write the snapshot anew in a temporary folder, and hold it against the one that is there.

    Parameters
    ----------
    settings
        What the checks do, and which of their findings are let through.

    Returns
    -------
    bool
        Whether there is anything in data/raw: a snapshot may have been written from other files.

    Raises
    ------
    InputError
        When a figure does not pass the checks, or the snapshot is not what data/raw makes today.
    """
    if not any(project.raw.glob("*.csv")):
        return False
    held = read_manifest(project.snapshots / params.system.snapshot)
    files = find_raw_files(project.raw)
    with tempfile.TemporaryDirectory() as temporary:
        made = write_snapshot(
            Path(temporary) / held.name,
            params,
            title=held.title,
            observations=files.observations,
            small_areas=files.small_areas,
            area_kinds=files.area_kinds,
            settings=settings,
        )
    if made != held:
        where, allowed = (
            f"data/snapshots/{held.name}",
            "the snapshot that `boardpacks data write` makes of data/raw",
        )
        hint = "write it again with `boardpacks data write --replace`, and look at what differs first"
        raise InputError([Problem(where, "", _difference(made, held), allowed, hint)])
    return True


def _difference(made: Manifest, held: Manifest) -> str:
    """Say in words what data/raw makes otherwise."""
    if gone := sorted(held.indicators.keys() - made.indicators.keys()):
        return f"figures of {', '.join(gone)}, which data/raw does not have"
    if new := sorted(made.indicators.keys() - held.indicators.keys()):
        return f"no figures of {', '.join(new)}, which data/raw has"
    changed = [name for name, series in made.indicators.items() if held.indicators[name] != series]
    of = f", of {', '.join(changed)}" if changed else ""
    return f"other figures than data/raw has{of}"
