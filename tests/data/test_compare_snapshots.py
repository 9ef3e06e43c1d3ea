"""Two snapshots are compared by their figures and by where they are from."""

from __future__ import annotations

from dataclasses import replace

from boardpacks.data.compare_snapshots import compare_snapshots
from boardpacks.data.snapshot import Snapshot


def test_a_snapshot_does_not_differ_from_itself(embedded: Snapshot):
    assert compare_snapshots(embedded, embedded) == ()


def test_another_source_of_the_same_figures_is_told(embedded: Snapshot):
    series = dict(embedded.manifest.indicators)
    series["smoking_prevalence"] = series["smoking_prevalence"].model_copy(
        update={"source": "OHID Fingertips"}
    )
    other = replace(embedded, manifest=embedded.manifest.model_copy(update={"indicators": series}))
    (change,) = compare_snapshots(embedded, other)
    (words,) = change.lines
    assert change.indicator == "smoking_prevalence"
    assert words.startswith("from OHID Fingertips (")
