"""Checks the prose of a pack's chapters: what contradicts a fact, and what had better quote one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpacks.facts.wording import phrase
from boardpacks.packs.compose.fill_sheet import sheet_texts
from boardpacks.packs.compose.quotes import QUOTE
from boardpacks.packs.lint.claims import (
    NOT_CLAIMED,
    Numbered,
    clauses,
    comparisons,
    movements,
    numbers,
    ranks,
)
from boardpacks.packs.lint.judge_claims import (
    Contradiction,
    Severity,
    all_false,
    judge_comparison,
    judge_movement,
    judge_number,
    judge_rank,
)
from boardpacks.packs.lint.mentions import Named, areas_named, indicators_named
from boardpacks.packs.read.index_facts import FactIndex, index_facts
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown
from boardpacks.packs.read.sentences import Sentence, sentences
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.project.errors import BoardpacksError, Problem

_GOES_ON = re.compile(
    r"(?:it|that|this|these|they|the (?:rate|share|figure|number|level|trend|gap))\b", re.IGNORECASE
)
"""How a sentence begins that speaks of what the one before, or the heading, is about."""

_BEHIND = re.compile(r"\s*\(?\s*(?:in|for|of|across)\s+(?:the\s+)?")

NO_TEXTS: Mapping[str, str] = {}


@dataclass(frozen=True)
class ProseFinding:
    """What the check has to say of one sentence: where it stands, the sentence, and what the fact says."""

    severity: Severity
    where: str
    sentence: str
    fact: str
    says: str
    hint: str = ""

    def __str__(self) -> str:
        head = Problem(self.where, "", self.sentence, f"{self.says}  [{self.fact}]", self.hint)
        return str(head).replace("  allowed  ", "  fact     ").replace("  found    ", "  says     ")


class ProseContradicted(BoardpacksError):  # noqa: N818 - a finding about a text, not a fault of the program
    """Sentences of a pack's chapters contradict its facts.

    Parameters
    ----------
    findings
        Every contradiction, in the order of the pack; at least one.
    """

    def __init__(self, findings: Sequence[ProseFinding]):
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        count = len(self.findings)
        head = f"{count} sentence{'s contradict' if count > 1 else ' contradicts'} the pack's own figures:"
        return "\n".join([head, *map(str, self.findings)])


def check_prose(pack: PackContent) -> None:
    """Refuse a pack whose prose contradicts its facts.

    Raises
    ------
    ProseContradicted
        With every sentence that does.
    """
    if errors := [one for one in find_in_pack(pack) if one.severity == "error"]:
        raise ProseContradicted(errors)


def find_in_pack(pack: PackContent) -> list[ProseFinding]:
    """Return what `find_in_prose` finds in the chapters and the front sheet of a pack."""
    return find_in_prose(pack.chapters, pack.params, pack.plan.place, sheet_texts(pack.plan))


def find_in_prose(
    chapters: Sequence[ChapterContent], params: Params, place: str, texts: Mapping[str, str] = NO_TEXTS
) -> list[ProseFinding]:
    """Return what contradicts, and what had better quote a fact, in the Markdown of a pack's chapters.

    ``texts`` are further texts of the pack, such as those of its front sheet, by where they stand.
    """
    known = index_facts(chapters, params, place)
    found: dict[ProseFinding, None] = {}
    for chapter in chapters:
        for item in chapter.items:
            if isinstance(item, Markdown):
                where = f"{item.stands_in(chapter.notebook)}, in the pack of {known.place_name}"
                found |= dict.fromkeys(_findings(item.text, where, known))
    for where, text in texts.items():
        found |= dict.fromkeys(_findings(text, where, known))
    return list(found)


def _findings(text: str, where: str, known: FactIndex) -> Iterator[ProseFinding]:
    for sentence, one in _in_text(text, known):
        yield ProseFinding(one.severity, where, sentence.text, one.fact, one.says, one.hint)


def _in_text(text: str, known: FactIndex) -> Iterator[tuple[Sentence, Contradiction]]:
    headings = _titles(known)
    before: list[str] = []
    for sentence in sentences(text):
        named = indicators_named(sentence.text, known.params)
        if sentence.is_heading:
            before = named
            if sentence.text.lstrip("# ").rstrip() in headings or _is_outcome(sentence.text, headings):
                continue
        if not named and _GOES_ON.match(sentence.text.lstrip("*_ ")):
            named = before
        before = named or before
        if not named or NOT_CLAIMED.search(QUOTE.sub("", sentence.text)):
            continue
        for one in _in_sentence(sentence.text, named, known):
            yield sentence, one


def _titles(known: FactIndex) -> set[str]:
    """Return the titles of outcomes and the names of indicators: aims and labels, which claim nothing."""
    params = known.params
    titles = {outcome.title for priority in params.priorities.values() for outcome in priority.outcomes}
    return titles | {indicator.name for indicator in params.indicators.values()}


def _is_outcome(heading: str, titles: set[str]) -> bool:
    return any(heading.rstrip().endswith(title) for title in titles)


def _in_sentence(sentence: str, named: list[str], known: FactIndex) -> Iterator[Contradiction]:
    about: list[str] = named
    for clause in clauses(sentence):
        own = indicators_named(clause, known.params)
        about = own or about
        shown = [name for name in about if name in known.judgements or known.values(name)]
        if shown:
            yield from _in_clause(clause, shown, sentence, known)


def _in_clause(clause: str, about: list[str], sentence: str, known: FactIndex) -> Iterator[Contradiction]:
    params = known.params
    areas = areas_named(clause, params, known.place)
    bare = QUOTE.sub(lambda found: " " * len(found[0]), clause)
    compared = list(comparisons(clause, areas, params.system.benchmark.name))
    others = {claim.other for claim in compared}
    subjects = list(dict.fromkeys(area.name for area in areas if area.name not in others))
    if not subjects:
        subjects = list(
            dict.fromkeys(
                area.name
                for area in areas_named(sentence, params, known.place)
                if area.name not in others and area.name not in _comparators(known)
            )
        )
    if len(subjects) <= 1:
        subject = subjects[0] if subjects else None
        told = [
            all_false([judge_comparison(claim, name, subject, known) for name in about]) for claim in compared
        ]
        told += [
            all_false([judge_movement(moving, clause, name, subject, known) for name in about])
            for moving in movements(bare)
        ]
        # "The highest in England" is said of the place, not of England.
        whose = None if subject in _comparators(known) else subject
        told += [
            all_false([judge_rank(ranked, clause, name, whose, known) for name in about])
            for ranked in ranks(bare)
        ]
        yield from (one for one in told if one is not None)
    yield from _numbers(bare, clause, about, areas or [Named(name, 0, 0) for name in subjects], known)


def _numbers(
    bare: str, clause: str, about: list[str], areas: list[Named], known: FactIndex
) -> Iterator[Contradiction]:
    for unit in dict.fromkeys(known.params.indicators[name].unit for name in about):
        alike = [name for name in about if known.params.indicators[name].unit == unit]
        shown = phrase(1.0, known.params.indicators[alike[0]])
        for claim in numbers(bare, unit, shown.partition(" ")[2]):
            strange = _strange([area.name for area in areas], known)
            found = judge_number(claim, clause, alike, _whose(claim, bare, areas, known), known)
            if strange and (found is None or found.severity == "warning"):
                own = known.own(alike[0])
                fact = next((one.fact for one in own if one.fact), alike[0])
                yield Contradiction(
                    "error",
                    fact,
                    f"the figure is given for {strange}, and the text stands in every place's pack",
                    "write {place} and quote the fact",
                )
            elif found is not None:
                yield found


def _whose(claim: Numbered, clause: str, areas: Sequence[Named], known: FactIndex) -> list[str]:
    """Return the areas that a number may be of: the one right behind it, else the last one named before it."""
    behind = _BEHIND.match(clause, claim.end)
    after = [area.name for area in areas if area.start >= claim.end]
    if behind and any(area.start == behind.end() for area in areas):
        return after[:1]
    before = [area for area in areas if area.end <= claim.start]
    if before:
        # Of names that only the sentence has, any may be meant.
        return [area.name for area in before if area.end in (before[-1].end, 0)]
    return [known.place_name, *after]


def _strange(areas: Sequence[str], known: FactIndex) -> str:
    """Return the place that a clause is about when it is not the pack's own, in a pack of a place."""
    if known.place == SYSTEM or not areas:
        return ""
    own = known.params.places[known.place]
    ours = {own.name, *(borough.name for borough in own.boroughs), *_comparators(known)}
    if own.trust:
        ours.add(known.params.trust(own.trust).short_name)
    return "" if ours & set(areas) else areas[0]


def _comparators(known: FactIndex) -> set[str]:
    return {area.name for area in known.params.system.comparators}
