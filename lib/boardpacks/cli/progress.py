"""Shows a build while it runs and sums it up at the end: live on a terminal, plain lines in a log."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

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
from boardpacks.plan.plan import PackPlan
from boardpacks.plan.stale_chapters import Origin
from boardpacks.project.folder import shown
from boardpacks.runs.failures import shared_failures

MOST_FAILURES = 5
"""How many different failures are printed, so that they fit on one screen."""

PIPE_WIDTH = 200


@contextmanager
def show_progress(
    plans: Sequence[PackPlan], console: Console, *, are_previews: bool = False
) -> Iterator[OnEvent]:
    """Show the events of a build until it is over; previews are made, and not published.

    On a terminal each pack has a line that changes; anywhere else each event is a line of its own, without
    times of day, so that two logs of the same build can be compared.
    """
    if not console.is_terminal:
        yield lambda event: _print_line(event, console, are_previews=are_previews)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[doing]}"),
    )
    with Progress(*columns, console=console) as progress:
        yield _Board(plans, progress, "made" if are_previews else "published").show


class _Board:
    """The live lines: one for each pack, with the chapters that are being executed."""

    def __init__(self, plans: Sequence[PackPlan], progress: Progress, made: str):
        self.made = made
        self.progress = progress
        self.doing: dict[str, list[str]] = {}
        self.lines: dict[str, TaskID] = {}
        for plan in plans:
            self._line(plan)

    def show(self, event: Event) -> None:
        match event:
            case ChapterKept(plan, _, _):
                self._update(plan, "waits", advance=1)
            case ChapterStarted(plan, run):
                self.doing.setdefault(plan.slug, []).append(run.chapter.id)
                self._update(plan, ", ".join(self.doing[plan.slug]))
            case ChapterDone(plan, run, _):
                self.doing[plan.slug].remove(run.chapter.id)
                self._update(plan, ", ".join(self.doing[plan.slug]), advance=1)
            case ChapterLost(plan, run, _):
                self.doing[plan.slug].remove(run.chapter.id)
                self._update(plan, f"[red]failed in {run.chapter.id}")
            case PackStarted(plan):
                self._update(plan, "making the pack")
            case PackKept(result):
                self._update(result.plan, f"[green]up to date{_pages(result)}", advance=1)
            case Noticed(words):
                self.progress.console.print(words, soft_wrap=True, markup=False, highlight=False)
            case PackReady(result, _):
                self._update(result.plan, f"[green]{self.made}{_pages(result)}", advance=1)
            case PackLost(result):
                self._update(result.plan, "[red]failed")

    def _line(self, plan: PackPlan) -> TaskID:
        """Return the pack's line, which it gets when it is first heard of."""
        if plan.slug not in self.lines:
            total = len(plan.chapters) + 1  # one step more than there are chapters: making the pack
            self.lines[plan.slug] = self.progress.add_task(
                escape(plan.place_name), total=total, doing="waits"
            )
        return self.lines[plan.slug]

    def _update(self, plan: PackPlan, doing: str, advance: int = 0) -> None:
        self.progress.update(self._line(plan), doing=doing, advance=advance)


def _print_line(event: Event, console: Console, *, are_previews: bool) -> None:
    line = ""
    match event:
        case ChapterKept(plan, run, origin) if origin != "kept":
            line = f"{plan.place_name}: {run.chapter.id} {_words(origin)}"
        case PackKept(result):
            line = f"{result.plan.place_name}: up to date{_pages(result)}"
        case Noticed(words):
            line = words
        case ChapterDone(plan, run, seconds):
            line = f"{plan.place_name}: {run.chapter.id} executed in {seconds:.1f} s"
        case ChapterLost(plan, run, _):
            line = f"{plan.place_name}: {run.chapter.id} failed"
        case PackReady(result, seconds) if are_previews:
            line = f"{result.plan.place_name}: preview made in {seconds:.1f} s"
        case PackReady(result, seconds):
            line = f"{result.plan.place_name}: published{_pages(result)}, made in {seconds:.1f} s"
        case PackLost(result):
            line = f"{result.plan.place_name}: not published"
    if line:
        console.print(line, soft_wrap=True, markup=False, highlight=False)


def print_summary(
    results: Sequence[PackResult], index: Path, console: Console, *, are_previews: bool = False
) -> None:
    """Print a table of the packs, and which file to open."""
    table = plain_table("Pack", "Meeting", "Pages", "Status", numbers=["Pages"])
    made = "made" if are_previews else "published"
    for result in results:
        edition = f"{result.plan.status} {result.plan.version}"
        done = "up to date" if result.kept else made
        status = f"failed, not {made}" if result.failures else f"{done} as {edition}"
        pages = "" if result.pages is None else str(result.pages)
        table.add_row(escape(result.plan.name), str(result.plan.meeting.date), pages, status)
    console.print()
    console.print(table)
    if any(not result.failures for result in results):
        what = "A preview: what is published stays as it was. " if are_previews else ""
        console.print(
            f"\n{what}Open {shown(index)} in a browser.", soft_wrap=True, markup=False, highlight=False
        )


def print_failures(results: Sequence[PackResult], console: Console) -> None:
    """Print what went wrong; a failure that several places share is printed once, with their names."""
    groups = shared_failures(results)
    for failure in groups[:MOST_FAILURES]:
        lines = [failure.text, f"  places  {', '.join(failure.places)}"]
        if failure.kept is not None:
            lines.append(f"  kept    {shown(failure.kept)}")
        console.print("\n" + "\n".join(lines), soft_wrap=True, markup=False, highlight=False)
    if (more := len(groups) - MOST_FAILURES) > 0:
        console.print(f"\n... and {more} more. Mend these first, then run it again.", highlight=False)


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


def _words(origin: Origin) -> str:
    if origin == "text":
        return "was given its new text"
    return f"taken from {'the cache' if origin == 'cache' else origin}"


def _pages(result: PackResult) -> str:
    return "" if result.pages is None else f", {result.pages} pages"
