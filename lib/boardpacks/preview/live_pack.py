"""Makes the page of one place's pack again and again: executes and renders only what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from boardpacks.execute.chapter_failed import ChapterFailed
from boardpacks.execute.kernel import BuildStopped, Kernels
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.execute.workers import run_packs, usable_cpus
from boardpacks.packs.check.check_artefacts import check_artefacts
from boardpacks.packs.compose_pack import compose_text
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.lint.check_prose import check_prose
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_chapters import read_chapters
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.plan.bring_chapters import bring_chapters
from boardpacks.plan.check_notebooks import check_notebooks
from boardpacks.plan.events import ChapterDone, ChapterStarted, Event, PackResult
from boardpacks.plan.plan import ChapterRun, PackPlan, plan_packs
from boardpacks.plan.stale_chapters import ChapterStates, read_chapter_states
from boardpacks.preview.page_pieces import PagePieces
from boardpacks.preview.saves import Saved
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project

Tell = Callable[[str], None]


class NotMade(Exception):  # noqa: N818 - says what happened
    """The page could not be made: ``faults`` say why, each in words."""

    def __init__(self, faults: Collection[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)


@dataclass(frozen=True)
class LivePage:
    """A page that was made, and the pack that it is of."""

    html: str
    pack: PackContent


@dataclass(frozen=True)
class Ground:
    """What all chapters rest on, read when params, figures or files beside the notebooks were saved."""

    params: Params
    states: ChapterStates


@dataclass
class LivePack:
    """One place's pack, or one chapter of it, that is made anew after each save.

    What it executes lies in a folder of its own: a build beside it is not disturbed, and nothing is published. What a
    build has executed is taken from there.

    Parameters
    ----------
    place
        Id of the place, or ``system``.
    chapters
        Ids of the chapters to show; none for the whole pack.
    today
        The pack is that of the next meeting from this day on.
    folder
        Where it works; whoever opens it clears it away.
    kernels
        What chapters are executed in.
    """

    project: Project
    place: str
    chapters: tuple[str, ...]
    today: dt.date
    folder: Path
    kernels: Kernels
    _ground: Ground | None = None
    _read: dict[Path, tuple[str, ChapterContent]] = field(default_factory=dict)
    _pieces: PagePieces | None = None

    def make(self, saved: Collection[Saved], tell: Tell) -> LivePage:
        """Return the page as the files are now.

        Parameters
        ----------
        saved
            What was saved since the page was made last.
        tell
            Told what is being done.

        Raises
        ------
        NotMade
            When a chapter fails, or something in the files is wrong.
        BuildStopped
            When `kernels` was stopped meanwhile.
        """
        try:
            if "inputs" in saved:
                self._ground = None
            ground = self._ground or self._read_ground()
            self._ground = ground
            states = replace(ground.states, _findings={}, _notebooks={})
            plan = self._plan(ground.params, states)
            self._execute(plan, states, tell)
            tell("The page is being made.")
            pack = PackContent(
                plan,
                ground.params,
                self._contents(plan),
                SnapshotRecord(name=ground.params.system.snapshot, sha256=states.contents.sha256),
                states.contents.waivers,
            )
            text = compose_text(pack, self.project.reports)
            self._go_on()
            self._pieces = self._pieces or PagePieces(self.folder / "source", self.project.reports)
            html = self._pieces.page(text, chapters_alone=bool(self.chapters))
        except BoardpacksError as error:
            raise NotMade([in_words(error)]) from error
        self._go_on()
        return LivePage(html, pack)

    def check(self, page: LivePage) -> tuple[str, ...]:
        """Return what a build would refuse a page for, in words: it is looked for when the page is seen already."""
        assert self._ground is not None
        ground, found = self._ground, []
        checks: tuple[Callable[[], None], ...] = (
            lambda: check_artefacts(page.pack, ground.states.contents),
            lambda: check_prose(page.pack),
            lambda: check_notebooks(ground.params, [page.pack.plan]),
        )
        for check in checks:
            self._go_on()
            try:
                check()
            except BoardpacksError as error:
                found.append(in_words(error))
        return tuple(found)

    def _read_ground(self) -> Ground:
        params = load_params(self.project.params)
        return Ground(params, read_chapter_states(self.project, params))

    def _plan(self, params: Params, states: ChapterStates) -> PackPlan:
        """Return the plan of what is shown, in the folder of the preview."""
        plan, *_ = plan_packs(
            params,
            self.project,
            places=(self.place,),
            chapters=self.chapters,
            today=self.today,
            is_sound=states.is_sound,
        )
        executed = self.folder / plan.slug / "executed"
        return replace(
            plan, chapters=tuple(replace(run, out=executed / run.out.name) for run in plan.chapters)
        )

    def _execute(self, plan: PackPlan, states: ChapterStates, tell: Tell) -> None:
        there = bring_chapters([plan], states, _hear_nothing)
        left = len(plan.chapters) - len(there)

        def hear(event: Event) -> None:
            nonlocal left
            if isinstance(event, ChapterDone):
                left -= 1
            if isinstance(event, ChapterDone | ChapterStarted) and left:
                tell(f"{left} {'chapter is' if left == 1 else 'chapters are'} being executed.")

        def execute(run: ChapterRun) -> None:
            states.done(run, execute_chapter(run, self.kernels))

        (result,) = run_packs(
            [plan],
            execute,
            lambda done: PackResult(done, None, (), None),
            there=there,
            stop=self.kernels.stop,
            workers=usable_cpus,
            on_event=hear,
        )
        self._go_on()
        if result.failures:
            raise NotMade([in_words(failure) for failure in result.failures])

    def _contents(self, plan: PackPlan) -> list[ChapterContent]:
        """Return what the chapters hand over; those that are as they were are not read again."""
        digests = {run.out: file_digest(run.out) for run in plan.chapters}
        new = [run for run in plan.chapters if self._read.get(run.out, ("",))[0] != digests[run.out]]
        for run, content in zip(new, read_chapters(new), strict=True):
            self._read[run.out] = (digests[run.out], content)
        self._read = {run.out: self._read[run.out] for run in plan.chapters}
        return [content for _, content in self._read.values()]

    def _go_on(self) -> None:
        if self.kernels.stopped:
            raise BuildStopped


def in_words(error: BoardpacksError) -> str:
    """Return what an error says; of a chapter that failed, what helps in the notebook."""
    return str(replace(error, kept=None) if isinstance(error, ChapterFailed) else error)


def _hear_nothing(event: Event) -> None:
    """Take an event that nobody follows."""
