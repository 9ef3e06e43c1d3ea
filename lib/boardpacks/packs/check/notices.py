"""Words what the notebooks of a build show and packs leave out, and which files of other folders they read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from boardpacks.plan.not_handed_over import LeftOut
from boardpacks.plan.plan import ChapterRun, PackPlan
from boardpacks.plan.receipts import read_receipt, receipt_path
from boardpacks.project.sealed import Damaged

MOST_SHOWN = 8
"""Outputs, and files, that are named."""


def notices(plans: Sequence[PackPlan]) -> list[str]:
    """Return what is to be said of the chapters of a build, executed now or before; nothing of most."""
    found: dict[tuple[str, LeftOut], None] = {}
    files: dict[tuple[str, str], None] = {}
    for run in (run for plan in plans for run in plan.chapters):
        left_out, opened = _of(run)
        found |= {(run.label, one): None for one in left_out}
        files |= {(run.label, name): None for name in opened if Path(name).is_absolute()}
    said = [f"{notebook}, {one}" for notebook, one in _each_cell(found)]
    told = [f"{notebook}: {name}" for notebook, name in files]
    return [
        *_several("Packs leave out what these cells show:", said),
        *_several(
            "These files lie outside the project folder, and another machine will not have them; put them into "
            "notebooks/ and read them by their name:",
            told,
        ),
    ]


def left_out_of(run: ChapterRun) -> list[str]:
    """Return what one chapter shows and packs leave out, a line each: notebook, cell, output, what to do."""
    return [f"{run.label}, {one}" for one in _of(run)[0]]


def _of(run: ChapterRun) -> tuple[tuple[LeftOut, ...], Iterable[str]]:
    try:
        receipt = read_receipt(receipt_path(run.out))
    except Damaged:
        receipt = None
    return (receipt.left_out, receipt.files) if receipt else ((), ())


def _each_cell(found: Iterable[tuple[str, LeftOut]]) -> list[tuple[str, LeftOut]]:
    """Return one output of a kind for each cell: what begins otherwise in another place is no other fault."""
    each = {(notebook, one.cell, one.what): (notebook, one) for notebook, one in found}
    return sorted(each.values(), key=lambda pair: (pair[0], pair[1].cell))


def _several(head: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    more = [f"  ... and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
    return ["\n".join([head, *(f"  {line}" for line in lines[:MOST_SHOWN]), *more])]
