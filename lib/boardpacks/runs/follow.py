"""Follows a build from beginning to end, and sees to its log, report and notification."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from boardpacks.params.load import load_notify
from boardpacks.params.notify import Notify
from boardpacks.plan.events import (
    ChapterDone,
    ChapterKept,
    ChapterLost,
    ChapterStarted,
    Event,
    Noticed,
    OnEvent,
    PackKept,
    PackLost,
    PackReady,
    PackResult,
    PackStarted,
)
from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project
from boardpacks.runs.log import Write, open_log
from boardpacks.runs.note_events import Recorder, RunRecord
from boardpacks.runs.notice import word_notice
from boardpacks.runs.report import result_words, write_report
from boardpacks.runs.secrets import cleaner
from boardpacks.runs.statuses import FAILED, INTERRUPTED, PUBLISHED

Warn = Callable[[str], None]
TellReport = Callable[[Path], None]


@dataclass
class Run:
    """A build that is being followed. Of one that has nothing to do, only the log tells."""

    recorder: Recorder
    log: Write
    results: Sequence[PackResult] = ()
    idle: bool = False

    def begin(self, plans: Sequence[PackPlan]) -> None:
        """Take note of the packs that are to be made."""
        self.recorder.plans = plans

    def watch(self, on_event: OnEvent) -> OnEvent:
        """Return `on_event` so that events are noted and logged as well."""

        def noted(event: Event) -> None:
            self.recorder.note(event)
            self._log_event(event)
            on_event(event)

        return noted

    def end(self, results: Sequence[PackResult]) -> None:
        """Take note of what became of the packs."""
        self.results = results
        self.recorder.note_results(results)

    def nothing_to_do(self, message: str) -> None:
        """Take note that nothing is due."""
        self.idle = True
        self.log("nothing-due", outcome="nothing to do", message=message)

    def _log_event(self, event: Event) -> None:
        match event:
            case ChapterStarted(plan, run):
                self._log("chapter-started", plan, run)
            case ChapterDone(plan, run, seconds):
                self._log("chapter-finished", plan, run, seconds=round(seconds, 3), outcome="executed")
            case ChapterLost(plan, run, failure):
                lost = self.recorder.seconds_of(event)
                said = str(failure)
                self._log("chapter-finished", plan, run, seconds=lost, outcome="failed", message=said)
            case ChapterKept(plan, run, origin):
                self._log("chapter-finished", plan, run, outcome="up to date", message=origin)
            case PackStarted(plan):
                self._log("pack-started", plan)
            case PackReady(result, seconds):
                self._log("pack-finished", result.plan, seconds=round(seconds, 3), outcome="published")
            case PackKept(result):
                self._log("pack-finished", result.plan, outcome="up to date")
            case Noticed(words):
                self.log("notice", message=words)
            case PackLost(result):
                lost = self.recorder.seconds_of(event)
                said = "\n".join(map(str, result.failures))
                self._log("pack-finished", result.plan, seconds=lost, outcome="failed", message=said)

    def _log(self, event: str, plan: PackPlan, run: ChapterRun | None = None, **values: object) -> None:
        chapter = run.chapter.id if run else None
        self.log(event, place=plan.place, meeting=plan.meeting.date.isoformat(), chapter=chapter, **values)


@contextmanager
def follow_run(
    project: Project,
    asked: Mapping[str, str],
    *,
    log: str | None,
    notify: bool,
    tell_report: TellReport,
    warn: Warn,
) -> Iterator[Run]:
    """Follow the build that runs inside the ``with`` block.

    At its end, however it ends, the log is closed, the report written and people are told. None of these
    changes how the build ends: what goes wrong with them is a warning.

    Parameters
    ----------
    asked
        The options that were given, by name, in words.
    log
        The log: a file, ``-`` for the standard error stream, or None.
    notify
        Whether to tell the people whom ``params/notify.yml`` names.
    tell_report
        Tells the user where the report is.
    warn
        Prints a warning.

    Raises
    ------
    BoardpacksError
        When the log cannot be opened.
    """
    settings = _notify_settings(project)
    clean = cleaner(os.environ, settings.variables if settings else ())
    with open_log(log, clean, warn) as write:
        run = Run(Recorder(asked, clean), write)
        write("build-started", message=", ".join(f"{name} {value}" for name, value in asked.items()) or None)
        problem: BaseException | None = None
        try:
            yield run
        except BaseException as error:
            problem = error
            raise
        finally:
            _finish(run, problem, project, settings if notify else None, tell_report, warn)


def _notify_settings(project: Project) -> Notify | None:
    """Read who is told; a fault in the file is told with all others of params/."""
    try:
        return load_notify(project.params)
    except BoardpacksError:
        return None


def _finish(
    run: Run,
    problem: BaseException | None,
    project: Project,
    notify: Notify | None,
    tell_report: TellReport,
    warn: Warn,
) -> None:
    status = _status(problem, run.results)
    record = run.recorder.record(status, _words(problem))
    outcome = "nothing to do" if run.idle else result_words(record)
    run.log("build-finished", seconds=record.seconds, outcome=outcome, message=f"exit status {status}")

    def warn_and_log(message: str) -> None:
        message = run.recorder.clean(message)
        warn(message)
        run.log("warning", message=message)

    if not run.idle:
        report = _report(record, project, warn_and_log)
        if report is not None and record.packs:
            tell_report(report)
        if notify is not None:
            from boardpacks.runs.send_notice import send_notice  # noqa: PLC0415 - takes a while, for the few who ask

            for warning in send_notice(word_notice(record, report), notify, os.environ):
                warn_and_log(warning)


def _report(record: RunRecord, project: Project, warn: Warn) -> Path | None:
    try:
        return write_report(project.runs, record, project.fonts)
    except Exception as error:  # a build never fails for want of its report
        reason = error.strerror if isinstance(error, OSError) and error.strerror else repr(error)
        warn(f"The report of this build could not be written to {project.runs}: {reason}. The packs stand.")
        return None


def _status(problem: BaseException | None, results: Sequence[PackResult]) -> int:
    if problem is None:
        return FAILED if any(result.failures for result in results) else PUBLISHED
    if isinstance(problem, KeyboardInterrupt):
        return INTERRUPTED
    return problem.exit_status if isinstance(problem, BoardpacksError) else FAILED


def _words(problem: BaseException | None) -> str:
    """Return what ended the build early, in words; nothing for a user who stopped it."""
    if problem is None or isinstance(problem, KeyboardInterrupt):
        return ""
    if isinstance(problem, BoardpacksError):
        return str(problem)
    return f"A fault in boardpacks itself: {type(problem).__name__}: {problem}"
