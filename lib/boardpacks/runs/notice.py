"""Words the notice of a build for people who were not there: a subject, a text, and the facts for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from boardpacks.runs.note_events import Failure, PackTime, RunRecord
from boardpacks.runs.report import duration, moment, result_words
from boardpacks.runs.statuses import BAD_INPUT, BUSY, CANNOT_WRITE, INTERRUPTED, MEANINGS, PUBLISHED

MOST_FAILURES = 5
MOST_PACKS = 40


@dataclass(frozen=True)
class Notice:
    """What people are told of a build.

    Parameters
    ----------
    subject
        One line.
    text
        Plain text.
    facts
        What the text says, for programs.
    failed
        Whether the build did not end with status 0.
    """

    subject: str
    text: str
    facts: Mapping[str, object]
    failed: bool


def word_notice(record: RunRecord, report: Path | None) -> Notice:
    """Return the notice of a build; `report` is the page that says more, if it could be written."""
    parts = [
        _opening(record),
        *(_listed(heading, record.packs_that(outcome)) for outcome, heading in _HEADINGS.items()),
        _failures(record.failures),
        f"Report: {report}" if report else "The report of this build could not be written.",
        f"Exit status {record.exit_status}. {MEANINGS.get(record.exit_status, '')}".strip(),
    ]
    subject = f"Board packs: {_outcome(record)}"
    text = "\n\n".join(part for part in parts if part) + "\n"
    facts = {
        # chat programs show what is called text
        "text": f"{subject}\n\n{text}",
        "subject": subject,
        "outcome": "published" if record.exit_status == PUBLISHED else "failed",
        "exit_status": record.exit_status,
        "started": record.started,
        "seconds": record.seconds,
        **{
            outcome.replace(" ", "_"): [_facts(pack) for pack in record.packs_that(outcome)]
            for outcome in _HEADINGS
        },
        "failures": [{"message": each.text, "places": list(each.places)} for each in record.failures],
        "report": str(report) if report else None,
    }
    return Notice(subject, text, facts, record.exit_status != PUBLISHED)


_HEADINGS = {"published": "Published", "failed": "Failed, not published", "not finished": "Not finished"}


def _outcome(record: RunRecord) -> str:
    if record.exit_status == BAD_INPUT:
        return "nothing was built, because of wrong input"
    if record.exit_status == CANNOT_WRITE:
        return "the disk or a folder failed"
    if record.exit_status == BUSY:
        return "nothing was built, because another build is running"
    if record.exit_status == INTERRUPTED:
        return "the build was stopped"
    words = result_words(record)
    return words[0].lower() + words[1:]


def _opening(record: RunRecord) -> str:
    return f"A build began on {moment(record.started)} and took {duration(record.seconds)}."


def _listed(heading: str, packs: Sequence[PackTime]) -> str:
    if not packs:
        return ""
    lines = [f"{heading} ({len(packs)}):", *(f"  {_pack(pack)}" for pack in packs[:MOST_PACKS])]
    if (more := len(packs) - MOST_PACKS) > 0:
        lines.append(f"  ... and {more} more")
    return "\n".join(lines)


def _pack(pack: PackTime) -> str:
    pages = f", {pack.pages} page{'' if pack.pages == 1 else 's'}" if pack.pages is not None else ""
    return f"{pack.name}, meeting on {pack.meeting}, {pack.status} {pack.version}{pages}"


def _failures(failures: Sequence[Failure]) -> str:
    if not failures:
        return ""
    lines = ["What went wrong:"]
    for failure in failures[:MOST_FAILURES]:
        lines += [f"  {line}" for line in failure.text.splitlines()]
        if failure.places:
            lines.append(f"    places  {', '.join(failure.places[:MOST_PACKS])}")
    if (more := len(failures) - MOST_FAILURES) > 0:
        lines.append(f"  ... and {more} more in the report")
    return "\n".join(lines)


def _facts(pack: PackTime) -> dict[str, object]:
    return {
        "place": pack.place,
        "name": pack.name,
        "meeting": pack.meeting,
        "status": pack.status,
        "version": pack.version,
        "pages": pack.pages,
        "folder": pack.folder,
    }
