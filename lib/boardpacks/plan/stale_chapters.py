"""Finds out which chapters of a build are up to date, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from boardpacks.data.contents import SnapshotContents, kept_contents, read_contents
from boardpacks.data.digests import NOTHING
from boardpacks.data.opened import FILES
from boardpacks.data.reads import INDICATORS, Read
from boardpacks.params.models import Params
from boardpacks.plan.fingerprints import (
    Inputs,
    NotebookInputs,
    Surroundings,
    gather_inputs,
    look_around,
    read_notebook_inputs,
)
from boardpacks.plan.not_handed_over import find_left_out
from boardpacks.plan.plan import ChapterRun
from boardpacks.plan.receipts import Receipt, damage, read_receipt, receipt_path, write_receipt
from boardpacks.plan.renew_text import differ_in_text_only, renew_text
from boardpacks.plan.shared_cache import Cache
from boardpacks.plan.why_stale import figure_changes, file_changes, indicator_changes, input_changes
from boardpacks.project.errors import BoardpacksError, InputError
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project
from boardpacks.project.sealed import Damaged, write_whole

Origin = Literal["kept", "text", "another pack", "cache"]
"""Where a chapter comes from that is not executed; ``text`` means that its earlier result was given new text."""


class FiguresChanged(BoardpacksError):  # noqa: N818 - says what happened, not an error's name
    """The snapshot was replaced while a chapter was executed."""


@dataclass(frozen=True)
class ChapterState:
    """What was found of one chapter.

    Parameters
    ----------
    run
        The chapter.
    inputs
        What it is made from now; None when the notebook cannot be read.
    receipt
        What it was made from before; None when it was not, or nothing reliable is known of it.
    reasons
        Why it has to be executed, in words; empty when it is up to date.
    has_new_text_only
        Whether nothing but its notebook's text has changed, and its earlier result is as it was.
    """

    run: ChapterRun
    inputs: Inputs | None
    receipt: Receipt | None
    reasons: tuple[str, ...]
    has_new_text_only: bool = False

    @property
    def is_current(self) -> bool:
        """Whether nothing has to be done."""
        return not self.reasons


@dataclass
class ChapterStates:
    """What is known of a build's chapters before any of them is executed.

    Parameters
    ----------
    contents
        What the snapshot holds.
    around
        What the inputs of all chapters have in common.
    kept
        Folder where the contents of snapshots are kept.
    work
        Folder of all packs' executed notebooks.
    cache
        Shared cache, if any.
    force
        Whether everything is done anew whatever was done before.
    """

    contents: SnapshotContents
    around: Surroundings
    kept: Path
    work: Path
    cache: Cache | None = None
    force: bool = False
    _findings: dict[Path, ChapterState] = field(default_factory=dict)
    _notebooks: dict[Path, NotebookInputs] = field(default_factory=dict)
    _old: dict[str, SnapshotContents | None] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        """Folder of the project."""
        return self.work.parents[1]

    def look(self, run: ChapterRun) -> ChapterState:
        """Return what is found of a chapter; it is looked at once."""
        if run.out not in self._findings:
            self._findings[run.out] = self._look(run)
        return self._findings[run.out]

    def packages(self, runs: Iterable[ChapterRun]) -> dict[str, str]:
        """Return the version of every package that some of these chapters depend on."""
        found = (self.look(run).inputs for run in runs)
        return {name: version for inputs in found if inputs for name, version in inputs.packages.items()}

    def is_sound(self, run: ChapterRun) -> bool:
        """Whether the chapter was executed before with this notebook and these parameters: they fit together."""
        inputs, receipt = self.look(run).inputs, self.look(run).receipt
        return (
            receipt is not None
            and inputs is not None
            and receipt.inputs.cells == inputs.cells
            and receipt.inputs.parameters == inputs.parameters
        )

    def fetch(self, run: ChapterRun) -> Origin | None:
        """Bring a chapter's result from where it is already, if it is anywhere; None when it has to be executed."""
        finding = self.look(run)
        if finding.is_current:
            return "kept"
        if self.force or finding.inputs is None:
            return None
        fingerprint = finding.inputs.fingerprint
        if finding.has_new_text_only and self._renew_text(run, finding.inputs):
            return "text"
        if found := self._beside(run, fingerprint):
            self._keep(run, *found)
            return "another pack"
        if self.cache is not None and (found := self.cache.fetch(fingerprint, self._holds)):
            self._keep(run, *found)
            return "cache"
        return None

    def is_elsewhere(self, run: ChapterRun) -> Origin | None:
        """Say where `fetch` would bring a chapter from, without doing it."""
        finding = self.look(run)
        inputs = finding.inputs
        if self.force or inputs is None:
            return None
        if finding.has_new_text_only:
            return "text"
        if self._beside(run, inputs.fingerprint):
            return "another pack"
        if self.cache is not None and self.cache.find(inputs.fingerprint, self._holds):
            return "cache"
        return None

    def done(self, run: ChapterRun, reads: dict[str, tuple[Read, ...]]) -> None:
        """Write the receipt of a chapter that was executed, and add it to the cache.

        There is no receipt, and so it is executed again next time, when what it was made from changed meanwhile.

        Raises
        ------
        FiguresChanged
            When it was executed on another snapshot than the build began with.
        """
        inputs = self.look(run).inputs
        if set(reads) - {self.contents.sha256, INDICATORS, FILES}:
            raise FiguresChanged(
                f"{run.place}: the snapshot changed while {run.label} was executed. Build again."
            )
        if (
            inputs is None
            or self.around.have_moved()
            or self._read_now(run).fingerprint != inputs.fingerprint
        ):
            return
        receipt = Receipt(
            inputs=inputs,
            snapshot=self.contents.sha256,
            reads={read: self.contents.digest(read) for read in reads.get(self.contents.sha256, ())},
            indicators={
                name: self.around.indicators.get(name, NOTHING) for (name,) in reads.get(INDICATORS, ())
            },
            wrote={run.out.name: file_digest(run.out)},
            files=dict(reads.get(FILES, ())),  # type: ignore[arg-type]  # pairs of path and digest
            left_out=find_left_out(run.out.read_bytes()),
        )
        write_receipt(receipt, receipt_path(run.out))
        if self.cache is not None:
            self.cache.put(receipt, run.out.read_bytes())

    def _look(self, run: ChapterRun) -> ChapterState:
        receipt, fault = _receipt(run)
        try:
            inputs = gather_inputs(run, self._notebook(run.notebook), self.around)
        except InputError:
            return ChapterState(run, None, receipt, ("the notebook cannot be read",))
        if self.force:
            return ChapterState(run, inputs, receipt, ("asked for with --force",))
        if receipt is None:
            return ChapterState(run, inputs, receipt, (fault,))
        reasons = (
            input_changes(receipt.inputs, inputs) if receipt.inputs.fingerprint != inputs.fingerprint else ()
        )
        new_reads = self._new_reads(receipt)
        new_text = bool(reasons) and not new_reads and differ_in_text_only(receipt.inputs, inputs)
        reasons += new_reads
        if (new_text or not reasons) and (found := damage(run.out.parent, receipt.wrote)):
            return ChapterState(run, inputs, receipt, (*reasons, found))
        return ChapterState(run, inputs, receipt, reasons, new_text)

    def _holds(self, receipt: Receipt) -> bool:
        """Whether everything that a chapter read is still what it was."""
        return not self._new_reads(receipt)

    def _new_reads(self, receipt: Receipt) -> tuple[str, ...]:
        """Return in words what a chapter read that is no longer what it was."""
        words = indicator_changes(receipt.indicators, self.around.indicators)
        if not receipt.still_reads(self.contents):
            words += figure_changes(receipt.reads, self._contents(receipt.snapshot), self.contents)
        return words + file_changes(receipt.changed_files(self.project), self.project)

    def _notebook(self, path: Path) -> NotebookInputs:
        if path not in self._notebooks:
            self._notebooks[path] = read_notebook_inputs(path, self.around)
        return self._notebooks[path]

    def _read_now(self, run: ChapterRun) -> Inputs:
        return gather_inputs(run, read_notebook_inputs(run.notebook, self.around), self.around)

    def _contents(self, sha256: str) -> SnapshotContents | None:
        if sha256 not in self._old:
            self._old[sha256] = kept_contents(sha256, self.kept)
        return self._old[sha256]

    def _beside(self, run: ChapterRun, fingerprint: str) -> tuple[Receipt, bytes] | None:
        """Find the chapter in a pack for another meeting, or in a partial or whole pack of the same place."""
        for path in sorted(self.work.glob(f"*/{run.place}*/executed/{receipt_path(run.out).name}")):
            out = path.parent / run.out.name
            try:
                receipt = read_receipt(path)
            except Damaged:
                continue
            if (
                receipt is not None
                and receipt.inputs.fingerprint == fingerprint
                and self._holds(receipt)
                and not damage(path.parent, receipt.wrote)
            ):
                return receipt, out.read_bytes()
        return None

    def _renew_text(self, run: ChapterRun, inputs: Inputs) -> bool:
        """Give an earlier result its new text; False when the notebook has changed since it was looked at."""
        receipt = self.look(run).receipt
        assert receipt is not None
        notebook = renew_text(run.out, run.notebook)
        if self._read_now(run).fingerprint != inputs.fingerprint:
            return False
        self._keep(run, replace(receipt, inputs=inputs), notebook)
        return True

    def _keep(self, run: ChapterRun, receipt: Receipt, notebook: bytes) -> None:
        write_whole(run.out, notebook)
        kept = replace(receipt, wrote={run.out.name: file_digest(run.out)}, left_out=find_left_out(notebook))
        write_receipt(kept, receipt_path(run.out))


def read_chapter_states(
    project: Project, params: Params, *, cache: Cache | None = None, force: bool = False
) -> ChapterStates:
    """Read what a build starts from. The chapters are looked at when they are asked for.

    Raises
    ------
    InputError
        When the snapshot is missing or damaged.
    """
    kept = project.work / "figures"
    return ChapterStates(
        contents=read_contents(project.snapshots / params.system.snapshot, kept),
        around=look_around(project, params),
        kept=kept,
        work=project.work,
        cache=cache,
        force=force,
    )


def _receipt(run: ChapterRun) -> tuple[Receipt | None, str]:
    """Return the receipt of a chapter, or None and the reason why there is none."""
    try:
        receipt = read_receipt(receipt_path(run.out))
    except Damaged:
        return None, "its receipt is damaged"
    return receipt, "" if receipt else "never built"
