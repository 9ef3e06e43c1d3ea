"""The manifest of a pack: what it was made from and what came of it, step by step, so that it can be made again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from boardpacks.data.reads import Read
from boardpacks.packs.files.formats import Editions
from boardpacks.packs.files.pack_record import FileName, Sha256, SnapshotRecord, Words
from boardpacks.params.agenda import Part
from boardpacks.params.calendars import Version
from boardpacks.params.values import Model, Slug
from boardpacks.plan.plan import edition_folder, pack_slug
from boardpacks.project.errors import InputError, Problem

MANIFEST = "manifest.json"

CommitId = Annotated[str, Field(pattern=r"^([0-9a-f]{40}|[0-9a-f]{64})$")]
Notebook = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_-]*$")]
EDITION = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}/[A-Za-z0-9][A-Za-z0-9._-]*$"
CellDigest = Annotated[str, Field(pattern=r"^[a-z]+ [0-9a-f]+$")]


class Commit(Model):
    """State of the project in git.

    ``sha`` is null where there is no git or no commit; ``uncommitted`` names the files of the project that a pack
    is made from and that were not as the commit has them.
    """

    sha: CommitId | None = None
    uncommitted: tuple[str, ...] = ()


class Earlier(Model):
    """An earlier pack that a pack says the changes since: folder below the published packs, digest of its facts."""

    folder: Annotated[str, Field(pattern=EDITION)]
    facts: Sha256


class PackOrder(Model):
    """What was asked for; ``engine`` is the one that rendered it.

    ``priorities`` and ``chapters`` are ids of those that a partial pack was asked for by, none for a whole pack.
    ``finalised`` is the day on which the edition was made final; null while it was a draft. ``earlier`` are the packs
    that it was compared with, the last one and the edition that it puts right.
    """

    place: Slug
    meeting: dt.date
    part: Part
    version: Version
    finalised: dt.date | None
    priorities: tuple[Slug, ...]
    chapters: tuple[Notebook, ...] = Field(default=(), exclude_if=lambda chapters: not chapters)
    formats: Annotated[tuple[Literal["pdf", "html", "large-print"], ...], Field(min_length=1)]
    engine: Words
    editions: Editions = Field(default="both", exclude_if=lambda editions: editions == "both")
    earlier: tuple[Earlier, ...] = ()

    @property
    def edition(self) -> str:
        """Name of the folder that the pack is published in."""
        slug = pack_slug(self.place, self.priorities, self.part, self.chapters)
        return edition_folder(slug, "final" if self.finalised else "draft", self.version)


class OfChapter(Model):
    """Something of one chapter: its notebook, and its id where that is another name."""

    notebook: Notebook
    chapter: Notebook | None = Field(default=None, exclude_if=lambda chapter: chapter is None)

    @property
    def chapter_id(self) -> str:
        """Id of the chapter."""
        return self.chapter or self.notebook


class ChapterInputs(OfChapter):
    """What a chapter was made from, beside what all chapters have in common.

    ``parameters`` is what the notebook was given, ``cells`` kind and digest of each of its cells, ``reads`` the
    digest of each series and other part of the snapshot that it has read.
    """

    parameters: dict[str, Any]
    cells: tuple[CellDigest, ...]
    reads: dict[str, str] = Field(default_factory=dict)


class PackInputs(Model):
    """What a pack was made from.

    ``digests`` are those of params, library, ``reports/`` and files beside the notebooks, by name; ``versions``
    those of Python and of each package that matters.
    """

    snapshot: SnapshotRecord
    digests: dict[str, str]
    versions: dict[str, str]
    chapters: tuple[ChapterInputs, ...]


class ArtefactRecord(Model):
    """A figure, table or statement, the notebook's cell that shows it, and the digest of each of its parts."""

    cell: Annotated[int, Field(ge=1)]
    kind: Literal["figure", "table", "statement"]
    name: Words
    parts: dict[str, Sha256]


class ChapterOutputs(OfChapter):
    """What a chapter handed over, in its order; ``prose`` are the digests of the Markdown that its code made."""

    prose: tuple[Sha256, ...] = Field(default=(), exclude_if=lambda prose: not prose)
    artefacts: tuple[ArtefactRecord, ...]


class PackOutputs(Model):
    """What came of each step: the chapters, the composed source by path, and the published files by name.

    ``front_sheet`` has the rows of the front sheet in Markdown, by label.
    """

    chapters: tuple[ChapterOutputs, ...]
    front_sheet: dict[str, str] = Field(default_factory=dict)
    source: dict[str, Sha256]
    files: dict[FileName, Sha256]


class PackManifest(Model):
    """What a pack was made from and what came of it. The same inputs at the same commit give the same manifest."""

    version_of_manifest: Literal[2] = 2
    commit: Commit
    order: PackOrder
    inputs: PackInputs
    outputs: PackOutputs

    def with_files(self, files: Mapping[str, str]) -> PackManifest:
        """Return the manifest with the SHA-256 of each published file."""
        outputs = self.outputs.model_copy(update={"files": dict(files)})
        return self.model_copy(update={"outputs": outputs})

    def with_editions(self, front_sheet: Mapping[str, str], earlier: Sequence[Earlier]) -> PackManifest:
        """Return the manifest with the rows of the front sheet, and with the packs that it was compared with."""
        outputs = self.outputs.model_copy(update={"front_sheet": dict(front_sheet)})
        order = self.order.model_copy(update={"earlier": tuple(earlier)})
        return self.model_copy(update={"outputs": outputs, "order": order})

    def as_bytes(self) -> bytes:
        """Return the contents of the pack's ``manifest.json``."""
        return (self.model_dump_json(indent=1) + "\n").encode()


def read_key(read: Read) -> str:
    """Return the key under which a manifest has what was read of the snapshot."""
    return " ".join(read)


def read_of(key: str) -> Read:
    """Return what a key of `read_key` stands for; only its last part may hold blanks."""
    return tuple(key.split(" ", 2))


def read_pack_manifest(folder: Path) -> PackManifest:
    """Return the manifest of the pack in `folder`.

    Raises
    ------
    InputError
        Naming each key that is not as it should be.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError as error:
        hint = "packs made before there were manifests have none: build the pack again"
        raise _wrong("", error.strerror or str(error), "the manifest of a pack", hint) from None
    _check_version(content)
    try:
        return PackManifest.model_validate_json(content)
    except ValidationError as error:
        raise InputError([_problem(fault) for fault in error.errors()]) from None


def _check_version(content: bytes) -> None:
    """Refuse a manifest of another version by that, and not by each key that this one does not know."""
    try:
        found = json.loads(content)
    except ValueError as error:
        raise _wrong("", str(error), "JSON, as it was published") from None
    version = found.get("version_of_manifest") if isinstance(found, dict) else None
    if version != 2:
        raise _wrong(
            "version_of_manifest", json.dumps(version), "2", "it needs another version of boardpacks"
        )


def _problem(fault: Mapping[str, Any]) -> Problem:
    key = ".".join(map(str, fault["loc"]))
    found = "nothing" if fault["type"] == "missing" else json.dumps(fault["input"], default=str)[:80]
    return Problem(MANIFEST, key, found, fault["msg"])


def _wrong(key: str, found: str, allowed: str, hint: str = "") -> InputError:
    return InputError([Problem(MANIFEST, key, found, allowed, hint)])
