"""Writes what a refresh brought as tidy CSV files, one for each indicator, with a record of the answers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from boardpacks.data.read_figures import COLUMNS, SNAPSHOT_NAMES
from boardpacks.data.refresh import Refreshed
from boardpacks.data.sources.source import PublishedFigure
from boardpacks.project.sealed import write_whole

ANSWERS = "answers.json"


def write_refreshed(refreshed: Refreshed, folder: Path) -> list[Path]:
    """Write the figures of every indicator that was refreshed, each file as a whole, and return the files.

    The file of an indicator that could not be refreshed stays as it is.
    """
    indicators = list(dict.fromkeys(row.indicator for row in refreshed.rows))
    files = []
    for indicator in indicators:
        path = folder / f"{indicator}.csv"
        write_whole(path, as_csv(refreshed.of(indicator)))
        files.append(path)
    if files:
        _write_answers(refreshed, folder / ANSWERS)
    return files


def as_csv(figures: Iterable[PublishedFigure]) -> bytes:
    """Return figures as a tidy CSV file, in the order of area, sex and time."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in sorted(
        figures, key=lambda f: (f.indicator, f.area, f.sex, f.period_start, f.period_months)
    ):
        writer.writerow(_cell(getattr(figure, SNAPSHOT_NAMES.get(column, column))) for column in COLUMNS)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return "" if value is None else str(value)


def _write_answers(refreshed: Refreshed, path: Path) -> None:
    """Write a record of the answers, beside those of other indicators that are there already."""
    anew = {row.indicator for row in refreshed.rows}
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    records = [record for record in kept if record["indicator"] not in anew]
    records += [asdict(answer) for answer in refreshed.answers]
    records.sort(key=lambda record: (record["indicator"], record["address"]))
    text = json.dumps(records, indent=1, ensure_ascii=False, default=_day)
    write_whole(path, f"{text}\n".encode())


def _day(value: object) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else str(value)
