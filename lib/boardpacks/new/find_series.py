"""Finds what a publisher's service, or a file, says of a series of figures: its name, its unit, the figures."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from boardpacks.data.add_figures import read_added
from boardpacks.data.file_faults import refuse
from boardpacks.data.read_figures import figures_of
from boardpacks.data.refresh import Asks, HeldFigures, refresh, sources_by_id
from boardpacks.data.snapshot import Snapshot
from boardpacks.data.sources.answer_cache import Got
from boardpacks.data.sources.ask import NoAnswer
from boardpacks.data.write_refreshed import as_csv
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.imports import WorkbookColumns
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.refreshing import Refresh
from boardpacks.project.errors import BoardpacksError, InputError, Problem
from boardpacks.project.folder import Project

METADATA = "https://fingertips.phe.org.uk/api/indicator_metadata/by_indicator_id?indicator_ids={}"
NAMES = {"ons-els": "ONS Explore Local Statistics", "fingertips": "OHID Fingertips"}
"""What params call the sources."""


@dataclass(frozen=True)
class FoundSeries:
    """What a source tells of a series; None where it tells nothing. ``content`` is a tidy CSV file of its figures."""

    content: bytes
    name: str | None = None
    measures: str | None = None
    unit: str | None = None
    source: str | None = None
    publisher: str | None = None
    licence: str | None = None
    refresh: Refresh | None = None


@dataclass(frozen=True)
class AnswerInFile:
    """Stands in for a publisher's service with an answer that was saved."""

    path: Path

    def get(self, address: str) -> Got:
        """Return the content of the file, whatever is asked for."""
        return Got(address, self.path.read_bytes(), dt.datetime.now(dt.UTC))

    def keep(self, got: Got) -> None:
        """Keep nothing: the file is there."""


def series_of_source(
    indicator: str, what: Refresh, params: Params, snapshot: Snapshot, project: Project, ask: Asks
) -> FoundSeries:
    """Ask a source for a series, for the areas that figures are held of.

    Raises
    ------
    BoardpacksError
        When the source does not answer, or not with figures.
    """
    source = sources_by_id()[what.source]
    first = next(iter(source.requests(what)))
    held = HeldFigures(snapshot.observations, snapshot.manifest.areas)
    only = params.model_copy(update={"indicators": {indicator: _stand_in(indicator, what)}})
    found = refresh(only, held, ask, load_figure_checks(project.params), indicators=[indicator])
    if found.failures:
        raise BoardpacksError(f"{found.failures[0].reason}\nNothing was written.")
    row = next(csv.DictReader(io.StringIO(ask.get(first.address).content.decode("utf-8-sig"))))
    told = _Metadata() if what.source == "ons-els" else _metadata(what.series, ask)
    by = f"OHID / {told.publisher}" if told.publisher else source.PUBLISHER
    return FoundSeries(
        as_csv(found.rows),
        name=row.get("indicator") or row.get("Indicator Name"),
        measures=told.measures,
        unit=row.get("unit") or told.unit,
        source=NAMES[what.source],
        publisher=by,
        licence=source.LICENCE,
        refresh=what,
    )


def series_of_file(
    indicator: str, path: Path, params: Params, workbooks: tuple[WorkbookColumns, ...]
) -> bytes:
    """Return the figures of an indicator in a file for `data add`, as tidy CSV.

    Raises
    ------
    InputError
        When there are none, or the file cannot be read.
    """
    sheet = read_added(path, workbooks)
    figures = figures_of(sheet, {indicator, *params.indicators})
    refuse(figures.faults)
    ids = list(dict.fromkeys(figures.table["indicator"]))
    if indicator not in ids:
        allowed = f"rows with the indicator_id {indicator}"
        raise InputError([Problem(path.name, "indicator_id", ", ".join(ids) or "no rows", allowed)])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(sheet.headings)
    at = sheet.headings.index("indicator_id")
    writer.writerows(record.cells for record in sheet.records if record.cells[at] == indicator)
    return text.getvalue().encode()


@dataclass(frozen=True)
class _Metadata:
    measures: str | None = None
    unit: str | None = None
    publisher: str | None = None


def _metadata(series: str, ask: Asks) -> _Metadata:
    """Return what Fingertips tells of an indicator beside its figures; nothing where it does not answer as known."""
    with suppress(NoAnswer, ValueError, KeyError, TypeError):
        got = ask.get(METADATA.format(series))
        told = json.loads(got.content)[series]
        ask.keep(got)
        said = told["Descriptive"].get("Definition") or ""
        return _Metadata(
            None if "<" in said or not said else " ".join(said.split()),
            told["Unit"]["Label"] or None,
            told["Descriptive"].get("DataSource"),
        )
    return _Metadata()


def _stand_in(indicator: str, what: Refresh) -> Indicator:
    """Return an indicator of which nothing but its source is known yet: it asks nothing of its figures."""
    words = dict.fromkeys(("name", "measures", "unit", "source", "publisher", "licence"), "not known yet")
    rest = {"decimals": 1, "polarity": "none", "frequency": "annual", "interval": "none"}
    return Indicator.model_validate({"id": indicator, "refresh": what, **rest, **words})
