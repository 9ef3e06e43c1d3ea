"""Writes the scorecard: every measure of the pack in one row, grouped by priority, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.wording import capital
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.spark import spark
from boardpacks.packs.edition.status import status
from boardpacks.packs.edition.words import ANNEX, number
from boardpacks.packs.markdown.escape import cell, markdown_text

WIDTHS = (28, 11, 11.5, 11, 20.5, 9.5)
MOVED = 12
"""Width of the column on movement, where there is an earlier pack."""
NOTHING = "–"
STAR = "\\*"
"""Marks a measure that misses a standard, whatever its judgement."""


def scorecard_markdown(gathered: Gathered) -> str:
    """Return the page: a table for each priority, in two columns across the page."""
    priorities = list(dict.fromkeys(line.chapter for line in gathered.lines))
    tables = [
        _table(gathered, name, [one for one in gathered.lines if one.chapter == name]) for name in priorities
    ]
    body = "\n\n".join(tables)
    return (
        f"::::: {{.scorecard-page}}\n\n# Scorecard {{#sec-scorecard .continued}}\n\n{_about(gathered)}\n\n"
        f":::: {{.scorecard}}\n\n{body}\n\n::::\n\n{_key(gathered)}\n\n:::::\n"
    )


def _about(gathered: Gathered) -> str:
    benchmark = gathered.params.system.benchmark.name
    return (
        f"Every measure, with {markdown_text(benchmark)} in the same period. Lines show the last "
        "figures held."
    )


def _table(gathered: Gathered, name: str, lines: Sequence[SummaryLine]) -> str:
    benchmark = gathered.params.system.benchmark.name
    moved = gathered.moved is not None
    labels = ["Measure", "Value", "Line", benchmark, "Judgement", "Board", *(["Moved"] if moved else [])]
    widths = [*WIDTHS, *([MOVED] if moved else [])]
    rows = [_row(gathered, line, moved=moved) for line in lines]
    marks = [":---", "---:", ":---", "---:", ":---", ":---", *([":---"] if moved else [])]
    head = [f"| {' | '.join(cell(label) for label in labels)} |", f"| {' | '.join(marks)} |"]
    body = [f"| {' | '.join(row)} |" for row in rows]
    shares = ",".join(map(str, widths))
    title = f"::: {{.group}}\n\n**{markdown_text(name)}**\n\n:::"
    table = "\n".join([*head, *body])
    return f'{title}\n\n{table}\n\n: {{tbl-colwidths="[{shares}]"}}'


def _row(gathered: Gathered, line: SummaryLine, *, moved: bool) -> list[str]:
    fact, other = gathered.value(line), gathered.benchmark(line)
    indicator = gathered.indicator(line)
    missed = "standard-missed" in line.summary.stands_out or "misses the" in line.summary.line
    name = f"[{markdown_text(_name(gathered, line))}]({ANNEX}{line.anchor}){STAR if missed else ''}"
    assurance = gathered.params.assurance
    heading = heading_of(line.summary, assurance) if assurance else None
    word = capital(heading) if heading else ""
    if heading == "alert":
        word = f"**{word}**"
    row = [
        name,
        f"**{number(fact)}**" if fact else NOTHING,
        spark(gathered.series(fact)) if fact and not indicator.additive else "",
        number(other) if other else NOTHING,
        status(line),
        word,
    ]
    if moved:
        sentence = (gathered.moved or {}).get(line, "")
        row.append(markdown_text(sentence.split(" ")[0].rstrip(".:").removeprefix("A ")) if sentence else "")
    return row


def _name(gathered: Gathered, line: SummaryLine) -> str:
    brief = gathered.indicator(line).brief
    fact = gathered.value(line)
    place = gathered.params.places.get(gathered.pack.plan.place)
    if fact is None or place is None or len(place.boroughs) == 1:
        return brief
    borough = next((one for one in place.boroughs if one.code == fact.area), None)
    return brief if borough is None else f"{brief}, {borough.name.partition(' ')[0]}"


def _key(gathered: Gathered) -> str:
    benchmark = markdown_text(gathered.params.system.spoken_benchmark)
    missed = any("misses the" in line.summary.line for line in gathered.lines)
    return (
        "::: {.note}\n\n"
        f"[Worse]{{.verdict-worse}} or [better]{{.verdict-better}} than {benchmark}, beyond chance. "
        "[Stands out]{.verdict-stands-out}: it could not be tested, and a rule is met. "
        f"“{NOTHING}” no figure of the same period is held here. "
        f"{f'{STAR} misses a national standard. ' if missed else ''}"
        "Units, periods and sources are in the annex.\n\n:::"
    )
