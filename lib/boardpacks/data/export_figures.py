"""Writes the figures of a snapshot to a CSV file."""

from __future__ import annotations

from pathlib import Path

from boardpacks.data.read_figures import COLUMNS, SNAPSHOT_NAMES
from boardpacks.data.snapshot import Snapshot
from boardpacks.project.sealed import write_whole
from boardpacks.project.write_errors import explained


def export_figures(snapshot: Snapshot, out: Path) -> int:
    """Write every figure of a snapshot with the columns of data/raw, and return their number.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails.
    """
    table = snapshot.observations.rename(columns={own: name for name, own in SNAPSHOT_NAMES.items()})
    table["area_name"] = [snapshot.manifest.areas[code].name for code in table["area_code"]]
    table["period_start"] = table["period_start"].dt.strftime("%Y-%m-%d")
    with explained(out.parent):
        write_whole(out, table[list(COLUMNS)].to_csv(index=False, lineterminator="\n").encode())
    return len(table)
