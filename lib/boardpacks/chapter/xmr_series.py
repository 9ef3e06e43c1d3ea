"""A trust's monthly series as a control (XmR) chart: which months it stands on, and what it shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from boardpacks.chapter.cautions import Care, care_for
from boardpacks.chapter.history import is_history
from boardpacks.data.observations import AreaSeries, Valued, area_series
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.handling import Rebase
from boardpacks.params.indicator import Indicator, Target
from boardpacks.params.models import Params
from boardpacks.params.system import Trust
from boardpacks.project.errors import BoardpacksError
from boardpacks.stats.spc.chart import YEAR, Chart, unjudged, with_left_out, xmr
from boardpacks.stats.spc.icons import Passing, assurance
from boardpacks.stats.spc.rules import MAKING_DATA_COUNT, RuleSet

RULES: RuleSet = MAKING_DATA_COUNT
"""The rules that packs judge monthly series by."""

TOO_OLD = "the latest is too old for a board to rely on"
MOST_MISSING = 0.1
"""Share of missing months above which a series is shown and not judged: runs and moving ranges need neighbours."""


@dataclass(frozen=True)
class Control:
    """An indicator of one trust, month by month.

    ``known`` are the months that the chart stands on, ``doubted`` those that have a figure which cannot be right;
    ``chart`` shows both. ``rebased`` says where its limits are made anew, and why.
    """

    indicator: Indicator
    trust: Trust
    known: tuple[Valued, ...]
    doubted: tuple[Valued, ...]
    chart: Chart
    rebased: tuple[Rebase, ...] = ()

    @property
    def care(self) -> Care:
        """How its latest month is to be read."""
        return care_for(self.indicator, self.latest, (), ())

    @property
    def latest(self) -> Valued:
        """The latest month that the chart stands on."""
        return self.known[-1]

    @property
    def is_judged(self) -> bool:
        """Whether the chart has limits in its latest stretch."""
        return self.chart.stretches[-1].limits is not None

    @property
    def standing(self) -> tuple[Valued, ...]:
        """The months that the latest limits stand on, or would."""
        return tuple(o for o in self.known if o.start >= self.chart.stretches[-1].first)

    @property
    def span(self) -> int:
        """Number of months from the first to the last, missing ones included."""
        return len(self.known) + len(self.doubted) + len(self.chart.missing)

    @property
    def is_patchy(self) -> bool:
        """Whether too many months have no figure for the others to be judged."""
        return len(self.chart.missing) > MOST_MISSING * self.span

    def assurance(self, target: Target) -> Passing:
        """Return whether the process, as it is, will meet a target: "not-judged" where it is overtaken."""
        return "not-judged" if self.is_overtaken(target) else self._in_range(target)

    def is_overtaken(self, target: Target) -> bool:
        """Whether the latest month met a target that the whole usual range misses, or missed one that it meets.

        The range then rests on months before a change, and promises nothing.
        """
        return self._in_range(target) == ("fails" if self.meets(target) else "passes")

    def _in_range(self, target: Target) -> Passing:
        return assurance(self.chart.stretches[-1].limits, target.value, self.indicator.polarity)

    def meets(self, target: Target) -> bool:
        """Whether the latest month met a target, as published."""
        value = self.chart.latest.value
        return value >= target.value if self.indicator.polarity == "high" else value <= target.value


def control(
    snapshot: Snapshot, indicator: Indicator, trust: Trust, params: Params | None = None
) -> Control | None:
    """Return a trust's monthly series as a control chart, or None where no month can be shown.

    With fewer than 13 months, or with more than a tenth of the months missing, the months are shown and not judged; so
    are those of an indicator that has no limits, and those whose latest is too old at the meeting that `params` are
    for. Months that the params doubt are shown apart. Limits are made anew
    where the params say so; each earlier stretch keeps its own.

    Raises
    ------
    BoardpacksError
        When the indicator is not a monthly one of trusts.
    """
    if indicator.areas != "trusts" or indicator.frequency != "monthly":
        raise BoardpacksError(f"{indicator.id}: control charts are for monthly indicators of trusts")
    made = _control(indicator, trust, area_series(snapshot, indicator.id, trust.code, trust.short_name))
    if made is None or params is None or not is_history(made.latest, indicator, params):
        return made
    return replace(made, chart=unjudged(made.chart, TOO_OLD))


def _control(indicator: Indicator, trust: Trust, series: AreaSeries) -> Control | None:
    doubtful = {month for doubt in indicator.doubts for month in doubt.months}
    published = series.valued
    known = tuple(o for o in published if o.period not in doubtful)
    doubted = tuple(o for o in published if o.period in doubtful)
    if not known:
        return None
    rebased = rebased_within(indicator, trust, known[0].start, known[-1].start)
    chart = xmr(
        [o.start for o in known],
        [o.value for o in known],
        indicator.polarity,
        target=indicator.targets[0].value if indicator.targets else None,
        rebase=[first_day(one) for one in rebased],
        rules=RULES,
    )
    chart = with_left_out(chart, [(o.start, o.value) for o in doubted])
    made = Control(indicator, trust, known, doubted, chart, rebased)
    if indicator.no_limits is not None:
        return replace(made, chart=unjudged(chart, indicator.no_limits))
    if made.is_judged and made.is_patchy:
        reason = f"{len(chart.missing)} of the {made.span} months have no figure"
        return replace(made, chart=unjudged(chart, reason))
    if any(made.is_overtaken(target) for target in indicator.targets[:1]):
        return replace(made, chart=replace(chart, assurance="not-judged"))
    return made


def rebased_within(indicator: Indicator, trust: Trust, first: dt.date, last: dt.date) -> tuple[Rebase, ...]:
    """Return where a trust's limits are made anew within its series; any other month parts nothing."""
    own = {one.since: one for one in indicator.rebased if one.concerns(trust.code)}
    return tuple(own[since] for since in sorted(own) if first < first_day(own[since]) <= last)


def first_day(rebase: Rebase) -> dt.date:
    """Return the first day of the month from which limits are made anew."""
    return dt.date.fromisoformat(f"{rebase.since}-01")


def lately(chart: Chart) -> tuple[dt.date, ...]:
    """Return the special causes in the year that ends with the latest point, first days of their months."""
    latest = chart.latest.period
    return tuple(
        point.period
        for point in chart.points
        if point.signal is not None
        and (latest.year - point.period.year) * YEAR + latest.month - point.period.month < YEAR
    )
