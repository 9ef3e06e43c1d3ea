"""The last gate: reads a pack's finished files for numbers that a policy of disclosure control forbids."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from boardpacks.data.checks.against_counts import scale_of
from boardpacks.data.schema import HIDDEN
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import period, short_period
from boardpacks.packs.check.check_numbers import vocabulary_of
from boardpacks.packs.check.finished_pieces import Piece, pieces_of
from boardpacks.packs.check.held import MONTH, Token, Vocabulary, ends_said, tokens, values_of
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.own_words import AUTHORITIES
from boardpacks.params.policies import Policy

_VALUES = re.compile(r"value|limit|lower|upper|printed|display|^count$|denominator", re.IGNORECASE)
"""Names of columns that have a figure, in every file of a pack."""
_COUNTING = re.compile(r"count|denominator", re.IGNORECASE)
_COUNTS = ("months", "peers", "areas", "rank", "quarter")
"""Units of facts that count months and areas, and no people."""
_OF_COUNTS = re.compile(rf"\s(?:months?|years?|points?|areas|{AUTHORITIES}|places|measures|of\b)")
_RANKED = re.compile(r"\b(?:rank|highest|lowest|best|worst)\b", re.IGNORECASE)
_STRUCTURE = re.compile(
    r"(?i:\b95% (?:confidence )?(?:intervals?|limits)"
    r"|\b(?:Figure|Table|Page|Quarter|Priority|Outcome|Chapter|cell|version) \d+"
    r"|\bpart \d+ of \d+|\b\d+ of \d+\b|\b1 in \d+|\bareas compared: \d+|\w+(?:\.[\w+-]+){3,}"
    r"|\b\d+ measures\b|\b\d+\W{1,3}(?:better|similar|worse|not (?:tested|compared))\b)"
    rf"|\b\d{{1,2}} {MONTH} \d{{4}}\b"
)
"""Numbers of a pack's own structure and method, ranks among them ("2 of 33"), ids of facts, and days."""
_TICK = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RUN = re.compile(rf"(?<![\w.,/])(?:{_TICK.pattern}%? ){{2,}}{_TICK.pattern}(?![\w/])")
_SAME_STEP = 1e-6
_SPELT = ("one", "two", "three", "four", "five", "six", "seven")
_PEOPLE = (
    "people|persons?|patients?|children|child|adults?|residents?|wom[ae]n|m[ae]n|girls?|boys?|babies|deaths?"
    "|cases?"
)


class SoughtNames:
    """Names of one thing, looked for in texts."""

    def __init__(self, names: Iterable[str]):
        self._names = tuple({name.casefold() for name in names})
        longest = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def are_in(self, folded: str) -> bool:
        """Whether a text, in lower case, has one of the names as a word of its own."""
        return any(name in folded for name in self._names) and self._pattern.search(folded) is not None


@dataclass(frozen=True)
class HiddenFigure:
    """A figure that the snapshot hides: what may not be said of it is its value, whatever it is."""

    indicator: str
    area: str
    sex: str
    period: str

    @cached_property
    def periods(self) -> frozenset[str]:
        """The forms in which its period is written."""
        return frozenset((self.period, period(self.period), short_period(self.period)))


@dataclass(frozen=True)
class Guarded:
    """What the gate knows: indicators under a policy, figures that are hidden, and names of areas.

    Parameters
    ----------
    areas
        Every name and code of an area, by its code.
    countries
        Codes of areas whose figures are shown as they are.
    facts
        The facts that the pack's chapters have handed over.
    """

    params: Params
    hidden: tuple[HiddenFigure, ...]
    areas: Mapping[str, frozenset[str]]
    countries: frozenset[str]
    facts: tuple[Fact, ...]

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """The policy of each indicator that is under one."""
        return self.params.policies()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the params say with numbers in it."""
        return vocabulary_of(self.params)

    @cached_property
    def names(self) -> Mapping[str, SoughtNames]:
        """What finds the name of each indicator in a text."""
        return {
            name: SoughtNames((name, own.name, *own.also_called))
            for name, own in self.params.indicators.items()
        }

    @cached_property
    def area_names(self) -> Mapping[str, SoughtNames]:
        """What finds the names of each area that has something hidden."""
        return {code: SoughtNames(self.areas[code]) for code in {one.area for one in self.hidden}}

    @cached_property
    def allowed(self) -> Mapping[str, tuple[frozenset[str], frozenset[str], frozenset[str]]]:
        """Numbers that the facts of each indicator hold, as printed: figures, counts of areas and months, ranks."""
        found: dict[str, tuple[set[str], set[str], set[str]]] = {}
        for fact in self.facts:
            if not any(_row_faults(_as_row(fact), self)):
                kind = 2 if fact.unit in ("rank", "quarter") else 1 if fact.unit in _COUNTS else 0
                found.setdefault(fact.indicator, (set(), set(), set()))[kind].update(
                    values_of(fact) | ends_said(fact)
                )
        return {name: (frozenset(a), frozenset(b), frozenset(c)) for name, (a, b, c) in found.items()}


def guard(pack: PackContent, snapshot: Snapshot) -> Guarded:
    """Return what the gate has to know of a pack and of the snapshot that it is made from."""
    policies = pack.params.policies()
    hidden = [
        HiddenFigure(name, area, row["sex"], row["period"])
        for name in policies
        for area, rows in snapshot.rows.get(name, {}).items()
        for row in rows
        if row["note"] == HIDDEN
    ]
    names: dict[str, set[str]] = {code: {code, area.name} for code, area in snapshot.manifest.areas.items()}
    for place in pack.params.places.values():
        for borough in place.boroughs:
            names.setdefault(borough.code, {borough.code}).update(
                (borough.name, place.name) if len(place.boroughs) == 1 else (borough.name,)
            )
    for trust in pack.params.system.trusts:
        names.setdefault(trust.code, {trust.code}).update((trust.name, trust.short_name))
    return Guarded(
        pack.params,
        tuple(hidden),
        {code: frozenset(own) for code, own in names.items()},
        frozenset(code for code, area in snapshot.manifest.areas.items() if area.kind == "country"),
        tuple(fact for chapter in pack.chapters for fact in chapter.facts),
    )


def check_disclosure(files: Mapping[str, bytes], guarded: Guarded) -> None:
    """Raise CheckFailed when a finished file of a pack says what the policy of an indicator forbids.

    Parameters
    ----------
    files
        Every file that is about to be published, by its name.
    """
    pieces = (piece for name, content in files.items() for piece in pieces_of(name, content))
    if findings := list(dict.fromkeys(find_disclosed(pieces, guarded))):
        raise CheckFailed(findings)


def find_disclosed(pieces: Iterable[Piece], guarded: Guarded) -> Iterator[str]:
    """Yield what is forbidden in some pieces of finished files, a line each: where, and what was found."""
    for piece in pieces:
        faults = (
            _text_faults(piece, guarded)
            if piece.row is None
            else _row_faults(piece.row, guarded, piece.about)
        )
        for fault in faults:
            yield f"{piece.where}: {fault}"


def _row_faults(row: Mapping[str, str], guarded: Guarded, about: str = "") -> Iterator[str]:
    """Yield what is wrong with a row of data: a figure that is hidden, small, not rounded, or shows a hidden one."""
    words = {cell for column, cell in row.items() if not _VALUES.search(column)}
    figures = {column: cell for column, cell in row.items() if _VALUES.search(column) and any(tokens(cell))}
    if not figures or "verdict" in row:
        return
    around = " | ".join((about, *words)).casefold()
    for name, policy in guarded.policies.items():
        indicator = guarded.params.indicators[name]
        if not guarded.names[name].are_in(around):
            continue
        found = "; ".join(f"{column} {cell!r}" for column, cell in figures.items())
        hidden = [one for one in guarded.hidden if one.indicator == name and words & one.periods]
        if any(guarded.areas[one.area] & words and _is_of_sex(one, words) for one in hidden):
            yield f"{found}, but the figure of {indicator.name} is hidden there"
        elif parts := _added_up(words, guarded):
            if sum(any(one.area == part for one in hidden) for part in parts) == 1:
                yield f"{found}, which shows the one of {' and '.join(parts)} that is hidden, by subtraction"
        elif not any(guarded.areas[code] & words for code in guarded.countries):
            yield from _count_faults(figures, words, indicator, policy)


def _added_up(words: Collection[str], guarded: Guarded) -> list[str]:
    """Return the codes of the areas that a row adds up, if it does."""
    added = (cell.split("+") for cell in words if "+" in cell)
    return next((codes for codes in added if all(code in guarded.areas for code in codes)), [])


def _is_of_sex(hidden: HiddenFigure, words: Collection[str]) -> bool:
    named = {"Persons", "Female", "Male"} & set(words)
    return not named or hidden.sex in named


def _count_faults(
    figures: Mapping[str, str], words: Collection[str], indicator: Indicator, policy: Policy
) -> Iterator[str]:
    is_count = scale_of(indicator.unit) is None and indicator.unit in words
    for column, cell in figures.items():
        if not (is_count or _COUNTING.search(column)):
            continue
        for token in tokens(cell):
            is_whole = not token.unit and not token.period and token.digits.replace(",", "").isdigit()
            count = float(token.digits.replace(",", "")) if is_whole else 0.0
            if policy.is_small(count):
                yield f"{column} {cell!r}, a count from 1 to {policy.largest_hidden} of {indicator.name}"
            elif indicator.additive and count % policy.round_to:
                yield f"{column} {cell!r}, a count of {indicator.name} that is not rounded to {policy.round_to}"


def _text_faults(piece: Piece, guarded: Guarded) -> Iterator[str]:
    """Yield the numbers of a sentence or label about an indicator under a policy that no fact of the pack holds."""
    around = f"{piece.about} | {piece.text}".casefold()
    under = [name for name in guarded.policies if guarded.names[name].are_in(around)]
    if not under:
        return
    named = [name for name, names in guarded.names.items() if names.are_in(around)]
    hidden = _hidden_there(under, piece, around, guarded)
    largest = max(guarded.policies[name].largest_hidden for name in under)
    what = guarded.params.indicators[under[0]].name
    for token in _unheld(piece.text, named, guarded):
        is_small = not token.unit and token.digits.isdigit() and 0 < int(token.digits) <= largest
        if hidden:
            yield f"says {token.words!r} ({_near(token, piece.text)}), but the figure of {what} is hidden there"
        elif is_small:
            yield f"says {token.words!r} ({_near(token, piece.text)}), a number from 1 to {largest} about {what}"
    units = "|".join(re.escape(guarded.params.indicators[name].unit) for name in under)
    for found in re.finditer(
        rf"\b(?:{'|'.join(_SPELT[:largest])}) (?:{_PEOPLE}|{units})\b", piece.text, re.IGNORECASE
    ):
        yield f"says {found[0]!r}, a number from 1 to {largest} about {what}"


def _hidden_there(under: Sequence[str], piece: Piece, around: str, guarded: Guarded) -> bool:
    """Whether a text is about a figure that is hidden: of its area, and its period unless none is named or around."""
    at = [
        one
        for one in guarded.hidden
        if one.indicator in under and guarded.area_names[one.area].are_in(around)
    ]
    said = next(
        (text for text in (piece.text, piece.about) if any(token.period for token in tokens(text))), ""
    )
    return any(not said or any(form in said for form in one.periods) for one in at)


def _unheld(text: str, named: Sequence[str], guarded: Guarded) -> Iterator[Token]:
    """Yield the numbers of a text that neither the facts of the indicators that it names hold, nor the params."""
    structure = [found.span() for found in _STRUCTURE.finditer(text)]
    figures, counts, ranks = (
        frozenset().union(*(guarded.allowed[name][kind] for name in named if name in guarded.allowed))
        for kind in range(3)
    )
    is_ranked = _RANKED.search(text)
    scale = set(_scales(text))
    for token in tokens(text):
        if token.period or token.ordinal or token.digits in figures or guarded.vocabulary.holds(text, token):
            continue
        if token.start in scale or any(begin <= token.start < end for begin, end in structure):
            continue
        is_counted = _OF_COUNTS.match(text, token.end) or text[: token.start].endswith((" of ", " of the "))
        if (token.digits in counts and is_counted) or (token.digits in ranks and is_ranked):
            continue
        yield token


def _scales(text: str) -> Iterator[int]:
    """Yield where the numbers of an axis stand: three or more in even steps, with nothing but blanks between."""
    for run in _RUN.finditer(text):
        ticks = [
            (found.start(), float(found[0].replace(",", ""))) for found in _TICK.finditer(text, *run.span())
        ]
        for three in zip(ticks, ticks[1:], ticks[2:], strict=False):
            (_, first), (_, second), (_, third) = three
            if first < second and abs((third - second) - (second - first)) < _SAME_STEP:
                yield from (start for start, _ in three)


def _near(token: Token, text: str) -> str:
    return text[max(0, token.start - 30) : token.end + 20]


def _as_row(fact: Fact) -> dict[str, str]:
    row = {"lower": fact.lower, "upper": fact.upper, "value": fact.value}
    return {
        **{column: f"{cell:.12g}" for column, cell in row.items() if cell is not None},
        **{
            name: getattr(fact, name)
            for name in ("indicator", "area", "area_name", "sex", "period", "unit", "display")
        },
    }
