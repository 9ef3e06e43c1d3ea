"""Checks that a number said is the fact that it points to: its words, its value, and whose number it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from boardpacks.data.observations import PUBLISHED, STATED, TARGET
from boardpacks.facts.artefacts import Artefact, Fact, Table
from boardpacks.facts.spans import Span, find_spans, unescape, without_spans
from boardpacks.facts.wording import ordinal

_NUMBER = re.compile(r"(?P<sign>[-\u2212+]?)(?P<pound>£?)(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<percent>%?)")
_LARGE = re.compile(r"\s*(thousand|million|billion|bn|m|k)\b")
_BEFORE = r"[ \u00a0:(*]*"
"""What may stand between the name of an area and its number."""


def spans_of(artefact: Artefact) -> Iterator[Span]:
    """Yield every span of a statement or a table that says a fact."""
    if artefact.kind == "statement":
        yield from find_spans(artefact.markdown)
    elif artefact.kind == "table":
        for row in artefact.rows:
            for cell in row:
                yield from find_spans(cell)


def misstatements(artefact: Artefact) -> list[str]:
    """Return what is wrong with the numbers that a statement or a table says, a line each.

    A span names a fact of its artefact. Its words are the fact's: the value as printed, or its interval, or one of
    its ends. What is printed is the fact's value, rounded. And a reader sees whose number it is: in a statement, the
    paragraph names the fact's area, and an area named right before a published number is that number's; in a table,
    the name right beside the number does, or else the cell, the column, the row, or the title. A list belongs to the
    line with a colon before it. A target is the same for every area.
    """
    facts = {fact.id: fact for fact in artefact.facts}
    found = [fault for fact in artefact.facts if (fault := _own_fault(fact))]
    if artefact.kind == "statement":
        paragraphs = re.split(r"(?<!:)\n\s*\n", artefact.markdown)
        for text in paragraphs:
            for span in find_spans(text):
                found += _faults(span, facts) or _paragraph_fault(text, span, facts)
    elif artefact.kind == "table":
        for row in artefact.rows:
            for column, cell in enumerate(row):
                for span in find_spans(cell):
                    found += _faults(span, facts) or _cell_fault(
                        artefact, row, column, span, facts[span.fact]
                    )
    return found


def misquotations(prose: str, facts: Collection[Fact]) -> list[str]:
    """Return what is wrong with the facts that a Markdown cell quotes; they are any of its chapter's."""
    known = {fact.id: fact for fact in facts}
    return [fault for span in find_spans(prose) for fault in _faults(span, known)]


_ENDS = {"rank-from-lowest": "lowest", "gap-rank": "widest"}
"""The end that a rank is counted from, by how its fact's id ends; the highest by default."""


def agreed_words(fact: Fact) -> set[str]:
    """Return the words in which a fact may be said."""
    words = {fact.display, number_of(fact)}
    if ends := ends_of(fact):
        words |= {*ends, " to ".join(ends)}
    if fact.unit == "rank" and fact.value is not None:
        end = next((word for part, word in _ENDS.items() if fact.id.endswith(part)), "highest")
        place = ordinal(int(fact.value))
        words |= {place, f"{place} {end}", *([end] if fact.value == 1 else [])}
    return words


class Printed(Protocol):
    """What a number's words are made from: a fact as a notebook or a pack holds it."""

    @property
    def display(self) -> str:
        """The value as printed."""

    @property
    def lower(self) -> float | None:
        """Lower end of the interval."""

    @property
    def upper(self) -> float | None:
        """Upper end of the interval."""


def number_of(fact: Printed) -> str:
    """Return the printed value without its unit: ``46.4`` of ``46.4 per 100,000``."""
    printed = _NUMBER.match(fact.display)
    return printed[0] if printed else fact.display


def ends_of(fact: Printed) -> tuple[str, str] | None:
    """Return both ends of a fact's interval as a pack prints them, or None where it has none."""
    printed = _NUMBER.match(fact.display)
    if printed is None or fact.lower is None or fact.upper is None:
        return None
    return _like(printed, fact.lower), _like(printed, fact.upper)


def _own_fault(fact: Fact) -> str:
    """Say where a fact contradicts itself; an empty string where it does not."""
    if fact.method == PUBLISHED and fact.area not in fact.id.split("."):
        return f"the fact {fact.id} is of the area {fact.area} ({fact.area_name}), which its id does not name"
    printed = _NUMBER.match(fact.display)
    if (
        printed is None
        or fact.value is None
        or fact.method == STATED
        or _LARGE.match(fact.display, printed.end())
    ):
        return ""
    shown = _like(printed, fact.value)
    if _plain(shown) != _plain(printed[0]):
        return (
            f"the fact {fact.id} is {fact.value!r}, which is not printed as {fact.display!r} but as {shown!r}"
        )
    return ""


def _faults(span: Span, facts: Mapping[str, Fact]) -> list[str]:
    fact = facts.get(span.fact)
    if fact is None:
        return [f"says {span.words!r} as the fact {span.fact}, which is not among its facts"]
    agreed = agreed_words(fact)
    if span.words in agreed:
        return []
    ends = ends_of(fact)
    told = f"{fact.display} ({ends[0]} to {ends[1]})" if ends else fact.display
    return [
        f"says {span.words!r}, but the fact {fact.id} is {told}. Words and fact no longer agree: "
        "run the notebook again, or mend the sentence"
    ]


def _paragraph_fault(text: str, span: Span, facts: Mapping[str, Fact]) -> list[str]:
    fact = facts[span.fact]
    owner = _before({one.area_name for one in facts.values()}, text, span)
    if owner and owner != fact.area_name and fact.method == PUBLISHED:
        return [
            f"says {span.words!r} of {owner}, but the fact {fact.id} is of {fact.area_name} ({fact.area})"
        ]
    if fact.method != TARGET and not _named(fact.area_name, _flat(text)):
        return [_unnamed(span.words, fact, "the paragraph does not name it")]
    return []


def _cell_fault(table: Table, row: Sequence[str], column: int, span: Span, fact: Fact) -> list[str]:
    names = {one.area_name for one in table.facts}
    cell, label = _flat(row[column]), _flat(table.columns[column].label)
    beside = ""
    if fact.method == PUBLISHED:
        beside = _before(names, row[column], span) or _after(names, row[column], span)
    owners = [beside] if beside else [] if _named(fact.area_name, cell) else _owners(names, row, label)
    if owners:
        why = f"it stands {'beside' if beside else 'under'} {' and '.join(owners)}"
        return [] if fact.area_name in owners else [_unnamed(cell, fact, why)]
    if any(_named(fact.area_name, text) for text in (cell, table.title, label)):
        return []
    return [_unnamed(cell, fact, "neither column, row nor title names it")]


def _owners(names: Collection[str], row: Sequence[str], label: str) -> list[str]:
    """Return the areas that a column is of, or else a row; none where neither is of an area."""
    if label in names:
        return [label]
    cells = {_flat(cell) for cell in row}
    return sorted(name for name in names if cells & {name, f"{name[:1].upper()}{name[1:]}"})


def _before(names: Collection[str], text: str, span: Span) -> str:
    """Return the area that is named right before a number, or an empty string."""
    before = _flat(text[: span.start])
    return max(
        (n for n in names if re.search(rf"(?<!\w){re.escape(n)}{_BEFORE}$", before)), key=len, default=""
    )


def _after(names: Collection[str], text: str, span: Span) -> str:
    """Return the area that is named right after a number, or an empty string."""
    after = _flat(text[span.end :])
    return max((n for n in names if re.match(rf"{_BEFORE}{re.escape(n)}(?!\w)", after)), key=len, default="")


def _unnamed(words: str, fact: Fact, why: str) -> str:
    return f"says {words!r}, the fact {fact.id}, which is of {fact.area_name} ({fact.area}), but {why}"


def _named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _flat(markdown: str) -> str:
    return unescape(without_spans(markdown).replace("**", ""))


def _like(printed: re.Match[str], value: float) -> str:
    """Return a value with as many decimals as a printed number, and with its pound or percent sign."""
    decimals = len(printed["digits"].partition(".")[2])
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
    sign = "+" if printed["sign"] == "+" and rounded > 0 else ""
    return f"{printed['pound']}{sign}{rounded:,}{printed['percent']}"


def _plain(number: str) -> str:
    """Return a number without what does not bear on its value: commas, signs of money, a plus."""
    return re.sub(r"[,£+]", "", number).replace("\u2212", "-")
