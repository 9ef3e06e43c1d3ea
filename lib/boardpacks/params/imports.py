"""How workbooks of publishers are read: which of their columns are ours (``params/imports.yml``, may be missing)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from boardpacks.params.values import Clash, Line, Model

FigureColumn = Literal[
    "indicator_id",
    "area_code",
    "area_name",
    "sex",
    "period",
    "period_start",
    "period_months",
    "value",
    "lower_95",
    "upper_95",
    "count",
    "denominator",
    "note",
]
FIGURE_COLUMNS: tuple[FigureColumn, ...] = get_args(FigureColumn)
NEEDED = FIGURE_COLUMNS[:8]
"""Columns that a figure cannot be without."""


class WorkbookColumns(Model):
    """Where the figures stand in one sheet of the workbooks with such a name."""

    files: Line
    """A pattern of file names: smoking-*.xlsx."""
    sheet: Line | None = None
    """May be left out where there is one only."""
    header: Annotated[int, Field(ge=1, le=1000)] = 1
    """Row of the headings."""
    columns: Mapping[FigureColumn, Line]
    """Our columns, each with its heading there, or its letter."""
    given: Mapping[FigureColumn, str | int | dt.date] = {}
    """Our columns that have one value in every row."""
    signs: Mapping[Line, Line] = {}
    """What the publisher writes in place of a figure, each with the remark that it means."""

    @model_validator(mode="after")
    def _each_column_once(self) -> WorkbookColumns:
        for name in NEEDED:
            if name not in self.columns and name not in self.given:
                raise Clash(f"{name} too, here or in given", path=("columns",))
        for name in self.given:
            if name in self.columns:
                raise Clash(f"{name} in columns or in given, not in both", path=("given", name))
        return self


class Imports(Model):
    """What ``params/imports.yml`` holds."""

    workbooks: tuple[WorkbookColumns, ...] = ()
    """Each kind of workbook."""
