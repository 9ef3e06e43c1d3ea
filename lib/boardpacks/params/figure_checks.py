"""What checks of figures do, and which of their findings are let through (``params/checks.yml``, may be missing)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from boardpacks.params.check_model import check_model
from boardpacks.params.params_file import Document, ParamsFault
from boardpacks.params.read_yaml import read_document
from boardpacks.params.values import AreaCode, Clash, IndicatorId, Line, Model, Name, Slug
from boardpacks.project.errors import InputError

Severity = Literal["stop", "warn", "off"]
"""What a check does where it finds something: nothing is written, or it is told; or it is not asked."""


def _said(text: str) -> str:
    if not text.strip():
        raise Clash("at least one word", found="blanks only")
    return text.strip()


class Waiver(Model):
    """Lets a check's findings through: of an indicator, or of one area or period of it."""

    check: Slug
    """The check's name."""
    indicator: IndicatorId
    """Its id."""
    area: AreaCode | None = None
    """The area's code."""
    period: Line | None = None
    """As it is labelled."""
    reason: Annotated[Line, AfterValidator(_said)]
    """Why the figures are right."""
    name: Annotated[Name, AfterValidator(_said)]
    """Who answers for that: a person or a role."""
    until: dt.date
    """The last day on which it holds."""


class FigureChecks(Model):
    """What ``params/checks.yml`` holds."""

    severities: Mapping[Slug, Severity] = {}
    """What a check does, by its name."""
    waivers: tuple[Waiver, ...] = ()
    """Findings that are let through."""


@dataclass(frozen=True)
class CheckSettings:
    """Severities and waivers, with the lines of the file that they stand on.

    ``today`` is the day by which a period has to have begun, and after which a waiver no longer holds.
    """

    file: str = "params/checks.yml"
    severities: Mapping[str, Severity] = field(default_factory=dict)
    severity_lines: Mapping[str, int] = field(default_factory=dict)
    waivers: Mapping[Waiver, int] = field(default_factory=dict)
    today: dt.date = field(default_factory=dt.date.today)


def load_figure_checks(folder: Path) -> CheckSettings:
    """Read ``checks.yml`` of a folder of params, or return settings that say nothing where there is none.

    It is no part of :class:`boardpacks.params.models.Params`, since no pack depends on it: what was waived stands in
    the snapshot.

    Raises
    ------
    InputError
        With every problem of the file.
    """
    path = folder / "checks.yml"
    file = f"{folder.name}/{path.name}"
    if not path.is_file():
        return CheckSettings(file)
    document, faults = read_document(path, file)
    settings = None if document is None else _settings(document, faults)
    if faults or settings is None:
        raise InputError([fault.problem for fault in sorted(faults)])
    return settings


def _settings(document: Document, faults: list[ParamsFault]) -> CheckSettings | None:
    record, found = check_model(FigureChecks, document)
    faults += found
    if record is None:
        return None
    lines = document.lines
    return CheckSettings(
        document.file,
        record.severities,
        {name: lines["severities", name] for name in record.severities},
        {waiver: lines["waivers", number] for number, waiver in enumerate(record.waivers)},
    )
