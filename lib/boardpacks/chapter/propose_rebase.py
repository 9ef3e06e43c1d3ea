"""Proposes where control limits may have to be made anew, and says which rebasing changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from boardpacks.chapter.xmr_series import Control, control
from boardpacks.data.snapshot import Snapshot
from boardpacks.facts.wording import listed, period
from boardpacks.params.indicator import Indicator
from boardpacks.params.models import Params
from boardpacks.stats.spc.one_side import one_sided


def rebase_hints(params: Params, snapshot: Snapshot) -> list[str]:
    """Return a line for each trust whose latest months all lie on one side of the mean, and for each idle rebasing.

    They are hints: whether something changed, and what, is for people to know.

    Examples
    --------
    >>> from boardpacks.chapter.propose_rebase import rebase_hints
    >>> all("rebased" in hint for hint in rebase_hints(chapter.params, chapter.snapshot))
    True
    """
    charted = [
        one
        for one in params.indicators.values()
        if one.areas == "trusts" and one.frequency == "monthly" and one.id in snapshot.manifest.indicators
    ]
    return [hint for indicator in charted for hint in _hints(indicator, params, snapshot)]


def _hints(indicator: Indicator, params: Params, snapshot: Snapshot) -> Iterator[str]:
    controls = [
        made for trust in params.system.trusts if (made := control(snapshot, indicator, trust)) is not None
    ]
    for made in controls:
        yield from _proposed(made)
    for one in indicator.rebased:
        concerned = [made for made in controls if one.concerns(made.trust.code)]
        if not any(one in made.rebased for made in concerned):
            runs = [
                f"{made.trust.short_name} has figures from {period(made.known[0].period)} to "
                f"{period(made.latest.period)}"
                for made in concerned
            ]
            held = listed(runs) if runs else "there are no figures"
            yield f"params/indicators: {indicator.id}: rebased since {one.since} changes nothing, because {held}"


def _proposed(made: Control) -> Iterator[str]:
    found = one_sided(made.chart)
    if found is not None:
        side, since = ("above" if found.side == "high" else "below"), f"{found.since:%Y-%m}"
        yield (
            f"params/indicators: {made.indicator.id}: the {found.count} months of {made.trust.short_name} since "
            f"{period(since)} all lie {side} the mean, so that the usual range may be an old one. Where you know of a "
            f'change: rebased: [{{since: "{since}", trusts: [{made.trust.code}], reason: ...}}]'
        )
