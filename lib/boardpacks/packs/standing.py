"""Finds out which published packs are up to date, and why the others are not. Imports nothing that is slow."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpacks.build.changes import shorten
from boardpacks.build.events import PackResult
from boardpacks.build.inputs import (
    ROOMS,
    chosen_packages,
    file_digest,
    installed_packages,
    params_digests,
    room_digest,
    text_digest,
)
from boardpacks.build.plan import PackPlan
from boardpacks.build.receipts import damage
from boardpacks.packs.pack_record import SnapshotRecord, listed_files
from boardpacks.params.models import Params
from boardpacks.params.project import Project
from boardpacks.params.sealed import Damaged, read_sealed, write_sealed

VERSION = 2
PACKAGES = (
    "fontpkg-inter",
    "jinja2",
    "page-validation",
    "pikepdf",
    "pypandoc-binary",
    "ruamel-yaml",
    "typst",
)
"""Packages that composing, rendering and checking depend on."""

LIBRARY_ROOMS = (*ROOMS, "build", "packs")
"""Rooms of the library whose code decides what a pack is."""

LIBRARY = "index.html"
_WORK = ("work", "published", "published-confidential", "runs", "papers")
_FONTS = "fonts"


@dataclass(frozen=True)
class PackReceipt:
    """What a published pack was made from, and which files it has.

    Parameters
    ----------
    inputs
        Digest, or the thing itself where it is short, of everything that the pack was made from, by its name.
    wrote
        SHA-256 of each published file, by name.
    pages
        Number of pages of its PDF, if it has one.
    """

    inputs: Mapping[str, str]
    wrote: Mapping[str, str]
    pages: int | None


@dataclass(frozen=True)
class Standing:
    """What all packs of a build are made from, and where they are published.

    Parameters
    ----------
    snapshot
        The snapshot that they state.
    shared
        Digests of what all of them are made from, by name: params, the library's code, ``reports/``.
    versions
        Version of Python and of each package that making a pack depends on.
    printing
        The formats, and the engine as it is installed here.
    published
        Folder of the published packs.
    force
        Whether all are made anew.
    """

    params: Params
    snapshot: SnapshotRecord
    shared: Mapping[str, str]
    versions: Mapping[str, str]
    printing: Mapping[str, str]
    published: Path
    force: bool = False

    @property
    def common(self) -> dict[str, str]:
        """What all packs have in common, by name."""
        stated = {"snapshot": f"{self.snapshot.name} {self.snapshot.sha256}"}
        return {**self.shared, **stated, **self.printing, **self.versions}

    def digests(self, plan: PackPlan) -> dict[str, str]:
        """Return the digest of everything that a pack is made from, beside its chapters and the snapshot."""
        calendar = plan.calendar.model_copy(update={"meetings": (plan.meeting,)})
        return {**self.shared, "meeting and front sheet": text_digest(calendar.model_dump_json())}

    def inputs(self, plan: PackPlan) -> dict[str, str]:
        """Return what a pack is made from now; its executed notebooks have to be there."""
        return {
            **self.common,
            **self.digests(plan),
            "priorities asked for": ", ".join(plan.priorities) or "all",
            **{f"chapter {run.out.stem}": file_digest(run.out) for run in plan.chapters},
        }

    def reasons(self, plan: PackPlan) -> tuple[str, ...]:
        """Return why a pack whose chapters are all up to date has to be made, in words; none if it is up to date."""
        if self.force:
            return ("asked for with --force",)
        receipt, fault = self._receipt(plan)
        if receipt is None:
            return (fault,)
        new = self.inputs(plan)
        changed = [name for name in {**new, **receipt.inputs} if new.get(name) != receipt.inputs.get(name)]
        if changed:
            return (f"changed: {shorten(changed)}",)
        found = damage(self._folder(plan), receipt.wrote)
        return (found,) if found else ()

    def result(self, plan: PackPlan) -> PackResult:
        """Return the result of a pack that is up to date."""
        receipt, _ = self._receipt(plan)
        return PackResult(plan, self._folder(plan), (), receipt.pages if receipt else None, kept=True)

    def done(self, result: PackResult, inputs: Mapping[str, str]) -> None:
        """Write the receipt of a pack that was published, made from these inputs."""
        assert result.published is not None
        wrote = {
            name: file_digest(result.published / name) for name in sorted(listed_files(result.published))
        }
        content = {
            "version": VERSION,
            "step": "pack",
            "inputs": dict(inputs),
            "wrote": wrote,
            "pages": result.pages,
        }
        write_sealed(self._path(result.plan), content)

    def library_is_current(self) -> bool:
        """Whether the library page is there and shows the packs that are there."""
        try:
            receipt = read_sealed(self._library_path)
        except (FileNotFoundError, Damaged):
            return False
        return bool(receipt == self._library_receipt())

    def library_done(self) -> None:
        """Write the receipt of the library page."""
        write_sealed(self._library_path, self._library_receipt())

    def _folder(self, plan: PackPlan) -> Path:
        return self.published / plan.meeting.date.isoformat() / plan.slug

    def _path(self, plan: PackPlan) -> Path:
        """Return where the receipt lies: hidden beside the pack, so that the pack's own folder is what circulates."""
        folder = self._folder(plan)
        return folder.with_name(f".{folder.name}.receipt.json")

    def _receipt(self, plan: PackPlan) -> tuple[PackReceipt | None, str]:
        try:
            found = read_sealed(self._path(plan))
            if found["version"] != VERSION:
                return None, "it was made by another version"
            return PackReceipt(found["inputs"], found["wrote"], found["pages"]), ""
        except FileNotFoundError:
            return None, "never published here"
        except (Damaged, KeyError):
            return None, "its receipt is damaged"

    @property
    def _library_path(self) -> Path:
        return self.published / f".{LIBRARY}.receipt.json"

    def _library_receipt(self) -> dict[str, Any]:
        """Return what the page shows and what it is: every pack's record, and the sizes of the files."""
        files = sorted(path for path in self.published.glob("[!.]*/[!.]*/*") if path.is_file())
        shown = [
            [
                path.relative_to(self.published).as_posix(),
                path.stat().st_size,
                file_digest(path) if small else "",
            ]
            for path in files
            for small in [path.suffix == ".json"]
        ]
        page = self.published / LIBRARY
        return {
            "made": [self.shared["library packs"], self.shared["params system"]],
            "packs": shown,
            "page": file_digest(page) if page.is_file() else "",
        }


def stand(
    project: Project,
    params: Params,
    *,
    snapshot: str,
    engine: str,
    formats: Iterable[str],
    published: Path,
    force: bool = False,
) -> Standing:
    """Read what all packs of a build are made from.

    Parameters
    ----------
    snapshot
        Hash of the snapshot, which every pack states.
    engine
        Name of the engine that was asked for.
    formats
        ``"pdf"``, ``"html"`` or both.
    """
    seen = {
        name: digest for name, digest in params_digests(params).items() if not name.startswith("indicator")
    }
    if params.assurance is not None:
        seen["assurance"] = text_digest(params.assurance.model_dump_json())
    reports = {path.relative_to(project.root).as_posix(): path for path in _sources(project.reports)}
    return Standing(
        params,
        snapshot=SnapshotRecord(name=params.system.snapshot, sha256=snapshot),
        shared={
            **{f"params {name}": digest for name, digest in seen.items()},
            **{f"library {room}": room_digest(room) for room in LIBRARY_ROOMS},
            **{name: file_digest(path) for name, path in reports.items()},
        },
        versions=chosen_packages(PACKAGES, installed_packages()),
        printing={"engine": _identity(engine), "formats": ", ".join(sorted(formats))},
        published=published,
        force=force,
    )


def _sources(reports: Path) -> Sequence[Path]:
    """Return the files that packs are made with; fonts are made by the library from a package."""
    tops = [path for path in sorted(reports.glob("*")) if path.name not in _WORK]
    inner = [path for top in tops if top.is_dir() for path in sorted(top.rglob("*"))]
    return [
        path for path in (*tops, *inner) if path.is_file() and _FONTS not in path.relative_to(reports).parts
    ]


def _identity(engine: str) -> str:
    """Tell one installation of an engine from another, without asking it for its version, which takes long."""
    program = None if engine == "bundled" else shutil.which("quarto")
    if program is None:
        return "bundled"
    path = Path(program).resolve()
    found = path.stat()
    mark = hashlib.sha256(f"{path} {found.st_size} {found.st_mtime_ns}".encode()).hexdigest()[:16]
    return f"{engine}, quarto {mark}"
