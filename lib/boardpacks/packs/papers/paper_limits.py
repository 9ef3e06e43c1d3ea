"""What an inserted PDF may ask of us: far more than any paper needs, and less than would exhaust a computer."""

from __future__ import annotations

MOST_BYTES = 100_000_000
"""Size of the file."""

MOST_PAGES = 2_000
MOST_OBJECTS = 500_000

MOST_STREAM = 250_000_000
"""Bytes that one stream may unpack to: an A3 page scanned in colour at 600 dots an inch has 210 million."""

MOST_CONTENT = 20_000_000
"""Bytes of drawing instructions on one page, unpacked."""

MOST_UNPACKED = 2_000_000_000
"""Bytes that all streams of a file may unpack to together."""

MOST_DOTS = 500_000_000
"""Dots of one picture."""

MOST_MEMORY = 3_000_000_000
"""Bytes of memory that looking at a paper may take, where the system can limit it."""

MOST_SECONDS = 180
"""Time that looking at a paper may take."""

MOST_MARKS = 200_000
"""Pieces of tagged content on one page, and lines of bookmarks in one paper."""
