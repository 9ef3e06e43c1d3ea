"""Says which figures a pack is made from: the snapshot, what checks let through, the versions, every source used."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import boardpacks
from boardpacks.data.observations import STATED
from boardpacks.data.snapshot_manifest import SnapshotWaiver
from boardpacks.facts.artefacts import Column, Fact, Table
from boardpacks.facts.wording import listed, period
from boardpacks.packs.compose.section import table_markdown
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.params.system import Shock
from boardpacks.project.dates import long_date

LABEL = "tbl-sources"
STARTED_FROM = "Figures that the strategy started from"

_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:(?:/| - )(?P<last>\d\d))?(?!\d)")


def data_markdown(pack: PackContent, facts: Sequence[Fact]) -> str:
    """Return the list of what the pack was made from: snapshot, periods, what is hidden or waived, versions."""
    snapshot, policies = pack.snapshot, pack.params.policies()
    lines = [f"Pack: version {pack.plan.version}, {pack.plan.status}"]
    if facts:
        lines += [
            f"Snapshot of published figures: {markdown_text(snapshot.name)}, SHA-256 "
            f"{str(snapshot.sha256)[:16]} (in full in the data file)",
            f"Periods: {markdown_text(period_range(facts))}",
            f"Numbers in this pack: {len(facts):,}, each listed in the data file with its source",
        ]
    hidden: dict[str, dict[str, None]] = {}
    for fact in facts:
        if policy := policies.get(fact.indicator):
            hidden.setdefault(policy.name, {})[pack.params.indicators[fact.indicator].name] = None
    lines += [
        f"Small counts are hidden, and others rounded (policy {name}): {markdown_text('; '.join(measures))}"
        for name, measures in hidden.items()
    ]
    lines += [
        _let_through(waiver, shown[0].indicator_name)
        for waiver in pack.waivers
        if (shown := [fact for fact in facts if _is_shown(waiver, fact)])
    ]
    lines.append(f"Made with: Boardpacks {boardpacks.__version__}")
    return "\n".join(f"- {line}" for line in lines) + "\n"


def shocks_sentence(shocks: Sequence[Shock]) -> str:
    """Say in which times no trend or change starts or ends; nothing where there are none."""
    if not shocks:
        return ""
    times = listed([f"{one.name} ({_in_months(one.since)} to {_in_months(one.until)})" for one in shocks])
    return f"No trend or change starts or ends in {times}."


def _in_months(day: dt.date) -> str:
    return period(f"{day:%Y-%m}")


def _is_shown(waiver: SnapshotWaiver, fact: Fact) -> bool:
    """Whether a fact is one of the figures of a waiver: whatever a chart draws is a fact too."""
    return (
        waiver.indicator == fact.indicator
        and (waiver.area is None or waiver.area in fact.area.split("+"))
        and waiver.period in (None, fact.period)
    )


def _let_through(waiver: SnapshotWaiver, indicator: str) -> str:
    """Return in words what a check was not to stop or tell, why, and who answers for it."""
    label = waiver.period and period(waiver.period)
    figures = ", ".join(part for part in (indicator, waiver.area_name, label) if part)
    return (
        f"A check of figures was waived ({waiver.check}) for {markdown_text(figures)}. {markdown_text(waiver.reason)} "
        f"Answered for by: {markdown_text(waiver.name)}, until {long_date(waiver.until)}"
    )


def sources_markdown(facts: Sequence[Fact]) -> str:
    """Return a table with a row for each source: publisher, licence, and the measures with their periods.

    A fact without a source is a number counted in the pack itself. What the strategy states is named together.
    """
    if not facts:
        return "This pack prints no figures.\n"
    if not any(fact.source for fact in facts):
        return "This pack prints no published figures: all are counted from its own chapters.\n"
    groups: dict[tuple[str, str, str], dict[str, list[Fact]]] = {}
    for fact in facts:
        if not fact.source:
            continue
        source = groups.setdefault((fact.source, fact.publisher, fact.licence), {})
        source.setdefault(STATED if fact.method == STATED else fact.indicator, []).append(fact)
    rows = tuple(
        (source, publisher, _measures(group), terms) for (source, publisher, terms), group in groups.items()
    )
    table = Table(
        kind="table",
        name="sources",
        facts=(),
        title="Sources of the figures in this pack",
        columns=(
            Column(label="Source", width=20),
            Column(label="Publisher", width=18),
            Column(label="Measures and periods", width=50),
            Column(label="Licence", width=12),
        ),
        rows=rows,
    )
    return table_markdown(table, LABEL) + "\n"


def _measures(group: Mapping[str, Sequence[Fact]]) -> str:
    return "; ".join(
        f"{STARTED_FROM if what == STATED else facts[0].indicator_name} ({period_range(facts)})"
        for what, facts in group.items()
    )


def period_range(facts: Sequence[Fact]) -> str:
    """Return the period of `facts` in words: the one that all share, else the first and last year."""
    labels = dict.fromkeys(fact.period for fact in facts)
    if len(labels) == 1:
        return period(next(iter(labels)))
    years = sorted(year for label in labels for year in _years(label))
    if not years:
        return ", ".join(labels)
    return f"{years[0]} to {years[-1]}" if years[0] != years[-1] else str(years[0])


def _years(label: str) -> list[int]:
    """Return the years that a label names: both of ``2021/22`` and ``2021 - 23``, one of ``2025-07``."""
    found = []
    for year in _YEAR.finditer(label):
        found.append(int(year["first"]))
        if year["last"]:
            found.append(int(year["first"][:2] + year["last"]))
    return found
