"""Notes what happens in a build, for its report."""

from __future__ import annotations

import datetime as dt
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from boardpacks.plan.events import (
    ChapterDone,
    ChapterKept,
    ChapterLost,
    ChapterStarted,
    Event,
    PackLost,
    PackReady,
    PackResult,
    PackStarted,
)
from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.runs.failures import shared_failures
from boardpacks.runs.secrets import Clean

PACKAGES = (
    "boardpacks",
    "matplotlib",
    "nbclient",
    "pandas",
    "papermill",
    "pypandoc_binary",
    "seaborn",
    "typst",
)
"""Packages whose versions a report names: those that packs are made with."""


@dataclass(frozen=True)
class ChapterTime:
    """What became of a chapter; ``seconds`` from its start, if it was started and came to an end."""

    notebook: str
    outcome: Literal["executed", "up to date", "failed", "not run", "not finished"]
    seconds: float | None


@dataclass(frozen=True)
class PackTime:
    """What became of a pack; ``seconds`` of composing, rendering, checking and publishing it.

    ``name`` is the place's, with the priorities of a partial pack. ``notice`` says what ought to be known of how it
    was made.
    """

    place: str
    name: str
    slug: str
    meeting: str
    status: str
    version: str
    outcome: Literal["published", "up to date", "failed", "not finished"]
    pages: int | None
    folder: str | None
    seconds: float | None
    chapters: tuple[ChapterTime, ...]
    notice: str = ""


@dataclass(frozen=True)
class Failure:
    """What went wrong, in words, and where."""

    text: str
    places: tuple[str, ...] = ()
    kept: str | None = None


@dataclass(frozen=True)
class StepTimes:
    """Seconds of work by step, added up over everything that was done at the same time."""

    chapters: float
    rendering: float


@dataclass(frozen=True)
class RunRecord:
    """A whole build: what was asked, what became of it and how long it took.

    ``started`` and ``finished`` are times of day in UTC; ``seconds`` are measured and know nothing of clocks
    that are set meanwhile.
    """

    started: str
    finished: str
    seconds: float
    exit_status: int
    asked: Mapping[str, str]
    packs: tuple[PackTime, ...]
    failures: tuple[Failure, ...]
    seconds_by_step: StepTimes
    versions: Mapping[str, str]
    schema: int = 1

    def packs_that(self, outcome: str) -> tuple[PackTime, ...]:
        """Return the packs with this outcome."""
        return tuple(pack for pack in self.packs if pack.outcome == outcome)


@dataclass
class Recorder:
    """Collects the events of a build.

    Parameters
    ----------
    asked
        The options that were given, by name, in words.
    clean
        Cleans what is noted of messages.
    """

    asked: Mapping[str, str]
    clean: Clean
    plans: Sequence[PackPlan] = ()
    _began: float = field(default_factory=time.monotonic)
    _started: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    _starts: dict[object, float] = field(default_factory=dict)
    _chapters: dict[object, ChapterTime] = field(default_factory=dict)
    _seconds: dict[object, float] = field(default_factory=dict)
    _results: dict[object, PackResult] = field(default_factory=dict)

    @property
    def started(self) -> dt.datetime:
        """When the build began, in UTC."""
        return self._started

    def note(self, event: Event) -> None:
        """Take note of an event."""
        now = time.monotonic()
        match event:
            case ChapterStarted(plan, run):
                self._starts[_key(plan, run)] = now
            case ChapterDone(plan, run, seconds):
                self._chapters[_key(plan, run)] = ChapterTime(run.chapter.id, "executed", _round(seconds))
            case ChapterKept(plan, run, _):
                self._chapters[_key(plan, run)] = ChapterTime(run.chapter.id, "up to date", None)
            case ChapterLost(plan, run, _):
                seconds = now - self._starts.get(_key(plan, run), now)
                self._chapters[_key(plan, run)] = ChapterTime(run.chapter.id, "failed", _round(seconds))
            case PackStarted(plan):
                self._starts[_key(plan)] = now
            case PackReady(result, seconds):
                self._seconds[_key(result.plan)] = seconds
                self._results[_key(result.plan)] = result
            case PackLost(result):
                if (began := self._starts.get(_key(result.plan))) is not None:
                    self._seconds[_key(result.plan)] = now - began
                self._results[_key(result.plan)] = result

    def note_results(self, results: Sequence[PackResult]) -> None:
        """Take note of the packs' results, which hold even where no event told of them."""
        self._results.update({_key(result.plan): result for result in results})

    def seconds_of(self, event: ChapterLost | PackLost) -> float | None:
        """Return how long the step took that an event reports the loss of, once the event was noted."""
        if isinstance(event, ChapterLost):
            return self._chapters[_key(event.plan, event.run)].seconds
        return _round(self._seconds.get(_key(event.result.plan)))

    def record(self, exit_status: int, problem: str = "") -> RunRecord:
        """Return the record of the build, which ends now; `problem` is what ended it, in words."""
        packs = tuple(map(self._pack, self.plans))
        shared = [
            Failure(self.clean(failure.text), failure.places, str(failure.kept) if failure.kept else None)
            for failure in shared_failures(
                [self._results[key] for key in map(_key, self.plans) if key in self._results]
            )
        ]
        if problem:
            shared.insert(0, Failure(self.clean(problem)))
        chapters = [chapter for pack in packs for chapter in pack.chapters]
        return RunRecord(
            started=_utc(self._started),
            finished=_utc(dt.datetime.now(dt.UTC)),
            seconds=round(time.monotonic() - self._began, 3),
            exit_status=exit_status,
            asked={name: self.clean(value) for name, value in self.asked.items()},
            packs=packs,
            failures=tuple(shared),
            seconds_by_step=StepTimes(
                chapters=round(sum(chapter.seconds or 0 for chapter in chapters), 3),
                rendering=round(sum(pack.seconds or 0 for pack in packs), 3),
            ),
            versions=versions(),
        )

    def _pack(self, plan: PackPlan) -> PackTime:
        result = self._results.get(_key(plan))
        return PackTime(
            place=plan.place,
            name=self.clean(plan.name),
            slug=plan.slug,
            meeting=plan.meeting.date.isoformat(),
            status=plan.status,
            version=plan.version,
            outcome=_outcome(result),
            pages=result.pages if result else None,
            folder=self.clean(str(result.published)) if result and result.published else None,
            seconds=_round(self._seconds.get(_key(plan))),
            chapters=tuple(self._chapter(plan, run) for run in plan.chapters),
            notice=self.clean(result.notice) if result else "",
        )

    def _chapter(self, plan: PackPlan, run: ChapterRun) -> ChapterTime:
        key = _key(plan, run)
        outcome: Literal["not run", "not finished"] = "not finished" if key in self._starts else "not run"
        return self._chapters.get(key) or ChapterTime(run.chapter.id, outcome, None)


def _outcome(result: PackResult | None) -> Literal["published", "up to date", "failed", "not finished"]:
    if result is None:
        return "not finished"
    if result.failures:
        return "failed"
    return "up to date" if result.kept else "published"


def versions() -> dict[str, str]:
    """Return the versions of Python, the system and the packages that packs are made with."""
    found = {"Python": platform.python_version(), "System": platform.platform(terse=True)}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _key(plan: PackPlan, run: ChapterRun | None = None) -> object:
    return plan.meeting.date, plan.slug, run and run.chapter.id


def _round(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _utc(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
