"""Finds numbers that a record prints and that none of its facts explains."""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from boardpacks.params.load import load_params
from boardpacks.project.folder import find_project

FACT_MARK = re.compile(r"\[[^\[\]]+\]\{fact=\"[^\"]+\"\}")
NUMBER = re.compile(r"[-−]?£?\d(?:[\d,]*\d)?(?:\.\d+)?(?:st|nd|rd|th|%)?")
STATED = "stated in the strategy"
MONTHS = [*calendar.month_name[1:], *calendar.month_abbr[1:]]
_MONTH = rf"(?:{'|'.join(MONTHS)}) (?:19|20)\d\d"
_YEAR = r"(?:19|20)\d\d"
_MONTHS = rf"(?:{'|'.join(MONTHS)})(?: {_YEAR})? to {_MONTH}"
_YEARS = rf"{_YEAR}/\d\d(?: Q[1-4])?"
PERIOD = rf"(?:{_MONTHS}|{_MONTH}|{_YEARS}(?: to {_YEARS})?|{_YEAR}(?: to {_YEAR}|[-–]\d\d)?)"
STANDING = (
    r"95% (?:confidence )?interval",
    r"neighbourhoods of about 1,500 people",
    r"[Ss]core from 0 to \d+",
    r"part \d of \d",
    r"one of \d+ places",
    # How many rows and columns a chart has is for the chart to say.
    r"\d+ measures? of",
    r"\d+ measures by \d+ areas",
    r"(?:Measures|Areas): \d+\.",
    r"The publisher remarks: [^.]*\.",
    # A period is no number; where there is no figure, no fact has it.
    rf"No figure is published for {PERIOD}\.",
    rf"No figure for {PERIOD} is held here\.",
    rf"(?<=, ){PERIOD}$",
    rf"(?:[Mm]issing:|No figure for) {PERIOD}(?:(?:, | and | to ){PERIOD})*\.",
    rf"[Nn]o recent trend is tested: no figures? (?:for|between) {PERIOD}(?: and {PERIOD})?\.",
)
"""What a pack says in every place's chapter, whatever the figures are."""


def unexplained_numbers(record: Mapping[str, Any]) -> list[str]:
    """Return the numbers in a record's words that are not a fact's value, limit, rank or unit, nor part of a period.

    Names of areas and indicators, sources, and what the project's params say in words are no numbers of the record's
    own. A chart's drawing is not read.

    Parameters
    ----------
    record
        An artefact's record: a table's title, note, labels and cells, a figure's title, note and description, a
        statement's words and its line for the summary.
    """
    facts = record["facts"]
    explained = set().union(*(_shown(fact) for fact in facts))
    no_number = _no_number(facts)
    return [
        f"{found} in {text!r}"
        for text in _texts(record)
        for found in NUMBER.findall(no_number(text))
        if found not in explained
    ]


def _no_number(facts: Sequence[Mapping[str, Any]]) -> Callable[[str], str]:
    """Return a function that takes out of a text what holds digits and is no number of its own.

    It does what one pattern of all would: of what begins first in the text, the first. What always stands in packs is
    long, and so compiled once.
    """
    patterns = [*_compiled(*_names(facts), *_periods(facts)), _always(), *_compiled(*_units(facts))]

    def taken_out(text: str) -> str:
        at, kept = 0, ""
        while found := [match for pattern in patterns if (match := pattern.search(text, at))]:
            first = min(found, key=lambda match: match.start())
            kept, at = f"{kept}{text[at : first.start()]}¦", first.end()
        return kept + text[at:]

    return taken_out


def _compiled(*patterns: str) -> list[re.Pattern[str]]:
    return [re.compile("|".join(patterns))] if patterns else []


def _texts(record: Mapping[str, Any]) -> Iterator[str]:
    if record["kind"] == "statement":
        yield without_marks(record["markdown"])
        yield from (line["line"] for line in record["summary"])
        return
    yield from (record["title"], record["note"])
    if record["kind"] == "figure":
        yield record["alt"]
    else:
        yield from (column["label"] for column in record["columns"])
        yield from (without_marks(cell) for row in record["rows"] for cell in row)


def unmarked_numbers(record: Mapping[str, Any]) -> list[str]:
    """Return the numbers of a statement or of a table's cells that are no part of a span that names their fact."""
    facts = record["facts"]
    texts = [record["markdown"]] if record["kind"] == "statement" else []
    texts += [cell for row in record.get("rows", []) for cell in row]
    no_number = _no_number(facts)
    return [
        f"{found} in {text!r}"
        for text in texts
        for found in NUMBER.findall(no_number(without_marks(FACT_MARK.sub("¦", text))))
    ]


def printed(markdown: str) -> str:
    """Return Markdown with the words of its facts and without what ties them; verdicts and links stay as they are."""
    return re.sub(r"\[([^\[\]]+)\]\{fact=\"[^\"]+\"\}", r"\1", markdown)


def without_marks(markdown: str) -> str:
    """Return Markdown without what marks facts, verdicts and links."""
    return re.sub(r"\{(?:\.[a-z-]+|fact=\"[^\"]*\")\}|\]\(#[^)]*\)", "", markdown)


def _shown(fact: Mapping[str, Any]) -> set[str]:
    """Return the numbers that a fact allows: its display's, its limits with as many decimals, and a rank's ordinal."""
    if fact["method"] == STATED:
        # Quoted word for word, whatever its words are.
        return set(NUMBER.findall(fact["display"]))
    if fact["unit"] == "recent trend":
        return set()
    first = NUMBER.match(fact["display"])
    if first is None:
        raise AssertionError(f"{fact['id']}: no number in {fact['display']!r}")
    number = first[0]
    decimals = len(number.rstrip("%").partition(".")[2])
    rounded = [_rounded(fact[key], decimals) for key in ("value", "lower", "upper") if fact[key] is not None]
    form = ("£" if "£" in number else "") + "{}" + ("%" if "%" in number else "")
    if form.format(rounded[0]) != number:
        raise AssertionError(f"{fact['id']}: {fact['value']} is not shown as {fact['display']!r}")
    if fact["unit"] == "rank":
        return {f"{number}{ending}" for ending in ("st", "nd", "rd", "th")}
    return {form.format(limit) for limit in rounded}


def _rounded(value: float, decimals: int) -> str:
    return f"{Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0:,}"


def _names(facts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return patterns of the names that hold digits of their own."""
    return _literally(str(fact[key]) for fact in facts for key in ("indicator_name", "area_name", "source"))


def _literally(texts: Iterable[str]) -> list[str]:
    """Return patterns of the texts that hold a digit, longest first; the first letter may be a capital."""
    with_digits = {text for text in texts if re.search(r"\d", text)}
    return [
        f"(?i:{re.escape(text[0])}){re.escape(text[1:])}"
        for text in sorted(with_digits, key=len, reverse=True)
    ]


def _units(facts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for unit in {fact["unit"] for fact in facts} - {"%", "£"}:
        scale = re.match(r"score 0-(\d+)$", unit)
        yield rf"out of {scale[1]}\b" if scale else rf"\b(?i:{re.escape(unit)})(?!\d|,\d)"


def _periods(facts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    forms = {form for label in {fact["period"] for fact in facts} for form in _forms(label)}
    forms |= {end for form in forms if re.search(r"[/a-z]", form) for end in form.split(" to ")}
    years = sorted({year for form in forms for year in re.findall(r"(?:19|20)\d\d", form)})
    forms |= {f"{years[0]} to {years[-1]}"} if years else set()
    for form in sorted(forms, key=len, reverse=True):
        yield rf"(?<![\d,./£]){re.escape(form)}(?![\d%/]|,\d|\.\d)"


def _forms(label: str) -> Iterator[str]:
    """Yield a publisher's period label as packs may say it."""
    yield label
    month = re.match(r"(\d{4})-(\d\d)$", label)
    if month:
        for names in (calendar.month_name, calendar.month_abbr):
            yield f"{names[int(month[2])]} {month[1]}"
    years = re.match(r"(\d\d)(\d\d) - (\d\d)$", label)
    if years:
        yield f"{years[1]}{years[2]} to {years[1]}{years[3]}"
    else:
        yield label.replace(" - ", " to ")
    yield re.sub(r"^(\d\d)(.*)-(\d\d/)", r"\1\2 to \1\3", label)
    yield " ".join(
        dict(zip(calendar.month_abbr, calendar.month_name, strict=True)).get(w, w) for w in label.split()
    )


@functools.cache
def _always() -> re.Pattern[str]:
    """Return a pattern of what packs always say, and of what params say in words: descriptions, gaps, names."""
    params = load_params(find_project(Path(__file__).parent).params)
    said: list[str | None] = [trust.name for trust in params.system.trusts]
    if params.baselines is not None:
        said += [params.baselines.document.name]
    for theme in (*params.themes, *params.foundations):
        said += [theme.name, theme.means, theme.gap]
    said += [text for one in params.foundations for part in one.parts for text in (part.name, part.gap)]
    if params.system.deprivation is not None:
        said += [params.system.deprivation.name, params.system.deprivation.source]
    for indicator in params.indicators.values():
        said += [doubt.reason for doubt in indicator.doubts]
        said += [indicator.name, indicator.measures, indicator.note, indicator.areas_note, indicator.source]
        said += [words for one in indicator.cautions for words in (one.text, one.source)]
        said += [one.reason for one in indicator.rebased]
        said += [one.reason for one in indicator.breaks]
    for priority in params.priorities.values():
        said += [text for outcome in priority.outcomes for text in (outcome.title, outcome.gap)]
    if params.inequalities is not None:
        said += [params.inequalities.not_published]
        said += [one.reason for one in params.inequalities.measures]
        said += [group.name for pair in params.inequalities.groups for group in (pair.first, pair.second)]
    for collaborative in params.collaboratives.values():
        said += [collaborative.about, collaborative.decisions, collaborative.year]
        said += [text for part in collaborative.parts for text in (part.title, part.gap)]
        said += [collaborative.mutual_aid.text] if collaborative.mutual_aid else []
    said += [
        text for place in params.places.values() for one in place.emphasis for text in (one.text, one.gap)
    ]
    return re.compile("|".join([*_literally(text for text in said if text), *STANDING]))
