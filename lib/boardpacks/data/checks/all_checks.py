"""Every check that figures pass, in order: what each is called, what it does where it speaks, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from boardpacks.data.checks import (
    absences,
    against_counts,
    between_parts,
    copies,
    interval_widths,
    jumps,
    mixed_areas,
    on_scale,
    period_steps,
    ranges,
    rounding,
    totals,
    unit_changes,
)
from boardpacks.data.checks.indicator_grid import IndicatorGrid
from boardpacks.data.schema import TableFault
from boardpacks.params.figure_checks import Severity


@dataclass(frozen=True)
class FigureCheck:
    """One check: its name, what it does unless params/checks.yml says otherwise, and what it finds, in words."""

    name: str
    severity: Severity
    finds: str
    find: Callable[[IndicatorGrid], Iterator[TableFault]]


_C = FigureCheck

CHECKS: tuple[FigureCheck, ...] = (
    # What a figure can be
    _C("negative-number", "stop", "a negative rate, share or number of things", ranges.negative_number),
    _C("out-of-range", "stop", "a percentage above 100, a score outside its unit's", ranges.out_of_range),
    _C("stand-in", "stop", "999, 9999 and the like, where a program had no figure", ranges.stand_in),
    _C("zero-for-missing", "warn", "0 in a series that is never near it", ranges.zero_for_missing),
    # Against its count and denominator
    _C("value-in-count", "stop", "value and count in each other's column", against_counts.value_in_count),
    _C("count-above-denominator", "stop", "more than all of them", against_counts.count_above_denominator),
    _C(
        "value-is-not-count",
        "stop",
        "things counted whose value is not the count",
        against_counts.value_is_not_count,
    ),
    _C(
        "value-against-counts",
        "stop",
        "a value that is not count over denominator",
        against_counts.value_against_counts,
    ),
    _C(
        "value-repeated-as-count",
        "stop",
        "a count column that repeats the value",
        against_counts.value_repeated_as_count,
    ),
    _C("things-in-parts", "warn", "a part of a person", rounding.things_in_parts),
    _C("rounded-counts", "warn", "counts in fives or tens, which params do not say", rounding.rounded_counts),
    _C("rounding-changes", "warn", "counts rounded in one period only", rounding.rounding_changes),
    _C(
        "rounded-values",
        "warn",
        "a period with whole values, where others have decimals",
        rounding.rounded_values,
    ),
    # One unit
    _C("all-below-one", "warn", "percentages that are all below 1", on_scale.all_below_one),
    _C("unit-changes", "stop", "all areas 10, 100 or 1,000 times what they were", unit_changes.unit_changes),
    _C("off-scale", "stop", "a share as a fraction, a rate per another number", on_scale.off_scale),
    _C("unit-changes-in-series", "stop", "the same for one area", unit_changes.unit_changes_in_series),
    _C("reversed-scale", "stop", "those who do not, instead of those who do", unit_changes.reversed_scale),
    # Its interval
    _C("zero-width-interval", "stop", "limits that are the value itself", interval_widths.zero_width),
    _C("interval-too-wide", "warn", "an interval far wider than its counts allow", interval_widths.too_wide),
    _C(
        "interval-too-narrow",
        "warn",
        "an interval far narrower than its counts allow",
        interval_widths.too_narrow,
    ),
    _C(
        "interval-unlike-others",
        "warn",
        "an interval ten times as wide as the area's others",
        interval_widths.unlike_the_others,
    ),
    _C("lopsided-interval", "warn", "a value next to one of its limits", interval_widths.lopsided),
    _C("copied-limits", "stop", "one interval for areas of different values", copies.copied_limits),
    # Its periods
    _C("future-period", "stop", "a period that has not begun", period_steps.future_period),
    _C(
        "label-against-dates",
        "stop",
        "a label that tells of another time than the dates",
        period_steps.label_against_dates,
    ),
    _C("odd-length", "stop", "a period longer or shorter than all others", period_steps.odd_length),
    _C(
        "too-long-for-frequency",
        "stop",
        "a year's figure of a monthly indicator",
        period_steps.too_long_for_frequency,
    ),
    _C(
        "overlapping-periods",
        "stop",
        "a period that begins before the last one ends",
        period_steps.overlapping_periods,
    ),
    _C("odd-first-day", "stop", "a period that begins within a month", period_steps.odd_first_day),
    _C("mixed-labels", "warn", "one label of another form than all others", period_steps.mixed_labels),
    _C("period-gap", "warn", "a period left out", period_steps.period_gap),
    # Its areas
    _C("trusts-among-places", "stop", "a trust in an indicator of places", mixed_areas.trusts_among_places),
    _C(
        "places-among-trusts",
        "stop",
        "a local authority in an indicator of trusts",
        mixed_areas.places_among_trusts,
    ),
    _C("name-twice", "stop", "one area under two codes in one period", mixed_areas.name_twice),
    _C(
        "renewed-code", "warn", "an area whose code changes: old and new boundaries", mixed_areas.renewed_code
    ),
    _C("two-tiers", "stop", "things counted for counties and for their districts", mixed_areas.two_tiers),
    _C(
        "combined-beside-part",
        "stop",
        "a combined figure filed under one of its authorities too",
        mixed_areas.combined_beside_part,
    ),
    _C("unknown-area", "warn", "a code of which nothing says what it is", mixed_areas.unknown_area),
    _C("missing-areas", "warn", "areas that vanish while others stay", absences.missing_areas),
    _C(
        "missing-comparator", "warn", "no England or region in the latest period", absences.missing_comparator
    ),
    _C("missing-sex", "warn", "a sex that one period lacks", absences.missing_sex),
    _C("empty-period", "stop", "a latest period of empty rows, without a reason", absences.empty_period),
    _C("counts-without-value", "warn", "count and denominator, and no value", absences.counts_without_value),
    # Copies and rows out of order
    _C("copied-run", "stop", "months or years that repeat earlier ones to the last digit", copies.copied_run),
    _C("copied-period", "stop", "a period that repeats another in nearly all areas", copies.copied_period),
    _C("copied-area", "stop", "an area with another one's figures", copies.copied_area),
    _C("copied-sex", "stop", "one sex with the other one's figures", copies.copied_sex),
    _C("same-everywhere", "stop", "one value in all areas", copies.same_everywhere),
    _C("sorted-column", "stop", "values sorted without their areas", copies.sorted_column),
    _C("areas-out-of-order", "stop", "rows shifted against their areas", copies.areas_out_of_order),
    # Totals and parts
    _C("doubled-total", "stop", "a count twice those beside it", totals.doubled_total),
    _C("total-among-parts", "stop", "a total under a code like its parts'", totals.total_among_parts),
    _C(
        "whole-below-part",
        "stop",
        "a region with fewer than one of its local authorities",
        totals.whole_below_part,
    ),
    _C(
        "whole-twice-its-parts",
        "stop",
        "a region with twice the sum of its local authorities",
        totals.whole_is_twice_its_parts,
    ),
    _C(
        "region-outside-boroughs",
        "stop",
        "a region's rate that no local authority reaches",
        between_parts.region_outside_boroughs,
    ),
    _C(
        "country-outside-boroughs",
        "warn",
        "a country's rate far from all local authorities",
        between_parts.country_outside_boroughs,
    ),
    _C(
        "persons-outside-sexes",
        "stop",
        "persons not between women and men",
        between_parts.persons_outside_sexes,
    ),
    _C(
        "sexes-do-not-add-up",
        "stop",
        "women and men who are not all persons",
        between_parts.sexes_do_not_add_up,
    ),
    # Against its own past
    _C("spike", "warn", "a figure that leaves its series for one period", jumps.spike),
    _C("jump", "warn", "a figure further from the last than any before", jumps.jump),
    _C("denominator-jump", "warn", "twice or half as many people as usual", jumps.denominator_jump),
    _C("undeclared-break", "warn", "all areas moving at once as never before", jumps.undeclared_break),
    _C("break-in-note", "warn", "a remark on a break that params lack", jumps.break_in_note),
    _C("constant-series", "warn", "one value for many periods", jumps.constant_series),
)
