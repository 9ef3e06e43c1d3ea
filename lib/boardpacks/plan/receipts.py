"""Receipts: what a step of a build has read and written, kept beside its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boardpacks.data.contents import SnapshotContents
from boardpacks.data.opened import content_digest
from boardpacks.data.reads import Read
from boardpacks.plan.fingerprints import Inputs
from boardpacks.plan.not_handed_over import LeftOut
from boardpacks.project.file_digest import file_digest
from boardpacks.project.sealed import Damaged, read_sealed, write_sealed

VERSION = 2


@dataclass(frozen=True)
class Receipt:
    """What one chapter was made from, and what came of it.

    Parameters
    ----------
    inputs
        Everything but figures and indicators.
    snapshot
        Hash of the snapshot that it was made on; by itself of no account.
    reads
        What it read of the snapshot, with the digest of each.
    wrote
        SHA-256 of each file that it wrote, by name.
    files
        SHA-256 of each file that its notebook opened: by its path from the project's folder, or its whole path where
        it lies outside.
    left_out
        What it shows and packs leave out.
    indicators
        The indicators whose params it read, with the digest of each.
    """

    inputs: Inputs
    snapshot: str
    reads: Mapping[Read, str]
    wrote: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    indicators: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what is written to a file."""
        return {
            "version": VERSION,
            "step": "chapter",
            "inputs": {name: getattr(self.inputs, name) for name in Inputs.__dataclass_fields__},
            "snapshot": self.snapshot,
            "reads": [[*read, digest] for read, digest in self.reads.items()],
            "indicators": dict(self.indicators),
            "wrote": dict(self.wrote),
            "files": dict(self.files),
            "left_out": [[one.cell, one.what, one.begins] for one in self.left_out],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Receipt:
        """Return the receipt that `as_json` gave.

        Raises
        ------
        Damaged
            When it is another version's.
        """
        if content.get("version") != VERSION or content.get("step") != "chapter":
            raise Damaged("it was written by another version")
        try:
            return cls(
                inputs=Inputs(**content["inputs"]),
                snapshot=content["snapshot"],
                reads={tuple(read): digest for *read, digest in content["reads"]},
                indicators=content["indicators"],
                wrote=content["wrote"],
                files=content.get("files", {}),
                left_out=tuple(LeftOut(*one) for one in content.get("left_out", [])),
            )
        except (KeyError, TypeError, ValueError):
            raise Damaged("it was written by another version") from None

    def still_reads(self, contents: SnapshotContents) -> bool:
        """Whether a snapshot holds the same of everything that was read."""
        return all(contents.digest(read) == digest for read, digest in self.reads.items())

    def changed_files(self, project: Path) -> list[str]:
        """Return the files that it opened and that are no longer what they were."""
        return [name for name, digest in self.files.items() if content_digest(project / name) != digest]


def receipt_path(out: Path) -> Path:
    """Return where the receipt of an executed notebook lies."""
    return out.with_suffix(".receipt.json")


def read_receipt(path: Path) -> Receipt | None:
    """Return a receipt, or None when there is none.

    Raises
    ------
    Damaged
        When it cannot be relied on.
    """
    try:
        return Receipt.from_json(read_sealed(path))
    except FileNotFoundError:
        return None


def write_receipt(receipt: Receipt, path: Path) -> None:
    """Write a receipt; an earlier one stays until the new one is whole."""
    write_sealed(path, receipt.as_json())


def damage(folder: Path, wrote: Mapping[str, str]) -> str:
    """Say which written file is missing or no longer what was written, or return an empty string."""
    for name, digest in wrote.items():
        path = folder / name
        if not path.is_file():
            return f"its result {name} is missing"
        if file_digest(path) != digest:
            return f"its result {name} was changed since"
    return ""
