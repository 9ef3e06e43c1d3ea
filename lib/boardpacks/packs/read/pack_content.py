"""What a pack is composed of: the one thing that every step of composing and checking it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpacks.data.snapshot_manifest import SnapshotWaiver
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.read.read_notebook import ChapterContent
from boardpacks.params.models import Params
from boardpacks.plan.plan import PackPlan


@dataclass(frozen=True)
class PackContent:
    """What a pack is composed of.

    Parameters
    ----------
    plan
        Which pack it is.
    chapters
        What its notebooks handed over, in the order of the pack.
    snapshot
        The snapshot that the build works with, as the pack states it.
    waivers
        Findings of checks of its figures that were let through.
    """

    plan: PackPlan
    params: Params
    chapters: Sequence[ChapterContent]
    snapshot: SnapshotRecord
    waivers: Sequence[SnapshotWaiver] = ()
