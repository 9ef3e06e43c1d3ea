"""Refreshes figures from their publishers: what is new, what was revised, and what could not be had."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from boardpacks.data.check_refreshed import check_refreshed
from boardpacks.data.snapshot_manifest import SnapshotArea
from boardpacks.data.sources.answer_cache import Got
from boardpacks.data.sources.source import (
    AnswerRequest,
    Asked,
    PublishedFigure,
    Source,
    each_once,
)
from boardpacks.params.figure_checks import CheckSettings
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.refreshing import SOURCE_IDS, Refresh
from boardpacks.project.errors import BoardpacksError, InputError, Problem, near

NUMBERS = ("value", "lower_95", "upper_95", "count", "denominator")
REVISED = "revised"
"""What publishers have in the name of a file that takes the place of an earlier one."""
DECIMALS = 4
"""Digits after the point that figures are kept with."""


class Asks(Protocol):
    """What answers addresses: the network, or a stand-in."""

    def get(self, address: str) -> Got:
        """Return what an address answers."""

    def keep(self, got: Got) -> None:
        """Keep an answer that could be read."""


@dataclass(frozen=True)
class Answer:
    """The record of one answer that figures were read from."""

    indicator: str
    source: str
    publisher: str
    licence: str
    address: str
    time: dt.datetime
    sha256: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class HeldFigures:
    """The last good figures, with the columns of a snapshot's observations, and their areas by code."""

    table: pd.DataFrame
    areas: Mapping[str, SnapshotArea]


@dataclass(frozen=True)
class NotRefreshed:
    """An indicator whose last good figures stay, and why."""

    indicator: str
    source: str
    reason: str


@dataclass(frozen=True)
class Refreshed:
    """What a refresh brought.

    Parameters
    ----------
    rows
        Every figure that was fetched.
    new, revised
        Those that were not held, and those that were held with other numbers.
    answers
        A record of each answer.
    failures
        What could not be had.
    to_look_at
        What checks tell of the figures, in words.
    """

    rows: tuple[PublishedFigure, ...]
    new: tuple[PublishedFigure, ...]
    revised: tuple[PublishedFigure, ...]
    answers: tuple[Answer, ...]
    failures: tuple[NotRefreshed, ...]
    to_look_at: tuple[str, ...]

    def of(self, indicator: str) -> tuple[PublishedFigure, ...]:
        """Return the figures of one indicator."""
        return tuple(row for row in self.rows if row.indicator == indicator)


def refresh(
    params: Params,
    held: HeldFigures,
    ask: Asks,
    settings: CheckSettings,
    *,
    indicators: Collection[str] = (),
    sources: Collection[str] = (),
    tell: Callable[[str], None] = lambda line: None,
) -> Refreshed:
    """Ask publishers for the newest figures of indicators, and check them.

    One that fails takes nothing from the others: an indicator has all of its new figures or none.

    Parameters
    ----------
    settings
        What checks do, and which of their findings are let through.
    indicators, sources
        Which ones; by default all that have ``refresh`` in params.
    tell
        Told of each indicator before it is asked for.

    Raises
    ------
    InputError
        When an indicator or a source is not known, or has nothing to be asked for.
    """
    wanted = _wanted(params, indicators, sources)
    rows: list[PublishedFigure] = []
    answers: list[Answer] = []
    failures: list[NotRefreshed] = []
    to_look_at: list[str] = []
    for indicator, what in wanted:
        tell(f"{indicator.id}: {what.source}")
        known = held.table[held.table["indicator"] == indicator.id]
        try:
            figures, read = _figures(indicator.id, what, _areas(params, known, held.areas), ask)
            own = each_once(_as_held(figures, known), Asked(indicator.id, what, {}, what.source))
            to_look_at += check_refreshed(own, known, params, held.areas, settings, _named(read))
            rows += own
            answers += read
        except BoardpacksError as error:
            failures.append(NotRefreshed(indicator.id, what.source, str(error)))
    new, revised = _compared(rows, held.table)
    return Refreshed(tuple(rows), new, revised, tuple(answers), tuple(failures), tuple(to_look_at))


def sources_by_id() -> Mapping[str, Source]:
    """Return the sources, each with its name in params."""
    # Here, so that what only reads a snapshot does not import them all.
    from boardpacks.data.sources import (  # noqa: PLC0415
        dfe_ees,
        fingertips_next,
        nhse_ae,
        nhse_cancer,
        nhse_mhsds,
        nhse_rtt,
        nhse_sickness,
        nomis,
        ohid_fingertips,
        ons_els,
        ukhsa_cover,
    )

    return {
        "fingertips": ohid_fingertips,
        "fingertips-next": fingertips_next,
        "ons-els": ons_els,
        "nhse-ae": nhse_ae,
        "nhse-rtt": nhse_rtt,
        "nhse-cancer": nhse_cancer,
        "nhse-mhsds": nhse_mhsds,
        "nhse-sickness": nhse_sickness,
        "ukhsa-cover": ukhsa_cover,
        "dfe-ees": dfe_ees,
        "nomis": nomis,
    }


def _wanted(
    params: Params, indicators: Collection[str], sources: Collection[str]
) -> list[tuple[Indicator, Refresh]]:
    problems = [
        Problem("boardpacks data refresh", option, name, allowed, near(name, known))
        for option, names, known, allowed in (
            ("--indicator", indicators, list(params.indicators), "an indicator of params/indicators/"),
            ("--source", sources, SOURCE_IDS, f"one of {', '.join(SOURCE_IDS)}"),
        )
        for name in names
        if name not in known
    ]
    problems += [
        Problem(f"params/indicators/, {name}", "refresh", "nothing", "the source that it is refreshed from")
        for name in indicators
        if name in params.indicators and params.indicators[name].refresh is None
    ]
    if problems:
        raise InputError(problems)
    return [
        (indicator, what)
        for indicator in params.indicators.values()
        if (what := indicator.refresh) is not None
        and (not indicators or indicator.id in indicators)
        and (not sources or what.source in sources)
    ]


def _areas(params: Params, known: pd.DataFrame, areas: Mapping[str, SnapshotArea]) -> dict[str, str]:
    """Return the areas whose figures are wanted: those of params, and those that figures of it are held of.

    Of an indicator without any the same areas are wanted as of all others, so that its places have peers.
    """
    held = areas if known.empty else known["area"].unique()
    wanted = {area: areas[area].name if area in areas else area for area in held}
    system = params.system
    named = (
        *params.boroughs(),
        *system.comparators,
        *system.combined_areas,
        *system.trusts,
        *system.own_areas,
    )
    return wanted | {area.code: area.name for area in named}


def _figures(
    indicator: str, what: Refresh, areas: Mapping[str, str], ask: Asks
) -> tuple[tuple[PublishedFigure, ...], list[Answer]]:
    source = sources_by_id()[what.source]
    figures: tuple[PublishedFigure, ...] = ()
    answers: list[Answer] = []
    for address in _addresses(source.requests(what), ask):
        got, asked = ask.get(address), Asked(indicator, what, areas, address)
        read = source.read(got.content, asked)
        ask.keep(got)
        figures = _added(figures, read.figures, asked)
        answers.append(
            Answer(
                indicator,
                what.source,
                source.PUBLISHER,
                source.LICENCE,
                address,
                got.time,
                got.sha256,
                read.columns,
                len(read.figures),
            )
        )
    if not figures:
        named = ", ".join(answer.address for answer in answers) or what.source
        found = "no figure of any area of the project"
        raise InputError([Problem(named, indicator, found, "at least one", "look at `refresh` in params")])
    return figures, answers


def _named(answers: Sequence[Answer]) -> str:
    """Return what answers are called in messages."""
    first, *others = (answer.address for answer in answers)
    return f"{first} and {len(others)} more answers" if others else first


def _added(
    figures: Iterable[PublishedFigure], more: Iterable[PublishedFigure], asked: Asked
) -> tuple[PublishedFigure, ...]:
    """Return the figures of two answers; those of a file that says that it is revised stand instead of others."""
    more = tuple(more)
    if REVISED in asked.address.casefold():
        anew = {figure.key for figure in more}
        figures = (figure for figure in figures if figure.key not in anew)
    return each_once((*figures, *more), asked)


def _addresses(requests: Iterable[AnswerRequest], ask: Asks) -> Iterator[str]:
    for request in requests:
        if request.links is None:
            yield request.address
        else:
            page = ask.get(request.address)
            links = _linked(request.address, request.links, page.content)
            ask.keep(page)
            yield from links


def _linked(page: str, pattern: str, content: bytes) -> list[str]:
    """Return the addresses on a page that match a pattern, each once, revised files last.

    Raises
    ------
    InputError
        When there is none.
    """
    from lxml.html import document_fromstring  # noqa: PLC0415

    document = document_fromstring(content or b"<p/>", base_url=page)
    document.make_links_absolute(page, handle_failures="ignore")
    links = [str(link) for _, name, link, _ in document.iterlinks() if name == "href"]
    found = list(dict.fromkeys(link for link in links if re.search(pattern, link)))
    found.sort(key=lambda link: REVISED in link.casefold())
    if not found:
        raise InputError(
            [Problem(page, "links", f"{len(links)} links, none of them matching", f"a link like {pattern}")]
        )
    return found


def _as_held(figures: Iterable[PublishedFigure], known: pd.DataFrame) -> list[PublishedFigure]:
    """Return figures with the periods that held ones of the same label, or of the same days, have."""
    periods = known[["period", "period_start", "period_months"]].drop_duplicates().to_dict("records")
    spans = [(row["period"], row["period_start"].date(), row["period_months"]) for row in periods]
    by_label = {label: (start, months) for label, start, months in spans}
    by_days = {(start, months): label for label, start, months in spans}
    fitted = []
    for figure in figures:
        days = by_label.get(figure.period, (figure.period_start, figure.period_months))
        label = figure.period if figure.period in by_label else by_days.get(days, figure.period)
        fitted.append(_rounded(replace(figure, period=label, period_start=days[0], period_months=days[1])))
    return fitted


def _rounded(figure: PublishedFigure) -> PublishedFigure:
    def short(number: float | None) -> float | None:
        return None if number is None else round(number, DECIMALS)

    return replace(
        figure,
        value=short(figure.value),
        lower_95=short(figure.lower_95),
        upper_95=short(figure.upper_95),
        count=short(figure.count),
        denominator=short(figure.denominator),
    )


def _compared(
    rows: Sequence[PublishedFigure], held: pd.DataFrame
) -> tuple[tuple[PublishedFigure, ...], tuple[PublishedFigure, ...]]:
    """Return the figures that are not held, and those that are held with other numbers."""
    indicators = {row.indicator for row in rows}
    kept = held[held["indicator"].isin(indicators)]
    known = {(r["indicator"], r["area"], r["sex"], r["period"]): r for r in kept.to_dict("records")}
    new = tuple(row for row in rows if row.key not in known)
    revised = tuple(
        row
        for row in rows
        if row.key in known and any(_differs(getattr(row, name), known[row.key][name]) for name in NUMBERS)
    )
    return new, revised


def _differs(fetched: float | None, held: float) -> bool:
    """Whether a number is another one. A held one may have been rounded; one that has come to be there counts."""
    if fetched is None or pd.isna(held):
        return (fetched is None) != pd.isna(held)
    decimals = len(f"{held:.{DECIMALS}f}".rstrip("0").partition(".")[2])
    return abs(round(fetched, decimals) - held) > 10.0**-DECIMALS / 2
