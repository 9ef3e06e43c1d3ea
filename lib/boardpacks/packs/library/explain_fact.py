"""Says of one fact what it is, where it is said, and where it comes from, in words for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boardpacks.data.observations import PUBLISHED
from boardpacks.data.snapshot import OBSERVATIONS, Snapshot
from boardpacks.facts.check_words import ends_of
from boardpacks.facts.wording import period, unit_phrase
from boardpacks.packs.files.facts_file import FactRecord
from boardpacks.packs.library.find_facts import PublishedFacts
from boardpacks.project.dates import long_date

MOST_LISTED = 20
"""Facts in a list: a screen."""

DEPRIVATION = "deprivation"


def explain_fact(published: PublishedFacts, fact: FactRecord, snapshot: Snapshot | None) -> Iterator[str]:
    """Yield lines of a label and words.

    Parameters
    ----------
    published, fact
        The fact and the pack that says it.
    snapshot
        The project's snapshot as it is now, or None where it cannot be read.
    """
    observation, source = fact.observation, published.facts.sources[fact.source]
    yield fact.id
    for label, words in (
        ("measure", fact.name),
        ("value", fact.display),
        ("95% interval", " to ".join(ends_of(fact) or ()) or "none"),
        ("unit", unit_phrase(fact.unit)),
        ("area", f"{fact.area_name} ({observation.area}), {observation.sex.lower()}"),
        ("period", period(observation.period)),
        ("made", "published as it stands" if fact.method == PUBLISHED else fact.method),
        ("comparison", fact.rule or "none"),
        ("source", source.source),
        ("publisher", f"{source.publisher}, {source.licence}"),
        ("snapshot", _snapshot(published)),
        ("its rows", "; ".join(_rows(fact, snapshot))),
        ("now", _now(published, fact, snapshot)),
        ("said in", _pack(published)),
        *(("", words) for words in _said(fact)),
    ):
        yield f"  {label:13} {words}".rstrip()


def list_facts(found: Sequence[tuple[PublishedFacts, FactRecord]]) -> Iterator[str]:
    """Yield a line for each fact, at most a screen; those that words and tables say come first."""
    ranked = sorted((fact for _, fact in found), key=lambda fact: not fact.is_marked)
    yield f"{len(found)} facts begin so. Name one of them:"
    shown = ranked[:MOST_LISTED]
    width = max(len(fact.id) for fact in shown)
    for fact in shown:
        yield f"  {fact.id:{width}}  {fact.display}, {fact.area_name}, {period(fact.observation.period)}"
    if len(ranked) > MOST_LISTED:
        yield f"  ... and {len(ranked) - MOST_LISTED} more"


def _snapshot(published: PublishedFacts) -> str:
    record = published.facts.snapshot
    return f"{record.name}, SHA-256 {str(record.sha256)[:16]}"


def _pack(published: PublishedFacts) -> str:
    pack = published.pack
    return f"{pack.title}, {long_date(pack.meeting)}, version {pack.version} ({pack.status})"


def _said(fact: FactRecord) -> Iterator[str]:
    for one in fact.said:
        how = "in words" if one.kind == "statement" else "in a cell" if one.kind == "table" else ""
        marked = f", {how}" if one.marked and how else ""
        yield f"{one.notebook}.ipynb, cell {one.cell}: {one.kind} {one.name}{marked}"


def _rows(fact: FactRecord, snapshot: Snapshot | None) -> Iterator[str]:
    """Yield the key of each row of the snapshot that the fact is or is made from, and its number where it is known."""
    observation = fact.observation
    if observation.indicator == DEPRIVATION:
        yield f"the small areas of {' and '.join(observation.area.split('+'))}"
        return
    for area in observation.area.split("+"):
        key = f"{observation.indicator}, {area}, {observation.sex}, {observation.period}"
        number = None if snapshot is None else snapshot.row_number(*_key(fact, area))
        yield key if number is None else f"{number:,} of {OBSERVATIONS}: {key}"


def _key(fact: FactRecord, area: str) -> tuple[str, str, str, str]:
    observation = fact.observation
    return observation.indicator, area, observation.sex, observation.period


def _held(fact: FactRecord, snapshot: Snapshot) -> float | None:
    """Return the value in the snapshot of a fact that is published as it stands, else None."""
    if fact.method != PUBLISHED:
        return None
    indicator, area, sex, when = _key(fact, fact.observation.area)
    rows = snapshot.series(indicator, area)
    return next((float(row["value"]) for row in rows if (row["sex"], row["period"]) == (sex, when)), None)


def _now(published: PublishedFacts, fact: FactRecord, snapshot: Snapshot | None) -> str:
    """Say whether the project's snapshot still has the figures that the fact is made from."""
    if snapshot is None:
        return "the project's snapshot cannot be read: run `boardpacks params check`"
    if snapshot.sha256 == published.facts.snapshot.sha256:
        held = _held(fact, snapshot)
        if held is None or held == fact.value:
            return "the project has the same snapshot" + (
                ", and its row says the same" if held is not None else ""
            )
        return (
            f"the project has the same snapshot, but its row says {held!r}: the pack was changed, see verify"
        )
    area, indicator = fact.observation.area, fact.observation.indicator
    small = indicator == DEPRIVATION
    series = snapshot.small_areas_digest(area) if small else snapshot.digest(indicator, area)
    other = f"the project has another snapshot now, {snapshot.manifest.name} ({snapshot.sha256[:16]})"
    if series == fact.observation.series:
        return f"{other}; the figures behind this number are the same in it"
    return f"{other}, and the figures behind this number have changed: build the pack again"
