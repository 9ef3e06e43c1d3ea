"""Writes the sheet "What changed since version 1.0", behind the front sheet of an edition that corrects."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.facts.wording import listed
from boardpacks.packs.changes.change_tables import Kind, kinds_of
from boardpacks.packs.changes.changes_page import counted_words
from boardpacks.packs.compose.links import resolve_links
from boardpacks.packs.files.changes_file import ArtefactChange, ChapterChange, FieldChange, SinceVersion
from boardpacks.packs.markdown.escape import cell, markdown_text

MOST = 6
"""Changes of a kind that the sheet lists; the addendum has all."""
SHORT = 200
"""Letters of a field of the front sheet up to which it is shown on the sheet, before and now."""

KINDS = {"correction": "Correction", "addendum": "Addition", "late-paper": "Late paper"}
_ARTEFACTS = {"figure": "figure", "table": "table", "statement": "passage of words made from figures"}


def sheet(since: SinceVersion, *, place: str, benchmark: str) -> dict[str, str]:
    """Return title and body of the sheet, in Markdown.

    Parameters
    ----------
    since
        What has changed, and since which version.
    place, benchmark
        Names of the pack's place and of the area that places are compared with.
    """
    version = markdown_text(since.since.version)
    parts = [reason_markdown(since)]
    parts += _listed("Front sheet", [_field(one) for one in since.front_sheet])
    parts += _listed("Chapters", [chapter_words(one) for one in since.chapters], most=20)
    parts.append(f"Numbers. {counted_words(since.changes)}")
    for kind in kinds_of(since.changes, place=place, benchmark=benchmark):
        parts += _listed(kind.title, [_row(kind, row) for row in kind.rows])
    parts.append("The addendum that comes with this pack lists every change in full.")
    return {"title": f"What changed since version {version}", "body": "\n\n".join(parts) + "\n"}


def reason_markdown(since: SinceVersion) -> str:
    """Return why there is a new edition, in Markdown paragraphs; the reason is printed word for word."""
    first, *others = [markdown_text(text) for text in since.reason.split("\n\n") if text.strip()]
    return "\n\n".join([f"**{KINDS[since.kind]}.** {first}", *others])


def chapter_words(change: ChapterChange) -> str:
    """Return what changed of a chapter, in Markdown."""
    title = f"**{markdown_text(change.title)}**"
    if change.how != "changed":
        return f"{title}: {'a new chapter' if change.how == 'new' else 'no longer in the pack'}."
    told = ["the author's text"] if change.text else []
    told += [
        _count(number, words)
        for kind, words in _ARTEFACTS.items()
        if (number := sum(one.kind == kind for one in change.artefacts))
    ]
    return f"{title}: {listed(told)} changed."


def artefact_words(change: ArtefactChange) -> str:
    """Return what changed of a figure or table, in plain words."""
    if change.how != "changed":
        return "new" if change.how == "new" else "no longer in the pack"
    parts = [part for part in change.parts if part != "drawing" or len(change.parts) == 1]
    return f"other {listed(list(parts))}"


def _field(change: FieldChange) -> str:
    lead = f"**{markdown_text(change.label)}**"
    if change.now is None:
        return f"{lead}: no longer on the front sheet."
    if change.was is None:
        return f"{lead}: new on the front sheet."
    was, now = change.was.strip(), change.now.strip()
    if "\n" in was + now or len(was) + len(now) > SHORT:
        return f"{lead}: see the front sheet."
    return f"{lead}. Before: {was.rstrip('.')}. Now: {now.rstrip('.')}."


def _row(kind: Kind, row: Sequence[str]) -> str:
    """Return a row of a table as a line of a list: each cell after the first with its column's name."""
    labels = [column.label for column in kind.columns[1:]]
    rest = [f"{label.lower()}: {cell(text)}" for label, text in zip(labels, row[1:], strict=True)]
    if len(rest) == 1:
        rest = [cell(row[1])]
    return resolve_links(f"{cell(row[0])}; {'; '.join(rest)}", {})


def _listed(title: str, lines: Sequence[str], most: int = MOST) -> list[str]:
    if not lines:
        return []
    left = len(lines) - most
    shown = [*lines[:most], *([f"and {left} more"] if left > 0 else [])]
    return [f"**{markdown_text(title)}**", "\n".join(f"- {line}" for line in shown)]


def _count(number: int, words: str) -> str:
    first, _, rest = words.partition(" ")
    several = f"{first}s {rest}".strip()
    return f"{number} {words if number == 1 else several}"
