"""Checks figures, one indicator after the other, and weighs what is found: what stops, what is told, what is waived."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from boardpacks.data.checks.all_checks import CHECKS
from boardpacks.data.checks.indicator_grid import indicator_grid
from boardpacks.data.schema import TableFault
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.params.figure_checks import CheckSettings, Severity, Waiver
from boardpacks.params.indicator import Indicator
from boardpacks.project.errors import InputError, Problem, near


@dataclass(frozen=True)
class Finding:
    """What one check found: the check's name, whether it stops, the indicator, and the row at fault."""

    check: str
    severity: Severity
    indicator: str
    area: str
    period: str
    fault: TableFault


@dataclass(frozen=True)
class WaiverNotice:
    """A waiver that lets nothing through: where it stands, what is the matter with it, and the way out."""

    check: str
    indicator: str
    where: str
    what: str
    way_out: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {self.way_out}."


@dataclass(frozen=True)
class Weighed:
    """What checks found: what stops, what is told, and how many findings each waiver in use lets through.

    ``notices`` are about waivers that let nothing through, by file and line.
    """

    stops: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    waived: Mapping[Waiver, int]
    notices: tuple[WaiverNotice, ...]


def check_figures(
    table: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    areas: Mapping[str, SnapshotArea],
    settings: CheckSettings,
    held: pd.DataFrame | None = None,
) -> Weighed:
    """Return what the checks find in a sound table of observations, weighed by the params.

    Parameters
    ----------
    table
        Observations that pass :func:`boardpacks.data.schema.check_observations`.
    indicators
        Say what each figure's unit is.
    areas
        Every area of the table.
    settings
        Severities and waivers of ``params/checks.yml``, and the day of the check.
    held
        Observations that packs are made from already: figures of the same indicator have their scale.

    Raises
    ------
    InputError
        When the settings name a check that there is none of.
    """
    severities = _severities(settings)
    others = {str(name): own for name, own in held.groupby("indicator")} if held is not None else {}
    found: list[Finding] = []
    for name, rows in table.groupby("indicator", sort=False):
        own = others.get(str(name))
        found += check_indicator(rows, indicators[str(name)], areas, severities, settings.today, own)
    return _weigh(found, settings)


def check_indicator(
    rows: pd.DataFrame,
    indicator: Indicator,
    areas: Mapping[str, SnapshotArea],
    severities: Mapping[str, Severity],
    today: dt.date,
    held: pd.DataFrame | None = None,
) -> list[Finding]:
    """Return what the checks find in the rows of one indicator, whose index are numbers of the table's rows.

    No check looks beyond one indicator, so that a table of any size can be checked in as little memory as its
    largest indicator takes. What one check tells of a row, checks that follow do not tell
    again; those that stop come first.
    """
    grid = indicator_grid(rows, indicator, areas, held, today)
    stopped: set[int | None] = set()
    told: set[tuple[int | None, str]] = set()
    found: list[Finding] = []
    # Where there is no figure, there is nothing to compare: that is no news to whoever writes a snapshot.
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        asked: tuple[Severity, ...] = ("stop", "warn")
        for severity in asked:
            for check in CHECKS:
                if severities[check.name] != severity:
                    continue
                news = [f for f in check.find(grid) if f.row not in stopped and (f.row, f.key) not in told]
                for fault in news:
                    area, period = rows.at[fault.row, "area"], rows.at[fault.row, "period"]
                    found.append(Finding(check.name, severity, indicator.id, str(area), str(period), fault))
                told |= {(fault.row, fault.key) for fault in news}
                if severity == "stop":
                    stopped |= {fault.row for fault in news}
    return found


def default_severities() -> dict[str, Severity]:
    """Return what each check does where the params say nothing."""
    return {check.name: check.severity for check in CHECKS}


def check_settings(settings: CheckSettings) -> None:
    """Raise an error that names each line of ``params/checks.yml`` with a check that there is none of.

    Raises
    ------
    InputError
        When there is any.
    """
    names = list(default_severities())
    used = [(name, settings.severity_lines[name]) for name in settings.severities]
    used += [(waiver.check, line) for waiver, line in settings.waivers.items()]
    problems = [
        Problem(
            f"{settings.file}, line {line}",
            "check",
            name,
            "a check of docs/data-checks.md",
            near(name, names),
        )
        for name, line in used
        if name not in names
    ]
    if problems:
        raise InputError(problems)


def _severities(settings: CheckSettings) -> dict[str, Severity]:
    check_settings(settings)
    return {**default_severities(), **settings.severities}


def _weigh(found: list[Finding], settings: CheckSettings) -> Weighed:
    waived: dict[Waiver, int] = {}
    left: list[Finding] = []
    for finding in found:
        valid = (one for one in settings.waivers if one.until >= settings.today and _fits(one, finding))
        waiver = next(valid, None)
        if waiver is None:
            left.append(finding)
        else:
            waived[waiver] = waived.get(waiver, 0) + 1
    return Weighed(
        tuple(finding for finding in left if finding.severity == "stop"),
        tuple(finding for finding in left if finding.severity == "warn"),
        waived,
        tuple(_notices(settings, waived)),
    )


def _fits(waiver: Waiver, finding: Finding) -> bool:
    return (
        (waiver.check, waiver.indicator) == (finding.check, finding.indicator)
        and waiver.area in (None, finding.area)
        and waiver.period in (None, finding.period)
    )


def _notices(settings: CheckSettings, waived: Mapping[Waiver, int]) -> Iterator[WaiverNotice]:
    for waiver, line in settings.waivers.items():
        where = f"{settings.file}, line {line}"
        of = ", ".join(filter(None, [f"{waiver.check} of {waiver.indicator}", waiver.area, waiver.period]))
        if waiver.until < settings.today:
            what = f"the waiver of {of} ended on {waiver.until}"
            way_out = f"{waiver.name} answers for it: renew it or take it out"
        elif waiver not in waived:
            what, way_out = f"the waiver of {of} lets nothing through", "take it out"
        else:
            continue
        yield WaiverNotice(waiver.check, waiver.indicator, where, what, way_out)
