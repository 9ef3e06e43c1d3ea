"""Shows slope and relative index of inequality over boroughs in order of deprivation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from boardpacks.chapter.borough_gaps import AreaValue, BoroughGap
from boardpacks.chapter.gap_facts import gap_unit
from boardpacks.chapter.hand_over import show_statement, show_table
from boardpacks.chapter.make_facts import fact, worked_out
from boardpacks.chapter.show_measure import sources
from boardpacks.chapter.small_areas import deprivation_index, small_areas
from boardpacks.chapter.tables import measure_label
from boardpacks.charts.alt_text import inside, listed
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.artefacts import Column, Fact
from boardpacks.facts.spans import fact_span
from boardpacks.facts.wording import digits, number, period, phrase
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.params.own_words import USUAL, Words
from boardpacks.params.system import SYSTEM
from boardpacks.project.plain_name import plain_name
from boardpacks.stats.area_slope import area_slope
from boardpacks.stats.change import meaning
from boardpacks.stats.inequality import FEWEST_GROUPS, InequalityIndex, PopulationGroup, Scale

Reading = Literal["worse", "better", "higher", "lower", "none"]
WORDS: Mapping[Reading, str] = {
    "worse": "Worse where more deprived",
    "better": "Better where more deprived",
    "higher": "Higher where more deprived",
    "lower": "Lower where more deprived",
    "none": "No clear slope",
}
RATIO_DECIMALS = 2
Ends = tuple[float | None, float | None]
MOST, LEAST, SLOPE, RELATIVE = "most-deprived-end", "least-deprived-end", "slope-index", "relative-index"
"""What of a slope a fact says, as a part of its id."""


@dataclass(frozen=True)
class Slope:
    """The indices of one indicator, in its unit, and the areas that they were made from, most deprived first."""

    indicator: Indicator
    period: str
    figures: tuple[AreaValue, ...]
    index: InequalityIndex
    factor: float

    @property
    def reading(self) -> Reading:
        """How the most deprived end of the population stands to the least, as far as the interval allows."""
        low, high = self.index.slope_lower, self.index.slope_upper
        if low <= 0 <= high:
            return "none"
        upwards = high < 0  # the index is the least deprived end less the most
        found = meaning(upwards, self.indicator.polarity)
        if found == "none":
            return "higher" if upwards else "lower"
        return found


def slope_of(found: BoroughGap, residents: Mapping[str, float], scores: Mapping[str, float]) -> Slope | None:
    """Return the indices of an indicator, or None where too few areas have what they need.

    Parameters
    ----------
    found
        The indicator's latest figures.
    residents
        Residents of each area, by code.
    scores
        Mean score of deprivation of each area's small areas, by code; a higher one is more deprived.

    Notes
    -----
    Percentages are fitted on log odds and rates on logarithms, as is advised for them; everything else as it is.
    """
    scale, factor = _scale(found.indicator)
    figures = sorted(
        (one for one in found.now.figures if _usable(one, scale, factor, residents, scores)),
        key=lambda one: -scores[one.observation.area],
    )
    if len(figures) < FEWEST_GROUPS:
        return None
    groups = [
        PopulationGroup(one.value / factor, lower / factor, upper / factor, residents[one.observation.area])
        for one in figures
        for lower, upper in [one.estimate.limits or (one.value, one.value)]
    ]
    return Slope(found.indicator, found.now.period, tuple(figures), area_slope(groups, scale=scale), factor)


def show_slopes(
    gaps: Sequence[BoroughGap],
    residents: Mapping[str, float],
    pack: str,
    params: Params,
    snapshot: Snapshot,
) -> None:
    """Hand over the slope of every indicator that allows one: in words and, for the system, in a table of indices.

    Parameters
    ----------
    gaps
        Every indicator's gap, in the order of the params.
    residents
        Residents of each borough and combined area, by code.
    pack
        Id of the place that the pack is for, or of the system.
    params, snapshot
        The system's params and the figures.
    """
    scores = _scores(gaps, params, snapshot)
    weights = {code: sum(residents.get(part, 0.0) for part in code.split("+")) for code in scores}
    made = [(found, slope_of(found, weights, scores)) for found in gaps if not found.is_history]
    old = [f"{inside(one.indicator.name)} ({period(one.now.period)})" for one in gaps if one.is_history]
    slopes = [slope for _, slope in made if slope is not None]
    missing = [found.indicator.name for found, slope in made if slope is None]
    system = params.system
    if not gaps:
        own = f"{system.words.several} of {system.short_name}"
        said = f"No measure has figures of two {own}, so no slope is calculated."
        show_statement("slopes-places", said, facts=[])
        return
    clear = [slope for slope in slopes if slope.reading != "none"]
    facts = [_facts(slope, pack, params, snapshot)[SLOPE] for slope in clear]
    told = statement(slopes, missing, pack, system.short_name, system.words, old)
    show_statement("slopes-places", told, facts=facts)
    if slopes and pack == SYSTEM:  # the same for every place, so that once is enough
        _show_table(slopes, pack, params, snapshot)


def statement(
    slopes: Sequence[Slope],
    missing: Sequence[str],
    pack: str,
    system: str,
    words: Words = USUAL,
    old: Sequence[str] = (),
) -> str:
    """Return which slopes are clear and how steep they are, and how to read an index, in Markdown.

    `missing` names the measures without a slope for want of intervals, `old` those of figures too old to be judged.
    """
    told = []
    for reading, said in WORDS.items():
        names = [_named(slope, pack) for slope in slopes if slope.reading == reading]
        if names:
            told.append(f"- **{said}:** {listed(names)}.")
    if missing:
        names = [inside(name) for name in missing]
        told.append(
            f"- **Not calculated**, because too few {words.several} have an interval: {listed(names)}."
        )
    if old:
        told.append(f"- **Not calculated**, because the figures are too old to be judged: {listed(old)}.")
    lines, boroughs = "\n".join(told), words.several
    return (
        f"The slope index lines the {boroughs} up from the most to the least deprived. It fits a line through their "
        "figures and takes the difference between its two ends. Its interval grows with how far the "
        f"{boroughs} lie from the line. With so few {boroughs} only steep slopes are clear, and those nearly as "
        "deprived as each other may "
        f"stand in either order. The index compares whole {boroughs}, not people. Each has rich and poor parts, and "
        f"gaps inside one do not show.\n\nOver the {boroughs} of {system}:\n\n{lines}"
    )


def _named(slope: Slope, pack: str) -> str:
    """Return the measure, with its index where that is clear."""
    name = inside(slope.indicator.name)
    if slope.reading == "none":
        return name
    index, indicator = slope.index, slope.indicator
    low, high = (
        digits(slope.factor * one, indicator.decimals) for one in (index.slope_lower, index.slope_upper)
    )
    by = f"{digits(slope.factor * index.slope, indicator.decimals)} {gap_unit(indicator)}"
    steep, interval = (fact_span(words, _id(slope, SLOPE, pack)) for words in (by, f"{low} to {high}"))
    return f"{name} (slope index {steep}, 95% interval {interval})"


def _show_table(slopes: Sequence[Slope], pack: str, params: Params, snapshot: Snapshot) -> None:
    facts = [fact for slope in slopes for fact in _facts(slope, pack, params, snapshot).values()]
    columns = [
        Column("Measure and period", width=24),
        Column("Most deprived end", "right", 9),
        Column("Least deprived end", "right", 9),
        Column("Slope index, 95% interval", "right", 21),
        Column("Relative index, 95% interval", "right", 21),
        Column("What it says", width=16),
    ]
    index, boroughs = deprivation_index(params), params.system.words.several
    show_table(
        "slopes-places-table",
        columns,
        [_row(slope, pack) for slope in slopes],
        title=(
            f"Slope and relative index of inequality over the {boroughs} of {params.system.short_name} in order of "
            "deprivation"
        ),
        note=(
            "Slope index: the least deprived end less the most deprived end. Relative index: the one divided by the "
            "other; one means no slope. Each interval is the wider of two: by how far the "
            f"{boroughs} lie from the line, and by the intervals of their own figures. They are ordered by the mean "
            f"score of their small areas ({index.name}) "
            f"and weighed by residents. {sources(slope.indicator for slope in slopes)}"
        ),
        facts=facts,
    )


def _row(slope: Slope, pack: str) -> list[str]:
    index, indicator, factor = slope.index, slope.indicator, slope.factor

    def said(words: str, part: str) -> str:
        return fact_span(words, _id(slope, part, pack))

    low, high = (
        digits(factor * limit, indicator.decimals) for limit in (index.slope_lower, index.slope_upper)
    )
    relative = "none"
    if index.relative is not None and index.relative_lower is not None and index.relative_upper is not None:
        told = [index.relative, index.relative_lower, index.relative_upper]
        ratio, lower, upper = (digits(value, RATIO_DECIMALS) for value in told)
        relative = f"{said(ratio, RELATIVE)}, {said(f'{lower} to {upper}', RELATIVE)}"
    return [
        f"{measure_label(indicator)}, {period(slope.period)}",
        said(number(factor * index.most, indicator), MOST),
        said(number(factor * index.least, indicator), LEAST),
        f"{said(digits(factor * index.slope, indicator.decimals), SLOPE)}, {said(f'{low} to {high}', SLOPE)}",
        relative,
        WORDS[slope.reading],
    ]


def _facts(slope: Slope, pack: str, params: Params, snapshot: Snapshot) -> dict[str, Fact]:
    index, indicator, factor = slope.index, slope.indicator, slope.factor
    codes = "+".join(one.observation.area for one in slope.figures)
    boroughs = "+".join(_boroughs(codes, params))
    base = fact(slope.figures[0].observation, indicator, pack, snapshot)

    def made(
        part: str, words: str, value: float, display: str, unit: str = "", ends: Ends = (None, None)
    ) -> Fact:
        return worked_out(
            base,
            _id(slope, part, pack),
            words,
            value,
            display=display,
            unit=unit,
            ends=ends,
            where=(codes, f"{params.system.words.several} of {params.system.short_name}"),
            series=f"{snapshot.digest(indicator.id, codes)}+{snapshot.small_areas_digest(boroughs)}",
            method=f"{index.method}, scale {index.scale}, {index.repetitions} repetitions",
        )

    most, least, by = factor * index.most, factor * index.least, factor * index.slope
    unit, ends = gap_unit(indicator), (factor * index.slope_lower, factor * index.slope_upper)
    facts = {
        MOST: made(MOST, "most deprived end of the slope", most, phrase(most, indicator)),
        LEAST: made(LEAST, "least deprived end of the slope", least, phrase(least, indicator)),
        SLOPE: made(
            SLOPE, "slope index of inequality", by, f"{digits(by, indicator.decimals)} {unit}", unit, ends
        ),
    }
    if index.relative is not None:
        shown, ends_of_ratio = (
            digits(index.relative, RATIO_DECIMALS),
            (index.relative_lower, index.relative_upper),
        )
        facts[RELATIVE] = made(
            RELATIVE, "relative index of inequality", index.relative, shown, "ratio", ends_of_ratio
        )
    return facts


def _id(slope: Slope, part: str, pack: str) -> str:
    return f"{pack}.{slope.indicator.id}.{part}.{plain_name(slope.period)}"


def _scores(gaps: Sequence[BoroughGap], params: Params, snapshot: Snapshot) -> dict[str, float]:
    """Return the mean score of the small areas of each area that has a figure, by its code."""
    codes = {one.observation.area for found in gaps for one in found.now.figures}
    tables = {code: small_areas(_boroughs(code, params), snapshot) for code in sorted(codes)}
    return {code: float(table["score"].mean()) for code, table in tables.items() if len(table)}


def _boroughs(codes: str, params: Params) -> list[str]:
    """Return the boroughs of areas joined by ``+``, with those of combined areas in their place."""
    combined = {area.code: area.boroughs for area in params.system.combined_areas}
    return [borough for code in codes.split("+") for borough in combined.get(code, (code,))]


def _usable(
    one: AreaValue,
    scale: Scale,
    factor: float,
    residents: Mapping[str, float],
    scores: Mapping[str, float],
) -> bool:
    """Whether a figure has an interval that its scale can take, residents and a score."""
    area, limits = one.observation.area, one.estimate.limits
    if limits is None or not residents.get(area) or area not in scores:
        return False
    if scale == "none":
        return True
    return limits[0] > 0 and (scale == "log" or limits[1] < factor)


def _scale(indicator: Indicator) -> tuple[Scale, float]:
    """Return what a line is fitted to, and how many times a proportion the published value is."""
    if indicator.unit == "%":
        return "logit", 100.0
    return ("log" if indicator.unit.startswith("per ") else "none"), 1.0
