"""The published figures that tests rest on: those of data/raw on the day when they were last frozen.

An analyst adds figures, and no test fails. ``python -m tests.frozen`` freezes those of data/raw anew.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project, find_project
from boardpacks.verify.rebuild import copy_sources

CHECKOUT = find_project(Path(__file__).parent)
FROZEN = Path(__file__).with_suffix(".zip")
SNAPSHOT = "embedded"


def copy_with_frozen(checkout: Project, root: Path) -> Project:
    """Copy what packs are made from into a new folder, with the frozen figures and a snapshot of them."""
    copied = Project(root)
    copy_sources(checkout, root)
    shutil.rmtree(copied.root / "data")
    with zipfile.ZipFile(FROZEN) as frozen:
        frozen.extractall(copied.raw)
    system = copied.params / "system.yml"
    text = re.sub("(?m)^snapshot: .*$", f"snapshot: {SNAPSHOT}", system.read_text("utf-8"))
    system.write_text(text, "utf-8")
    params, files = load_params(copied.params), find_raw_files(copied.raw)
    write_snapshot(
        copied.snapshots / SNAPSHOT,
        params,
        title=f"Published figures for {params.system.name}",
        observations=files.observations,
        small_areas=files.small_areas,
        area_kinds=files.area_kinds,
    )
    return copied


def freeze(raw: Path, to: Path) -> None:
    """Keep the CSV files of a folder; the same files give the same bytes."""
    with zipfile.ZipFile(to, "w") as frozen:
        for path in sorted(raw.glob("*.csv")):
            frozen.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    freeze(CHECKOUT.raw, FROZEN)
