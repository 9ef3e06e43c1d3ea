"""Says why a number or a period in a sentence is not held by the facts of its artefact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from boardpacks.data.observations import TARGET
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.check_words import ends_of
from boardpacks.facts.wording import period
from boardpacks.packs.check.held import (
    MONTH,
    Token,
    Vocabulary,
    ends_said,
    forms_of,
    months_of,
    tokens,
    values_of,
)
from boardpacks.params.own_words import AUTHORITIES

_COUNTED = re.compile(rf"\s(?:measures?|areas|places|results|(?:[A-Z]\w+ )*(?:{AUTHORITIES}))\b")
_IN_A_NAME = re.compile(r"\b(?:[Aa]ge[ds]? (?:\d+ to )?|[Qq]uarter |[Ww]ithin )$")
INTERVAL = re.compile(r"\b(?:interval|range|ranges|limits?|between|band)\b|\d to \d")
_COUNTS = ("months", "peers", "areas", "rank", "quarter")
"""Units of facts that count, whose period is that of the value beside them."""
_POINTS = ": points "
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ABSENT = re.compile(r"\b(?:[Nn]o figures?|not published|not held|[Mm]issing|no months?|other months)\b")
_LONGEST_WAIT = 10
"""Years before the first and after the last figure held that may be said to have none."""
_RELATED = re.compile(r"\b(?:to|than|with|against|beside|of|from|same as)\s(?:the\s)?$")
_NEXT = re.compile(r"[\s:(*]*(?:(?:is|was|at|is at|was at|with)\s)?\(?")
_TIME = re.compile(r"\s(week|day|hour|minute)s?\b")
_PER = re.compile(r"%?\s(per [\d,]+|times)\b")
_LESS = re.compile(
    r"\b(?:lower|less|fewer|below|under|smaller|narrower|down|fell|fall|fallen|falling|decreas\w+|dropp?\w*|declin\w+"
    r"|reduc\w+|lost|minus|narrowed)\b"
)
"""Words that say by themselves that a number is below nought."""
_BEHIND = re.compile(r"(?: per [\d,]+)?[^\d.;,]{0,40}?(?:\(| in | of | for )")


@dataclass(frozen=True)
class HeldFacts:
    """The facts of an artefact, by what a text may say of them."""

    facts: tuple[Fact, ...]
    vocabulary: Vocabulary

    @cached_property
    def by_value(self) -> dict[str, list[Fact]]:
        """The facts whose value is a number, by its digits."""
        return _by(values_of, self.facts)

    @cached_property
    def by_end(self) -> dict[str, list[Fact]]:
        """The facts of whose interval a number is an end, by its digits."""
        return _by(ends_said, self.facts)

    @cached_property
    def by_period(self) -> dict[str, list[Fact]]:
        """The facts of a period, by each of its forms."""
        return _by(forms_of, self.facts)

    @cached_property
    def newest(self) -> dict[tuple[str, str, str], str]:
        """The newest period of each series."""
        ordered = sorted(self.facts, key=lambda fact: (*reversed(months_of(fact)), fact.period))
        return {_series(fact): fact.period for fact in ordered}

    @cached_property
    def ends(self) -> tuple[set[str], set[str]]:
        """The forms of the first and of the last period: of all facts, and of those that are no comparator's.

        Periods of several lengths are also named together by the first and the last year of their names.
        """
        known = [fact for fact in self.facts if fact.method != TARGET and months_of(fact)[0]]
        own = [fact for fact in known if fact.area_name not in self.vocabulary.comparators]
        begins = [min(some, key=lambda fact: months_of(fact)[0]) for some in (known, own) if some]
        lasts = [max(some, key=lambda fact: months_of(fact)[1]) for some in (known, own) if some]
        named = [
            sorted(year for fact in some for year in _YEAR.findall(period(fact.period)))
            for some in (known, own)
        ]
        return (
            {form.partition(" to ")[0] for fact in begins for form in forms_of(fact)}
            | {one[0] for one in named if one},
            {form.rpartition(" to ")[2] for fact in lasts for form in forms_of(fact)}
            | {one[-1] for one in named if one},
        )

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and the last year of its facts."""
        months = [months_of(fact) for fact in self.facts if months_of(fact)[0]]
        return min((one[0] for one in months), default=0) // 12, max(
            (one[1] for one in months), default=0
        ) // 12

    @cached_property
    def areas(self) -> list[str]:
        """Names of the areas, longest first."""
        return sorted({fact.area_name for fact in self.facts}, key=len, reverse=True)

    @cached_property
    def measures(self) -> str:
        """How many measures there are."""
        return str(len({fact.indicator for fact in self.facts}))

    @cached_property
    def counts(self) -> set[str]:
        """How many areas there are, and areas with a figure of one measure; with those compared with, and without."""
        every = {(fact.indicator, fact.area, fact.area_name) for fact in self.facts}
        own = {one for one in every if one[2] not in self.vocabulary.comparators}
        counts: set[int] = set()
        for groups in (every, own):
            counts |= {len({area for _, area, _ in groups}), *Counter(one for one, *_ in groups).values()}
        return {str(count) for count in counts}


def _by(words: Callable[[Fact], set[str]], facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        for said in words(fact):
            found.setdefault(said, []).append(fact)
    return found


def _series(fact: Fact) -> tuple[str, str, str]:
    return fact.indicator_name, fact.area, fact.sex


@dataclass(frozen=True)
class Said:
    """A sentence, and what its numbers are read by.

    Parameters
    ----------
    text
        The sentence, plain.
    periods
        Every form of the periods that it names.
    told
        The facts that its spans say.
    around
        Of a cell, its row, its column's label and its title.
    areas
        The areas that the whole text names: what names none itself is of one of them.
    listed
        How many figures of a period the whole text says, those that are missing with them.
    drawn
        Whether it is about a drawing, which runs from the first of its facts to the last.
    """

    text: str
    periods: frozenset[str]
    told: Sequence[Fact] = ()
    around: str = ""
    areas: frozenset[str] = frozenset()
    listed: int = 0
    drawn: bool = False

    @property
    def is_label(self) -> bool:
        """Whether it is a number by itself, as a drawing has them."""
        return not re.search(r"[A-Za-z]{2}", self.text)


def fault_of(token: Token, said: Said, held: HeldFacts) -> str:
    """Return why a number or a period is not held, or an empty string."""
    if not token.period:
        return next(_number_faults(token, said, held), "")
    if _ABSENT.search(said.text[: token.start]):
        return _absence_fault(token, held)
    return next((fault for form in names_of(token) for fault in _period_faults(token, form, said, held)), "")


def names_of(token: Token) -> list[str]:
    """Return what a period is called: its year, or each of its months with the year."""
    return [f"{month} {token.digits}" for month in token.months] or [token.digits]


def _absence_fault(token: Token, held: HeldFacts) -> str:
    """Say why a period cannot be one without a figure: no year is so, or it is far from all that are held."""
    first, last = held.years
    year = int(token.digits[:4])
    ends = token.digits[len("2023/") :][:2]
    is_one = not ends or int(ends) == (year + 1) % 100
    is_near = first - _LONGEST_WAIT <= year <= last + _LONGEST_WAIT
    return "" if is_one and is_near else f"its facts are of {first} to {last}"


def _period_faults(token: Token, form: str, said: Said, held: HeldFacts) -> Iterator[str]:
    facts = held.by_period.get(form, [])
    whole = whole_range(token, said.text)
    if whole in held.by_period:
        return
    if whole:
        begins = said.text[token.end :].startswith((" to ", "\u2013"))
        first, last = whole.split(" to ")
        inside = not said.drawn and facts and first != last
        if not inside and form not in held.ends[0 if begins else 1]:
            yield f"its facts do not {'begin' if begins else 'end'} there"
    elif not facts:
        if token.months or token.digits not in held.by_value:
            yield "no fact of it is of that period"
    elif said.told and not any(form in forms_of(fact) for fact in said.told):
        yield f"what is said there is of {', '.join(sorted({period(fact.period) for fact in said.told}))}"


def whole_range(token: Token, sentence: str) -> str:
    """Return the two periods with "to" between them that a period is one of, or an empty string."""
    pattern = rf"(?:{MONTH} )?(?:19|20)\d\d(?:/\d\d(?: Q[1-4])?)?(?:\u2013\d\d)?"
    for found in re.finditer(rf"{pattern} to {pattern}", sentence):
        if found.start() <= token.start < found.end():
            return found[0]
    return ""


def _number_faults(token: Token, said: Said, held: HeldFacts) -> Iterator[str]:
    counted = _COUNTED.match(said.text, token.end)
    kind = counted[0].strip() if counted else ""
    if kind in ("measure", "measures", "results") and token.digits in (held.measures, str(said.listed)):
        return
    if kind and kind not in ("measure", "measures", "results") and token.digits in held.counts:
        return
    if _IN_A_NAME.search(said.text[: token.start]):
        yield "no name or text of params/ has that number"
    holders = _holders(token, said, held)
    if not holders:
        yield "no fact of it holds that number, and no name in params/ has it"
    beside = _beside(token, said.text, held.areas)
    if beside:
        holders = [fact for fact in holders if fact.area_name in beside]
        if not holders:
            yield f"no fact of {' or '.join(beside)} holds that number"
    elif not said.around and not any(fact.area_name in said.areas for fact in holders):
        rivals = {fact.area_name for fact in held.facts if fact.indicator == holders[0].indicator}
        if rivals & said.areas - held.vocabulary.comparators:
            yield f"that is the figure of {holders[0].area_name}, which is not named there"
    if any(fact.unit in _COUNTS for fact in holders):
        return
    comparators = held.vocabulary.comparators
    if not (beside or said.around or said.is_label) and all(
        fact.area_name in comparators for fact in holders
    ):
        yield f"that is the figure of {holders[0].area_name}, which is not named there"
    yield from _time_faults(holders, said, held)
    if said.around and not any(fact.area_name in said.around for fact in holders):
        yield f"it is of {holders[0].area_name}, which neither row, column nor title names"


def _time_faults(holders: Sequence[Fact], said: Said, held: HeldFacts) -> Iterator[str]:
    """Yield what is wrong with the period of a number: it is one that the sentence names, or else the newest."""
    if said.periods & held.by_period.keys():
        if not any(forms_of(fact) & said.periods for fact in holders):
            yield f"no fact of {' or '.join(sorted(said.periods))} holds that number"
    elif not said.is_label and not any(fact.period == held.newest[_series(fact)] for fact in holders):
        yield f"that is the figure of {period(holders[0].period)}, which is not the newest: name the period"


def _holders(token: Token, said: Said, held: HeldFacts) -> list[Fact]:
    """Return the facts that hold a number; an end of an interval counts only where the sentence speaks of one."""
    counted = [fact for fact in held.facts if _POINTS in fact.indicator_name]
    kinds = {fact.indicator_name.partition(_POINTS)[2]: fact for fact in counted}
    kind = max(
        (words for words in kinds if said.text[token.end :].startswith(f" {words}")), key=len, default=""
    )
    if kind:
        return [kinds[kind]] if token.digits in values_of(kinds[kind]) else []
    known = [*held.by_value.get(token.digits, ())]
    if said.is_label or INTERVAL.search(f"{said.text} {said.around}"):
        known += held.by_end.get(token.digits, ())
    return [fact for fact in known if _fits(token, fact, said.text)]


def _fits(token: Token, fact: Fact, sentence: str) -> bool:
    """Whether a number can be that of a fact: a rank, one out of several, or one with a sign of its unit."""
    if not (_is_per(token, fact, sentence) and _is_signed(token, fact, sentence)):
        return False
    if token.ordinal:
        return fact.unit in ("rank", "quarter")
    if fact.unit in _COUNTS and sentence[: token.start].endswith((" of ", "(of ", " of the ")):
        return fact.unit not in ("rank", "quarter")
    if token.unit == "%":
        return "%" in fact.display or fact.unit in ("%", "percentage points")
    return token.unit != "£" or "£" in fact.display


def _is_per(token: Token, fact: Fact, sentence: str) -> bool:
    """Whether the words right behind a number are of the fact's unit: days, per 1,000, times."""
    time, per = (pattern.match(sentence, token.end) for pattern in (_TIME, _PER))
    return (time is None or time[1] in fact.unit) and (
        per is None or per[1] in f"{fact.unit} {fact.display} {fact.indicator_name}"
    )


def _is_signed(token: Token, fact: Fact, sentence: str) -> bool:
    """Whether a number has the sign of the fact; words may say that one is below nought."""
    printed = [found for said in (fact.display, *(ends_of(fact) or ())) for found in tokens(said)]
    alike = {found.is_negative for found in printed if found.digits == token.digits}
    if not alike or token.is_negative in alike:
        return True
    return not token.is_negative and _LESS.search(sentence) is not None


def _beside(token: Token, sentence: str, areas: Sequence[str]) -> list[str]:
    """Return the areas that a number may be of by where they stand: the last before it, and one right behind it."""
    found = []
    before = [
        (at.end(), name)
        for name in areas
        for at in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence[: token.start])
        if not _RELATED.search(sentence[: at.start()]) or _NEXT.fullmatch(sentence[at.end() : token.start])
    ]
    if before:
        end = max(end for end, _ in before)
        found.append(max((name for at, name in before if at == end), key=len))
    after = _BEHIND.match(sentence[token.end :])
    if after:
        rest = sentence[token.end + after.end() :]
        found += [name for name in areas if rest.startswith(name)]
    return found
