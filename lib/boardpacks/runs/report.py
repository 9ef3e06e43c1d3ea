"""Writes the report of a build, as a web page and for programs, and keeps the newest ones."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path

from boardpacks.packs.library.web_page import render_page, write_page
from boardpacks.project.dates import long_date
from boardpacks.runs.note_events import PackTime, RunRecord
from boardpacks.runs.statuses import MEANINGS

KEPT = 20
"""How many reports are kept."""

HTML, JSON = "report.html", "report.json"
_STAMP = re.compile(r"\.?(\d{8}T\d{6}Z)(?:-(\d+))?")


def write_report(runs: Path, record: RunRecord, fonts: Path) -> Path:
    """Write ``<stamp>/report.json`` and ``report.html`` into `runs`, and return the page's path.

    The stamp is when the build began, in UTC. Both files are there or neither. Only the newest reports are
    kept.

    Raises
    ------
    OSError
        When they cannot be written.
    """
    runs.mkdir(parents=True, exist_ok=True)
    folder = _free_name(runs, re.sub(r"[-:]", "", record.started))
    draft = folder.with_name(f".{folder.name}")
    try:
        draft.mkdir()
        text = json.dumps(asdict(record), indent=2) + "\n"
        (draft / JSON).write_text(text, encoding="utf-8", newline="\n")
        write_page(draft / HTML, run_page(record, fonts))
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _clear_away(runs)
    return folder / HTML


def run_page(record: RunRecord, fonts: Path) -> str:
    """Return the report as a web page."""
    return render_page(
        "run.html",
        fonts,
        package=__package__,
        run=record,
        began=moment(record.started),
        ended=moment(record.finished),
        result=result_words(record),
        meaning=MEANINGS.get(record.exit_status, ""),
        duration=duration,
        date=lambda text: long_date(dt.date.fromisoformat(text)),
        anchor=anchor,
    )


def result_words(record: RunRecord) -> str:
    """Return in a few words what became of the packs: ``7 packs published, 1 failed``."""
    counts = {outcome: len(record.packs_that(outcome)) for outcome in ("published", "failed", "not finished")}
    said = [f"{count} {outcome}" for outcome, count in counts.items() if count]
    if not said:
        return "No pack was built"
    first, *others = said
    number = next(count for count in counts.values() if count)
    noun = "pack" if number == 1 else "packs"
    return ", ".join([first.replace(" ", f" {noun} ", 1), *others])


def moment(text: str) -> str:
    """Return a time of day in UTC in words: ``22 November 2026, 05:00 UTC``."""
    when = dt.datetime.fromisoformat(text)
    return f"{long_date(when.date())}, {when:%H:%M} UTC"


def duration(seconds: float | None) -> str:
    """Return a length of time in words: ``4.2 s``, ``1 min 12 s``, ``2 h 5 min``; nothing for None."""
    if seconds is None:
        return ""
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def anchor(pack: PackTime) -> str:
    """Return the id of a pack's part of the page."""
    return f"pack-{pack.meeting}-{pack.slug}"


def _free_name(runs: Path, stamp: str) -> Path:
    """Return a name that no other build has taken which began in the same second."""
    names = [stamp, *(f"{stamp}-{number}" for number in range(2, 100))]
    taken = {path.name.removeprefix(".") for path in runs.iterdir()}
    return runs / next(name for name in names if name not in taken)


def _clear_away(runs: Path) -> None:
    """Delete all but the newest reports, and drafts that killed builds have left."""
    reports = [(path, match) for path in runs.iterdir() if (match := _STAMP.fullmatch(path.name))]
    newest_first = sorted(reports, key=lambda each: (each[1][1], int(each[1][2] or 1)), reverse=True)
    for path, _ in newest_first[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
