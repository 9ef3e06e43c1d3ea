"""Compares an edition with the final one that it puts right: chapters by their manifests, front sheets by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from boardpacks.facts.artefacts import Statement
from boardpacks.facts.spans import FACT_SPAN, unescape
from boardpacks.packs.files.changes_file import ArtefactChange, ChapterChange, FieldChange
from boardpacks.packs.files.pack_manifest import ArtefactRecord, ChapterOutputs, PackManifest
from boardpacks.packs.read.artefact_digests import chapter_outputs
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.plan.fingerprints import cell_digests

ALWAYS_OTHER = frozenset(("Status",))
"""Fields of the front sheet that no two editions share."""

_SPAN = re.compile(FACT_SPAN)


def field_changes(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Return the fields of the front sheet that differ, in its order; their numbers lead nowhere."""
    return tuple(
        FieldChange(label=label, was=_plain(then.get(label)), now=_plain(now.get(label)))
        for label in {**now, **then}
        if label not in ALWAYS_OTHER and then.get(label) != now.get(label)
    )


def _plain(markdown: str | None) -> str | None:
    if markdown is None:
        return None
    return _SPAN.sub(lambda found: unescape(found["words"]), markdown)


def chapter_changes(
    then: PackManifest, chapters: Sequence[ChapterContent], notebooks: Mapping[str, Path]
) -> tuple[ChapterChange, ...]:
    """Return the chapters that differ from those of an earlier edition.

    Parameters
    ----------
    then
        Manifest of the earlier edition.
    chapters
        What the new edition's notebooks handed over, in its order.
    notebooks
        The notebook of each chapter as its author wrote it, by the id of the chapter.
    """
    before = {chapter.chapter_id: chapter for chapter in then.outputs.chapters}
    texts = {
        chapter.chapter_id: [cell for cell in chapter.cells if cell.startswith("markdown ")]
        for chapter in then.inputs.chapters
    }
    changes = []
    for chapter in chapters:
        name, old = chapter.id, before.pop(chapter.id, None)
        if old is None:
            changes.append(ChapterChange(notebook=name, title=chapter.title, how="new"))
            continue
        text = [" ".join(cell) for cell in cell_digests(notebooks[name]) if cell[0] == "markdown"]
        new_text = text != texts.get(name) or chapter_outputs(chapter).prose != old.prose
        artefacts = tuple(_artefacts(old, chapter))
        if artefacts or new_text:
            changes.append(
                ChapterChange(
                    notebook=name,
                    title=chapter.title,
                    how="changed",
                    text=new_text,
                    artefacts=artefacts,
                )
            )
    changes += [ChapterChange(notebook=name, title=_words(name), how="gone") for name in before]
    return tuple(changes)


def _artefacts(then: ChapterOutputs, chapter: ChapterContent) -> Iterator[ArtefactChange]:
    titles = {item.name: "" if isinstance(item, Statement) else item.title for item in chapter.artefacts}
    before = {artefact.name: artefact for artefact in then.artefacts}
    for artefact in chapter_outputs(chapter).artefacts:
        old = before.pop(artefact.name, None)
        if old is None:
            yield _change(artefact, titles[artefact.name], "new")
        elif parts := _parts(old, artefact):
            yield _change(artefact, titles[artefact.name], "changed", parts)
    for artefact in before.values():
        yield _change(artefact, "", "gone")


def _change(artefact: ArtefactRecord, title: str, how: str, parts: tuple[str, ...] = ()) -> ArtefactChange:
    return ArtefactChange.model_validate(
        {"kind": artefact.kind, "name": artefact.name, "title": title, "how": how, "parts": parts}
    )


def _parts(then: ArtefactRecord, now: ArtefactRecord) -> tuple[str, ...]:
    names = dict.fromkeys([*now.parts, *then.parts])
    return tuple(name for name in names if then.parts.get(name) != now.parts.get(name))


def _words(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]
