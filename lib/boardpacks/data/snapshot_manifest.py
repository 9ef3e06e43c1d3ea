"""The manifest of a snapshot: what it holds, from whom, under which licence, with a hash of each file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from boardpacks.data.area_kinds import Kind
from boardpacks.params.policies import PolicyName
from boardpacks.params.values import AreaCode, IndicatorId
from boardpacks.project.errors import InputError, Problem

MANIFEST = "manifest.json"
SCHEMA = 1


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SnapshotArea(_Model):
    """An area that the snapshot has figures for."""

    name: str
    kind: Kind


class Series(_Model):
    """What the snapshot holds of one indicator: rows, areas, first and latest period, and where it is from."""

    rows: int
    areas: int
    first_period: str
    latest_period: str
    latest_start: dt.date
    source: str
    publisher: str
    licence: str


class SnapshotWaiver(_Model):
    """Findings of a check that were let through: how many, why, who answers for it, and until when."""

    check: str
    indicator: IndicatorId
    area: AreaCode | None
    area_name: str | None
    period: str | None
    reason: str
    name: str
    until: dt.date
    findings: int


class File(_Model):
    """A table of the snapshot: rows and SHA-256 of the file."""

    rows: int
    sha256: str


class Manifest(_Model):
    """Everything said of a snapshot beside its tables.

    ``disclosure`` is the policy that figures of an indicator were hidden and rounded by, where there is one.
    """

    schema_version: Literal[1]
    name: str
    title: str
    areas: Mapping[AreaCode, SnapshotArea]
    indicators: Mapping[IndicatorId, Series]
    files: Mapping[str, File]
    disclosure: Mapping[IndicatorId, PolicyName] = Field(default={}, exclude_if=lambda named: not named)
    waivers: tuple[SnapshotWaiver, ...] = Field(default=(), exclude_if=lambda given: not given)

    @property
    def sha256(self) -> str:
        """Hash of the snapshot as a whole: of the manifest, which holds the hash of each table."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the snapshot in `folder`.

    Raises
    ------
    InputError
        When the manifest is missing, is not JSON or does not have the expected fields.
    """
    path = folder / MANIFEST
    where = f"{folder.name}/{MANIFEST}"
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise InputError(
            [
                Problem(
                    where,
                    "",
                    "no such file",
                    "a snapshot folder with a manifest",
                    "check `snapshot` in params/system.yml",
                )
            ]
        ) from None
    except ValidationError as error:
        raise InputError(
            [
                Problem(
                    where,
                    ".".join(map(str, fault["loc"])),
                    json.dumps(fault["input"], default=str)[:80],
                    fault["msg"],
                )
                for fault in error.errors()
            ]
        ) from None
