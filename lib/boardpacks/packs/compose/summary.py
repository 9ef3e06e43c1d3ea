"""Writes the page that leads a pack: what is better, what needs attention, and what is asked of the board."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from boardpacks.charts.alt_text import inside
from boardpacks.packs.compose.alert_advise_assure import AskedOfBoard, sort_for_board
from boardpacks.packs.compose.counts import JUDGED, counted, counts_table, key_sentence
from boardpacks.packs.compose.headlines import Side, choose, side
from boardpacks.packs.compose.judged import line_words
from boardpacks.packs.compose.section import Section, table_height, table_markdown, words_height
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.params.assurance import Assurance
from boardpacks.params.models import Params

LABEL = "tbl-summary"
UNLISTED = "{.unnumbered .unlisted}"
"""Keeps a heading out of the contents."""

MOST_AREAS = 3
"""Areas that are named after a measure; of more the first two are, and the others counted."""

ROOM = 222.0
"""Height in mm below the summary's title that its page has."""
HEADING = 18.0
"""Height in mm of a heading with the space around it."""

_NUMBERS = ("No", "One", "Two", "Three")
_TITLES: dict[Side, tuple[str, str]] = {
    "better": ("thing that is better", "things that are better"),
    "attention": ("thing that needs attention", "things that need attention"),
}


def summary_markdown(sections: Sequence[Section], params: Params, entries: Sequence[SummaryLine]) -> str:
    """Return the summary: the counts in a sentence, three lines a side, the board's asks, and counts by priority.

    As much of it as fits stays on one page; the rest follows.
    It judges nothing itself: every verdict, trend and line is a chapter's. Each line links to the part of the pack
    that it comes from. A pack whose chapters put nothing on the summary gets a list of its chapters and their parts.

    Parameters
    ----------
    sections
        The chapters.
    params
        The system's params.
    entries
        The chapters' lines, from :func:`boardpacks.packs.compose.summary_lines.gather_lines`.
    """
    if not entries:
        return _chapters_only(sections)
    benchmark = markdown_text(params.system.spoken_benchmark)
    attention = choose(entries, "attention")
    better = choose(entries, "better", without=attention)
    head = [
        f"::: {{.key-message}}\n\n{key_sentence(entries, benchmark)}\n\n:::",
        _chosen("attention", attention, entries, benchmark),
        _chosen("better", better, entries, benchmark),
        *([_asked(entries, params.assurance)] if params.assurance else []),
    ]
    counts = counts_table(entries, params.system.spoken_benchmark, params.system.words)
    words = [part for part in head if part]
    heights = accumulate([*map(_height, words), table_height(counts)])
    fitting = sum(height <= ROOM for height in heights)
    parts = [*words, table_markdown(counts, LABEL)]
    return "\n\n".join([":::: {.keep-together}", *parts[:fitting], "::::", *parts[fitting:]]) + "\n"


def _chosen(
    wanted: Side, chosen: Sequence[SummaryLine], entries: Sequence[SummaryLine], benchmark: str
) -> str:
    one, several = _TITLES[wanted]
    if not chosen:
        return _none(wanted, entries, benchmark)
    moving = wanted == "better" and any(entry.summary.verdict != "better" for entry in chosen)
    title = f"{_NUMBERS[len(chosen)]} {one if len(chosen) == 1 else several}{' or getting better' if moving else ''}"
    lines = [
        f"- {line_words(entry)}. {markdown_text(entry.summary.line)}{_also(entry, wanted, entries)} "
        f"([{markdown_text(entry.chapter)}](#{entry.anchor}))"
        for entry in chosen
    ]
    return "\n".join([f"## {title} {UNLISTED}", "", *lines])


def _also(entry: SummaryLine, wanted: Side, entries: Sequence[SummaryLine]) -> str:
    """Say how many more measures of the same cause are on this side."""
    alike = {
        one.summary.indicator for one in entries if one.cause == entry.cause and side(one.summary) == wanted
    }
    more = len(alike - {entry.summary.indicator})
    if not more:
        return ""
    measures = "1 more measure" if more == 1 else f"{more} more measures"
    return f"; also {measures} of {markdown_text(inside(entry.finding))}"


def _none(wanted: Side, entries: Sequence[SummaryLine], benchmark: str) -> str:
    """Say that nothing is on this side, and of what it can be said."""
    word = "better" if wanted == "better" else "worse"
    told = [f"{word} than {benchmark}"] if any(entry.summary.verdict in JUDGED for entry in entries) else []
    if any(entry.summary.trend != "not-calculated" for entry in entries):
        told.append(f"getting {word}")
    if not told or any(side(entry.summary) == wanted for entry in entries):
        return ""
    return f"No measure is {' or '.join(told)}."


def _asked(entries: Sequence[SummaryLine], assurance: Assurance) -> str:
    asked, others = sort_for_board(entries, assurance)
    parts = [f"## What is asked of the board {UNLISTED}", *(_ask(each) for each in asked)]
    if others:
        word = counted(entries)
        words = f"The other {word.removesuffix('s') if others == 1 else f'{others} {word}'}"
        parts.append(f"{words} {'falls' if others == 1 else 'fall'} under none of these headings.")
    return "\n\n".join(parts)


def _height(part: str) -> float:
    """Estimate the height in mm of a part of the page, from the words of it that are printed."""
    printed = re.sub(r"\]\([^)]*\)|\{[^}]*\}|:::", "", part).splitlines()
    return sum(HEADING if line.startswith("#") else words_height(line) for line in printed if line.strip())


def _ask(asked: AskedOfBoard) -> str:
    heading = f"**{asked.heading.capitalize()}.**"
    if not asked.entries:
        return f"{heading} No measure in this pack."
    by_priority = _by_priority(asked.entries)
    if asked.heading == "alert" and len(by_priority) > 1:  # these are all named, however many there are
        lines = [f"- {markdown_text(name)}: {_alerts(entries)}" for name, entries in by_priority.items()]
        return "\n".join([f"{heading} {markdown_text(asked.asks)}:", "", *lines])
    if asked.heading == "alert":
        return f"{heading} {markdown_text(asked.asks)}: {_alerts(asked.entries)}."
    more = f"; and {asked.more} more" if asked.more else ""
    return f"{heading} {markdown_text(asked.asks)}: {_named(asked.entries)}{more}."


def _alerts(entries: Sequence[SummaryLine]) -> str:
    """Name each matter once: measures of one cause by that, and no places, which "What to do" has with figures."""
    groups: dict[str, list[SummaryLine]] = {}
    for entry in entries:
        groups.setdefault(entry.cause, []).append(entry)
    return "; ".join(f"[{markdown_text(_matter(group))}](#{group[0].anchor})" for group in groups.values())


def _matter(group: Sequence[SummaryLine]) -> str:
    measures = len({entry.summary.indicator for entry in group})
    if measures > 1:
        return f"{group[0].finding} ({measures} measures)"
    return group[0].summary.line.partition(": ")[0]


def _by_priority(entries: Sequence[SummaryLine]) -> dict[str, list[SummaryLine]]:
    """Return lines by priority, in the order of the params."""
    found: dict[str, list[SummaryLine]] = {}
    for entry in sorted(entries, key=lambda entry: entry.position[0]):
        found.setdefault(entry.chapter, []).append(entry)
    return found


def _named(entries: Sequence[SummaryLine]) -> str:
    return "; ".join(f"[{markdown_text(_name(entry))}](#{entry.anchor})" for entry in entries)


def _name(entry: SummaryLine) -> str:
    """Return how a line begins, with the areas that it goes on to name."""
    name, _, rest = entry.summary.line.partition(": ")
    if not entry.areas or not all(_names(rest, area) for area in entry.areas):
        return name
    shown = entry.areas if len(entry.areas) <= MOST_AREAS else entry.areas[:2]
    more = len(entry.areas) - len(shown)
    return f"{name} ({', '.join(shown)}{f' and {more} more' if more else ''})"


def _names(text: str, area: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(area)}(?!\w)", text) is not None


def _chapters_only(sections: Sequence[Section]) -> str:
    lines = ["The chapters of this pack set out the figures themselves:", ""]
    for section in sections:
        lines.append(f"- [{markdown_text(section.title)}](#{section.anchor})")
        lines += [f"    - [{part}](#{anchor})" for part, anchor in section.parts]
    return "\n".join(lines) + "\n"
