"""Writes the system's scorecard: a row for each measure, a column for each place, and the judgement in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boardpacks.chapter.side_by_side import dealt
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import CLASSES, LABELS
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.counts import AT_95_MARK
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.board_scorecard import at_95
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import ANNEX, number
from boardpacks.packs.markdown.escape import cell, markdown_text
from boardpacks.params.system import Place
from boardpacks.stats.comparison import UNJUDGED, VERDICTS, Verdict

NOTHING = "–"
MEASURE, PLACE = 30, 20
MOST_PLACES = 12
"""Columns of places that a page has room for: more of them are rows."""
MOST_MEASURES = 7
"""Columns of measures where places are rows."""
_LETTERS: Mapping[Verdict, str] = {
    verdict: f"[{LABELS[verdict][0]}]{{.{CLASSES[verdict]}}}"
    for verdict in VERDICTS
    if verdict not in UNJUDGED
}
_STANDS_OUT = "[O]{.verdict-stands-out}"


def places_scorecard_markdown(gathered: Gathered) -> str:
    """Return the page: a table for each priority. What belongs to no place, such as a trust's figures, is not in it."""
    places = list(gathered.params.places.values())
    cells = _cells(gathered)
    table = _table if len(places) <= MOST_PLACES else _long_table
    made = (
        table(gathered, priority.name, places, cells, priority.indicators)
        for priority in gathered.params.priorities.values()
    )
    tables = [one for one in made if one]
    benchmark = markdown_text(gathered.params.system.spoken_benchmark)
    about = (
        f"Every measure of every place, with its judgement against {benchmark}. Bold: an alert for the board."
    )
    if not tables:
        return ""
    body = "\n\n".join(tables)
    return (
        f"::::: {{.scorecard-page}}\n\n# Scorecard {{#sec-scorecard .continued}}\n\n{about}\n\n"
        f":::: {{.places-scorecard}}\n\n{body}\n\n::::\n\n{_key(gathered, places)}\n\n:::::\n"
    )


def _cells(gathered: Gathered) -> dict[tuple[str, str], str]:
    """Return what is said of each indicator in each place: of several boroughs, the one that can be compared."""
    home = {borough.code: place for place in gathered.params.places.values() for borough in place.boroughs}
    by_name = {place.name: place for place in gathered.params.places.values()}
    found: dict[tuple[str, str], str] = {}
    taken: dict[tuple[str, str], Fact] = {}
    for line in gathered.lines:
        for fact in gathered.told(line):
            place = home.get(fact.area) or by_name.get(fact.area_name)
            if place is None or not fact.is_value:
                continue
            key = line.summary.indicator, place.id
            if key in taken and _weight(gathered, taken[key], place) >= _weight(gathered, fact, place):
                continue
            taken[key], found[key] = fact, _cell(gathered, line, fact)
    return found


def _weight(gathered: Gathered, fact: Fact, place: Place) -> tuple[bool, str]:
    """Return what decides between two figures of a place: one of the whole of it, not too small, the newer."""
    own = {borough.code for borough in place.boroughs}
    small = fact.area in gathered.params.system.too_small and len(own) > 1
    return not small, fact.period


def _cell(gathered: Gathered, line: SummaryLine, fact: Fact) -> str:
    summary, assurance = line.summary, gathered.params.assurance
    letter = _STANDS_OUT if summary.stands_out else _LETTERS.get(summary.verdict, "")
    is_alert = assurance is not None and heading_of(summary, assurance) == "alert"
    value = f"**{number(fact)}**" if is_alert else number(fact)
    return f"{letter} {value}{AT_95_MARK if line.is_uncertain else ''}".strip()


def _table(
    gathered: Gathered,
    name: str,
    places: Sequence[Place],
    cells: Mapping[tuple[str, str], str],
    indicators: Sequence[str],
) -> str:
    rows = [
        [_measure(gathered, one), *(cells.get((one, place.id), NOTHING) for place in places)]
        for one in _held(indicators, places, cells)
    ]
    return _markdown([name, *(place.name for place in places)], rows)


def _long_table(
    gathered: Gathered,
    name: str,
    places: Sequence[Place],
    cells: Mapping[tuple[str, str], str],
    indicators: Sequence[str],
) -> str:
    """Return tables with a row for each place and a column for each measure, as many as have room beside each other."""
    return "\n\n".join(
        _markdown(
            [name, *(gathered.params.indicators[one].brief for one in part)],
            [
                [markdown_text(place.name), *(cells.get((one, place.id), NOTHING) for one in part)]
                for place in places
            ],
        )
        for part in dealt(_held(indicators, places, cells), MOST_MEASURES)
    )


def _held(
    indicators: Sequence[str], places: Sequence[Place], cells: Mapping[tuple[str, str], str]
) -> list[str]:
    return [one for one in indicators if any((one, place.id) in cells for place in places)]


def _measure(gathered: Gathered, indicator: str) -> str:
    anchors = {line.summary.indicator: line.anchor for line in gathered.lines}
    return f"[{markdown_text(gathered.params.indicators[indicator].brief)}]({ANNEX}{anchors[indicator]})"


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    labels = [cell(label) for label in head]
    lines = [labels, [":---", *("---:" for _ in head[1:])], *rows]
    widths = ",".join(map(str, (MEASURE, *(PLACE for _ in head[1:]))))
    body = "\n".join("| " + " | ".join(row) + " |" for row in lines)
    return f'{body}\n\n: {{tbl-colwidths="[{widths}]"}}'


def _key(gathered: Gathered, places: Sequence[Place]) -> str:
    benchmark = markdown_text(gathered.params.system.spoken_benchmark)
    several = [place.name for place in places if len(place.boroughs) > 1]
    where = markdown_text(" and ".join(several))
    borough = gathered.params.system.words.borough
    combined = (
        f" Of {where} one figure is shown: that of the larger {borough} where there is none of both."
        if several
        else ""
    )
    return (
        "::: {.note}\n\n"
        f"[W]{{.verdict-worse}} worse, [B]{{.verdict-better}} better, [S]{{.verdict-similar}} similar, "
        f"[H]{{.verdict-higher}} higher or [L]{{.verdict-lower}} lower than {benchmark}; {_STANDS_OUT} stands out. "
        f"{at_95(gathered)}"
        f"Without a letter: not tested, not compared or too old. “{NOTHING}”: no figure is held here.{combined}\n\n:::"
    )
