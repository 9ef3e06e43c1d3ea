"""Writes a snapshot from published figures in CSV."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from boardpacks.data.area_kinds import area_kind
from boardpacks.data.check_figures import all_below_one, figure_faults
from boardpacks.data.disclosure import disclosure_faults, protect
from boardpacks.data.file_faults import FileFault, in_groups, located, refuse
from boardpacks.data.join import Joined, join
from boardpacks.data.read_figures import Figures, read_figures, read_small_areas
from boardpacks.data.replace import find_losses, put_in_place, refuse_to_replace, repair
from boardpacks.data.schema import IN_TIME, deprivation_faults, observation_faults
from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS, load_snapshot
from boardpacks.data.snapshot_manifest import MANIFEST, SCHEMA, File, Manifest, Series, SnapshotArea
from boardpacks.params.models import Indicator, Params
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


def write_snapshot(
    folder: Path,
    params: Params,
    *,
    title: str,
    observations: Sequence[Path],
    small_areas: Path | None = None,
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
    joined = _read(observations, params)
    areas = _areas(joined, params)
    _check(joined, params, areas, _held(folder.parent / params.system.snapshot))
    protected = protect(joined.table, params, areas)
    tables = {OBSERVATIONS: protected.table}
    if small_areas is not None:
        tables[DEPRIVATION] = _small_areas(small_areas, areas)
    for words in (*all_below_one(joined.table, params.indicators), *protected.told):
        tell(words)
    with _written_aside(folder, tables, title, areas, params) as (new, manifest):
        if manifest != _held_manifest(folder):
            _make_way(folder, tables, replace, tell)
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


def _check(
    joined: Joined, params: Params, areas: Mapping[str, SnapshotArea], held: pd.DataFrame | None
) -> None:
    refuse(located(observation_faults(joined.table, params.indicators, areas), joined.places))
    refuse(located(figure_faults(joined.table, params.indicators, held), joined.places))
    refuse(located(disclosure_faults(joined.table, params, areas), joined.places))


def _held(folder: Path) -> pd.DataFrame | None:
    """Return the observations that packs are made from now, where there are any."""
    try:
        return load_snapshot(folder).observations
    except InputError:
        return None


def _areas(joined: Joined, params: Params) -> dict[str, SnapshotArea]:
    combined = {area.code: area.name for area in params.system.combined_areas}
    trusts = {area.code: area.name for area in params.system.trusts}
    held = set(joined.table["area"])
    return {
        code: SnapshotArea(name=name, kind=area_kind(code, combined, trusts))
        for code, name in sorted({**joined.area_names, **combined, **trusts}.items())
        if code in held
    }


def _small_areas(path: Path, areas: Mapping[str, SnapshotArea]) -> pd.DataFrame:
    figures = read_small_areas(path)
    refuse(figures.faults)
    table = figures.table
    refuse(located(deprivation_faults(table, areas), figures.places))
    return table.sort_values("small_area", kind="stable").reset_index(drop=True)


def _make_way(
    folder: Path, tables: Mapping[str, pd.DataFrame], replace: bool, tell: Callable[[str], None]
) -> None:
    """Say what goes with an earlier snapshot, and refuse to replace it unless that is asked for."""
    if folder.exists():
        losses = find_losses(folder, tables)
        if not replace:
            refuse_to_replace(folder, losses)
        for loss in losses:
            tell(loss)


def _held_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a whole snapshot that is there."""
    try:
        return load_snapshot(folder).manifest
    except InputError:
        return None


@contextmanager
def _written_aside(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    title: str,
    areas: Mapping[str, SnapshotArea],
    params: Params,
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
            )
            (new / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
            yield new, manifest


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
