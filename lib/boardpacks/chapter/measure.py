"""One indicator as a place's chapter sees it: its own series, its comparators, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass, replace

from boardpacks.chapter.cash_gap import CashGap, cash_gap
from boardpacks.chapter.cautions import NO_CARE, Care, care_for
from boardpacks.chapter.history import is_history
from boardpacks.chapter.judged_by import judged
from boardpacks.chapter.place_series import names_of_areas, place_series
from boardpacks.chapter.standing_out import NOTHING, Notable, find_notable
from boardpacks.chapter.trends import change_since, earlier_value, series_break, series_trend
from boardpacks.data.observations import AreaSeries, Valued, area_series, peer_values
from boardpacks.data.snapshot import Snapshot
from boardpacks.params.indicator import Break, Indicator
from boardpacks.params.models import Params
from boardpacks.params.system import Place
from boardpacks.stats.among_peers import FEWEST_PEERS, Spread, spread
from boardpacks.stats.change import Change
from boardpacks.stats.comparison import UNJUDGED, Verdict, compare
from boardpacks.stats.recent_trend import Trend


@dataclass(frozen=True)
class AgainstComparator:
    """How an observation stands to one comparator in the same period; ``other`` is None where not published.

    ``judge`` is the publisher whose own verdict it is, where no interval is held; empty for one by an interval.
    """

    name: str
    other: Valued | None
    verdict: Verdict
    judge: str = ""


@dataclass(frozen=True)
class Reading:
    """The latest published value of one of a place's series, compared.

    ``comparisons`` are in the order of the system's comparators, the benchmark first. ``among_peers`` and ``peers``
    tell where the value stands among all boroughs, where enough of them are published. ``trend`` is the recent trend of
    the series, None for a monthly one; ``earlier`` is the value of five years before, where one can be compared, and
    ``change`` how the latest differs from it; ``broken`` is the break that parts the latest value from earlier ones;
    ``remark`` is what its publisher says of it, but a verdict;
    ``notable`` says by which rules it stands out where it could not be tested; ``is_small`` marks an area where too few
    people live for it to be compared, and ``is_history`` a figure that is too old at the meeting to be judged. ``care``
    is how it is to be read; ``cash`` its gap to the benchmark, for money.
    """

    series: AreaSeries
    latest: Valued
    comparisons: tuple[AgainstComparator, ...]
    among_peers: Spread | None
    peers: tuple[Valued, ...]
    trend: Trend | None = None
    earlier: Valued | None = None
    change: Change | None = None
    broken: Break | None = None
    remark: str = ""
    notable: Notable = NOTHING
    is_small: bool = False
    is_history: bool = False
    care: Care = NO_CARE
    cash: CashGap | None = None

    @property
    def benchmark(self) -> AgainstComparator:
        """The comparison that a judgement rests on.

        Examples
        --------
        >>> reading = chapter.measure("smoking_prevalence").newest
        >>> reading.benchmark.name, reading.benchmark.other.value
        ('England', 11.6)
        """
        return self.comparisons[0]

    @property
    def standing(self) -> Spread | None:
        """Where it stands among its peers, as far as that may be said: history has no rank.

        Examples
        --------
        >>> reading = chapter.measure("mmr_two_doses").newest
        >>> reading.standing.count
        32
        """
        return None if self.is_history else self.among_peers

    @property
    def earlier_told(self) -> tuple[Valued, ...]:
        """The figures of earlier periods that its words say.

        Examples
        --------
        >>> chapter.measure("smoking_prevalence").newest.earlier_told[0].period
        '2018'
        """
        then = () if self.cash is None else self.cash.then or ()
        return (*(one for one in (self.earlier, self.notable.before) if one is not None), *then)

    @property
    def verdict(self) -> Verdict:
        """The judgement against the benchmark.

        Examples
        --------
        >>> chapter.measure("smoking_prevalence").newest.verdict
        'similar'
        """
        return self.benchmark.verdict


@dataclass(frozen=True)
class Measure:
    """An indicator for a place.

    ``series`` are those that stand for the place (one, or one a borough); ``comparators`` are those of the
    system's comparators; ``newest_period`` is the last period that the snapshot has;
    ``peers`` says what the boroughs are called together.
    """

    indicator: Indicator
    place: Place
    series: tuple[AreaSeries, ...]
    comparators: tuple[AreaSeries, ...]
    readings: tuple[Reading, ...]
    newest_period: str
    peers: str

    @property
    def subject(self) -> str:
        """What its figures are of: the place, its main trust, or the whole system, as the indicator has them.

        Examples
        --------
        >>> chapter.measure("smoking_prevalence").subject
        'Havering'
        >>> chapter.measure("ae_four_hour").subject
        'BHRUT'
        """
        return self.place.name if self.indicator.areas == "boroughs" else self.series[0].name

    @property
    def newest(self) -> Reading | None:
        """The reading of the newest period, the first of several; None where nothing is published.

        Examples
        --------
        >>> chapter.measure("smoking_prevalence").newest.latest.period
        '2023'
        """
        return max(self.readings, key=lambda reading: reading.latest.start, default=None)

    @property
    def is_trend(self) -> bool:
        """Whether any of the place's series has several published periods, each with figures of its own.

        Examples
        --------
        >>> chapter.measure("smoking_prevalence").is_trend
        True
        """
        return not self.indicator.cumulative and any(len(series.valued) > 1 for series in self.series)

    @property
    def unpublished(self) -> tuple[AreaSeries, ...]:
        """The place's series without any value.

        Examples
        --------
        >>> chapter.measure("smoking_prevalence").unpublished
        ()
        """
        return tuple(series for series in self.series if series.is_empty)


def measure(snapshot: Snapshot, params: Params, indicator: Indicator, place: Place) -> Measure:
    """Read an indicator for a place and compare its latest values.

    A comparator without any value in the snapshot has an empty series, and is compared as missing.
    """
    series = place_series(snapshot, params, indicator, place)
    known = [area_series(snapshot, indicator.id, area.code, area.name) for area in params.system.comparators]
    readings = tuple(
        _reading(snapshot, params, indicator, own, own.latest, known)
        for own in series
        if own.latest is not None
    )
    return Measure(
        indicator,
        place,
        series,
        tuple(known),
        readings,
        snapshot.newest_period(indicator.id),
        params.system.peers,
    )


def _reading(
    snapshot: Snapshot,
    params: Params,
    indicator: Indicator,
    series: AreaSeries,
    latest: Valued,
    known: list[AreaSeries],
) -> Reading:
    shocks, too_old = params.shocks_of(indicator), is_history(latest, indicator, params)
    comparisons = [_compare(indicator, latest, other) for other in known]
    if latest.verdict is not None and comparisons[0].verdict == "not-tested":
        comparisons[0] = replace(comparisons[0], verdict=latest.verdict, judge=latest.verdict_by)
    is_small = latest.area in params.system.too_small
    if too_old or is_small:
        silent: Verdict = "too-old" if too_old else "not-compared"
        comparisons = [replace(one, verdict=silent, judge="") for one in comparisons]
    # A place is compared with places: the trust that stands for it has no peers among them.
    is_of_places = indicator.areas == "boroughs"
    found = peer_values(snapshot, indicator.id, latest.period, latest.area) if is_of_places else ()
    found = tuple(peer for peer in found if peer.area not in params.system.too_small)
    # The params' name goes before a publisher's.
    names = names_of_areas(params)
    peers = tuple(
        replace(judged(peer, indicator, params), area_name=names.get(peer.area, peer.area_name))
        for peer in found
    )
    among_peers = None
    if len(peers) >= FEWEST_PEERS and any(p.area == latest.area for p in peers):
        among_peers = spread(latest.value, [peer.value for peer in peers])
    earlier = None if too_old else earlier_value(series, latest, indicator, shocks)
    notable = find_notable(
        snapshot,
        indicator,
        series,
        latest,
        peers if among_peers else (),
        comparisons[0].verdict,
        params,
    )
    others = [comparison.other for comparison in comparisons if comparison.other is not None]
    ranked = peers if notable.is_ranked else ()
    is_judged = comparisons[0].verdict not in UNJUDGED
    return Reading(
        series,
        latest,
        tuple(comparisons),
        among_peers,
        peers,
        trend=None if too_old else series_trend(series, indicator, shocks),
        earlier=None if indicator.is_cash else earlier,
        change=None if indicator.is_cash else change_since(earlier, latest, indicator),
        broken=series_break(series, latest, indicator),
        remark=_remark(latest.note, params),
        notable=notable,
        is_small=is_small,
        is_history=too_old,
        care=care_for(
            indicator,
            latest,
            others[:1] if is_judged else ranked,
            [*others, *(peers if among_peers else ())],
            params.system.cautious_remarks,
        ),
        cash=cash_gap(latest, earlier, known[0]) if indicator.is_cash else None,
    )


def _remark(note: str, params: Params) -> str:
    """Return a publisher's remark, without its verdict, and without what the name of a combined area says."""
    if any(note in area.notes for area in params.system.combined_areas):
        return ""
    for known in params.system.published_verdicts:
        note = known.without_verdict(note)
    return note


def _compare(indicator: Indicator, latest: Valued, other: AreaSeries) -> AgainstComparator:
    same = other.at(latest.period)
    value = None if same is None else same.value
    # One rule for all areas: where the indicator has no intervals, no area's is used
    lower, upper = (None, None) if indicator.interval == "none" else (latest.lower, latest.upper)
    verdict = compare(latest.value, lower, upper, value, indicator.polarity)
    if indicator.additive:
        # A count grows with the size of the area: holding it against England's says nothing.
        return AgainstComparator(other.name, None, "not-compared")
    return AgainstComparator(other.name, same, verdict)
