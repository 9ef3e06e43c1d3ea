"""Holds every number and period of an artefact against its facts, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from boardpacks.facts.artefacts import Artefact, Fact, Figure, Statement, Table
from boardpacks.facts.check_words import ends_of, number_of
from boardpacks.facts.spans import FACT_SPAN, find_spans, without_spans
from boardpacks.facts.wording import unit_phrase
from boardpacks.packs.check.drawn_words import is_scale, misplaced, read_words
from boardpacks.packs.check.held import MONTH, Token, Vocabulary, flat, tokens
from boardpacks.packs.check.number_words import number_words
from boardpacks.packs.check.unheld import INTERVAL, HeldFacts, Said, fault_of, names_of, whole_range
from boardpacks.packs.read.read_notebook import ChapterContent, words_in
from boardpacks.params.models import Params

MOST_FAULTS = 3
"""How many numbers of one artefact are named."""

NO_FACTS = (
    "has numbers and no facts. A number is held by a fact: chapter.say('... {own} ...', own=row) takes it from a row "
    "of chapter.frame(...), and chapter.derived(...) makes one of a number that you worked out"
)
_SENTENCE = re.compile(r"(?<=[.!?;])(?<!\bSt\.)\s+|\n")
_STRUCTURE = re.compile(
    r"95% (?:confidence )?intervals?|\b95% limits|\bpart \d+ of \d+|\b(?:Figure|Table) \d+"
    r"|^The publisher remarks: .*$|\babout 1,500 people\b",
    re.MULTILINE,
)
"""Numbers of a pack's own structure and method, which say nothing of a place."""
_PART = re.compile(r"part (\d+) of (\d+)")
_VALUE_AND_PERIOD = re.compile(rf"\d%?(?: [a-z][^,.]*)? in (?:{MONTH} )?(?:19|20)\d\d")


def check_numbers(chapters: Sequence[ChapterContent], params: Params) -> list[str]:
    """Return the numbers that no fact holds, one line each: notebook, cell, artefact, the number and where it stands.

    A number in a sentence, a cell, a title, a note, a label, a description or a drawing is one that a fact of the
    artefact holds (its value or an end of its interval, as printed), of the area that is named beside it and of the
    period that its sentence names, or else of the newest. A period is that of a fact. Numbers that are part of a
    name or a text of the params, and those of a pack's structure, say nothing by themselves.
    """
    vocabulary = vocabulary_of(params)
    return [
        f"{chapter.where(artefact)}: {fault}"
        for chapter in chapters
        for artefact in chapter.artefacts
        for fault in (*unheld(artefact, vocabulary)[:MOST_FAULTS], *_miscounted(artefact, chapter))
    ]


def vocabulary_of(params: Params) -> Vocabulary:
    """Return what the params say with numbers in it: names, definitions, units, reasons, aims."""
    said = list(words_in(params.model_dump()))
    ages = {age for words in said for age in re.findall(r"aged? (\d+ to \d+|\d+)", words)}
    units = {unit_phrase(indicator.unit) for indicator in params.indicators.values()}
    said.append(f"one of {len(params.places)} places")
    said += [f"priorities, {one.year}" for one in params.collaboratives.values() if one.year]
    comparators = frozenset(area.name for area in params.system.comparators)
    return Vocabulary(
        [*said, *(f"{word} {age}" for age in ages for word in ("age", "aged")), *units], comparators
    )


def unheld(artefact: Artefact, vocabulary: Vocabulary) -> list[str]:
    """Return what is wrong with the numbers and periods of an artefact, a line each."""
    held = HeldFacts(artefact.facts, vocabulary)
    faults = list(dict.fromkeys(_in_artefact(artefact, held)))
    return [f"{faults[0]}. It {NO_FACTS}"] if faults and not artefact.facts else faults


def _miscounted(artefact: Artefact, chapter: ChapterContent) -> list[str]:
    """Say where a title's "part 1 of 2" is not in step with the chapter's other parts of that title."""
    found = _PART.search(_title(artefact))
    if found is None:
        return []
    alike = [_PART.search(_title(one)) for one in chapter.artefacts if _stem(one) == _stem(artefact)]
    parts = [(int(part[1]), int(part[2])) for part in alike if part]
    if parts == [(number, len(parts)) for number in range(1, len(parts) + 1)]:
        return []
    return [f"says {found[0]!r} in its title, but the chapter has {len(parts)} of that title"]


def _title(artefact: Artefact) -> str:
    return "" if isinstance(artefact, Statement) else artefact.title


def _stem(artefact: Artefact) -> tuple[str, str]:
    return re.sub(r"-?\d*$", "", artefact.name), _PART.sub("", _title(artefact))


def _in_artefact(artefact: Artefact, held: HeldFacts) -> Iterator[str]:
    if isinstance(artefact, Statement):
        yield from _in_statement(artefact, held)
    elif isinstance(artefact, Table):
        yield from _in_table(artefact, held)
    else:
        yield from _in_words(artefact.title, "its title", held, drawn=True)
        yield from _in_words(artefact.note, "its note", held, drawn=True)
        yield from _in_words(artefact.alt, "its description", held, drawn=True)
        yield from _in_drawing(artefact, held)


def _in_statement(statement: Statement, held: HeldFacts) -> Iterator[str]:
    facts = {fact.id: fact for fact in statement.facts}
    for sentence in _sentences(statement.markdown):
        told = [facts[span.fact] for span in find_spans(sentence) if span.fact in facts]
        yield from _lone_ends(sentence, flat(without_spans(sentence)), facts)
        yield from _in_words(re.sub(FACT_SPAN, "", sentence), "its words", held, told)
    for line in statement.summary:
        told = [facts[name] for name in line.facts if name in facts]
        own = HeldFacts(tuple(told), held.vocabulary) if told else held
        yield from _in_words(line.line, f"the summary line {line.line!r}", own)


def _in_table(table: Table, held: HeldFacts) -> Iterator[str]:
    facts = {fact.id: fact for fact in table.facts}
    cells = [
        [[facts[span.fact] for span in find_spans(cell) if span.fact in facts] for cell in row]
        for row in table.rows
    ]
    yield from _in_words(table.title, "its title", held)
    yield from _in_words(table.note, "its note", held)
    for at, column in enumerate(table.columns):
        below = [fact for row in cells for fact in row[at]]
        yield from _in_words(column.label, f"the column {column.label!r}", held, below)
    for row, told in zip(table.rows, cells, strict=True):
        across = [fact for cell in told for fact in cell]
        near = " ".join(flat(without_spans(cell)) for cell in row)
        for column, cell, own in zip(table.columns, row, told, strict=True):
            where = f"the cell {flat(without_spans(cell))!r} of the column {column.label!r}"
            words = re.sub(FACT_SPAN, "", cell)
            yield from _lone_ends(cell, f"{column.label} {flat(without_spans(cell))}", facts)
            when = held.by_period.keys() & {flat(column.label), flat(without_spans(row[0]))}
            around = f"{near} {column.label} {table.title}"
            yield from _in_words(words, where, held, own or across, around, when=frozenset(when))


def _lone_ends(text: str, around: str, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Yield the spans that say one end of an interval where no word tells that it is one."""
    for span in find_spans(text):
        fact = facts.get(span.fact)
        ends = (ends_of(fact) if fact else None) or ()
        is_end = fact and span.words in ends and span.words not in (fact.display, number_of(fact))
        if fact and is_end and not INTERVAL.search(around):
            yield f"says {span.words!r}, an end of the interval, as if it were the value {fact.display} of {fact.id}"


def _in_words(
    text: str,
    where: str,
    held: HeldFacts,
    told: Sequence[Fact] = (),
    around: str = "",
    *,
    drawn: bool = False,
    when: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """Yield the numbers of a text that are not held. ``told`` are the facts that its spans say.

    What is drawn is drawn from the first of its facts to the last. ``when`` is the period that its row or column is
    of, which counts where the text names none.
    """
    without = re.search(r"No figure: ([^.]+)", text)
    absent = len(re.split(r", | and |; ", without[1])) if without else 0
    listed = len(_VALUE_AND_PERIOD.findall(text)) + absent
    areas = frozenset(name for name in held.areas if any(part in text for part in name.split(" and ")))
    for raw in _sentences(text):
        sentence = flat(without_spans(raw))
        if _balances(sentence, text, held):
            continue
        for found in number_words(sentence):
            stated = {fact.display.casefold() for fact in held.facts}
            if found[0].casefold() not in stated and not held.vocabulary.holds_words(sentence, found):
                yield f"says {found[0]!r} in {where}, a number in words, which no fact can hold: give it in figures"
        structure = [found.span() for found in _STRUCTURE.finditer(sentence)]
        left = [
            token
            for token in tokens(sentence)
            if not any(begin <= token.start < end for begin, end in structure)
            and not held.vocabulary.holds(sentence, token)
        ]
        periods = [token for token in left if token.period]
        named = {
            name for token in periods for name in (*names_of(token), whole_range(token, sentence)) if name
        }
        said = Said(sentence, frozenset(named) or when, told, around, areas, listed, drawn)
        for token in left:
            if fault := fault_of(token, said, held):
                yield f"says {_quoted(token, sentence)} in {where}, but {fault}"


def _balances(sentence: str, text: str, held: HeldFacts) -> bool:
    """Whether a sentence is a count by verdict of a description whose counts and names are, area by area, all measures.

    ``18 measures by 2 areas, ... Havering. Better than England: adults who smoke. Not tested against England: 17.``
    """
    head = re.search(r"(\d+) measures by (\d+) areas[^.]*\.", text)
    if head is None or not re.fullmatch(r"[^:\d]*: \d+\.?", sentence.strip()):
        return False
    names = sorted({re.escape(fact.indicator_name) for fact in held.facts}, key=len, reverse=True)
    starts = rf"(?:^|(?<=\. ))(?:{'|'.join(map(re.escape, held.areas))})\. "
    blocks = [block for block in re.split(starts, text[head.end() :]) if sentence.strip() in block]
    return all(
        sum(int(count) for count in re.findall(r": (\d+)(?=\.(?:\s|$))", block))
        + len(re.findall("|".join(names), block, re.IGNORECASE))
        == int(head[1])
        for block in blocks
    )


def _in_drawing(figure: Figure, held: HeldFacts) -> Iterator[str]:
    words, axes = read_words(figure.svg)
    for axis in axes:
        if wrong := misplaced(axis):
            told = ", ".join(tick.words for tick in axis)
            yield f"says {wrong!r} at an axis of the drawing, but it does not belong there: its ticks are {told}"
        words += [tick.words for tick in axis if not is_scale(tick, axis)]
    for text in words:
        yield from _in_words(text, f"the drawing ({text!r})", held)


def _sentences(text: str) -> Iterable[str]:
    return (part for part in _SENTENCE.split(text) if part.strip())


def _quoted(token: Token, sentence: str) -> str:
    begin, end = max(0, token.start - 25), min(len(sentence), token.end + 20)
    return (
        f"{token.words!r} ({'…' if begin else ''}{sentence[begin:end]}{'…' if end < len(sentence) else ''})"
    )
