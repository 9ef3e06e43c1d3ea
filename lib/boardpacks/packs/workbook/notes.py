"""Describes the sheet of notes: shorthand, columns, words of comparison, and the pack's text on method."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpacks.facts.spans import unescape, without_spans
from boardpacks.packs.workbook.cell_names import clean
from boardpacks.packs.workbook.model import Sheet, SheetColumn, SheetTable
from boardpacks.packs.workbook.shorthand import NOT_APPLICABLE, NOT_AVAILABLE
from boardpacks.params.models import Params

_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<words>.*?)[ \t]*(?:\{[^{}]*\})?[ \t]*$", re.MULTILINE)
_STRONG = re.compile(r"\*\*(?P<words>[^*]+)\*\*")


def notes_sheet(name: str, params: Params, method: str) -> Sheet:
    """Return the sheet of notes.

    Parameters
    ----------
    method
        The pack's fixed text on method, in Markdown; a note for each of its headings.
    """
    notes = [*_own_notes(clean(params.system.spoken_benchmark)), *_parts(method)]
    columns = (SheetColumn("Subject", 34), SheetColumn("What it means", 110))
    return Sheet(
        name,
        "Notes: shorthand, columns, words of comparison and method",
        ("This sheet has one table.", "Source: the pack's chapter on method."),
        SheetTable("Notes", columns, tuple(notes)),
    )


def _own_notes(benchmark: str) -> Iterator[tuple[str, str]]:
    yield f"Shorthand {NOT_AVAILABLE}", "Not available. No figure, or no interval, is held here."
    yield (
        f"Shorthand {NOT_APPLICABLE}",
        "Not applicable. There is nothing to say here: a rank has no interval, for example.",
    )
    yield (
        "Value and limits",
        "The number as published, or as the pack works it out, with every decimal. The cell shows it rounded, as the "
        "pack prints it. Choose the cell to see all of it.",
    )
    yield (
        "95% interval",
        "The range from the lower to the upper limit, in which the true value probably lies. A wide range means that "
        "few people were counted.",
    )
    yield (
        "Period",
        "The publisher's own label. 2025-07 is July 2025; 2022 - 24 is the three years 2022 to 2024.",
    )
    yield (
        "How the number was made",
        "Published: as it stands at the publisher. Other words say how the pack worked it out from published numbers.",
    )
    yield (
        "Said in",
        "Text or table: the pack says the number in a sentence or a table. Chart only: a chart draws it.",
    )
    yield (
        "Number's id",
        "The same number has the same id in every edition of the pack, and in its files of data and facts.",
    )
    yield (
        "Better, worse",
        f"The difference from {benchmark} is larger than chance would explain, and one direction is better.",
    )
    yield "Similar", f"The difference from {benchmark} may be chance."
    yield (
        "Higher, lower",
        f"The difference from {benchmark} is larger than chance would explain; neither direction is better in itself.",
    )
    yield (
        "Not tested",
        "No interval or verdict of the publisher is held, or too few figures, so nothing is judged.",
    )
    yield "Not compared", "No figure to compare with is held here."


def _parts(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield each heading of a text with the words below it, in plain text; those before the first are on method."""
    ends = [(found.start(), found.end(), found["words"]) for found in _HEADING.finditer(markdown)]
    parts = [(0, "Method"), *((end, words) for _, end, words in ends)]
    stops = [*(start for start, _, _ in ends), len(markdown)]
    for (start, subject), stop in zip(parts, stops, strict=True):
        if words := _plain(markdown[start:stop]):
            yield _plain(subject), words


def _plain(markdown: str) -> str:
    return clean(unescape(_STRONG.sub(r"\g<words>", without_spans(markdown))))
