"""Writes a snapshot from published figures in CSV."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from boardpacks.data.manifest import MANIFEST, SCHEMA, File, Manifest, Series, SnapshotArea, file_hash
from boardpacks.data.schema import KEY, OBSERVATION_COLUMNS, ORDER, check_deprivation, check_observations
from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS
from boardpacks.params.errors import InputError, Problem, near
from boardpacks.params.models import CombinedArea, Indicator, Params
from boardpacks.params.values import AREA_CODE

NUMBERS = ["value", "lower_95", "upper_95", "count", "denominator"]
IN_CSV = {"indicator_id": "indicator", "area_code": "area"}
NEEDED = ["indicator_id", "area_code", "area_name", "period", "value", "lower_95", "upper_95"]
NEEDED_FIRST = ["sex", "period_start", "period_months", "count", "denominator", "note"]
SMALL_AREA_COLUMNS = {
    "lsoa_code": "small_area",
    "area_code": "area",
    "imd_2025_decile": "decile",
    "imd_2025_rank": "rank",
    "imd_2025_score": "score",
}
Kind = Literal["borough", "combined", "region", "country", "trust"]


def write_snapshot(
    folder: Path, params: Params, *, title: str, observations: Sequence[Path], small_areas: Path | None = None
) -> Manifest:
    """Write the snapshot `folder` from CSV files and return its manifest.

    Parameters
    ----------
    folder
        The snapshot's own folder; its name is the snapshot's name. Replaced as a whole.
    params
        Give each indicator its source, and say which rows stand for several boroughs together.
    title
        What the snapshot holds, in a few words.
    observations
        CSV files with the columns ``indicator_id``, ``area_code``, ``area_name``, ``period``, ``value``,
        ``lower_95``, ``upper_95`` and, at least in the first file, ``sex``, ``period_start`` (a date),
        ``period_months``, ``count``, ``denominator`` and ``note``. A later file without them takes sex and dates
        from the same indicator and period of an earlier one, and may repeat its rows.
    small_areas
        CSV file of deprivation by small area: ``lsoa_code``, ``area_code``, ``imd_2025_decile``,
        ``imd_2025_rank``, ``imd_2025_score``.

    Raises
    ------
    InputError
        When a file is missing or a table does not pass the checks; nothing is written then.
    """
    raw = [_read_observations(path, is_first=number == 0) for number, path in enumerate(observations)]
    table = _observations(raw, params)
    areas = _areas(raw, table, params)
    check_observations(table, observations[0].name, params.indicators, areas)
    tables = {OBSERVATIONS: table}
    if small_areas is not None:
        tables[DEPRIVATION] = check_deprivation(_small_areas(small_areas), small_areas.name, areas)

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        new = Path(temporary) / folder.name
        new.mkdir()
        for name, frame in tables.items():
            frame.to_parquet(new / name, index=False, compression="zstd")
        manifest = Manifest(
            schema_version=SCHEMA,
            name=folder.name,
            title=title,
            areas=areas,
            indicators=_series(table, params.indicators),
            files={
                name: File(rows=len(frame), sha256=file_hash(new / name)) for name, frame in tables.items()
            },
        )
        (new / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        new.replace(folder)
    return manifest


def _read(path: Path, needed: Sequence[str]) -> pd.DataFrame:
    """Return a CSV file as text, whole."""
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise InputError(
            [Problem(path.name, "", "no such file", "a CSV file of published figures")]
        ) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise InputError(
            [Problem(path.name, "", str(error)[:100], "a CSV file in UTF-8 with a header")]
        ) from None
    missing = [column for column in needed if column not in frame]
    if missing:
        raise InputError(
            [
                Problem(path.name, column, f"columns {', '.join(frame.columns)}"[:120], f"a column {column}")
                for column in missing
            ]
        )
    return frame


def _read_observations(path: Path, *, is_first: bool) -> pd.DataFrame:
    frame = _read(path, [*NEEDED, *NEEDED_FIRST] if is_first else NEEDED).rename(columns=IN_CSV)
    for column in NUMBERS:
        if column in frame:
            frame[column] = _numbers(frame[column], path.name)
    if "period_start" in frame:
        days = pd.to_datetime(frame["period_start"], format="%Y-%m-%d", errors="coerce")
        _check_cells(frame["period_start"], days.isna(), path.name, "a day, such as 2024-04-01")
        frame["period_start"] = days.astype("datetime64[us]")
    if "period_months" in frame:
        frame["period_months"] = _whole_numbers(frame["period_months"], path.name)
    return frame


def _numbers(column: pd.Series[str], where: str) -> pd.Series[float]:
    numbers = pd.to_numeric(column.replace("", None), errors="coerce")
    _check_cells(column, numbers.isna() & (column != ""), where, "a number, or an empty cell")
    return numbers.astype(float)


def _whole_numbers(column: pd.Series[str], where: str) -> pd.Series[int]:
    numbers = pd.to_numeric(column.replace("", None), errors="coerce")
    _check_cells(column, ~(numbers % 1 == 0), where, "a whole number")
    return numbers.astype("int64")


def _check_cells(column: pd.Series[str], wrong: pd.Series[bool], where: str, allowed: str) -> None:
    """Raise an error that names the line of the first wrong cell."""
    if wrong.any():
        row = int(str(wrong.idxmax()))
        raise InputError(
            [Problem(f"{where}, line {row + 2}", str(column.name), column[row] or "an empty cell", allowed)]
        )


def _observations(raw: Sequence[pd.DataFrame], params: Params) -> pd.DataFrame:
    times = raw[0][["indicator", "period", "sex", "period_start", "period_months"]].drop_duplicates()
    filled = [frame if "sex" in frame else _dated(frame, times) for frame in raw]
    table = pd.concat(filled, ignore_index=True)
    _check_names(table, params)
    # A row may be repeated, but not with other figures: such a key stays twice and fails the checks.
    table = table.drop_duplicates([*KEY, "value", "lower_95", "upper_95"], keep="first")
    table = _recode_combined(table, params.system.combined_areas)
    table["note"] = table["note"].fillna("").astype(str)
    table["period_months"] = table["period_months"].astype("int64")
    return table[OBSERVATION_COLUMNS].sort_values(ORDER, kind="stable").reset_index(drop=True)


def _dated(frame: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    """Give the rows the sex and dates that the first file has for their indicator and period."""
    keys = ["indicator", "period"]
    several = times[times.duplicated(keys)].merge(frame[keys])
    if len(several):
        raise InputError(
            [
                Problem(
                    "published figures",
                    f"sex of {several['indicator'][0]}",
                    f"several in the first file for {several['period'][0]}",
                    "a column sex in the later file too",
                )
            ]
        )
    return frame.merge(times, on=keys, how="left")


def _check_names(table: pd.DataFrame, params: Params) -> None:
    problems = [
        Problem(
            "published figures",
            "indicator_id",
            name,
            "an indicator of params/indicators/",
            near(name, list(params.indicators)),
        )
        for name in table["indicator"].unique()
        if name not in params.indicators
    ]
    undated = table[table["period_start"].isna()]
    problems += [
        Problem(
            "published figures",
            f"period of {row.indicator}",
            str(row.period),
            "a period that the first file dates",
        )
        for row in undated.drop_duplicates(["indicator", "period"]).itertuples()
    ]
    if problems:
        raise InputError(problems)


def _recode_combined(table: pd.DataFrame, combined: Sequence[CombinedArea]) -> pd.DataFrame:
    """Give a row that stands for several boroughs their combined code, and drop its empty twins."""
    for area in combined:
        if area.note is None:
            continue
        marked = (table["note"] == area.note) & table["area"].isin(area.boroughs)
        table = table[~(marked & table["value"].isna())].copy()
        table.loc[marked.reindex(table.index), "area"] = area.code
    return table


def _areas(raw: Sequence[pd.DataFrame], table: pd.DataFrame, params: Params) -> dict[str, SnapshotArea]:
    named = {area.code: area.name for area in (*params.system.combined_areas, *params.system.trusts)}
    names = {
        str(code): str(name)
        for frame in raw
        for code, name in frame[["area", "area_name"]].drop_duplicates().itertuples(index=False)
    }
    wrong = [code for code in names if not re.fullmatch(AREA_CODE, code)]
    if wrong:
        raise InputError(
            [
                Problem("published figures", "area_code", code, "an ONS code or an NHS provider code")
                for code in wrong
            ]
        )
    combined, held = {area.code for area in params.system.combined_areas}, set(table["area"])
    return {
        code: SnapshotArea(name=name, kind=_kind(code, combined))
        for code, name in sorted((names | named).items())
        if code in held
    }


def _kind(code: str, combined: set[str]) -> Kind:
    """Tell what an area is from its code: the first three characters of an ONS code name its kind."""
    if code in combined:
        return "combined"
    if len(code) == 3:
        return "trust"
    return "country" if code.startswith("E92") else "region" if code.startswith("E12") else "borough"


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


def _small_areas(path: Path) -> pd.DataFrame:
    frame = _read(path, list(SMALL_AREA_COLUMNS))[list(SMALL_AREA_COLUMNS)]
    for column in ("imd_2025_decile", "imd_2025_rank"):
        frame[column] = _whole_numbers(frame[column], path.name)
    frame["imd_2025_score"] = _numbers(frame["imd_2025_score"], path.name)
    frame = frame.rename(columns=SMALL_AREA_COLUMNS)
    return frame.sort_values("small_area", kind="stable").reset_index(drop=True)
