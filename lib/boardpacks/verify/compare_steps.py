"""Compares what came of making a pack twice, step by step, and names what differs in the order it comes to be."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from boardpacks.facts.wording import listed
from boardpacks.packs.files.pack_manifest import ArtefactRecord, ChapterOutputs, PackOutputs

_BEHIND = ("series", "snapshot")  # columns that say where a number is from
_LAST = (".pdf", ".html", ".docx", ".xlsx", ".ods", ".csv", ".json")


@dataclass(frozen=True)
class Difference:
    """Something that differs: its name, how it differs, and whether it is a published file."""

    name: str
    how: str
    is_published: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {self.how}"


def compare_outputs(then: PackOutputs, now: PackOutputs) -> list[Difference]:
    """Return everything that differs: chapters first, then the composed source, then the published files."""
    return [
        *_chapters(then, now),
        *_files(then.source, now.source, "source "),
        *(replace(one, is_published=True) for one in sorted(_files(then.files, now.files), key=_place)),
    ]


def changed_facts(then: Path, now: Path) -> list[str]:
    """Return which numbers differ between two packs, by their data files."""
    old, new = _facts(then), _facts(now)
    return [_fact(key, old.get(key), new.get(key)) for key in {**old, **new} if old.get(key) != new.get(key)]


def _chapters(then: PackOutputs, now: PackOutputs) -> Iterator[Difference]:
    here = {chapter.chapter_id: chapter for chapter in now.chapters}
    for old in then.chapters:
        new = here.pop(old.chapter_id, None)
        if new is None:
            yield Difference(f"chapter {old.chapter_id}", "missing")
        else:
            yield from _artefacts(old, new)
    for name in here:
        yield Difference(f"chapter {name}", "not in the pack")


def _artefacts(old: ChapterOutputs, new: ChapterOutputs) -> Iterator[Difference]:
    here = {artefact.name: artefact for artefact in new.artefacts}
    for before in old.artefacts:
        after = here.pop(before.name, None)
        if how := "missing" if after is None else _how(before, after):
            yield Difference(_name(before, old.chapter_id), how)
    for artefact in here.values():
        yield Difference(_name(artefact, old.chapter_id), "not in the pack")
    if old.prose != new.prose:
        yield Difference(f"text that code made in {old.chapter_id}", "other words")
    names = [[artefact.name for artefact in chapter.artefacts] for chapter in (old, new)]
    if names[0] != names[1] and sorted(names[0]) == sorted(names[1]):
        yield Difference(f"chapter {old.chapter_id}", "in another order")


def _how(before: ArtefactRecord, after: ArtefactRecord) -> str:
    if before.kind != after.kind:
        return f"a {after.kind} now"
    parts = [part for part in before.parts if before.parts[part] != after.parts.get(part)]
    if not parts:
        return ""
    return f"its {listed(parts)} {'differs' if parts == ['drawing'] else 'differ'}"


def _name(artefact: ArtefactRecord, chapter: str) -> str:
    return f"{artefact.kind} {artefact.name} of {chapter} (cell {artefact.cell})"


def _files(then: Mapping[str, str], now: Mapping[str, str], lead: str = "") -> Iterator[Difference]:
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            how = "missing" if name not in now else "not in the pack" if name not in then else "other bytes"
            yield Difference(f"{lead}{name}", how)


def _place(one: Difference) -> tuple[int, str]:
    """Return when a published file comes to be among the others."""
    ending = Path(one.name).suffix
    return (_LAST.index(ending) if ending in _LAST else len(_LAST), one.name)


def _facts(folder: Path) -> dict[tuple[str, str], Mapping[str, str]]:
    facts: dict[tuple[str, str], Mapping[str, str]] = {}
    for path in folder.glob("*_data.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        facts |= {
            (row["chapter"], row["fact_id"]): {name: row[name] for name in row if name not in _BEHIND}
            for row in rows
        }
    return facts


def _fact(key: tuple[str, str], old: Mapping[str, str] | None, new: Mapping[str, str] | None) -> str:
    chapter, name = key
    if old is None or new is None:
        return f"{name} of {chapter} is {'not in the pack' if old is None else 'missing'}"
    shown = (
        "display"
        if old["display"] != new["display"]
        else next(column for column in old if old[column] != new.get(column))
    )
    what = "" if shown == "display" else f"{shown} "
    return f"{name} of {chapter} is {what}{new.get(shown)}, in the pack {what}{old[shown]}"
