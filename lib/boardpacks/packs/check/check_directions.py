"""Holds words of direction against the facts beside them: above and below, better and worse, rising and falling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from boardpacks.facts.artefacts import Artefact, Fact, Statement, Summary, Table
from boardpacks.facts.spans import Span, find_spans, without_spans
from boardpacks.packs.check.held import flat, forms_of, months_of
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params
from boardpacks.stats.comparison import UNJUDGED, VERDICTS, compare

_RELATION = re.compile(
    r"\b(?P<word>above|below|(?:higher|lower|better|worse) (?:than|to)|similar to|not tested against)\s(?:the\s)?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r" \([^()]*\)(?:,| and) (?:the )?")
_NOT = re.compile(r"\b(?:not|no|neither|nor|whether|if)\b[^.;:,]*$|n['\u2019]t\b[^.;:,]*$", re.IGNORECASE)
_TREND = re.compile(
    r"(?i:recent trend)[^:.;]*(?:: |\) (?:is|shows) )(?P<says>[^.;]+)|\band (?P<getting>getting (?:better|worse))\b"
)
_MOVED = re.compile(
    r"\b(?:(?P<up>rose|risen|increased|grew|grown)|(?P<down>fell|fallen|decreased|dropped|declined))\b"
    r"[^.;]{0,40}?\bfrom (?P<first>[\d,.]*\d)[^.;]{0,30}? to (?P<last>[\d,.]*\d)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?P<word>higher|lower) than in (?P<period>(?:[A-Z][a-z]+ )?(?:19|20)\d\d(?:/\d\d(?: Q[1-4])?)?)"
)
_SIDES = "|".join(verdict for verdict in VERDICTS if verdict not in UNJUDGED)
_VERDICT = re.compile(rf"\[(?P<word>(?i:{_SIDES}))\]\{{\.verdict-(?P<is>[a-z]+)\}}")
_HEAD = re.compile(
    r"\b(Better|Worse|Higher|Lower|Similar|Not tested|Not compared|Too old to be compared) (?:than|to|against|with) "
    r"(\w+): "
)
_UNIT = re.compile(r"^ \([^()]*\)")
_RANK = re.compile(r"(?:\s|\A)(highest|lowest|best|worst)\b")
_END = re.compile(r"\bthe (?P<end>lowest|highest)(?: value is)? (?P<number>[£\d,.]*\d)", re.IGNORECASE)
_TRENDS = {"rising": "increasing", "falling": "decreasing", "no significant change": "no significant change"}


def check_directions(chapters: Sequence[ChapterContent], params: Params) -> list[str]:
    """Return the words of direction that the facts of their artefact contradict, one line each.

    Checked are comparisons with an area, recent trends, moves from one number to another, ranks from an end and
    verdicts in tables, where the artefact has the facts that decide them. What it cannot decide it leaves alone.
    """
    return [
        f"{chapter.where(artefact)}: {fault}"
        for chapter in chapters
        for artefact in chapter.artefacts
        for fault in dict.fromkeys(misdirected(artefact, params))
    ]


def misdirected(artefact: Artefact, params: Params) -> Iterator[str]:
    """Yield what is wrong with the words of direction of one artefact."""
    known = _Known(artefact.facts, params)
    if isinstance(artefact, Statement):
        yield from _in_markdown(artefact.markdown, known)
        for line in artefact.summary:
            yield from _in_line(line, known)
    elif isinstance(artefact, Table):
        yield from _in_text(artefact.title, known)
        yield from _in_text(artefact.note, known)
        for row in artefact.rows:
            yield from _in_row(row, known)
    else:
        for text in (artefact.title, artefact.note, artefact.alt):
            yield from _in_text(text, known)


@dataclass(frozen=True)
class _Known:
    """The facts of an artefact, by indicator and area."""

    facts: tuple[Fact, ...]
    params: Params

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """Every fact by its id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def values(self) -> dict[str, dict[str, dict[str, Fact]]]:
        """The values by indicator, name of the area and period; not what is worked out of them."""
        found: dict[str, dict[str, dict[str, Fact]]] = {}
        for fact in self.facts:
            if (
                len(fact.id.split(".")) == PARTS
                and fact.value is not None
                and fact.indicator in self.params.indicators
            ):
                found.setdefault(fact.indicator, {}).setdefault(fact.area_name, {})[fact.period] = fact
        return found

    @cached_property
    def comparators(self) -> set[str]:
        """Names of the areas that others are compared with."""
        return {area.name for area in self.params.system.comparators}

    @cached_property
    def own(self) -> list[str]:
        """Names of the areas with values that are no comparators."""
        names = (name for areas in self.values.values() for name in areas)
        return [name for name in dict.fromkeys(names) if name not in self.comparators]

    @cached_property
    def areas(self) -> list[str]:
        """Names of all areas with values, longest first."""
        return sorted({name for areas in self.values.values() for name in areas}, key=len, reverse=True)

    def pair(self, indicator: str, area: str, other: str) -> tuple[Fact, Fact] | None:
        """Return the newest figures of two areas for one period, if it is the newest of the first."""
        first, second = (self.values.get(indicator, {}).get(name, {}) for name in (area, other))
        newest = max(first, key=lambda period: months_of(first[period]), default=None)
        return (first[newest], second[newest]) if newest is not None and newest in second else None


PARTS = 5
"""Parts of the id of a value: pack, indicator, area, sex, period."""


def _in_markdown(markdown: str, known: _Known) -> Iterator[str]:
    for found in _VERDICT.finditer(markdown):
        if found["word"].lower() != found["is"]:
            yield f"says {found['word']!r} and is marked as {found['is']}"
    for span in find_spans(markdown):
        yield from _of_rank(markdown, span, known)
    yield from _in_text(markdown, known)


def _in_text(text: str, known: _Known) -> Iterator[str]:
    plain = flat(without_spans(text))
    if len(known.values) == 1:
        (indicator,) = known.values
        yield from _compared(plain, indicator, known)
        yield from _since(plain, indicator, known)
        yield from _extremes(plain, indicator, known)
    elif known.values:
        yield from _grouped(plain, known)
    yield from _trends(plain, known)
    for found in _MOVED.finditer(plain):
        first, last = (float(found[end].replace(",", "")) for end in ("first", "last"))
        if first != last and (first < last) != bool(found["up"]):
            yield f"says {found[0]!r}, which is the other way round"


def _in_line(line: Summary, known: _Known) -> Iterator[str]:
    facts = tuple(known.by_id[name] for name in line.facts if name in known.by_id)
    relation = re.search(rf"\b({_SIDES}) (?:than|to) ", line.line)
    if relation and line.verdict not in UNJUDGED and relation[1] != line.verdict:
        yield f"the summary line {line.line!r} says {relation[1]}, but its verdict is {line.verdict}"
    own = _Known(facts, known.params) if facts else known
    yield from _in_text(line.line, own)
    if facts and line.verdict not in UNJUDGED:
        word = f"{line.verdict} {'to' if line.verdict == 'similar' else 'than'}"
        for area in own.own:
            yield from _relation_fault(word, line.indicator, area, known.params.system.benchmark.name, own)


def _compared(plain: str, indicator: str, known: _Known) -> Iterator[str]:
    """Yield comparisons of one indicator that are not so."""
    for found in _RELATION.finditer(plain):
        other = next((name for name in known.areas if plain.startswith(name, found.end())), "")
        if not other or _NOT.search(plain[: found.start()]):
            continue
        rest = plain[found.end() + len(other) :]
        subjects = _listed(rest, known) or _before(plain[: found.start()], other, known)
        for area in subjects:
            for one in (other, *_and_others(rest, known)):
                yield from _relation_fault(found["word"].lower(), indicator, area, one, known)


def _and_others(rest: str, known: _Known) -> Iterator[str]:
    """Yield the areas that one word compares with besides the first: ``similar to England (1) and London (2)``."""
    while beside := _BESIDE.match(rest):
        name = next((name for name in known.areas if rest.startswith(name, beside.end())), "")
        if not name:
            return
        yield name
        rest = rest[beside.end() + len(name) :]


def _listed(rest: str, known: _Known) -> list[str]:
    """Return the areas of a list right behind a comparison: ``worse than England: Newham`` or ``in Newham``."""
    head = re.match(r": | in ", rest)
    if head is None:
        return []
    part = re.split(r"\.(?:\s|$)", rest[head.end() :])[0]
    found = []
    for name in known.areas:
        if name not in known.comparators and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", part):
            found.append(name)
            part = part.replace(name, "")
    return found


def _before(text: str, other: str, known: _Known) -> list[str]:
    """Return the area that a comparison is of: the last one named before it that is no comparator, or the only one."""
    places = [(text.rfind(name), name) for name in known.areas if name not in {other, *known.comparators}]
    at, name = max(((at, name) for at, name in places if at >= 0), default=(-1, ""))
    return [name] if at >= 0 else known.own if len(known.own) == 1 else []


def _relation_fault(word: str, indicator: str, area: str, other: str, known: _Known) -> Iterator[str]:
    pair = known.pair(indicator, area, other)
    if pair is None or pair[0].value is None or pair[1].value is None:
        return
    own, value, level = pair[0], pair[0].value, pair[1].value
    verdict = compare(value, own.lower, own.upper, level, known.params.indicators[indicator].polarity)
    if verdict == "not-tested" and own.verdict is not None and other == known.params.system.benchmark.name:
        verdict = own.verdict
    claimed = word.partition(" ")[0]
    if claimed in ("above", "higher"):
        right = value > level
    elif claimed in ("below", "lower"):
        right = value < level
    else:
        right = verdict == ("not-tested" if claimed == "not" else claimed)
    if not right:
        told = f"{area} {own.display}, {other} {pair[1].display}"
        yield f"says {word} {other}, but the figures are {told}: {verdict.replace('-', ' ')} by the rule of packs"


def _grouped(plain: str, known: _Known) -> Iterator[str]:
    """Yield what stands under "Better than England:" and the like, of several indicators, and is not so."""
    heads = list(_HEAD.finditer(plain))
    own = sorted(known.own, key=len, reverse=True)
    names = {known.params.indicators[name].name: name for name in known.values}
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(plain)
        block = re.split(r"No figure: ", plain[head.end() : end])[0]
        area = _block_area(plain[: head.start()], known)
        if head[2] not in known.areas or not area or head[1].startswith(("Not", "Too")):
            continue
        for name in sorted(names, key=len, reverse=True):
            word = f"{head[1].lower()} {'to' if head[1] == 'Similar' else 'than'}"
            for found in re.finditer(re.escape(name), block, re.IGNORECASE):
                after = _UNIT.sub("", block[found.end() :].split(". ")[0])
                beside = next((one for one in own if one in after[: len(one) + 4]), area)
                for fault in _relation_fault(word, names[name], beside, head[2], known):
                    yield f"{name}: {fault}"
            block = re.sub(re.escape(name), lambda found: " " * len(found[0]), block, flags=re.IGNORECASE)


def _block_area(text: str, known: _Known) -> str:
    """Return the area that a part of a description is of: ``Havering. Worse than ...``, or the first that it names."""
    heads = [
        (found.start(), name)
        for name in known.own
        for found in re.finditer(rf"(?:^|\. ){re.escape(name)}\. ", text)
    ]
    if heads:
        return max(heads)[1]
    named = [(text.find(name), -len(name), name) for name in known.own if name in text]
    return min(named)[2] if named else ""


def _since(plain: str, indicator: str, known: _Known) -> Iterator[str]:
    for found in _SINCE.finditer(plain):
        for area in _before(plain[: found.start()], "", known):
            series = known.values[indicator].get(area, {})
            newest = max(series.values(), key=months_of, default=None)
            then = next((fact for fact in series.values() if found["period"] in forms_of(fact)), None)
            if newest is None or then is None or newest.value is None or then.value is None or newest is then:
                continue
            if (newest.value > then.value) != (found["word"] == "higher"):
                yield f"says {found[0]!r}, but the figures are {then.display}, then {newest.display}"


def _extremes(plain: str, indicator: str, known: _Known) -> Iterator[str]:
    ends = {
        found["end"].lower(): float(re.sub(r"[£,]", "", found["number"])) for found in _END.finditer(plain)
    }
    found = [found["end"].lower() for found in _END.finditer(plain)]
    if len(found) != len(set(found)) or (len(ends) > 1 and ends["lowest"] > ends["highest"]):
        yield f"says {' and '.join(f'{end} {number:g}' for end, number in ends.items())}, which cannot be"


def _trends(plain: str, known: _Known) -> Iterator[str]:
    trends = [fact for fact in known.facts if fact.id.endswith(".trend")]
    for found in _TREND.finditer(plain):
        says = (found["says"] or found["getting"]).lower()
        ends = {fact.area_name: plain.rfind(fact.area_name, 0, found.start()) for fact in trends}
        nearest = max(ends.values(), default=-1)
        about = [fact for fact in trends if ends[fact.area_name] == nearest]
        if not about or ("not tested" in says):
            continue
        if not any(_agrees(says, fact.display.lower()) for fact in about):
            yield f"says {found[0]!r}, but the recent trend is {about[0].display.lower()!r} ({about[0].id})"


def _agrees(says: str, trend: str) -> bool:
    way = next((right for word, right in _TRENDS.items() if word in says), "")
    kind = next((word for word in ("better", "worse") if word in says), "")
    return (not way or way in trend) and (not kind or kind in trend)


def _in_row(row: Sequence[str], known: _Known) -> Iterator[str]:
    told = [known.by_id[span.fact] for cell in row for span in find_spans(cell) if span.fact in known.by_id]
    values = [fact for fact in told if len(fact.id.split(".")) == PARTS]
    benchmark = known.params.system.benchmark.name
    own = [fact for fact in values if fact.area_name not in known.comparators]
    for cell in row:
        for span in find_spans(cell):
            yield from _of_rank(cell, span, known)
        for found in _VERDICT.finditer(cell):
            if found["word"].lower() != found["is"]:
                yield f"says {found['word']!r} in a cell marked as {found['is']}"
            elif len({fact.id for fact in own}) == 1 and own[0].indicator in known.params.indicators:
                yield from _relation_fault(
                    f"{found['is']} than", own[0].indicator, own[0].area_name, benchmark, known
                )


def _of_rank(text: str, span: Span, known: _Known) -> Iterator[str]:
    """Yield a rank that is said from the wrong end: ``2nd highest`` of a rank from the lowest."""
    fact = known.by_id.get(span.fact)
    found = _RANK.search(span.words) or _RANK.match(text, span.end)
    if found is None or fact is None or fact.unit != "rank":
        return
    from_top = fact.id.endswith(".rank")
    if not from_top and not fact.id.endswith(".rank-from-lowest"):
        return
    indicator = known.params.indicators.get(fact.indicator)
    ends = ["highest"] if from_top else ["lowest"]
    if indicator is not None and indicator.polarity != "none":
        ends.append("best" if from_top == (indicator.polarity == "high") else "worst")
    if found[1] not in ends:
        yield f"says {found[1]!r} of the rank {fact.display} ({fact.id}), which is {' or '.join(ends)}"
