"""What differs between two snapshots: figures, areas and where they are from."""

from __future__ import annotations

from boardpacks.data.compare_figures import IndicatorChange, compare
from boardpacks.data.snapshot import Snapshot


def compare_snapshots(before: Snapshot, after: Snapshot) -> tuple[IndicatorChange, ...]:
    """Return what differs between the figures of two snapshots, by indicator; a change of source is one of it."""
    names = {code: area.name for one in (before, after) for code, area in one.manifest.areas.items()}
    changes = {one.indicator: one for one in compare(before.observations, after.observations, names)}
    for name in before.manifest.indicators.keys() & after.manifest.indicators.keys():
        old, new = before.manifest.indicators[name], after.manifest.indicators[name]
        if (old.source, old.publisher) != (new.source, new.publisher):
            words = f"from {new.source} ({new.publisher}) instead of {old.source} ({old.publisher})"
            found = changes.get(name, IndicatorChange(name, 0, 0, 0, ()))
            changes[name] = IndicatorChange(name, found.new, found.revised, found.gone, (*found.lines, words))
    return tuple(changes[name] for name in sorted(changes))
