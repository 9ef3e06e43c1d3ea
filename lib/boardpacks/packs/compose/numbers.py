"""Writes the appendix "Where each number comes from": the numbers of sentences and tables, by measure and period."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from boardpacks.data.observations import STATED
from boardpacks.facts.check_words import ends_of, number_of
from boardpacks.facts.wording import period, unit_phrase
from boardpacks.packs.compose.method import STARTED_FROM
from boardpacks.packs.compose.section import Section
from boardpacks.packs.files.facts_file import FactRecord, FactsFile, is_published
from boardpacks.packs.markdown.escape import attribute, markdown_text
from boardpacks.params.models import Params

LABEL = "tbl-numbers"
WIDTHS = (22, 58, 20)
MOST_LETTERS = 600
"""Letters of numbers in a row, about; `LONG_CELL` in boardpack.lua lets longer rows break over two pages."""
STATED_ROW = "baseline"
_PLAIN_UNITS = ("%", "£")


def numbers_markdown(facts: FactsFile, sections: Sequence[Section], params: Params) -> str:
    """Return the appendix: a table for each chapter, a row a measure, with what the web page shows of each number.

    A number stands in the chapter that says it first. Charts' points are in the data file, not here.

    Parameters
    ----------
    facts
        Every fact of the pack; those that sentences and tables say are listed.
    sections
        The chapters: a measure's name leads back to the heading under which it is said first.
    params
        Names of the measures.
    """
    said = [fact for fact in facts.facts if fact.is_marked]
    if not said:
        return "No sentence and no table of this pack says a figure.\n"
    parts = [
        f"Here is every number that the pack's sentences and tables say, {len(said):,} in all. Each stands once, in "
        "the chapter that says it first, with its 95% interval where there is one. A number is as published unless it "
        "says how it was made. The name of a measure leads back to its words."
    ]
    for section in sections:
        own = [fact for fact in said if _first(fact) == section.chapter]
        if own:
            parts.append(_table(own, facts, section, params))
    return (
        "\n\n".join(
            [
                "::::: {.not-in-large-print}",
                parts[0],
                "::: {.numbers}",
                *parts[1:],
                ":::",
                _more(said[0]),
                ":::::",
                _in_large_print(len(said)),
                _script(said, facts),
            ]
        )
        + "\n"
    )


def _in_large_print(count: int) -> str:
    """Say what large print goes without, and where it is: the table would take as many pages as all the rest."""
    return (
        "::: {.large-print}\n\n"
        f"This is the pack in large print. It leaves out the list of the {count:,} numbers that the pack says, with "
        "the source of each. That list is in the pack's web page, which can be made as large as you like, and at the "
        "end of the pack in usual print. Every number is also in the files of data and facts that come with the "
        "pack; the file of facts is attached to this PDF too.\n\n:::"
    )


def _more(example: FactRecord) -> str:
    """Say where more is to be had; on paper, a last page with hardly any rows has all these lines beside them."""
    return (
        "::: {.keep-together}\n\n"
        f"Each number has an id, such as `{example.id}`. The files of data and facts that come with the pack list "
        "every number by its id, those that only charts show too. The workbook and the file of facts are also "
        "attached to the PDF. With the project at hand, `boardpacks explain` and an id say all that is known of a "
        "number.\n\n:::"
    )


def _table(said: Sequence[FactRecord], facts: FactsFile, section: Section, params: Params) -> str:
    measures: dict[tuple[str, int], list[FactRecord]] = {}
    for fact in said:
        measures.setdefault((_row(fact), fact.source), []).append(fact)
    rows = []
    for (indicator, source), group in measures.items():
        name = STARTED_FROM if indicator == STATED_ROW else measure_name(group[0], params)
        told_by, again = _source(facts, source), f"{markdown_text(name)}, continued"
        for number, told in enumerate(_numbers(group, name)):
            measure = again if number else _measure(indicator, name, group, section)
            rows.append(f"| {measure} | {told} | {told_by} |")
    head = ["| Measure | Numbers said, by period | Source |", "|:--|:--|:--|"]
    label = f"{LABEL}-{section.slug}"
    widths = ",".join(map(str, WIDTHS))
    caption = f': {markdown_text(section.title)} {{#{label} tbl-colwidths="[{widths}]"}}'
    return "\n".join([*head, *rows]) + f"\n\n{caption}"


def _row(fact: FactRecord) -> str:
    """Return the measure whose row a number stands in: those that the strategy states share one."""
    return STATED_ROW if fact.method == STATED else fact.observation.indicator


def measure_name(fact: FactRecord, params: Params) -> str:
    """Return what a fact's measure is called, whichever of its numbers the fact is."""
    known = params.indicators.get(fact.observation.indicator)
    if known is not None:
        return known.name
    deprivation = params.system.deprivation
    if deprivation is not None and fact.observation.indicator == "deprivation":
        return deprivation.name
    return fact.name


def _measure(indicator: str, name: str, group: Sequence[FactRecord], section: Section) -> str:
    first = next(one for one in group[0].said if one.marked)
    anchor = section.anchors.get(first.name, section.anchor)
    units = dict.fromkeys(fact.unit for fact in group if fact.name == name)
    unit = next((f", {unit_phrase(one)}" for one in units if one not in _PLAIN_UNITS), "")
    return f"[{markdown_text(name)}](#{anchor}){markdown_text(unit)} [{markdown_text(indicator)}]{{.fact-id}}"


def _numbers(group: Sequence[FactRecord], name: str) -> list[str]:
    """Return the numbers by period, in as many cells as it takes for each row to stay whole on its page."""
    periods: dict[str, list[FactRecord]] = {}
    for fact in group:
        periods.setdefault(_when(fact, name), []).append(fact)
    cells: list[dict[str, list[str]]] = [{}]
    letters = 0
    for when, told in periods.items():
        before = ""
        for fact in told:
            words = _entry(fact, name, before)
            if letters + len(words) > MOST_LETTERS:
                cells.append({})
                letters, words = 0, _entry(fact, name, "")
            letters += len(words) + len("; ") + (0 if when in cells[-1] else len(f"{when}:. "))
            entry = f'[{markdown_text(words)}]{{row="{attribute(fact.id)}"}}'
            cells[-1].setdefault(when, []).append(entry)
            before = fact.area_name
    return [
        " ".join(f"**{markdown_text(when)}:** {'; '.join(entries)}." for when, entries in cell.items())
        for cell in cells
    ]


def _when(fact: FactRecord, name: str) -> str:
    sex = fact.observation.sex
    several = sex != "Persons" and sex.lower() not in name.lower()
    return f"{period(fact.observation.period)}{f', {sex.lower()}' if several else ''}"


def _entry(fact: FactRecord, name: str, before: str) -> str:
    """Return a number with its area, which is not said again when ``before`` was the same."""
    what = "" if fact.name == name else f"{_small(fact.name.removeprefix(f'{name}: '))}:"
    area = "" if fact.area_name == before else f"{fact.area_name},"[: None if what else -1]
    interval = f"({_interval(fact)})" if _interval(fact) else ""
    made = "" if what or is_published(fact) else f"({fact.method})"
    value = fact.display if fact.method == STATED else number_of(fact)
    return " ".join(filter(None, (area, what, value, interval, made)))


def _source(facts: FactsFile, number: int) -> str:
    source = facts.sources[number]
    via = "" if source.source.startswith(source.publisher) else f" ({source.source})"
    return markdown_text(f"{source.publisher}{via}")


def _first(fact: FactRecord) -> str:
    return next(one.chapter_id for one in fact.said if one.marked)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _script(said: Sequence[FactRecord], facts: FactsFile) -> str:
    """Return what the page's script shows of a number, as data in the page: nothing is loaded.

    Words that many facts share are listed once; a fact has their numbers.
    """
    words: dict[str, int] = {}
    shown = {
        fact.id: [
            *(words.setdefault(text, len(words)) for text in _shared(fact, facts)),
            *(fact.display, _interval(fact)),
        ]
        for fact in said
    }
    snapshot = f"{facts.snapshot.name} ({str(facts.snapshot.sha256)[:12]})"
    content = {"snapshot": snapshot, "words": list(words), "facts": shown}
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'```{{=html}}\n<script type="application/json" id="facts-of-pack">{data}</script>\n```'


def _shared(fact: FactRecord, facts: FactsFile) -> Iterator[str]:
    """Yield what the script shows beside value and interval, in the order in which it takes them."""
    observation, source = fact.observation, facts.sources[fact.source]
    first = next(one for one in fact.said if one.marked)
    yield fact.name
    yield fact.area_name if observation.sex == "Persons" else f"{fact.area_name}, {observation.sex.lower()}"
    yield period(observation.period)
    yield "" if fact.unit in ("", "rank", "peers") else unit_phrase(fact.unit)
    yield fact.method
    yield fact.rule
    yield from (source.source, source.publisher, source.licence)
    yield from (observation.indicator, observation.area, observation.sex, observation.period)
    yield f"{first.notebook}.ipynb"
    yield f"cell {first.cell}, {first.kind} {first.name}"


def _interval(fact: FactRecord) -> str:
    ends = ends_of(fact)
    return f"{ends[0]} to {ends[1]}" if ends and fact.lower != fact.upper else ""
