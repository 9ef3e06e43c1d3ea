"""Writes a snapshot from published figures in CSV."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from boardpacks.data.area_kinds import area_kind
from boardpacks.data.checks.check_figures import Finding, Weighed, check_figures
from boardpacks.data.checks.indicator_grid import GridArea
from boardpacks.data.file_faults import FileFault, in_groups, located, refuse
from boardpacks.data.join import Joined, join
from boardpacks.data.read_areas import read_area_kinds
from boardpacks.data.read_figures import Figures, read_figures, read_small_areas
from boardpacks.data.replace import find_losses, put_in_place, refuse_to_replace, repair
from boardpacks.data.schema import deprivation_faults, observation_faults
from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS, load_snapshot
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
from boardpacks.params.models import Indicator, Params
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.file_digest import file_digest
from boardpacks.project.write_errors import explained


def write_snapshot(  # noqa: PLR0913 - what a user can say of a snapshot, each by its name
    folder: Path,
    params: Params,
    *,
    title: str,
    observations: Sequence[Path],
    small_areas: Path | None = None,
    area_kinds: Path | None = None,
    settings: CheckSettings | None = None,
    today: dt.date | None = None,
    replace: bool = False,
    tell: Callable[[str], None] = lambda words: None,
) -> Manifest:
    """Write the snapshot `folder` from CSV files and return its manifest.

    Parameters
    ----------
    folder
        The snapshot's own folder; its name is the snapshot's name.
    params
        Give each indicator its unit and source, and say which rows stand for several boroughs together.
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
        What checks do, and which of their findings are let through.
    today
        The day by which a period has to have ended, and after which a waiver no longer holds.
    replace
        Whether an earlier snapshot of that name may be replaced.
    tell
        Told in words what is lost with an earlier snapshot, and what is to be looked at.

    Raises
    ------
    InputError
        When a file is missing or a table does not pass the checks; nothing is written then.
    WouldReplace
        When there is a snapshot of that name and `replace` is not given.
    CannotWrite
        When the disk or the folder fails. An earlier snapshot stays.
    """
    repair(folder)
    joined = _read(observations, params)
    areas = _areas(joined, params, area_kinds)
    refuse(located(observation_faults(joined.table, params.indicators, areas), joined.places))
    weighed = _checked(joined, params, areas, _held(folder.parent / params.system.snapshot), settings, today)
    tables = {OBSERVATIONS: joined.table}
    if small_areas is not None:
        tables[DEPRIVATION] = _small_areas(small_areas, areas)
    if folder.exists():
        losses = find_losses(folder, tables)
        if not replace:
            refuse_to_replace(folder, losses)
        for loss in losses:
            tell(loss)
    for words in [*_told(weighed.warnings, joined), *map(str, weighed.notices)]:
        tell(words)
    return _write(folder, tables, title, areas, params.indicators, _waivers(weighed))


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


def _checked(
    joined: Joined,
    params: Params,
    areas: Mapping[str, SnapshotArea],
    held: pd.DataFrame | None,
    settings: CheckSettings | None,
    today: dt.date | None,
) -> Weighed:
    """Return what the checks find; an error where any of it stops."""
    weighed = check_figures(
        joined.table,
        params.indicators,
        {code: GridArea(code, area.name, area.kind) for code, area in areas.items()},
        settings or CheckSettings(),
        today or dt.date.today(),
        held,
    )
    if weighed.stops:
        notices = [
            Problem(
                notice.where, "waiver", notice.what, "waivers in use, before the day they end", notice.way_out
            )
            for notice in weighed.notices
        ]
        raise InputError([*in_groups(_in_files(weighed.stops, joined)), *notices])
    return weighed


def _in_files(findings: Sequence[Finding], joined: Joined) -> list[FileFault]:
    faults = [
        dataclasses.replace(
            finding.fault, hint="; ".join(filter(None, [finding.fault.hint, f"check {finding.check}"]))
        )
        for finding in findings
    ]
    return located(faults, joined.places)


def _told(findings: Sequence[Finding], joined: Joined) -> list[str]:
    """Return warnings as they are printed, one for all lines that have the same."""
    return [f"To look at: {problem}" for problem in in_groups(_in_files(findings, joined))]


def _waivers(weighed: Weighed) -> tuple[SnapshotWaiver, ...]:
    return tuple(
        SnapshotWaiver(**waiver.model_dump(), findings=findings)
        for waiver, findings in weighed.waived.items()
    )


def _held(folder: Path) -> pd.DataFrame | None:
    """Return the observations that packs are made from now, where there are any."""
    try:
        return load_snapshot(folder).observations
    except InputError:
        return None


def _areas(joined: Joined, params: Params, area_kinds: Path | None) -> dict[str, SnapshotArea]:
    said = {} if area_kinds is None else read_area_kinds(area_kinds)
    combined = {area.code: area.name for area in params.system.combined_areas}
    trusts = {area.code: area.name for area in params.system.trusts}
    held = set(joined.table["area"])
    return {
        code: said.get(code) or SnapshotArea(name=name, kind=area_kind(code, combined, trusts))
        for code, name in sorted({**joined.area_names, **combined, **trusts}.items())
        if code in held
    }


def _small_areas(path: Path, areas: Mapping[str, SnapshotArea]) -> pd.DataFrame:
    figures = read_small_areas(path)
    refuse(figures.faults)
    table = figures.table
    refuse(located(deprivation_faults(table, areas), figures.places))
    return table.sort_values("small_area", kind="stable").reset_index(drop=True)


def _write(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    title: str,
    areas: Mapping[str, SnapshotArea],
    indicators: Mapping[str, Indicator],
    waivers: tuple[SnapshotWaiver, ...],
) -> Manifest:
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
                indicators=_series(tables[OBSERVATIONS], indicators),
                files={
                    name: File(rows=len(frame), sha256=file_digest(new / name))
                    for name, frame in tables.items()
                },
                waivers=waivers,
            )
            (new / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
            put_in_place(new, folder)
    return manifest


def _series(table: pd.DataFrame, indicators: Mapping[str, Indicator]) -> dict[str, Series]:
    series = {}
    for name, rows in table.groupby("indicator", sort=True):
        ordered = rows.sort_values("period_start")
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
