"""Checks what publishers answered for one indicator, together with the figures of it that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from boardpacks.data.check_joined import check_joined, told
from boardpacks.data.file_faults import FaultPlace
from boardpacks.data.join import Joined
from boardpacks.data.read_areas import find_areas
from boardpacks.data.schema import KEY, OBSERVATION_COLUMNS, ORDER
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.data.sources.source import PublishedFigure
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.models import Params

_HELD = FaultPlace("the figures that are held")


def check_refreshed(
    figures: Sequence[PublishedFigure],
    known: pd.DataFrame,
    params: Params,
    areas: Mapping[str, SnapshotArea],
    settings: CheckSettings,
    answers: str,
) -> list[str]:
    """Return in words what is to be looked at of an indicator's new figures.

    Parameters
    ----------
    known
        The indicator's figures that are held.
    areas
        What is said of areas already.
    answers
        What the figures are read from, for messages: they have no file yet.

    Raises
    ------
    InputError
        When any check stops.
    """
    anew = {figure.key for figure in figures}
    stays = [key not in anew for key in known[KEY].itertuples(index=False, name=None)]
    fetched = pd.DataFrame(
        {column: [getattr(figure, column) for figure in figures] for column in OBSERVATION_COLUMNS}
    )
    fetched["period_start"] = pd.to_datetime(fetched["period_start"])
    kept = known.loc[stays, OBSERVATION_COLUMNS]
    # The new figures come last: a row is one of them by its number, whatever the order.
    table = pd.concat([kept, fetched], ignore_index=True).astype(known[OBSERVATION_COLUMNS].dtypes)
    table = table.sort_values(ORDER, kind="stable")
    is_new = (table.index >= len(kept)).tolist()
    places = [FaultPlace(answers) if new else _HELD for new in is_new]
    names = {
        **{area: area for area in kept["area"]},
        **{figure.area: figure.area_name for figure in figures},
        **{code: area.name for code, area in areas.items()},
    }
    joined = Joined(table.reset_index(drop=True), places, names)
    weighed = check_joined(joined, params.indicators, find_areas(joined, params, areas), settings)
    own = tuple(finding for finding in weighed.warnings if is_new[finding.fault.row or 0])
    return told(replace(weighed, warnings=own), joined)
