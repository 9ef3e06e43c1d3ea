"""Adds an indicator to a project: its entry in the catalogue, its figures in data/raw, the snapshot anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
import yaml

from boardpacks.data.add_figures import add_figures
from boardpacks.data.compare_snapshots import compare_snapshots
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.data.write_from_raw import write_from_raw
from boardpacks.new.find_series import FoundSeries
from boardpacks.new.put_in import put_entry
from boardpacks.new.yaml_text import sentence, value
from boardpacks.params.figure_checks import load_figure_checks
from boardpacks.params.judging import Frequency
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.params.refreshing import Refresh
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project

COMMAND = "boardpacks new indicator"
HEAD = "# Measures that `boardpacks new indicator` has put in. docs/params.md explains every key.\n"
APART: dict[int, Frequency] = {1: "monthly", 3: "quarterly", 12: "annual", 24: "biennial"}
"""How many months lie between the beginnings of two periods."""


@dataclass(frozen=True)
class NewIndicator:
    """An indicator: where its figures are asked for, and what its source or a person has ``said`` of it.

    Said are its ``name``, what it ``measures``, its ``unit``, which figures are ``better``, ``source``, ``publisher``
    and ``licence``.
    """

    id: str
    refresh: Refresh | None
    said: Mapping[str, str]


@dataclass(frozen=True)
class AddedIndicator:
    """What there is of an indicator that was added, with some figures to compare with those of its publisher."""

    frequency: str
    interval: str
    periods: tuple[str, ...]
    areas: int
    values: tuple[str, ...]


def refuse_known(indicator: str, params: Params) -> None:
    """Refuse an id that is none, or that another indicator has."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", indicator):
        allowed = "small letters, digits and underscores, such as smoking_prevalence"
        raise InputError([Problem(COMMAND, "", indicator, allowed)])
    if known := params.indicators.get(indicator):
        allowed = "an id that no indicator of params/indicators/ has"
        raise InputError([Problem(COMMAND, "", f"{indicator}, which is “{known.name}”", allowed)])


def add_indicator(
    project: Project, new: NewIndicator, found: FoundSeries, into: str, frequency: Frequency | None
) -> AddedIndicator:
    """Write an indicator's entry into a file of params/indicators/, its figures into data/raw, and the snapshot.

    Raises
    ------
    BoardpacksError
        When its figures do not pass the checks, or data/raw has other news that the snapshot has not.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", into):
        allowed = "the name of a file in params/indicators/, without its ending"
        raise InputError([Problem(COMMAND, "--into", into, allowed)])
    file = project.root / "figures.csv"
    file.write_bytes(found.content)
    table = pd.read_csv(file, dtype={"period": str})
    every = frequency or _frequency(table)
    interval = "published" if table[["lower_95", "upper_95"]].notna().all(axis=1).any() else "none"
    text = _text(new, every, interval, 0 if (table["value"].dropna() % 1 == 0).all() else 1)
    put_entry(project.params / "indicators" / f"{into}.yml", new.id, text, HEAD)
    params = load_params(project.params)
    folder = project.snapshots / params.system.snapshot
    before = load_snapshot(folder)
    before.observations  # noqa: B018 - read before its file is written over
    add_figures(project.raw, file, params, load_figure_checks(project.params))
    file.unlink()
    write_from_raw(project, replace=True)
    after = load_snapshot(folder)
    if others := [one.indicator for one in compare_snapshots(before, after) if one.indicator != new.id]:
        found_there = f"changes of {', '.join(others)} that the snapshot has not"
        hint = "boardpacks data write --replace writes them"
        raise InputError([Problem("data/raw", "", found_there, "what the snapshot was written from", hint)])
    periods = table.sort_values("period_start")["period"].drop_duplicates()
    return AddedIndicator(
        every, interval, tuple(periods), table["area_code"].nunique(), tuple(_values(new, after, params))
    )


def _frequency(table: pd.DataFrame) -> Frequency:
    """Return how often figures come: by the time between the latest two periods, or a single one's length."""
    starts = sorted(pd.to_datetime(table["period_start"]).unique())
    months = [12 * start.year + start.month for start in map(pd.Timestamp, starts)]
    apart = [later - earlier for earlier, later in pairwise(months)] or [int(table["period_months"].iloc[0])]
    if apart[-1] not in APART:
        found = f"periods {apart[-1]} months apart"
        raise InputError([Problem(COMMAND, "--frequency", found, ", ".join(APART.values()))])
    return APART[apart[-1]]


def _text(new: NewIndicator, frequency: str, interval: str, decimals: int) -> str:
    said = new.said
    lines = [
        f"{new.id}:",
        f"  name: {value(said['name'])} # as it reads in the middle of a sentence and as a row label",
        "  # short: what a scorecard calls it, where the name is longer than 32 letters",
        f"  measures: {sentence(said['measures'], 4)}",
        f"  unit: {value(said['unit'])}",
        f"  decimals: {decimals}",
        f"  polarity: {said['better']} # which is better: high, low or none",
        f"  frequency: {frequency}",
        f"  interval: {interval} # where 95% intervals come from: published, counts or none (docs/params.md)",
        f"  source: {value(said['source'])}",
        f"  publisher: {value(said['publisher'])}",
        f"  licence: {value(said['licence'])}",
    ]
    if new.refresh:
        asking = new.refresh.model_dump(mode="json", exclude_defaults=True)
        asked = yaml.safe_dump(
            asking, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000
        )
        lines.append(f"  refresh: {asked.strip()}")
    return "\n".join(lines) + "\n"


def _values(new: NewIndicator, snapshot: Snapshot, params: Params) -> list[str]:
    """Return the latest figures of two places and the benchmark, or of others where there are none."""
    rows = snapshot.observations[snapshot.observations["indicator"] == new.id].dropna(subset=["value"])
    latest = {row["area"]: row for row in rows.sort_values("period_start").to_dict("records")}
    wanted = [*[one.code for one in params.boroughs()][:2], params.system.benchmark.code, *latest]
    chosen = list(dict.fromkeys(code for code in wanted if code in latest))[:3]
    return [
        f"{snapshot.manifest.areas[code].name}, {latest[code]['period']}: {latest[code]['value']:,.10g}"
        for code in chosen
    ]
