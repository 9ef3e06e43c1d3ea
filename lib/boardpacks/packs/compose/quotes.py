"""Fills an analyst's prose with the facts that it quotes by name, so that it is right for every place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from boardpacks.charts.alt_text import inside
from boardpacks.facts.artefacts import Fact, Judgement
from boardpacks.facts.spans import unescape
from boardpacks.facts.wording import LABELS, NOT_HELD, RELATIONS, interval, listed, ordinal, period
from boardpacks.packs.markdown.literal import CODE, literal
from boardpacks.packs.markdown.placeholders import BRACES, is_nearly_one, nearest
from boardpacks.packs.markdown.text_faults import TextError
from boardpacks.packs.read.index_facts import FactIndex, index_facts
from boardpacks.packs.read.read_notebook import ChapterContent, Item, Markdown
from boardpacks.packs.read.sentences import Sentence, sentences
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import Problem, near

QUOTE = re.compile(rf"{CODE}|\\.|\{{(?P<what>fact\b[^{{}}]*|place)\}}", re.DOTALL)
"""A quoted fact, or the place's name; code and escaped signs are matched first so that they stay as they are."""

PLACE = "{place}"
_PLACEHOLDER = re.compile(rf"{QUOTE.pattern}|(?P<other>{BRACES.pattern})", re.DOTALL)

_FACT = re.compile(
    r"fact\s+(?P<indicator>[a-z][a-z0-9_]*)(?:\s+(?!of\s)(?P<part>\S+))?(?:\s+of\s+(?P<area>.+?))?\s*"
)
_TRENDS = {
    "getting-better": "getting better",
    "getting-worse": "getting worse",
    "increasing": "rising",
    "decreasing": "falling",
    "no-change": "not changing significantly",
    "not-calculated": "not tested for a trend",
}


@dataclass(eq=False)
class _Unsaid(Exception):  # noqa: N818 - no fault: the place has no such figure
    """The place has no published figure of what a sentence quotes."""

    words: str


@dataclass(eq=False)
class _Bad(Exception):  # noqa: N818 - becomes a Problem
    """A quote that names nothing."""

    allowed: str
    hint: str = ""
    quote: str = ""


@dataclass(eq=False)
class _NotShown(_Bad):
    """A quote of a measure that the pack does not show."""


def fill_quotes(chapters: Sequence[ChapterContent], params: Params, place: str) -> list[ChapterContent]:
    """Return the chapters with every quoted fact in their Markdown filled in.

    ``{fact smoking_prevalence}`` becomes the latest value that the pack says of its place, ``{place}`` its name. A
    sentence that quotes a figure which the place lacks is replaced by one that says so.

    Raises
    ------
    TextError
        For every quote that names nothing, with notebook, cell, sentence and the nearest names.
    """
    known, problems = index_facts(chapters, params, place), []
    filled = []
    for chapter in chapters:
        items: list[Item] = []
        for item in chapter.items:
            if isinstance(item, Markdown):
                text, faults = fill_text(item.text, known, "")
                problems += [replace(one, where=item.where(chapter.notebook, one.key)) for one in faults]
                items.append(replace(item, text=text))
            else:
                items.append(item)
        title = chapter.title.replace(PLACE, known.place_name)
        filled.append(replace(chapter, items=tuple(items), title=title))
    if problems:
        raise TextError(problems)
    return filled


def fill_text(
    text: str, known: FactIndex, where: str, *, leave_out: bool = False
) -> tuple[str, list[Problem]]:
    """Return a text with its quoted facts filled in, and a problem for every quote that names nothing.

    Parameters
    ----------
    where
        What the text is, for messages.
    leave_out
        Leave out sentences on measures that the pack does not show, as a part of a pack may not.
    """
    made, problems, at = [], [], 0
    told: set[tuple[int, str]] = set()
    for sentence in sentences(text):
        made.append(text[at : sentence.start])
        at = sentence.end
        try:
            made.append(_filled(sentence, known))
        except _Unsaid as unsaid:
            if (sentence.paragraph, unsaid.words) not in told:
                made.append(literal(unsaid.words))
            told.add((sentence.paragraph, unsaid.words))
        except _NotShown as bad:
            if not leave_out:
                problems.append(Problem(where, bad.quote, unescape(sentence.text), bad.allowed, bad.hint))
        except _Bad as bad:
            problems.append(Problem(where, bad.quote, unescape(sentence.text), bad.allowed, bad.hint))
    return "".join([*made, text[at:]]), problems


def quote_faults(text: str, params: Params, place: str, where: str) -> list[Problem]:
    """Return a problem for every quote that names nothing, as far as that is known without the pack of a place.

    Whether the pack shows a measure, and which areas it has figures of, is not.
    """
    return fill_text(text, FactIndex(params, place, {}, {}), where, leave_out=True)[1]


def _filled(sentence: Sentence, known: FactIndex) -> str:
    def one(found: re.Match[str]) -> str:
        try:
            return _words(found, known, is_heading=sentence.is_heading)
        except _Bad as bad:
            bad.quote = found[0]
            raise

    return _PLACEHOLDER.sub(one, sentence.text)


def _words(found: re.Match[str], known: FactIndex, *, is_heading: bool) -> str:
    what, other = found["what"], found["other"]
    if other and is_nearly_one(other):
        raise _Bad("{fact NAME} or {place}", f"did you mean {nearest(other)}?")
    if what is None:
        return found[0]
    if what == "place":
        return literal(known.place_name)
    if is_heading:
        raise _Bad("no quoted fact in a heading: headings are the same for every place")
    quote = _FACT.fullmatch(what)
    if quote is None:
        raise _Bad(
            "{fact NAME}, {fact NAME PART} or {fact NAME PART of AREA}, such as {fact smoking_prevalence}"
        )
    part = quote["part"] or "value"
    if part not in PARTS:
        raise _Bad(f"one of {', '.join(PARTS)}", near(part, list(PARTS)))
    return literal(_quoted(known, quote["indicator"], part, quote["area"]))


def _quoted(known: FactIndex, indicator: str, part: str, area: str | None) -> str:
    if area is None and known.place == SYSTEM and indicator in known.params.indicators:
        raise _Bad("the area too, in the system's pack: {fact NAME of AREA}")
    _check_indicator(known, indicator)
    judgements = known.own(indicator) if area is None else known.of_area(indicator, area)
    if not judgements:
        return _of_fact(known, indicator, part, area)
    said = [one for one in judgements if one.fact is not None]
    if not said:
        name = inside(known.params.indicators[indicator].name)
        raise _Unsaid(f"No figure for {name} in {judgements[0].area_name} is held here.")
    return _together([(one.area_name, PARTS[part](known, one)) for one in said], area or known.place_name)


def _check_indicator(known: FactIndex, indicator: str) -> None:
    names = sorted({fact.indicator for fact in known.facts.values()} | set(known.judgements))
    if indicator in names:
        return
    if indicator in known.params.indicators:
        raise _NotShown(
            f"an indicator that a chapter of this pack shows, with chapter.show({indicator!r}) for example",
            near(indicator, names),
        )
    raise _Bad("the name of an indicator in params/indicators", near(indicator, names))


def _of_fact(known: FactIndex, indicator: str, part: str, area: str | None) -> str:
    """Return a part that a value has without a judgement."""
    fact = known.latest(indicator, area or known.place_name)
    if fact is None:
        named = sorted({one.area_name for one in known.values(indicator)})
        raise _Bad(f"an area that the pack has this figure for: {', '.join(named)}", near(area or "", named))
    plain = {"value": fact.display, "interval": _interval(known, fact), "period": period(fact.period)}
    if part not in plain:
        raise _Bad(f"one of {', '.join(plain)} for {fact.area_name}, which is compared with nothing here")
    return plain[part]


def _together(parts: Sequence[tuple[str, str]], name: str) -> str:
    """Return what is said of all series alike, else each with its name in brackets."""
    words = {said for _, said in parts}
    if len(words) == 1 and (len(parts) > 1 or parts[0][0].casefold() == name.casefold()):
        return parts[0][1]
    return listed([f"{said} ({series})" for series, said in parts])


def _fact(known: FactIndex, judgement: Judgement) -> Fact:
    assert judgement.fact is not None
    return known.facts[judgement.fact]


def _interval(known: FactIndex, fact: Fact) -> str:
    if fact.lower is None or fact.upper is None or fact.lower == fact.upper:
        return NOT_HELD
    return interval(fact.lower, fact.upper, known.params.indicators[fact.indicator])


def _benchmark(known: FactIndex, judgement: Judgement) -> str:
    found = judgement.comparisons[0].fact if judgement.comparisons else None
    return NOT_HELD if found is None else known.facts[found].display


def _verdict(known: FactIndex, judgement: Judgement) -> str:
    name = known.params.system.spoken_benchmark
    verdict = judgement.comparisons[0].verdict if judgement.comparisons else "not-compared"
    if verdict in RELATIONS:
        return f"{RELATIONS[verdict]} {name}"
    return f"{LABELS[verdict].lower()} {'with' if verdict == 'not-compared' else 'against'} {name}"


def _rank(known: FactIndex, judgement: Judgement) -> str:
    high = known.facts.get(f"{judgement.fact}.rank")
    low = known.facts.get(f"{judgement.fact}.rank-from-lowest")
    if high is None or low is None or high.value is None or low.value is None:
        return "not ranked"
    end, rank = ("highest", high.value) if high.value <= low.value else ("lowest", low.value)
    return end if rank == 1 else f"{ordinal(int(rank))} {end}"


PARTS: Mapping[str, Callable[[FactIndex, Judgement], str]] = {
    "value": lambda known, judgement: _fact(known, judgement).display,
    "interval": lambda known, judgement: _interval(known, _fact(known, judgement)),
    "period": lambda known, judgement: period(_fact(known, judgement).period),
    "benchmark": _benchmark,
    "verdict": _verdict,
    "rank": _rank,
    "trend": lambda known, judgement: _TRENDS[judgement.trend],
}
"""The parts of a fact that prose may quote."""
