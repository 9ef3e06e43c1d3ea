"""Loads a snapshot: an immutable, hashed set of observations with their sources."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow import ArrowInvalid, BufferReader
from pyarrow.parquet import ParquetFile

from boardpacks.data.manifest import Manifest, file_hash, read_manifest
from boardpacks.data.schema import check_deprivation, check_observations
from boardpacks.params.errors import InputError, Problem

Row = Mapping[Hashable, Any]
"""One row of a table: a value for each column."""

OBSERVATIONS = "observations.parquet"
DEPRIVATION = "deprivation.parquet"


@dataclass(frozen=True)
class Snapshot:
    """A loaded and checked snapshot.

    Parameters
    ----------
    folder
        Where it lies.
    manifest
        What it holds and from whom.
    """

    folder: Path
    manifest: Manifest

    @cached_property
    def observations(self) -> pd.DataFrame:
        """One row per published value; columns as `boardpacks.data.schema.check_observations` says."""
        frame = self._table(OBSERVATIONS)
        return check_observations(
            frame, f"{self.folder.name}/{OBSERVATIONS}", self.manifest.indicators, self.manifest.areas
        )

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, list[Row]]]:
        """The observations by indicator and area, each a row of the table in order of time.

        Grouped once: a chapter asks for hundreds of series.
        """
        grouped: dict[str, dict[str, list[Row]]] = {}
        for row in self.observations.to_dict("records"):
            grouped.setdefault(row["indicator"], {}).setdefault(row["area"], []).append(row)
        return grouped

    @cached_property
    def deprivation(self) -> pd.DataFrame:
        """One row per small area; columns as `boardpacks.data.schema.check_deprivation` says."""
        frame = self._table(DEPRIVATION)
        return check_deprivation(frame, f"{self.folder.name}/{DEPRIVATION}", self.manifest.areas)

    def _table(self, name: str) -> pd.DataFrame:
        path, where = self.folder / name, f"{self.folder.name}/{name}"
        stated = self.manifest.files.get(name)
        if stated is None or not path.is_file():
            raise InputError(
                [Problem(where, "", "no such table", "every table of a snapshot, named in its manifest")]
            )
        found = file_hash(path)
        if found != stated.sha256:
            raise InputError(
                [
                    Problem(
                        where,
                        "sha256",
                        f"{found[:16]}...",
                        f"{stated.sha256[:16]}... as its manifest says",
                        "the file was changed or damaged: restore it, or write the snapshot anew with "
                        "`boardpacks snapshot write`",
                    )
                ]
            )
        try:
            # from memory and in this thread alone: a table is small, and pyarrow's threads take longer to start
            # than it takes to read. A process that has them cannot be forked safely either.
            with ParquetFile(BufferReader(path.read_bytes())) as file:
                frame: pd.DataFrame = file.read(use_threads=False).to_pandas(use_threads=False)
                return frame
        except (ArrowInvalid, OSError) as error:
            raise InputError(
                [Problem(where, "", str(error).splitlines()[0][:100], "a Parquet file")]
            ) from None


def load_snapshot(folder: Path) -> Snapshot:
    """Return the snapshot in `folder`, with its tables checked.

    Raises
    ------
    InputError
        When a file is missing, damaged or does not pass its checks.
    """
    snapshot = Snapshot(folder, read_manifest(folder))
    _ = snapshot.observations
    if DEPRIVATION in snapshot.manifest.files:
        _ = snapshot.deprivation
    return snapshot
