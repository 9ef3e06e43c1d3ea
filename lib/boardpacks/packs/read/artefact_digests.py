"""Says what a manifest holds of the artefacts of a chapter: digests of their parts."""

from __future__ import annotations

import hashlib
import json

from boardpacks.facts.artefacts import Artefact
from boardpacks.packs.files.pack_manifest import ArtefactRecord, ChapterOutputs
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown


def chapter_outputs(chapter: ChapterContent) -> ChapterOutputs:
    """Return what a manifest says of the artefacts of a chapter."""
    return ChapterOutputs(
        notebook=chapter.notebook,
        chapter=chapter.chapter,
        prose=tuple(
            _digest(item.source) for item in chapter.items if isinstance(item, Markdown) and item.is_made
        ),
        artefacts=tuple(
            ArtefactRecord(
                cell=chapter.cells[artefact.name],
                kind=artefact.kind,
                name=artefact.name,
                parts=_parts(artefact),
            )
            for artefact in chapter.artefacts
        ),
    )


def _parts(artefact: Artefact) -> dict[str, str]:
    """Return the digest of each part that can differ by itself: a number, a word, or only how it is drawn.

    The series behind a number is left out: what else it holds is not shown.
    """
    content = artefact.model_dump(
        mode="json",
        exclude={
            "kind": True,
            "name": True,
            "drawn": True,
            "derived": True,
            "facts": {"__all__": {"series"}},
        },
    )
    parts = {"numbers": content.pop("facts")}
    if "svg" in content:
        parts["drawing"] = content.pop("svg")
    return {name: _digest(part) for name, part in {**parts, "words": content}.items()}


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
