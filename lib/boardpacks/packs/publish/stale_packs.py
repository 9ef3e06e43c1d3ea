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
from boardpacks.packs.files.pack_record import PAGES, SnapshotRecord, listed_files, read_sound_pack
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
from boardpacks.plan.plan import PackPlan, root_of
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

    def look(self, plan: PackPlan) -> PackState:
        """Return how one pack stands."""
        return PackState(plan, self)

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


@dataclass(frozen=True)
class PackState:
    """How one pack stands beside what it would be made from now."""

    plan: PackPlan
    packs: PackStates

    @property
    def folder(self) -> Path:
        """Where it is published."""
        return self.plan.published_in(self.packs.order.published)

    @property
    def is_finished(self) -> bool:
        """Whether it is a final edition on the shelf, whole: nothing of it is ever made again then."""
        return self.plan.final is not None and not self.reason

    @property
    def digests(self) -> dict[str, str]:
        """Digest of everything that it is made from, beside its chapters and the snapshot."""
        held = without_digests(self.plan.meeting)
        shown = {"meetings": (held,), "actions": self.plan.calendar.actions_at(self.plan.meeting)}
        calendar = self.plan.calendar.model_copy(update=shown)
        return {**self.packs.shared, "meeting and front sheet": text_digest(calendar.model_dump_json())}

    def inputs(self) -> dict[str, str]:
        """Return what it is made from now; its executed notebooks have to be there."""
        plan, order = self.plan, self.packs.order
        kept = plan.meeting.engine_of(plan.slug)
        return {
            **self.packs.common,
            **({"engine": _identity(kept)} if kept else {}),
            **self.digests,
            "formats": ", ".join(formats_of(plan, order.formats, order.shelf)),
            **({} if order.editions == "both" else {"editions": order.editions}),
            "params indicators": self.packs.indicators,
            "priorities asked for": ", ".join(plan.priorities) or "all",
            **({"chapters asked for": ", ".join(plan.chosen)} if plan.chosen else {}),
            **earlier_inputs(root_of(order.shelf, plan.part), plan),
            **{f"chapter {run.out.stem}": file_digest(run.out) for run in plan.chapters},
            **picture_digests([run.notebook for run in plan.chapters]),
        }

    @property
    def reason(self) -> str:
        """Why it has to be made, its chapters being up to date, in words; empty when it is up to date too."""
        if self.plan.final is not None:
            return self._why_not_on_the_shelf(self.plan.final)
        if self.packs.order.force:
            return "asked for with --force"
        receipt, fault = self._receipt()
        if receipt is None:
            return fault
        new = self.inputs()
        changed = [name for name in {**new, **receipt.inputs} if new.get(name) != receipt.inputs.get(name)]
        return f"changed: {shorten(changed)}" if changed else damage(self.folder, receipt.wrote)

    def result(self) -> PackResult:
        """Return the result of a pack that is up to date."""
        if self.plan.final is not None:
            return PackResult(self.plan, self.folder, (), read_sound_pack(self.folder).pages, kept=True)
        receipt, _ = self._receipt()
        return PackResult(self.plan, self.folder, (), receipt.pages if receipt else None, kept=True)

    def done(self, made_from: Mapping[str, str], pages: int | None) -> None:
        """Write the receipt of a pack that was published; a final one needs none."""
        if self.plan.final is not None:
            return
        wrote = {name: file_digest(self.folder / name) for name in sorted(listed_files(self.folder))}
        content = {
            "version": VERSION,
            "step": "pack",
            "inputs": dict(made_from),
            "wrote": wrote,
            "pages": pages,
        }
        write_sealed(self._path, content)

    def _why_not_on_the_shelf(self, final: Final) -> str:
        wanted, version = final.packs[self.plan.slug], self.plan.version
        if wanted is None:
            return "it is made final"
        try:
            found = read_sound_pack(self.folder).digest
        except (OSError, ValueError):
            return f"the final edition {version} is not there, or damaged"
        return "" if found == wanted else f"the final edition {version} is not the one that was made final"

    @property
    def _path(self) -> Path:
        """Where the receipt lies: hidden beside the pack, so that the pack's own folder is what circulates."""
        return self.folder.with_name(f".{self.folder.name}.receipt.json")

    def _receipt(self) -> tuple[PackReceipt | None, str]:
        try:
            found = read_sealed(self._path)
            if found["version"] != VERSION:
                return None, "it was made by another version"
            return PackReceipt(found["inputs"], found["wrote"], found["pages"]), ""
        except FileNotFoundError:
            return None, "never published here"
        except (Damaged, KeyError):
            return None, "its receipt is damaged"


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
