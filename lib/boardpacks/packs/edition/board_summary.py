"""Writes the summary of the edition: the whole in a sentence, then everything that the board is asked about."""

from __future__ import annotations

from boardpacks.packs.compose.alert_advise_assure import AskedOfBoard, sort_for_board
from boardpacks.packs.compose.counts import counted, key_sentence
from boardpacks.packs.compose.summary import MOST_AREAS
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.compose.what_to_do import needs_action, what_to_do_markdown
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.linked_words import linked, to_annex
from boardpacks.packs.edition.status import by_status
from boardpacks.packs.markdown.escape import markdown_text


def board_summary_markdown(gathered: Gathered) -> str:
    """Return the summary: counts, what to do about each alert and each measure that stands out, then the rest.

    No alert is ever left out, and none is shortened to "and more".
    """
    benchmark = markdown_text(gathered.params.system.spoken_benchmark)
    parts = [
        f"::: {{.key-message}}\n\n{key_sentence(gathered.lines, benchmark)}\n\n:::",
        _proportion(gathered),
        *_what_to_do(gathered),
        *_asked(gathered),
    ]
    return "\n\n".join(parts) + "\n"


def _proportion(gathered: Gathered) -> str:
    """Return the whole in proportion, for the eye: the sentence above it says the numbers."""
    counts = [
        f"{sum(line.summary.count for line in lines)} {words}"
        for words, lines in by_status(gathered.lines).items()
    ]
    return f"::: {{.proportion}}\n\n{' · '.join(counts)}\n\n:::"


def _what_to_do(gathered: Gathered) -> list[str]:
    text = what_to_do_markdown(
        gathered.lines,
        gathered.sections,
        gathered.params,
        gathered.facts,
        gathered.actions,
        gathered.moved,
    )
    return [to_annex(text)] if text else []


def _asked(gathered: Gathered) -> list[str]:
    assurance = gathered.params.assurance
    if assurance is None:
        return []
    asked, others = sort_for_board(gathered.lines, assurance)
    told = [_ask(gathered, each) for each in asked]
    if others:
        word = counted(gathered.lines)
        words = f"The other {word.removesuffix('s') if others == 1 else f'{others} {word}'}"
        told.append(f"{words} {'falls' if others == 1 else 'fall'} under none of these headings.")
    return ["## What is asked of the board {.unnumbered .unlisted}", *told]


def _ask(gathered: Gathered, asked: AskedOfBoard) -> str:
    heading = f"**{asked.heading.capitalize()}.**"
    if not asked.entries:
        return f"{heading} No measure in this pack."
    if gathered.is_system and asked.heading == "alert":
        where = "each alert above: the numbers in bold, and what stands below them"
        return f"{heading} {markdown_text(asked.asks)} {where}."
    if all(needs_action(line, gathered.params) for line in asked.entries) and asked.heading == "alert":
        return f"{heading} {markdown_text(asked.asks)} each of: {_names(gathered, asked.entries)}."
    more = f"; and {asked.more} more" if asked.more else ""
    return f"{heading} {markdown_text(asked.asks)}: {_names(gathered, asked.entries)}{more}."


def _names(gathered: Gathered, lines: tuple[SummaryLine, ...]) -> str:
    return "; ".join(dict.fromkeys(f"{linked(gathered, line)}{_places(gathered, line)}" for line in lines))


def _places(gathered: Gathered, line: SummaryLine) -> str:
    """Return whose result it is, where a pack of several places has it of a few: elsewhere it may be an alert."""
    few = gathered.is_system and 0 < len(line.areas) <= MOST_AREAS
    return f" ({', '.join(map(markdown_text, line.areas))})" if few else ""
