"""Writes small published packs, whole enough to be read as earlier ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from boardpacks.packs.files.facts_file import FactsFile
from boardpacks.packs.files.pack_manifest import MANIFEST, PackManifest
from boardpacks.packs.files.pack_record import CHECKSUMS, PACK_JSON, PackRecord, SnapshotRecord, file_record
from tests.packs.manifests import a_manifest


def publish(
    published: Path,
    facts: FactsFile,
    date: str = "2026-10-14",
    *,
    version: str = "1.0",
    status: str = "final",
    manifest: PackManifest | None = None,
    **changes: Any,
) -> Path:
    """Write a pack with a file of facts alone into its folder, and return that."""
    content, name = facts.as_bytes(), f"{date}_facts.json"
    fields: dict[str, Any] = {
        "title": "Havering board pack",
        "place": "havering",
        "place_name": "Havering",
        "slug": "havering",
        "priorities": (),
        "board": "Havering Board",
        "meeting": dt.date.fromisoformat(date),
        "example": False,
        "part": "public",
        "status": status,
        "version": version,
        "pages": None,
        "files": (file_record(name, "facts", content),),
        "snapshot": SnapshotRecord(name="embedded", sha256="ab" * 32),
        "engine": "bundled",
    }
    record = PackRecord(**(fields | changes))
    folder = published / date / record.edition
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    (folder / PACK_JSON).write_text(record.model_dump_json(), encoding="utf-8")
    made = (manifest or a_manifest()).as_bytes()
    (folder / MANIFEST).write_bytes(made)
    (folder / CHECKSUMS).write_text(f"{hashlib.sha256(made).hexdigest()}  {MANIFEST}\n", encoding="utf-8")
    return folder
