"""Shows a build while it runs and sums it up at the end: live on a terminal, plain lines in a log."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from boardpacks.build.events import (
    ChapterDone,
    ChapterLost,
    ChapterStarted,
    Event,
    Notice,
    PackLost,
    PackReady,
    PackResult,
    PackStarted,
)
from boardpacks.build.execute import ChapterFailed
from boardpacks.build.plan import PackPlan
from boardpacks.build.workers import OnEvent
from boardpacks.params.errors import BoardpacksError

MOST_FAILURES = 5
"""How many different failures are printed, so that they fit on one screen."""

PIPE_WIDTH = 200


@contextmanager
def show_progress(plans: Sequence[PackPlan], console: Console) -> Iterator[OnEvent]:
    """Show the events of a build until it is over.

    On a terminal each pack has a line that changes; anywhere else each event is a line of its own, without
    times of day, so that two logs of the same build can be compared.
    """
    if not console.is_terminal:
        yield lambda event: _print_line(event, console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[doing]}"),
    )
    with Progress(*columns, console=console) as progress:
        yield _Board(plans, progress).show


class _Board:
    """The live lines: one for each pack, with the chapters that are being executed."""

    def __init__(self, plans: Sequence[PackPlan], progress: Progress):
        self.progress = progress
        self.doing: dict[str, list[str]] = {plan.slug: [] for plan in plans}
        self.lines: dict[str, TaskID] = {
            # one step more than there are chapters: making the pack
            plan.slug: progress.add_task(plan.place_name, total=len(plan.chapters) + 1, doing="waits")
            for plan in plans
        }

    def show(self, event: Event) -> None:
        match event:
            case Notice(words):
                self.progress.console.print(words, markup=False, highlight=False)
            case ChapterStarted(plan, run):
                self.doing[plan.slug].append(run.chapter.notebook)
                self._update(plan, ", ".join(self.doing[plan.slug]))
            case ChapterDone(plan, run, _):
                self.doing[plan.slug].remove(run.chapter.notebook)
                self._update(plan, ", ".join(self.doing[plan.slug]), advance=1)
            case ChapterLost(plan, run, _):
                self.doing[plan.slug].remove(run.chapter.notebook)
                self._update(plan, f"[red]failed in {run.chapter.notebook}")
            case PackStarted(plan):
                self._update(plan, "making the pack")
            case PackReady(result, _):
                self._update(result.plan, f"[green]published{_pages(result)}", advance=1)
            case PackLost(result):
                self._update(result.plan, "[red]failed")

    def _update(self, plan: PackPlan, doing: str, advance: int = 0) -> None:
        self.progress.update(self.lines[plan.slug], doing=doing, advance=advance)


def _print_line(event: Event, console: Console) -> None:
    line = ""
    match event:
        case Notice(words):
            line = words
        case ChapterDone(plan, run, seconds):
            line = f"{plan.place_name}: {run.chapter.notebook} executed in {seconds:.1f} s"
        case ChapterLost(plan, run, _):
            line = f"{plan.place_name}: {run.chapter.notebook} failed"
        case PackReady(result, seconds):
            line = f"{result.plan.place_name}: published{_pages(result)}, made in {seconds:.1f} s"
        case PackLost(result):
            line = f"{result.plan.place_name}: not published"
    if line:
        console.print(line, soft_wrap=True, markup=False, highlight=False)


def print_summary(results: Sequence[PackResult], index: Path, console: Console) -> None:
    """Print a table of the packs, and which file to open."""
    table = plain_table("Pack", "Meeting", "Pages", "Status", numbers=["Pages"])
    for result in results:
        edition = f"{result.plan.meeting.status} {result.plan.meeting.version}"
        status = "failed, not published" if result.failures else f"published as {edition}"
        pages = "" if result.pages is None else str(result.pages)
        table.add_row(_pack_name(result.plan), str(result.plan.meeting.date), pages, status)
    console.print()
    console.print(table)
    if any(not result.failures for result in results):
        console.print(f"\nOpen {shown(index)} in a browser.", soft_wrap=True, markup=False, highlight=False)


def print_failures(results: Sequence[PackResult], console: Console) -> None:
    """Print what went wrong; a failure that several places share is printed once, with their names."""
    groups: dict[str, list[str]] = {}
    kept: dict[str, Path] = {}
    for result in results:
        for failure in result.failures:
            text = _failure_text(failure)
            groups.setdefault(text, []).append(result.plan.place_name)
            if isinstance(failure, ChapterFailed) and failure.kept is not None:
                kept.setdefault(text, failure.kept)
    for text, places in list(groups.items())[:MOST_FAILURES]:
        lines = [text, f"  places  {', '.join(dict.fromkeys(places))}"]
        if text in kept:
            lines.append(f"  kept    {shown(kept[text])}")
        console.print("\n" + "\n".join(lines), soft_wrap=True, markup=False, highlight=False)
    if (more := len(groups) - MOST_FAILURES) > 0:
        console.print(f"\n... and {more} more. Mend these first, then run it again.", highlight=False)


def _failure_text(failure: BoardpacksError) -> str:
    if isinstance(failure, ChapterFailed):
        return f"{failure.spot}\n  {failure.reason}"
    return str(failure)


def plain_table(*headings: str, numbers: Sequence[str] = ()) -> Table:
    """Return an empty table without rules, as readable in a pipe as on a terminal.

    Columns whose heading is among `numbers` are set to the right.
    """
    table = Table(*headings, box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for column in table.columns:
        column.justify = "right" if column.header in numbers else "left"
    table.columns[0].no_wrap = True  # an id is there to be copied
    return table


def open_console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal; a pipe or a file has no width to fold lines at."""
    console = Console(stderr=stderr)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPE_WIDTH
    return console


def shown(path: Path) -> str:
    """Return a path as the user would type it: relative when it lies in the current folder."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _pack_name(plan: PackPlan) -> str:
    return plan.place_name + (f" ({', '.join(plan.priorities)})" if plan.priorities else "")


def _pages(result: PackResult) -> str:
    return "" if result.pages is None else f", {result.pages} pages"
