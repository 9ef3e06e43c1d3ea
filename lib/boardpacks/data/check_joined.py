"""Asks every check of figures that come in, and tells what they find by the user's own file and line."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import pandas as pd

from boardpacks.data.checks.check_figures import Finding, Weighed, check_figures
from boardpacks.data.file_faults import FileFault, in_groups, located, refuse
from boardpacks.data.join import Joined
from boardpacks.data.schema import observation_faults
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.indicator import Indicator
from boardpacks.project.errors import InputError, Problem


def check_joined(
    joined: Joined,
    indicators: Mapping[str, Indicator],
    areas: Mapping[str, SnapshotArea],
    settings: CheckSettings,
    held: pd.DataFrame | None = None,
) -> Weighed:
    """Return what the checks find in figures of files, where nothing of it stops.

    Parameters
    ----------
    areas
        Every area of the figures.
    held
        Observations that packs are made from already: figures of the same indicator have their scale.

    Raises
    ------
    InputError
        When the figures are no sound table, or a check stops: by file and line, with the check's name.
    """
    refuse(located(observation_faults(joined.table, indicators, areas), joined.places))
    weighed = check_figures(joined.table, indicators, areas, settings, held)
    if weighed.stops:
        stopped = {(finding.check, finding.indicator) for finding in weighed.stops}
        expired = [notice for notice in weighed.notices if (notice.check, notice.indicator) in stopped]
        raise InputError(
            [
                *in_groups(_in_files(weighed.stops, joined)),
                *(
                    Problem(notice.where, "waiver", notice.what, "a waiver that holds", notice.way_out)
                    for notice in expired
                ),
            ]
        )
    return weighed


def told(weighed: Weighed, joined: Joined) -> list[str]:
    """Return in words what is to be looked at, once for all lines of a file that have the same."""
    return [f"To look at: {problem}" for problem in in_groups(_in_files(weighed.warnings, joined))]


def _in_files(findings: Sequence[Finding], joined: Joined) -> list[FileFault]:
    """Return findings with file and line, and the check's name as the way to docs and params."""
    faults = [
        dataclasses.replace(
            finding.fault, hint="; ".join(filter(None, [finding.fault.hint, f"check {finding.check}"]))
        )
        for finding in findings
    ]
    return located(faults, joined.places)
