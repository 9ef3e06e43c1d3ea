"""Exit statuses of the command line, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

PUBLISHED, FAILED, BAD_INPUT, NO_CLUSTER, CANNOT_WRITE, BUSY, INTERRUPTED = 0, 1, 2, 69, 74, 75, 130

SAME, DIFFERENT, NOT_REBUILT = 0, 1, 3
"""Of ``boardpacks verify``."""

MEANINGS: Mapping[int, str] = {
    PUBLISHED: "Every pack was published.",
    FAILED: "Some pack failed; the others were published.",
    BAD_INPUT: "Wrong input; nothing was started.",
    NO_CLUSTER: "The Dask cluster cannot be used; packs published before stay as they are.",
    CANNOT_WRITE: "The disk or a folder failed; packs published before stay as they are.",
    BUSY: "Another build is running in the folder; nothing was started.",
    INTERRUPTED: "Stopped; packs published before stay as they are.",
}
