"""Changes what a notebook hands over at random: a number, a period, a place, a direction, or a plotted value.

What cannot be told from the artefact alone is left out by rule, not by chance: a number by itself in a drawing that
is changed into another that the drawing's facts hold; a number in a bare list, likewise; an axis with fewer than
three ticks; a remark quoted from the publisher; months in lists of special, doubtful or missing ones, which are found
by a rule over all months; what is said not to be so; a trend whose fact the artefact does not hand over; what
compares groups of people, gaps and special causes; and names and texts of the params.
"""

# mypy: ignore-errors

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from boardpacks.facts.artefacts import Artefact, Figure, Statement, Table
from boardpacks.packs.check.check_numbers import vocabulary_of
from boardpacks.packs.check.held import Vocabulary, ends_said, flat, tokens, values_of
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params

NUMBER = re.compile(r"(?<![\w.{#=/@-])\d[\d,]*(?:\.\d+)?(?![\w\"}/]|\.\d)")
SWAPS = {
    " above England": " below England",
    " below England": " above England",
    " better than England": " worse than England",
    " worse than England": " better than England",
    " similar to England": " worse than England",
    "[similar]{.verdict-similar} to England": "[worse]{.verdict-worse} to England",
    "): rising": "): falling",
    "): falling": "): rising",
    "getting better": "getting worse",
}
LISTS = re.compile(
    r"Special in|improvement in|concern in|high in|low in|Doubtful|left out|Missing|No figure|no figure|Held for|"
    r"figures? (?:is|are) published for|points since|The publisher remarks|Over .* months|gap |other months"
)


@dataclass(frozen=True)
class Change:
    """One change: the chapter as it is then, and what was changed into what."""

    chapter: ChapterContent
    artefact: str
    kind: str
    before: str
    after: str


def changes(chapters: Sequence[ChapterContent], params: Params, count: int, seed: int) -> Iterator[Change]:
    """Yield random changes, as many of each kind of text and of change."""
    chance, vocabulary = random.Random(seed), vocabulary_of(params)
    found: dict[str, list[Callable[[], Change | None]]] = {}
    for chapter in chapters:
        for artefact in chapter.artefacts:
            for kind, make in _possible(chapter, artefact, vocabulary, params, chance):
                found.setdefault(kind, []).append(make)
    made = 0
    while made < count:
        for kind in sorted(found):
            change = chance.choice(found[kind])()
            if change is not None and made < count:
                made += 1
                yield replace(change, kind=kind)


def _possible(
    chapter: ChapterContent, artefact: Artefact, vocabulary: Vocabulary, params: Params, chance: random.Random
) -> Iterator[tuple[str, Callable[[], Change | None]]]:
    def into(new: Artefact, before: str, after: str) -> Change:
        items = tuple(new if item is artefact else item for item in chapter.items)
        return Change(replace(chapter, items=items), artefact.name, "", before, after)

    for part, text, put in _texts(artefact):
        for at in NUMBER.finditer(text):
            if _is_said(text, at, vocabulary):
                yield (
                    f"number: {part}",
                    lambda t=text, a=at, p=put, w=part: _number(t, a, p, w, artefact, into, chance),
                )
        for old, new in SWAPS.items():
            if (
                part != "drawing"
                and old in text
                and artefact.facts
                and "in the most places" not in text
                and f"not{old}" not in text
            ):
                if old.endswith(("better", "rising", "falling")) and not _has_trend(artefact):
                    continue
                yield (
                    f"direction: {part}",
                    lambda t=text, o=old, n=new, p=put: into(p(t.replace(o, n, 1)), o, n),
                )
        own = sorted({f.area_name for f in artefact.facts if f.area in _boroughs(params)})
        if len(own) == 1 and own[0] in text and part in ("description", "words", "title"):
            other = next(b.name for b in params.boroughs() if b.name != own[0] and b.name not in text)
            yield f"place: {part}", lambda t=text, o=own[0], n=other, p=put: into(p(t.replace(o, n)), o, n)
    if isinstance(artefact, Figure) and artefact.drawn:
        for at, plotted in enumerate(artefact.drawn.plotted):
            if plotted.what in artefact.derived or all(1800 < value < 2100 for value in plotted.values):
                continue
            yield "plotted value", lambda a=at: _plotted(artefact, a, into, chance)


def _has_trend(artefact: Artefact) -> bool:
    return any(fact.id.endswith(".trend") for fact in artefact.facts)


def _boroughs(params: Params) -> set[str]:
    return {borough.code for borough in params.boroughs()}


def _texts(artefact: Artefact) -> Iterator[tuple[str, str, Callable[[str], Artefact]]]:
    """Yield every text of an artefact with what part it is, and how another is put in its place."""
    if isinstance(artefact, Statement):
        yield "words", artefact.markdown, lambda new: artefact.model_copy(update={"markdown": new})
        for at, line in enumerate(artefact.summary):
            yield (
                "summary line",
                line.line,
                lambda new, a=at, one=line: artefact.model_copy(
                    update={"summary": _set(artefact.summary, a, one.model_copy(update={"line": new}))}
                ),
            )
        return
    yield "title", artefact.title, lambda new: artefact.model_copy(update={"title": new})
    yield "note", artefact.note, lambda new: artefact.model_copy(update={"note": new})
    if isinstance(artefact, Table):
        for at, column in enumerate(artefact.columns):
            yield (
                "column",
                column.label,
                lambda new, a=at, one=column: artefact.model_copy(
                    update={"columns": _set(artefact.columns, a, replace(one, label=new))}
                ),
            )
        for at, row in enumerate(artefact.rows):
            for place, cell in enumerate(row):
                yield (
                    "cell",
                    cell,
                    lambda new, a=at, b=place, one=row: artefact.model_copy(
                        update={"rows": _set(artefact.rows, a, _set(one, b, new))}
                    ),
                )
        return
    yield "description", artefact.alt, lambda new: artefact.model_copy(update={"alt": new})
    svg = artefact.svg
    for found in re.finditer(r">([^<>]*\d[^<>]*)</text>", svg):
        yield (
            "drawing",
            found[1],
            lambda new, f=found: artefact.model_copy(
                update={"svg": f"{svg[: f.start(1)]}{new}{svg[f.end(1) :]}"}
            ),
        )


def _set(values: Sequence, at: int, new: object) -> tuple:
    return (*values[:at], new, *values[at + 1 :])


def _is_said(text: str, at: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether a number is one that a fact has to hold."""
    sentence = re.split(r"(?<=[.!?;])\s+|\n", text[: at.end()])[-1]
    rest = re.split(r"[.!?;]\s|\n", text[at.end() :])[0]
    if LISTS.search(sentence + rest):
        return False
    plain = flat(text)
    return not any(vocabulary.holds(plain, token) for token in tokens(plain) if token.digits == at[0])


def _number(text, at, put, part, artefact, into, chance) -> Change | None:
    value, decimals = float(at[0].replace(",", "")), len(at[0].partition(".")[2])
    moved = value + chance.choice((-1, 1)) * chance.choice(
        (chance.randint(1, 99) * 10**-decimals, value * 9, value / 2)
    )
    new = f"{abs(moved):,.{decimals}f}" if "," in at[0] else f"{abs(moved):.{decimals}f}"
    held = {number for fact in artefact.facts for number in values_of(fact) | ends_said(fact)}
    in_a_list = re.match(r",? (?:and )?\d", text[at.end() :]) or re.search(
        r"\d,? (?:and )?$", text[: at.start()]
    )
    if (
        new == at[0]
        or (in_a_list and new in held)
        or (part == "drawing" and (new in held or not re.search("[A-Za-z]{2}", text)))
    ):
        return None
    return into(put(f"{text[: at.start()]}{new}{text[at.end() :]}"), at[0], new)


def _plotted(artefact, at, into, chance) -> Change | None:
    series = artefact.drawn.plotted[at]
    place = chance.randrange(len(series.values))
    old = series.values[place]
    new = old * chance.choice((10, 0.1, 1.2, 0.8, -1))
    held = {
        number
        for fact in artefact.facts
        for number in (fact.value, fact.lower, fact.upper)
        if number is not None
    }
    if not new or any(abs(new - number) < 0.01 * max(1.0, abs(number)) for number in held):
        return None
    changed = replace(series, values=_set(series.values, place, new))
    drawn = replace(artefact.drawn, plotted=_set(artefact.drawn.plotted, at, changed))
    return into(artefact.model_copy(update={"drawn": drawn}), f"{old:g}", f"{new:g}")
