"""Compares what a pack was made from with what a checkout of the project holds now, in words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from boardpacks.data.contents import kept_contents, read_contents
from boardpacks.data.snapshot_manifest import read_manifest
from boardpacks.packs.files.pack_manifest import PackInputs, PackManifest, PackOrder, read_of
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.provenance import FONTS, fonts_digest, pack_inputs
from boardpacks.packs.publish.stale_packs import read_pack_states
from boardpacks.params.load import load_params
from boardpacks.plan.fingerprints import gather_inputs, look_around, read_notebook_inputs
from boardpacks.plan.plan import PackPlan, plan_packs
from boardpacks.plan.why_stale import cell_changes, figure_changes, name_changes, parameter_changes, shorten
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project

GROUPS = {
    "params ": "params/ is another one: {}",
    "library ": "the library's code is another one: {}",
    "reports/": "reports/ is another one: {}",
    "notebooks/": "beside the notebooks is something else: {}",
}
"""How differences are told, by how the names of inputs begin."""


def look_at_sources(manifest: PackManifest, project: Project) -> PackInputs:
    """Return what the pack would be made from in this checkout. Nothing is written.

    Raises
    ------
    InputError
        When the pack cannot be made here at all: the place is gone, the meeting is not on the calendar.
    """
    order = manifest.order
    params = load_params(project.params)
    plans = plan_packs(
        params,
        project,
        places=(order.place,),
        priorities=order.priorities,
        chapters=order.chapters,
        meeting=order.meeting,
        today=order.meeting,
    )
    plan = _of_its_edition(plans, order)
    asked = BuildOrder(project, params, engine="bundled")  # which is there is found out when it is made again
    packs = read_pack_states(asked, read_manifest(project.snapshots / params.system.snapshot).sha256)
    around = look_around(project, params)
    chapters = [
        (run, gather_inputs(run, read_notebook_inputs(run.notebook, around), around)) for run in plan.chapters
    ]
    found = pack_inputs(packs.look(plan), chapters)
    fonts = fonts_digest(project.fonts)
    return found.model_copy(update={"digests": {**found.digests, FONTS: fonts}}) if fonts else found


def _of_its_edition(plans: Sequence[PackPlan], order: PackOrder) -> PackPlan:
    """Return the plan of the pack that was asked for, with its meeting as it stood for that edition."""
    plan = next((plan for plan in plans if plan.part == order.part), None)
    if plan is None:
        raise BoardpacksError(f"This checkout has no {order.part} pack of {order.place}.")
    return replace(plan, meeting=plan.meeting.as_of(order.version, order.finalised, plan.slug))


def source_differences(then: PackInputs, now: PackInputs, project: Project) -> list[str]:
    """Say how a project's notebooks, figures, params, library and ``reports/`` differ from those of a pack.

    Parameters
    ----------
    then, now
        What the pack was made from, and what the project holds.
    project
        Its snapshot tells which figures have changed.
    """
    return [*_chapters(then, now), *_figures(then, now, project), *_digests(then, now)]


def version_differences(then: PackInputs, now: PackInputs) -> list[str]:
    """Say which versions of Python and of packages differ."""
    return [
        f"{name} {now.versions.get(name, 'is not used')}, then {then.versions.get(name, 'not used')}"
        for name in sorted({*then.versions, *now.versions})
        if then.versions.get(name) != now.versions.get(name)
    ]


def _chapters(then: PackInputs, now: PackInputs) -> Iterator[str]:
    here = {chapter.chapter_id: chapter for chapter in now.chapters}
    for old in then.chapters:
        new = here.pop(old.chapter_id, None)
        if new is None:
            yield f"the chapter {old.chapter_id} is not in the pack any more"
            continue
        words = cell_changes([cell.split() for cell in old.cells], [cell.split() for cell in new.cells])
        words += parameter_changes(old.parameters, new.parameters)
        if words:
            yield f"{old.notebook}.ipynb is another one: {'; '.join(words)}"
    for name in here:
        yield f"the chapter {name} is new"


def _figures(then: PackInputs, now: PackInputs, project: Project) -> Iterator[str]:
    old, new = then.snapshot, now.snapshot
    if old.sha256 == new.sha256:
        if old.name != new.name:
            yield f"the snapshot is called {new.name}, not {old.name}"
        return
    yield f"the snapshot {new.name} ({_short(new.sha256)}) is not {old.name} ({_short(old.sha256)})"
    known = kept_contents(str(old.sha256), project.work / "figures")
    with tempfile.TemporaryDirectory() as folder:
        held = read_contents(project.snapshots / new.name, Path(folder))
    for chapter in then.chapters:
        reads = {read_of(key): digest for key, digest in chapter.reads.items()}
        if changed := figure_changes(reads, known, held):
            yield f"figures that {chapter.chapter_id} has read: {_few(changed)}"


def _digests(then: PackInputs, now: PackInputs) -> Iterator[str]:
    old = {name: digest for name, digest in then.digests.items() if name != FONTS or name in now.digests}
    changed = name_changes(old, now.digests)
    for start, words in GROUPS.items():
        if names := [name.removeprefix(start) for name in changed if name.startswith(start)]:
            yield words.format(shorten(names))
    for name in changed:
        if not name.startswith(tuple(GROUPS)):
            yield f"{name}: {'are' if name == FONTS else 'is'} not the same"


def _few(words: Sequence[str], most: int = 2) -> str:
    return "; ".join(words[:most]) + (f"; and {len(words) - most} more" if len(words) > most else "")


def _short(sha256: str | None) -> str:
    return str(sha256)[:12]
