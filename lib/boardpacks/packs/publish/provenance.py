"""Writes down what a pack is made from and what comes of each step: the pack's manifest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import boardpacks
from boardpacks.charts.fonts import FILES
from boardpacks.packs.files.pack_manifest import (
    ChapterInputs,
    Commit,
    PackInputs,
    PackManifest,
    PackOrder,
    PackOutputs,
    read_key,
)
from boardpacks.packs.publish.stale_packs import PackState
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.packs.read.artefact_digests import chapter_outputs
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.plan.fingerprints import Inputs, folder_digest
from boardpacks.plan.plan import ChapterRun
from boardpacks.plan.receipts import read_receipt, receipt_path
from boardpacks.project.file_digest import file_digest
from boardpacks.project.sealed import Damaged

FONTS = "fonts"
"""Name of the fonts among the inputs. They are made on first use, so that a checkout may have none yet."""

_EXTENSION = "_extensions"


def describe_pack(pack: PackContent, workshop: Workshop, *, source: Path, engine: str) -> PackManifest:
    """Return the manifest of a pack that was rendered; its files are added when it is published.

    Parameters
    ----------
    source
        Folder of its composed source.
    engine
        Name of the engine that rendered it.
    """
    plan = pack.plan
    looked = [(run, workshop.chapters.look(run).inputs) for run in plan.chapters]
    inputs = pack_inputs(workshop.packs.look(plan), [(run, found) for run, found in looked if found])
    reads = {run.chapter.id: _reads(run) for run in plan.chapters}
    return PackManifest(
        commit=_relevant(workshop.commit, [run.notebook.name for run in plan.chapters]),
        order=PackOrder(
            place=plan.place,
            meeting=plan.meeting.date,
            part=plan.part,
            version=plan.version,
            finalised=plan.final.date if plan.final else None,
            priorities=plan.priorities,
            chapters=plan.chosen,
            formats=workshop.formats_of(plan),  # type: ignore[arg-type]  # checked by the model
            engine=engine,
            editions=workshop.order.editions,
        ),
        inputs=inputs.model_copy(
            update={
                "digests": {**inputs.digests, FONTS: fonts_digest(workshop.project.fonts)},
                "chapters": tuple(
                    chapter.model_copy(update={"reads": reads[chapter.chapter_id]})
                    for chapter in inputs.chapters
                ),
            }
        ),
        outputs=PackOutputs(
            chapters=tuple(map(chapter_outputs, pack.chapters)),
            source={
                path.relative_to(source).as_posix(): file_digest(path)
                for path in sorted(source.rglob("*"))
                if path.is_file() and _EXTENSION not in path.relative_to(source).parts
            },
            files={},
        ),
    )


def pack_inputs(state: PackState, chapters: Sequence[tuple[ChapterRun, Inputs]]) -> PackInputs:
    """Return what a pack is made from, as far as that is known before its chapters are executed."""
    digests, versions = dict(state.digests), dict(state.packs.versions)
    for _, inputs in chapters:
        digests |= {f"params {name}": digest for name, digest in inputs.params.items()}
        digests |= {f"library {room}": digest for room, digest in inputs.library.items()}
        digests |= {f"notebooks/{name}": digest for name, digest in inputs.beside.items()}
        versions |= inputs.packages
    return PackInputs(
        snapshot=state.packs.snapshot,
        digests=dict(sorted(digests.items())),
        versions={"boardpacks": boardpacks.__version__, **dict(sorted(versions.items()))},
        chapters=tuple(
            ChapterInputs(
                notebook=run.chapter.notebook,
                chapter=None if run.chapter.id == run.chapter.notebook else run.chapter.id,
                parameters=dict(inputs.parameters),
                cells=tuple(" ".join(cell) for cell in inputs.cells),
            )
            for run, inputs in chapters
        ),
    )


def fonts_digest(fonts: Path) -> str:
    """Return the digest of the fonts, or an empty string when they have not been made."""
    paths = [fonts / name for name in sorted(FILES)]
    return folder_digest(fonts, paths) if all(path.is_file() for path in paths) else ""


def _reads(run: ChapterRun) -> dict[str, str]:
    try:
        receipt = read_receipt(receipt_path(run.out))
    except Damaged:
        receipt = None
    return {read_key(read): digest for read, digest in receipt.reads.items()} if receipt else {}


def _relevant(commit: Commit, notebooks: Iterable[str]) -> Commit:
    """Leave out notebooks that are no part of the pack."""
    own = {f"notebooks/{name}" for name in notebooks}
    kept = [
        path
        for path in commit.uncommitted
        if not (path.startswith("notebooks/") and path.endswith(".ipynb")) or path in own
    ]
    return commit.model_copy(update={"uncommitted": tuple(kept)})
