"""Fills cells that have nothing to say with the shorthand of the UK government's guidance: none stays empty."""

from __future__ import annotations

import math

from boardpacks.packs.workbook.cell_names import clean
from boardpacks.packs.workbook.model import CellNumber

NOT_AVAILABLE = "[x]"
NOT_APPLICABLE = "[z]"


def text_cell(text: str | None, missing: str = NOT_APPLICABLE) -> str:
    """Return text for a cell, or the shorthand `missing` where there is none."""
    return (clean(text) if text else "") or missing


def number_cell(value: float | None, decimals: int, missing: str = NOT_AVAILABLE) -> CellNumber | str:
    """Return a number for a cell, or the shorthand `missing` where there is none."""
    return missing if value is None or not math.isfinite(value) else CellNumber(value, decimals)
