"""Writes the scorecard: every measure of the pack in one row, grouped by priority, on one page."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.wording import capital
from boardpacks.packs.compose.alert_advise_assure import heading_of
from boardpacks.packs.compose.counts import AT_95, AT_95_MARK
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import ANNEX, number
from boardpacks.packs.edition.spark import spark
from boardpacks.packs.edition.status import status
from boardpacks.packs.markdown.escape import cell, markdown_text

WIDTHS = (29.5, 10.6, 10.4, 11.2, 20.4, 9.4)
MOVED = 12
"""Width of the column on movement, where there is an earlier pack."""
NOTHING = "–"
STAR = "\\*"
"""Marks a measure that misses a standard, whatever its judgement."""


def scorecard_markdown(gathered: Gathered) -> str:
    """Return the page: a table for each priority, in two columns across the page."""
    shown = [line for line in gathered.lines if gathered.is_shown(line)]
    priorities = list(dict.fromkeys(line.chapter for line in shown))
    tables = [_table(gathered, name, [one for one in shown if one.chapter == name]) for name in priorities]
    body = "\n\n".join(tables)
    return (
        f"::::: {{.scorecard-page}}\n\n# Scorecard {{#sec-scorecard .continued}}\n\n{_about(gathered)}\n\n"
        f":::: {{.scorecard}}\n\n{body}\n\n::::\n\n{_key(gathered)}\n\n:::::\n"
    )


def _about(gathered: Gathered) -> str:
    benchmark = gathered.params.system.spoken_benchmark
    return (
        f"Every measure, with {markdown_text(benchmark)} in the same period. [Lines show the last "
        "figures held.]{.not-in-word}"
    )


def _table(gathered: Gathered, name: str, lines: Sequence[SummaryLine]) -> str:
    benchmark = gathered.params.system.benchmark.name
    moved = gathered.moved is not None
    labels = [name, "Value", "Line", benchmark, "Judgement", "Board", *(["Moved"] if moved else [])]
    widths = [*WIDTHS, *([MOVED] if moved else [])]
    rows = [_row(gathered, line, moved=moved) for line in lines]
    marks = [":---", "---:", ":---", "---:", ":---", ":---", *([":---"] if moved else [])]
    head = [f"| {' | '.join(cell(label) for label in labels)} |", f"| {' | '.join(marks)} |"]
    body = [f"| {' | '.join(row)} |" for row in rows]
    shares = ",".join(map(str, widths))
    return "\n".join([*head, *body]) + f'\n\n: {{tbl-colwidths="[{shares}]"}}'


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
        f"{status(line)}{AT_95_MARK if line.is_uncertain else ''}",
        word,
    ]
    if moved:
        sentence = (gathered.moved or {}).get(line, "")
        row.append(markdown_text(sentence.split(" ")[0].rstrip(".:").removeprefix("A ")) if sentence else "")
    return row


def _name(gathered: Gathered, line: SummaryLine) -> str:
    """Return the short name of a measure, with the letter of its borough where that is one of several."""
    brief, fact = gathered.indicator(line).brief, gathered.value(line)
    letter = _letters(gathered).get(fact.area, "") if fact else ""
    return f"{brief} ({letter})" if letter else brief


def _letters(gathered: Gathered) -> dict[str, str]:
    """Return what stands for each borough of a place of several: its first letter, or its name where two share one.

    The only one that is not too small to be compared has none.
    """
    place = gathered.params.places.get(gathered.pack.plan.place)
    if place is None or len(place.boroughs) == 1:
        return {}
    large = [one.code for one in place.boroughs if one.code not in gathered.params.system.too_small]
    told = [one for one in place.boroughs if [one.code] != large]
    letters = {one.code: one.name[:1] for one in told}
    return letters if len(set(letters.values())) == len(letters) else {one.code: one.name for one in told}


def _key(gathered: Gathered) -> str:
    benchmark = markdown_text(gathered.params.system.spoken_benchmark)
    missed = any("misses the" in line.summary.line for line in gathered.lines)
    return (
        "::: {.note}\n\n"
        f"[Worse]{{.verdict-worse}} or [better]{{.verdict-better}} than {benchmark}, beyond chance. "
        "[Stands out]{.verdict-stands-out}: it could not be tested, and a rule is met. "
        f"“{NOTHING}” no figure of the same period is held here. "
        f"{f'{STAR} misses a national standard. ' if missed else ''}"
        f"{at_95(gathered)}"
        f"{_areas(gathered)}Units, periods and sources are in the annex. On the pages that follow, a shaded band of a "
        "chart is the 95% interval.\n\n:::"
    )


def at_95(gathered: Gathered) -> str:
    """Say what the mark of a verdict means that does not hold among so many comparisons, where there is one."""
    return f"{AT_95_MARK} {AT_95}. " if any(line.is_uncertain for line in gathered.lines) else ""


def _areas(gathered: Gathered) -> str:
    """Say which boroughs the letters stand for, and whose silent figures have no row."""
    place = gathered.params.places.get(gathered.pack.plan.place)
    if place is None or not (letters := _letters(gathered)):
        return ""
    told = [
        f"({letters[one.code]}) {markdown_text(one.name)}" for one in place.boroughs if one.code in letters
    ]
    rest = [markdown_text(one.name) for one in place.boroughs if one.code not in letters]
    told += [f"without a letter {rest[0]}, or both together"] if rest else []
    small = [one.name for one in place.boroughs if one.code in gathered.params.system.too_small]
    where = markdown_text(" and ".join(small))
    left_out = (
        f" Figures of {where}, where too few people live to compare, are in the annex." if small else ""
    )
    return f"{', '.join(told)}.{left_out} "
