"""Writes a snapshot from published figures in CSV."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from boardpacks.data.check_joined import check_joined, told
from boardpacks.data.checks.check_figures import Weighed
from boardpacks.data.disclosure import disclosure_faults, protect
from boardpacks.data.file_faults import FileFault, in_groups, located, refuse
from boardpacks.data.join import Joined, join
from boardpacks.data.read_areas import find_areas, read_area_kinds
from boardpacks.data.read_figures import Figures, read_figures, read_small_areas
from boardpacks.data.replace import find_damage, find_losses, put_in_place, refuse_to_replace, repair
from boardpacks.data.schema import IN_TIME, deprivation_faults
from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS, Snapshot, load_snapshot
from boardpacks.data.snapshot_manifest import (
    MANIFEST,
    SCHEMA,
    File,
    Manifest,
    Series,
    SnapshotArea,
    SnapshotWaiver,
)
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.file_digest import file_digest
from boardpacks.project.write_errors import explained


def snapshot_folder(snapshots: Path, name: str) -> Path:
    """Return the folder of a snapshot that may be called so.

    Raises
    ------
    InputError
        When the name is none: it could lead out of the folder.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        allowed = "lower-case letters, digits and single hyphens"
        raise InputError([Problem("data/snapshots", "name", name, allowed)])
    return snapshots / name


def write_snapshot(  # noqa: PLR0913 - what a user can say of a snapshot, each by its name
    folder: Path,
    params: Params,
    *,
    title: str,
    observations: Sequence[Path],
    small_areas: Path | None = None,
    area_kinds: Path | None = None,
    settings: CheckSettings | None = None,
    replace: bool = False,
    tell: Callable[[str], None] = lambda words: None,
) -> Manifest:
    """Write the snapshot `folder` from CSV files and return its manifest.

    Parameters
    ----------
    folder
        The snapshot's own folder; its name is the snapshot's name.
    params
        Give each indicator its unit, source and policy of disclosure control, and say which rows stand for several
        boroughs together.
    title
        What the snapshot holds, in a few words.
    observations
        CSV files with the columns ``indicator_id``, ``area_code``, ``area_name``, ``period``, ``value``,
        ``lower_95``, ``upper_95`` and, at least in the first file, ``sex``, ``period_start`` (a date),
        ``period_months``, ``count``, ``denominator`` and ``note``. A later file takes whichever of sex and dates
        it leaves out from the same indicator and period of the first, and may repeat its rows.
    small_areas
        CSV file of deprivation by small area: ``lsoa_code``, ``area_code``, ``imd_2025_decile``,
        ``imd_2025_rank``, ``imd_2025_score``.
    area_kinds
        CSV file that says what areas are where their codes do not: ``area_code``, ``area_name``, ``kind``.
    settings
        What checks do, and which of their findings are let through; by default none.
    replace
        Whether another snapshot of that name may be replaced. One that is the same stays as it is.
    tell
        Told in words what is lost with an earlier snapshot, and what is to be looked at.

    Raises
    ------
    InputError
        When a file is missing, a table does not pass the checks, or a small count cannot be hidden; nothing is
        written then.
    WouldReplace
        When there is a snapshot of that name and `replace` is not given.
    CannotWrite
        When the disk or the folder fails. An earlier snapshot stays.
    """
    repair(folder)
    settings = settings or CheckSettings()
    joined = _read(observations, params)
    areas = find_areas(joined, params, read_area_kinds(area_kinds))
    current = folder.parent / params.system.snapshot
    earlier = _loaded(folder)
    held = earlier if current == folder else _loaded(current)
    weighed = check_joined(
        joined, params.indicators, areas, settings, None if held is None else held.observations
    )
    refuse(located(disclosure_faults(joined.table, params, areas), joined.places))
    protected = protect(joined.table, params, areas)
    tables = {OBSERVATIONS: protected.table}
    if small_areas is not None:
        tables[DEPRIVATION] = _small_areas(small_areas, areas)
    for words in (*told(weighed, joined), *map(str, weighed.notices), *protected.told):
        tell(words)
    with _written_aside(folder, tables, title, areas, params, weighed) as (new, manifest):
        if earlier is None or manifest != earlier.manifest:
            _make_way(folder, earlier, tables, replace, tell)
            put_in_place(new, folder)
    return manifest


def _read(paths: Sequence[Path], params: Params) -> Joined:
    """Read all files, and tell what is wrong with any of them at once."""
    read: list[Figures] = []
    faults: list[FileFault] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            read.append(read_figures(path, params.indicators, is_first=path is paths[0]))
            faults += read[-1].faults
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError([*problems, *in_groups(faults)])
    refuse(faults)
    return join(read, params.system.combined_areas)


def _loaded(folder: Path) -> Snapshot | None:
    """Return a snapshot, if it is there and whole."""
    try:
        return load_snapshot(folder)
    except InputError:
        return None


def _small_areas(path: Path, areas: Mapping[str, SnapshotArea]) -> pd.DataFrame:
    figures = read_small_areas(path)
    refuse(figures.faults)
    table = figures.table
    refuse(located(deprivation_faults(table, areas), figures.places))
    return table.sort_values("small_area", kind="stable").reset_index(drop=True)


def _make_way(
    folder: Path,
    earlier: Snapshot | None,
    tables: Mapping[str, pd.DataFrame],
    replace: bool,
    tell: Callable[[str], None],
) -> None:
    """Say what goes with an earlier snapshot, and refuse to replace it unless that is asked for."""
    if folder.exists():
        losses = [find_damage(folder)] if earlier is None else find_losses(earlier, tables)
        if not replace:
            refuse_to_replace(folder, losses)
        for loss in losses:
            tell(loss)


@contextmanager
def _written_aside(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    title: str,
    areas: Mapping[str, SnapshotArea],
    params: Params,
    weighed: Weighed,
) -> Iterator[tuple[Path, Manifest]]:
    """Write a snapshot beside its place."""
    with explained(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
            new = Path(temporary) / folder.name
            new.mkdir()
            for name, frame in tables.items():
                frame.to_parquet(new / name, index=False, compression="zstd")
            manifest = Manifest(
                schema_version=SCHEMA,
                name=folder.name,
                title=title,
                areas=areas,
                indicators=_series(tables[OBSERVATIONS], params.indicators),
                files={
                    name: File(rows=len(frame), sha256=file_digest(new / name))
                    for name, frame in tables.items()
                },
                disclosure={
                    name: policy.name
                    for name, policy in params.policies().items()
                    if name in set(tables[OBSERVATIONS]["indicator"])
                },
                waivers=tuple(_waivers(weighed, areas)),
            )
            (new / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
            yield new, manifest


def _waivers(weighed: Weighed, areas: Mapping[str, SnapshotArea]) -> Iterator[SnapshotWaiver]:
    for waiver, findings in weighed.waived.items():
        name = None if waiver.area is None else areas[waiver.area].name
        yield SnapshotWaiver(**waiver.model_dump(), area_name=name, findings=findings)


def _series(table: pd.DataFrame, indicators: Mapping[str, Indicator]) -> dict[str, Series]:
    series = {}
    for name, rows in table.groupby("indicator", sort=True):
        ordered = rows.sort_values(IN_TIME)
        indicator = indicators[str(name)]
        series[str(name)] = Series(
            rows=len(rows),
            areas=rows["area"].nunique(),
            first_period=ordered["period"].iloc[0],
            latest_period=ordered["period"].iloc[-1],
            latest_start=ordered["period_start"].iloc[-1].date(),
            source=indicator.source,
            publisher=indicator.publisher,
            licence=indicator.licence,
        )
    return series
