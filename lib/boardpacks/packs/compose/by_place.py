"""Sets what needs action beside each other by place: a row for each measure, and a number for each place concerned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.check_words import number_of
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import period, short_period
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.counts import AT_95, AT_95_MARK
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.params.models import Params
from boardpacks.params.system import Place

MEASURE, LEVEL, WHO = 31.0, 7.0, 15.0
"""Widths of the columns that are no places."""
CAUTION = "†"
NOTHING = ""
MOST_PLACES = 9
"""Places that have room for a column each; of more, words name them."""


def by_place_columns(params: Params) -> tuple[Column, ...]:
    """Return the columns: the measure, each place, the benchmark, and who answers."""
    places = list(params.places.values())
    width = (100 - MEASURE - LEVEL - WHO) / len(places)
    return (
        Column(label="Measure", width=MEASURE),
        *(Column(label=place.name, align="right", width=width) for place in places),
        Column(label=params.system.benchmark.name, align="right", width=LEVEL),
        Column(label="Who answers", width=WHO),
    )


def by_place_note(params: Params) -> str:
    """Return what the marks mean."""
    benchmark = params.system.spoken_benchmark
    of_two = f" Of a place with two {params.system.words.several} the figure may be that of the larger one."
    return (
        f"Only places that need action have a number. W: worse than {benchmark}. O: stands out, not tested; it may lie "
        f"on the better side of {benchmark} all the same. Bold: an alert. {CAUTION} to be read with caution. "
        f"{AT_95_MARK} {AT_95}."
        f"{of_two if any(len(place.boroughs) > 1 for place in params.places.values()) else ''}"
    )


def is_by_place(entry: SummaryLine, params: Params, known: Mapping[str, Fact]) -> bool:
    """Whether each result of a line belongs to a place of its own, and all places have room for a column."""
    return len(params.places) <= MOST_PLACES and len(_values(entry, params, known)) == entry.summary.count


def by_place_row(
    name: str, entries: Sequence[SummaryLine], who: str, params: Params, known: Mapping[str, Fact]
) -> tuple[str, ...]:
    """Return a row of a measure: `entries` are its lines of one judgement, each true of some of the places."""
    values = {
        place: (entry, fact) for entry in entries for place, fact in _values(entry, params, known).items()
    }
    newest = max((fact.period for _, fact in values.values()), default="")
    cells = (_cell(*values[place], params, newest) if place in values else NOTHING for place in params.places)
    dated = f"{name}, {short_period(newest)}" if newest else name
    return (dated, *cells, _level(entries, params, known), who)


def _values(entry: SummaryLine, params: Params, known: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the values that a line is true of, by place."""
    found: dict[str, Fact] = {}
    for fact in _told(entry, known):
        place = _place_of(fact, params)
        if place is not None:
            found.setdefault(place.id, fact)
    return found


def _told(entry: SummaryLine, known: Mapping[str, Fact]) -> Iterator[Fact]:
    yield from (fact for fact in map(known.__getitem__, entry.summary.facts) if fact.is_value)


def _place_of(fact: Fact, params: Params) -> Place | None:
    for place in params.places.values():
        if fact.area_name == place.name or fact.area in {borough.code for borough in place.boroughs}:
            return place
    return None


def _cell(entry: SummaryLine, fact: Fact, params: Params, newest: str) -> str:
    summary, assurance = entry.summary, params.assurance
    value = fact_span(number_of(fact), fact.id)
    if assurance is not None and heading_of(summary, assurance) == "alert":
        value = f"**{value}**"
    marks = (CAUTION if summary.cautioned else "") + (AT_95_MARK if entry.is_uncertain else "")
    older = f" ({period(fact.period)})" if fact.period != newest else ""
    return f"{value}{marks}{older}"


def _level(entries: Sequence[SummaryLine], params: Params, known: Mapping[str, Fact]) -> str:
    """Return the figure that the values are held against: the benchmark's, or another comparator's by its name."""
    names = {area.code: area.name for area in params.system.comparators}
    levels = {fact.area: fact for entry in entries for fact in _told(entry, known) if fact.area in names}
    for code, name in names.items():
        if code in levels:
            value = fact_span(number_of(levels[code]), levels[code].id)
            return value if code == params.system.benchmark.code else f"{name} {value}"
    return NOTHING
