"""Finds the cells of a workbook that nobody sees: in hidden rows and columns, and under merged cells."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

from openpyxl.utils import range_boundaries

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_YES = ("1", "true")

IsUnseen = Callable[[int, int], bool]
"""Whether the cell in a row and a column, both counted from 1, is not seen."""


def unseen_cells(archive: zipfile.ZipFile) -> Mapping[str, IsUnseen]:
    """Return for each sheet, by its name, which of its cells are not seen."""
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target", "")))
        for one in ElementTree.fromstring(archive.read(_RELATIONS))
    }
    found = {}
    for sheet in ElementTree.fromstring(archive.read(_BOOK)).iterfind(".//{*}sheet"):
        name, link = sheet.get("name"), next((v for k, v in sheet.items() if k.endswith("}id")), "")
        part = targets.get(link, "").lstrip("/")
        if name and part in archive.namelist():
            found[name] = _unseen(archive.read(part))
    return found


def _unseen(content: bytes) -> IsUnseen:
    root = ElementTree.fromstring(content)
    rows = {int(row.get("r", 0)) for row in root.iterfind(".//{*}row") if row.get("hidden") in _YES}
    columns = [
        range(int(column.get("min", 0)), int(column.get("max", 0)) + 1)
        for column in root.iterfind(".//{*}col")
        if column.get("hidden") in _YES
    ]
    merged = [range_boundaries(str(one.get("ref"))) for one in root.iterfind(".//{*}mergeCell")]

    def is_unseen(row: int, column: int) -> bool:
        return (
            row in rows
            or any(column in hidden for hidden in columns)
            or any(
                left <= column <= right and top <= row <= bottom and (row, column) != (top, left)
                for left, top, right, bottom in merged
                if None not in (left, top, right, bottom)
            )
        )

    return is_unseen
