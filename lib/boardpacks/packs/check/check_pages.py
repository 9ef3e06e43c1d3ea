"""Measures the pages of a board edition: how many there are, and how much of each is empty at its foot."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

MOST_PAGES = 12
MOST_EMPTY = 0.5
"""Share of its height that may be empty at the foot of a page, but for the last one."""
POINTS_A_MM = 72 / 25.4
TOP, BOTTOM = 21 * POINTS_A_MM, 15 * POINTS_A_MM
"""Margins that hold the running header and footer, in points."""


def count_pages(path: Path) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def empty_feet(path: Path) -> list[float]:
    """Return the share of the height for text that is empty below the last words of each page."""
    with pypdfium2.PdfDocument(path) as document:
        return [_empty_foot(page) for page in document]


def half_empty(path: Path) -> list[int]:
    """Return the numbers of the pages, the last one aside, that are less than half full."""
    return [number for number, share in enumerate(empty_feet(path)[:-1], start=1) if share > MOST_EMPTY]


def _empty_foot(page: pypdfium2.PdfPage) -> float:
    text, height = page.get_textpage(), page.get_height()
    feet = [text.get_rect(number)[1] for number in range(text.count_rects())]
    own = [foot for foot in feet if BOTTOM <= foot <= height - TOP]
    lowest = min(own, default=height - TOP)
    return float((lowest - BOTTOM) / (height - TOP - BOTTOM))
