"""Puts a written snapshot in its place, whole, and says what of an earlier one goes with that."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from boardpacks.data.compare_figures import name_some
from boardpacks.data.schema import KEY
from boardpacks.data.snapshot import DEPRIVATION, OBSERVATIONS, Snapshot, load_snapshot
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.write_errors import explained


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
    old, new = _rows(held.observations), _rows(tables[OBSERVATIONS])
    areas = {code: area.name for code, area in held.manifest.areas.items()}
    gone = [key for key in old if key not in new]
    held_areas, held_periods = {key[1] for key in new}, {(key[0], key[3]) for key in new}
    periods = dict.fromkeys((key[0], key[3]) for key in old)
    found = [
        *_told("lost", "figures", len(old), [" / ".join(key) for key in gone]),
        *_lost("indicators", held.manifest.indicators, {key[0] for key in new}),
        *_told("lost", "areas", len(areas), [areas[code] for code in areas if code not in held_areas]),
        *_told(
            "lost", "periods", len(periods), [" ".join(own) for own in periods if own not in held_periods]
        ),
        *(_lost_small_areas(small, tables.get(DEPRIVATION)) if small is not None else []),
        *_told("changed", "figures", len(old), [" / ".join(k) for k in old if k in new and old[k] != new[k]]),
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


def _rows(table: pd.DataFrame) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the rows of a table of observations by their keys."""
    keys = table[KEY].itertuples(index=False, name=None)
    return dict(
        zip(keys, table.drop(columns=KEY).astype(str).itertuples(index=False, name=None), strict=True)
    )


def _lost(what: str, old: Collection[str], new: Collection[str]) -> list[str]:
    return _told("lost", what, len(old), [name for name in old if name not in new])


def _told(become: str, what: str, of: int, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    return [f"{become}: {len(names):,} of {of:,} {what}: {name_some(names)}"]


def _lost_small_areas(old: pd.DataFrame, new: pd.DataFrame | None) -> list[str]:
    return _lost("small areas", list(old["small_area"]), set() if new is None else set(new["small_area"]))
