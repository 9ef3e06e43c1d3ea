"""Finds out which published packs are up to date, and why the others are not. Imports nothing that is slow."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpacks.packs.changes.earlier_packs import earlier_inputs
from boardpacks.packs.files.formats import formats_of
from boardpacks.packs.files.pack_record import PAGES, SnapshotRecord, listed_files, read_sound_pack, root_of
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.read.picture_files import picture_digests
from boardpacks.packs.render.quarto import find_quarto
from boardpacks.params.calendars import Final, Meeting
from boardpacks.plan.events import PackResult
from boardpacks.plan.fingerprints import (
    ABOVE_PACKS,
    chosen_packages,
    installed_packages,
    library_rooms,
    params_digests,
    room_digest,
    text_digest,
)
from boardpacks.plan.plan import PackPlan
from boardpacks.plan.receipts import damage
from boardpacks.plan.why_stale import shorten
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project
from boardpacks.project.sealed import Damaged, read_sealed, write_sealed

VERSION = 2
PACKAGES = (
    "fontpkg-cairo",
    "fontpkg-heebo",
    "fontpkg-inter",
    "jinja2",
    "markdown-it-py",
    "mdit-py-plugins",
    "mistune",
    "nbconvert",
    "page-validation",
    "pikepdf",
    "pygments",
    "pypandoc-binary",
    "ruamel-yaml",
    "typst",
    "xlsxwriter",
)
"""Packages that composing, rendering and checking depend on."""

LIBRARY = "index.html"
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
class PackStates:
    """What all packs of a build are made from.

    Parameters
    ----------
    order
        What the build is asked for.
    snapshot
        The snapshot that they state.
    shared
        Digests of what all of them are made from, by name: params, the library's code, ``reports/``.
    versions
        Version of Python and of each package that making a pack depends on.
    printing
        The engine as it is installed here.
    indicators
        Digest of all indicators, which the workbooks describe in more words than the chapters.
    """

    order: BuildOrder
    snapshot: SnapshotRecord
    shared: Mapping[str, str]
    versions: Mapping[str, str]
    printing: Mapping[str, str]
    indicators: str = ""

    @property
    def common(self) -> dict[str, str]:
        """What all packs have in common, by name."""
        stated = {"snapshot": f"{self.snapshot.name} {self.snapshot.sha256}"}
        return {**self.shared, **stated, **self.printing, **self.versions}

    def digests(self, plan: PackPlan) -> dict[str, str]:
        """Return the digest of everything that a pack is made from, beside its chapters and the snapshot."""
        calendar = plan.calendar.model_copy(update={"meetings": (without_digests(plan.meeting),)})
        return {**self.shared, "meeting and front sheet": text_digest(calendar.model_dump_json())}

    def inputs(self, plan: PackPlan) -> dict[str, str]:
        """Return what a pack is made from now; its executed notebooks have to be there."""
        kept = plan.meeting.engine_of(plan.slug)
        return {
            **self.common,
            **({"engine": _identity(kept)} if kept else {}),
            **self.digests(plan),
            "formats": ", ".join(formats_of(plan, self.order.formats, self.order.shelf)),
            "params indicators": self.indicators,
            "priorities asked for": ", ".join(plan.priorities) or "all",
            **earlier_inputs(root_of(self.order.shelf, plan.part), plan),
            **{f"chapter {run.out.stem}": file_digest(run.out) for run in plan.chapters},
            **picture_digests(plan),
        }

    def reasons(self, plan: PackPlan) -> tuple[str, ...]:
        """Return why a pack whose chapters are all up to date has to be made, in words; none if it is up to date."""
        if plan.final is not None:
            return self._why_not_on_the_shelf(plan, plan.final)
        if self.order.force:
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
        folder = self._folder(plan)
        if plan.final is not None:
            return PackResult(plan, folder, (), read_sound_pack(folder).pages, kept=True)
        receipt, _ = self._receipt(plan)
        return PackResult(plan, folder, (), receipt.pages if receipt else None, kept=True)

    def is_finished(self, plan: PackPlan) -> bool:
        """Whether a final edition is on the shelf, whole: nothing of it is ever made again then."""
        return plan.final is not None and not self.reasons(plan)

    def _why_not_on_the_shelf(self, plan: PackPlan, final: Final) -> tuple[str, ...]:
        wanted = final.packs[plan.slug]
        if wanted is None:
            return ("it is made final",)
        try:
            found = read_sound_pack(self._folder(plan)).digest
        except (OSError, ValueError):
            return (f"the final edition {plan.version} is not there, or damaged",)
        return (
            ()
            if found == wanted
            else (f"the final edition {plan.version} is not the one that was made final",)
        )

    def done(self, result: PackResult, inputs: Mapping[str, str]) -> None:
        """Write the receipt of a pack that was published, made from these inputs; a final one needs none."""
        if result.plan.final is not None:
            return
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
        """Whether the library's pages are there and show the packs that are there."""
        try:
            receipt = read_sealed(self._library_path)
        except (FileNotFoundError, Damaged):
            return False
        return bool(receipt == self._library_receipt())

    def library_done(self) -> None:
        """Write the receipt of the library's pages."""
        write_sealed(self._library_path, self._library_receipt())

    def _folder(self, plan: PackPlan) -> Path:
        return root_of(self.order.published, plan.part) / plan.meeting.date.isoformat() / plan.edition

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
        return self.order.published / f".{LIBRARY}.receipt.json"

    def _library_receipt(self) -> dict[str, Any]:
        """Return what the pages show and what they are: every pack's record, and the sizes of the files."""
        files = sorted(path for path in self.order.published.glob("[!.]*/[!.]*/*") if path.is_file())
        shown = [
            [
                path.relative_to(self.order.published).as_posix(),
                path.stat().st_size,
                file_digest(path) if small else "",
            ]
            for path in files
            for small in [path.suffix == ".json"]
            if path.parts[-3] != PAGES
        ]
        pages = [self.order.published / LIBRARY, *sorted((self.order.published / PAGES).rglob("[!.]*"))]
        return {
            "made": [self.shared["library packs"], self.shared["params system"]],
            "packs": shown,
            "pages": {
                path.relative_to(self.order.published).as_posix(): file_digest(path)
                for path in pages
                if path.is_file()
            },
        }


def without_digests(meeting: Meeting) -> Meeting:
    """Return a meeting without the digests of its final packs, which only say what came of them."""
    bare = [final.model_copy(update={"packs": {}, "meeting": None}) for final in meeting.finals]
    return meeting.model_copy(update={"finals": tuple(bare)})


def read_pack_states(order: BuildOrder, snapshot: str) -> PackStates:
    """Read what all packs of a build are made from.

    Parameters
    ----------
    snapshot
        Hash of the snapshot, which every pack states.
    """
    project, params = order.project, order.params
    digests = params_digests(params)
    indicators = {name: digest for name, digest in digests.items() if name.startswith("indicator ")}
    seen = {name: digest for name, digest in digests.items() if name not in indicators}
    if params.assurance is not None:
        seen["assurance"] = text_digest(params.assurance.model_dump_json())
    reports = {path.relative_to(project.root).as_posix(): path for path in _sources(project)}
    return PackStates(
        order,
        snapshot=SnapshotRecord(name=params.system.snapshot, sha256=snapshot),
        shared={
            **{f"params {name}": digest for name, digest in seen.items()},
            **{f"library {room}": room_digest(room) for room in library_rooms(ABOVE_PACKS)},
            **{name: file_digest(path) for name, path in reports.items()},
        },
        versions=chosen_packages(PACKAGES, installed_packages()),
        printing={"engine": _identity(order.engine)},
        indicators=text_digest(" ".join(indicators.values())),
    )


def _sources(project: Project) -> Sequence[Path]:
    """Return the files that packs are made with; fonts are made by the library from a package."""
    reports = project.reports
    tops = [path for path in sorted(reports.glob("*")) if project.is_source(path)]
    inner = [path for top in tops if top.is_dir() for path in sorted(top.rglob("*"))]
    return [
        path for path in (*tops, *inner) if path.is_file() and _FONTS not in path.relative_to(reports).parts
    ]


def _identity(engine: str) -> str:
    """Tell one installation of an engine from another; a Quarto that ``auto`` does not take is none."""
    program = None if engine == "bundled" else shutil.which("quarto")
    if program is None or (engine == "auto" and find_quarto() is None):
        return "bundled"
    path = Path(program).resolve()
    found = path.stat()
    mark = hashlib.sha256(f"{path} {found.st_size} {found.st_mtime_ns}".encode()).hexdigest()[:16]
    return f"{engine}, quarto {mark}"
