"""Holds a published pack against what its board's portal takes: pages of a PDF, and size of a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from boardpacks.packs.files.pack_record import PACK_JSON, FileKind, PackRecord
from boardpacks.params.calendars import PortalLimits
from boardpacks.params.system import SYSTEM
from boardpacks.plan.events import PackResult

MEGABYTE = 1_000_000

_SMALLER: dict[FileKind, str] = {
    "pdf": "leave chapters out of the pack",
    "html": "leave chapters out, or upload the PDF alone",
    "large-print": "hand it out apart from the portal, or leave chapters out",
    "edition-large-print": "hand it out apart from the portal",
}
_ELSE = "leave chapters out, or upload the PDF without it"


def check_limits(record: PackRecord, limits: PortalLimits) -> list[str]:
    """Return what of a pack is beyond its board's limits, one line each; nothing when all of it is within them.

    A line names the file, what was found, what is allowed, and what to do. Pages are those of the PDF in usual print;
    the size is that of each file, in millions of bytes.

    Parameters
    ----------
    record
        The contents of the pack's ``pack.json``.
    limits
        From the board's calendar.
    """
    return [*_too_long(record, limits), *_too_large(record, limits)]


def warn_of_limits(results: Sequence[PackResult]) -> list[str]:
    """Return the lines of `check_limits` for packs that were published, whether made now or kept."""
    found = []
    for result in results:
        if result.published is None or result.plan.calendar.limits == PortalLimits():
            continue
        record = PackRecord.model_validate_json(Path(result.published, PACK_JSON).read_bytes())
        found += check_limits(record, result.plan.calendar.limits)
    return found


def _too_long(record: PackRecord, limits: PortalLimits) -> list[str]:
    if limits.pages is None or record.pages is None or record.pages <= limits.pages:
        return []
    pdf = record.file("pdf")
    name = pdf.name if pdf else record.title
    return [
        f"{name} has {record.pages:,} pages, and the board's limit is {limits.pages:,}: "
        f"{_SMALLER['pdf']}, or set limits.pages in {_calendar(record)}"
    ]


def _too_large(record: PackRecord, limits: PortalLimits) -> list[str]:
    if limits.megabytes is None:
        return []
    return [
        f"{file.name} has {_megabytes(file.size)} MB, and the board's limit is {limits.megabytes:g} MB: "
        f"{_SMALLER.get(file.kind, _ELSE)}, or set limits.megabytes in {_calendar(record)}"
        for file in record.files
        if file.size > limits.megabytes * MEGABYTE
    ]


def _megabytes(size: int) -> str:
    """Return a size in megabytes that is never shown smaller than it is: one just over 2 MB is not "2 MB"."""
    hundredths = -(-size * 100 // MEGABYTE)
    return f"{hundredths / 100:g}"


def _calendar(record: PackRecord) -> str:
    return f"params/meetings/{'system' if record.place == SYSTEM else record.place}.yml"
