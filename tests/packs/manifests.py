"""Manifests made by hand, and what they are made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from boardpacks.data.contents import SnapshotContents
from boardpacks.packs.files.pack_manifest import (
    ArtefactRecord,
    ChapterInputs,
    ChapterOutputs,
    Commit,
    PackInputs,
    PackManifest,
    PackOrder,
    PackOutputs,
)
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.stale_packs import read_pack_states
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.packs.render import Engine
from boardpacks.params.models import Params
from boardpacks.plan.fingerprints import look_around
from boardpacks.plan.stale_chapters import ChapterStates
from boardpacks.project.folder import Project

HASH = "ab" * 32


def a_manifest(*artefacts: ArtefactRecord, **changes: Any) -> PackManifest:
    """Return the manifest of a pack of one chapter, without files."""
    cells = ("markdown 0a", "code 0b", "code 0c")
    inputs = {
        "snapshot": SnapshotRecord(name="embedded", sha256=HASH),
        "digests": {"params system": "01", "library charts": "02", "reports/pack.qmd": "03"},
        "versions": {"boardpacks": "0.1.0", "Python": "3.11.7 on linux x86_64", "pandas": "3.0.0"},
        "chapters": (ChapterInputs(notebook="smoking", parameters={"place": "havering"}, cells=cells),),
    }
    asked = {
        "place": "havering",
        "meeting": dt.date(2026, 12, 9),
        "part": "public",
        "version": "0.1",
        "finalised": None,
        "priorities": (),
        "formats": ("pdf", "html"),
        "engine": "bundled",
    }
    return PackManifest(
        commit=changes.pop("commit", Commit()),
        order=PackOrder(**{name: changes.pop(name, value) for name, value in asked.items()}),
        inputs=PackInputs(**{name: changes.pop(name, value) for name, value in inputs.items()}),
        outputs=PackOutputs(
            chapters=(ChapterOutputs(notebook="smoking", artefacts=artefacts),),
            source=changes.pop("source", {"pack.qmd": HASH}),
            files=changes.pop("files", {}),
        ),
    )


def an_artefact(name: str = "trend", cell: int = 2, kind: Any = "figure", **parts: str) -> ArtefactRecord:
    """Return the record of an artefact; each part is told apart by a letter."""
    letters = {"numbers": "1", "words": "2", **({"drawing": "3"} if kind == "figure" else {}), **parts}
    return ArtefactRecord(
        cell=cell, kind=kind, name=name, parts={part: letter * 64 for part, letter in letters.items()}
    )


def a_workshop(
    project: Project,
    params: Params,
    engine: Engine,
    *,
    formats: Sequence[str] = ("pdf", "html"),
    published: Path | None = None,
    shelf: Path | None = None,
    spare: Engine | None = None,
) -> Workshop:
    """Return what packs are made with on an empty snapshot, outside git."""
    contents = SnapshotContents(HASH, {}, {}, {}, {}, {})
    chapters = ChapterStates(contents, look_around(project, params), project.work / "figures", project.work)
    order = BuildOrder(project, params, "bundled", formats, published, shelf)
    return Workshop(order, chapters, read_pack_states(order, HASH), engine, spare, lambda event: None)
