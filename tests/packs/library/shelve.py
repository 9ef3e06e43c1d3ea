"""Puts packs made by hand into a folder of published packs."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boardpacks.packs.files.pack_record import (
    CHECKSUMS,
    PACK_JSON,
    FileKind,
    PackRecord,
    SnapshotRecord,
    file_record,
)

ENDINGS: Mapping[FileKind, str] = {
    "pdf": ".pdf",
    "html": ".html",
    "edition": "_board-edition.pdf",
    "edition-page": "_board-edition.html",
    "edition-word": "_board-edition.docx",
    "large-print": "_large-print.pdf",
    "addendum": "_addendum.pdf",
    "xlsx": "_data.xlsx",
    "ods": "_data.ods",
    "data": "_data.csv",
    "facts": "_facts.json",
    "changes": "_changes.json",
    "working-paper": "_working-paper_mental_health.html",
}
SMALL: Mapping[FileKind, bytes] = {
    "pdf": b"x" * 412_300,
    "html": b"<html>",
    "data": b"fact_id\n",
    "facts": b"{}\n",
}


def judgement(line: str, verdict: str = "worse", **changes: Any) -> dict[str, Any]:
    """Return a line of a pack's summary as its file of facts has it."""
    return {
        "indicator": "smoking",
        "chapter": "Long-term conditions",
        "verdict": verdict,
        "count": 1,
        "trend": "not-calculated",
        "variation": None,
        "assurance": None,
        "line": line,
        "facts": [],
        **changes,
    }


def facts(*judgements: dict[str, Any]) -> bytes:
    """Return a file of facts with these judgements."""
    return json.dumps({"version_of_facts": 2, "judgements": judgements}).encode()


def shelve(published: Path, files: Mapping[FileKind, bytes] = SMALL, **changes: Any) -> Path:
    """Publish a pack and return its folder; a final one is version 1.0 unless something else is said."""
    final = changes.get("status") == "final"
    about: dict[str, Any] = {
        "title": "Havering board pack",
        "place": "havering",
        "place_name": "Havering",
        "slug": changes.get("place", "havering"),
        "priorities": (),
        "board": "Havering Board",
        "meeting": dt.date(2026, 12, 9),
        "example": False,
        "part": "public",
        "status": "draft",
        "version": "1.0" if final else "0.1",
        "finalised": dt.date(2026, 12, 1) if final else None,
        "pages": 24,
        "snapshot": SnapshotRecord(name="embedded", sha256="ab" * 32),
        "engine": "bundled",
        **changes,
    }
    stem = re.sub(r"[^A-Za-z0-9._-]", "-", f"{about['meeting']}_{about['slug'][:100]}_v{about['version']}")
    contents = {kind: (f"{stem}{ENDINGS[kind]}", content) for kind, content in files.items()}
    record = PackRecord(
        **about, files=tuple(file_record(name, kind, content) for kind, (name, content) in contents.items())
    )
    folder = published / record.meeting.isoformat() / record.edition
    folder.mkdir(parents=True)
    for name, content in contents.values():
        (folder / name).write_bytes(content)
    (folder / PACK_JSON).write_text(record.model_dump_json(), encoding="utf-8")
    (folder / CHECKSUMS).write_text(
        "".join(f"{file.sha256}  {file.name}\n" for file in record.files), encoding="utf-8"
    )
    return folder


def history(published: Path, **changes: Any) -> None:
    """Publish a pack of three editions: 0.1, a draft, then 1.0 and 1.1, final."""
    shelve(published, **changes)
    shelve(published, status="final", **changes)
    shelve(
        published,
        status="final",
        version="1.1",
        corrects="1.0",
        reason="The suicide rate was of the wrong period.",
        finalised=dt.date(2026, 12, 4),
        **changes,
    )
