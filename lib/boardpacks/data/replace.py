"""Puts a written snapshot in its place, whole, and says what of an earlier one goes with that."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from boardpacks.data.compare_figures import name_some
from boardpacks.data.schema import KEY, OBSERVATION_COLUMNS
from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS, Snapshot, load_snapshot
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.write_errors import explained

_NEW = "_new"


class WouldReplace(BoardpacksError):  # noqa: N818 - says what would happen
    """A snapshot of that name is there, and nobody has asked for it to be replaced."""


def refuse_to_replace(folder: Path, losses: Sequence[str]) -> None:
    """Say that a snapshot is there, and what would be lost with it.

    Raises
    ------
    WouldReplace
        Always.
    """
    lines = [
        f"The snapshot {folder.name} is there already, and stays as it is. Replacing it would mean:",
        *(f"  {loss}" for loss in losses),
        "Write the figures under another name, or add --replace.",
    ]
    raise WouldReplace("\n".join(lines))


def find_damage(folder: Path) -> str:
    """Return in words that what is in `folder` is lost, and why it cannot be read."""
    try:
        load_snapshot(folder)
    except InputError as error:
        fault = error.problems[0]
        return f"lost: everything in it, which is damaged: {fault.where}, {fault.found}"
    return "lost: everything in it"


def find_losses(held: Snapshot, tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return in words what of a snapshot is not in the tables of a new one, or is otherwise there."""
    small = held.deprivation if DEPRIVATION in held.manifest.files else None
    old, new = held.observations, tables[OBSERVATIONS]
    areas = {code: area.name for code, area in held.manifest.areas.items()}
    new_areas = set(new["area"])
    periods, new_periods = (
        _named(table[["indicator", "period"]].drop_duplicates(), " ") for table in (old, new)
    )
    both = old.merge(new, how="left", on=KEY, suffixes=("", _NEW), indicator=True)
    gone = both["_merge"] == "left_only"
    changed = ~gone & ~_is_same(both)
    found = [
        *_told("lost", "figures", len(old), _named(both.loc[gone, KEY], " / ")),
        *_lost("indicators", held.manifest.indicators, set(new["indicator"])),
        *_told("lost", "areas", len(areas), [areas[code] for code in areas if code not in new_areas]),
        *_lost("periods", periods, set(new_periods)),
        *(_lost_small_areas(small, tables.get(DEPRIVATION)) if small is not None else []),
        *_told("changed", "figures", len(old), _named(both.loc[changed, KEY], " / ")),
    ]
    return found or ["nothing of it is lost or changed"]


def put_in_place(new: Path, folder: Path) -> None:
    """Put the folder `new` in the place of `folder`. Whatever happens, the earlier one or the new one is there."""
    try:
        if folder.exists():
            folder.rename(_aside(folder))
        new.rename(folder)
    finally:
        repair(folder)


def remove(folder: Path) -> None:
    """Take a snapshot away, as a whole: whatever happens, no part of it is left in its place.

    Raises
    ------
    CannotWrite
        When the disk or the folder fails.
    """
    with explained(folder.parent):
        gone = folder.with_name(f".{folder.name}.gone")
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone)


def repair(folder: Path) -> None:
    """Put right what a killed writer left behind: an earlier snapshot that was moved aside, and half-written ones."""
    old = _aside(folder)
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    for left in folder.parent.glob(f".{folder.name}.*"):
        shutil.rmtree(left, ignore_errors=True)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _is_same(both: pd.DataFrame) -> pd.Series[bool]:
    """Whether the old and the new figure of a row are the same, in every column."""
    same = pd.Series(True, index=both.index)
    for column in OBSERVATION_COLUMNS:
        if column not in KEY:
            old, new = both[column], both[column + _NEW]
            same &= (old == new) | (old.isna() & new.isna())
    return same


def _named(keys: pd.DataFrame, between: str) -> list[str]:
    return [between.join(key) for key in keys.itertuples(index=False, name=None)]


def _lost(what: str, old: Collection[str], new: Collection[str]) -> list[str]:
    return _told("lost", what, len(old), [name for name in old if name not in new])


def _told(become: str, what: str, of: int, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    return [f"{become}: {len(names):,} of {of:,} {what}: {name_some(names)}"]


def _lost_small_areas(old: pd.DataFrame, new: pd.DataFrame | None) -> list[str]:
    return _lost("small areas", list(old["small_area"]), set() if new is None else set(new["small_area"]))
