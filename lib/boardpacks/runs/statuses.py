"""Exit statuses of the command line, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

PUBLISHED, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

MEANINGS: Mapping[int, str] = {
    PUBLISHED: "Every pack was published.",
    FAILED: "Some pack failed; the others were published.",
    BAD_INPUT: "Wrong input; nothing was started.",
    INTERRUPTED: "Stopped; packs published before stay as they are.",
}
