"""Loads a snapshot: an immutable, hashed set of observations with their sources."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow import ArrowInvalid, BufferReader
from pyarrow.parquet import ParquetFile

from boardpacks.data.area_kinds import peer_kinds
from boardpacks.data.digests import NOTHING, digest, observation_digests, series_digest
from boardpacks.data.reads import note
from boardpacks.data.schema import DEPRIVATION_COLUMNS, check_deprivation, check_observations
from boardpacks.data.snapshot_manifest import Manifest, read_manifest
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.file_digest import file_digest

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

    @property
    def observations(self) -> pd.DataFrame:
        """One row per published value; columns as `boardpacks.data.schema.check_observations` says.

        A chapter that reads the whole table is executed again whenever anything in it changes.
        """
        note(self.sha256, "table", OBSERVATIONS)
        return self._observations

    @property
    def deprivation(self) -> pd.DataFrame:
        """One row per small area; columns as `boardpacks.data.schema.check_deprivation` says."""
        note(self.sha256, "table", DEPRIVATION)
        return self._deprivation

    def series(self, indicator: str, area: str) -> Sequence[Row]:
        """Return the observations of an indicator for an area, in order of time."""
        note(self.sha256, "series", indicator, area)
        return self.rows.get(indicator, {}).get(area, [])

    def peers(self, indicator: str, period: str, area: str) -> list[Row]:
        """Return the observations of an indicator in a period for all areas of the kind of `area`, itself included.

        Of areas joined by ``+``, the first one counts. An area that the snapshot does not know has no peers.
        """
        areas = self.manifest.areas
        known = areas.get(area.partition("+")[0])
        if known is None:
            return []
        kinds = peer_kinds(known.kind)
        note(self.sha256, "peers", indicator, period, kinds[0])
        return [
            row
            for code, rows in self.rows.get(indicator, {}).items()
            if areas[code].kind in kinds
            for row in rows
            if row["period"] == period
        ]

    def newest_period(self, indicator: str) -> str:
        """Return the last period that the snapshot has of an indicator, in any area."""
        note(self.sha256, "newest", indicator)
        return self.manifest.indicators[indicator].latest_period

    def area_name(self, area: str) -> str:
        """Return the name of an area, or its code when the snapshot does not know it."""
        note(self.sha256, "area", area)
        known = self.manifest.areas.get(area)
        return known.name if known else area

    def area_kind(self, area: str) -> str:
        """Return what an area is, such as ``borough``; of areas joined by ``+``, what the first is.

        One that the snapshot does not know is ``other``.
        """
        code = area.partition("+")[0]
        note(self.sha256, "area", code)
        known = self.manifest.areas.get(code)
        return known.kind if known else "other"

    def small_areas(self, area: str) -> pd.DataFrame:
        """Return the small areas of a borough; columns as `deprivation` has them."""
        note(self.sha256, "small-areas", area)
        return self._deprivation[self._deprivation["area"] == area]

    def row_number(self, indicator: str, area: str, sex: str, period: str) -> int | None:
        """Return the number of an observation's row in the table, from 1, or None where there is none."""
        table = self._observations
        same = (table["indicator"] == indicator) & (table["area"] == area)
        found = table.index[same & (table["sex"] == sex) & (table["period"] == period)]
        return int(found[0]) + 1 if len(found) else None

    def digest(self, indicator: str, area: str) -> str:
        """Return the digest of a series, by which it can be told whether another snapshot has the same.

        Of areas joined by ``+``, the digests of their series joined by ``+``.
        """
        return "+".join(self._series_digest(indicator, code) for code in area.split("+"))

    def small_areas_digest(self, area: str) -> str:
        """Return the digest of the small areas of a borough, or of several joined by ``+``."""
        return "+".join(self._small_area_digests.get(code, NOTHING) for code in area.split("+"))

    @cached_property
    def sha256(self) -> str:
        """Hash of the snapshot as a whole."""
        return self.manifest.sha256

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, list[Row]]]:
        """All observations by indicator and area, for the library itself: reading here is not noted.

        Each is a row of the table, in order of time. Grouped once: a chapter asks for hundreds of series.
        """
        grouped: dict[str, dict[str, list[Row]]] = {}
        for row in self._observations.to_dict("records"):
            grouped.setdefault(row["indicator"], {}).setdefault(row["area"], []).append(row)
        return grouped

    def _series_digest(self, indicator: str, area: str) -> str:
        if (indicator, area) not in self._digests:
            rows = self.rows.get(indicator, {}).get(area, [])
            self._digests[indicator, area] = series_digest(observation_digests(rows))
        return self._digests[indicator, area]

    @cached_property
    def _digests(self) -> dict[tuple[str, str], str]:
        return {}

    @cached_property
    def _small_area_digests(self) -> dict[str, str]:
        tables = self._deprivation.groupby("area")
        return {str(area): digest(map(str, table.to_numpy().ravel())) for area, table in tables}

    @cached_property
    def _observations(self) -> pd.DataFrame:
        frame = self._table(OBSERVATIONS)
        return check_observations(
            frame, f"{self.folder.name}/{OBSERVATIONS}", self.manifest.indicators, self.manifest.areas
        )

    @cached_property
    def _deprivation(self) -> pd.DataFrame:
        if DEPRIVATION not in self.manifest.files:
            return pd.DataFrame(columns=DEPRIVATION_COLUMNS)
        frame = self._table(DEPRIVATION)
        return check_deprivation(frame, f"{self.folder.name}/{DEPRIVATION}", self.manifest.areas)

    def _table(self, name: str) -> pd.DataFrame:
        path, where = self.folder / name, f"{self.folder.name}/{name}"
        stated = self.manifest.files.get(name)
        if stated is None or not path.is_file():
            raise InputError(
                [Problem(where, "", "no such table", "every table of a snapshot, named in its manifest")]
            )
        found = file_digest(path)
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
    return check_tables(Snapshot(folder, read_manifest(folder)))


def check_tables(snapshot: Snapshot) -> Snapshot:
    """Read and check every table of a snapshot, and return it."""
    _ = snapshot._observations
    if DEPRIVATION in snapshot.manifest.files:
        _ = snapshot._deprivation
    return snapshot
