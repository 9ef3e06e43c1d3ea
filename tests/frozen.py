"""The published figures that tests rest on: those of data/raw on the day when they were last frozen.

An analyst adds figures, and no test fails. ``python -m tests.frozen`` freezes those of data/raw anew, and
``python -m tests.frozen --new`` adds those of new indicators, for the system's own areas, to those that are frozen.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from boardpacks.data.contents import read_contents
from boardpacks.data.raw_files import find_raw_files
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.project.folder import Project, find_project
from boardpacks.verify.rebuild import copy_sources
from tests.raw import SOURCES, observations, rows_of

CHECKOUT = find_project(Path(__file__).parent)
FROZEN = Path(__file__).with_suffix(".zip")
SNAPSHOT = "embedded"
KEPT = "figures"
"""Where a build keeps what a snapshot holds, in the folder of its work."""
NEW = "own-areas.csv"
"""The frozen file of indicators that came after the others."""


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
    write_frozen(copied)
    keep_contents(copied)
    return copied


def keep_contents(project: Project) -> None:
    """Have a project's first build find worked out what its snapshot holds."""
    read_contents(project.snapshots / SNAPSHOT, project.work / KEPT)


def copy_contents(project: Project, to: Project) -> None:
    """Have the first build in a copy of it find that too."""
    shutil.copytree(project.work / KEPT, to.work / KEPT)


def write_frozen(project: Project) -> None:
    """Write the snapshot of a project's figures, on a day when every waiver of params holds."""
    params, files = load_params(project.params), find_raw_files(project.raw)
    checks = load_figure_checks(project.params)
    write_snapshot(
        project.snapshots / SNAPSHOT,
        params,
        title=f"Published figures for {params.system.name}",
        observations=files.observations,
        small_areas=files.small_areas,
        area_kinds=files.area_kinds,
        settings=replace(
            checks, today=min((waiver.until for waiver in checks.waivers), default=checks.today)
        ),
    )


def freeze(raw: Path, to: Path) -> None:
    """Keep the CSV files of a folder; the same files give the same bytes."""
    with zipfile.ZipFile(to, "w") as frozen:
        for path in sorted(raw.glob("*.csv")):
            frozen.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)


def freeze_new(raw: Path, to: Path, params: Params) -> None:
    """Add the figures of indicators that have none yet, for areas that params name, to those that are frozen."""
    system = params.system
    named = (
        *params.boroughs(),
        *system.comparators,
        *system.combined_areas,
        *system.trusts,
        *system.own_areas,
    )
    areas = {area.code for area in named}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        with zipfile.ZipFile(to) as frozen:
            frozen.extractall(folder)
        known = {
            row["indicator_id"] for path in folder.glob("*.csv") for row in rows_of(path) if "value" in row
        }
        added = [
            row for row in observations(raw) if row["indicator_id"] not in known and row["area_code"] in areas
        ]
        rows = [*(rows_of(folder / NEW) if (folder / NEW).exists() else []), *added]
        with (folder / NEW).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        shutil.copy(raw / SOURCES, folder / SOURCES)
        freeze(folder, to)


if __name__ == "__main__":
    if "--new" in sys.argv:
        freeze_new(CHECKOUT.raw, FROZEN, load_params(CHECKOUT.params))
    else:
        freeze(CHECKOUT.raw, FROZEN)
