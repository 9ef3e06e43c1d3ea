"""Checks the folder that a build is asked to publish into: nothing that is there is replaced by less or by chance."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from boardpacks.packs.files.formats import FORMATS, formats_of
from boardpacks.packs.files.pack_record import PACK_JSON, PAGE, PackRecord
from boardpacks.packs.library.write_library import is_library
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.params.agenda import PARTS
from boardpacks.plan.plan import PackPlan, root_of
from boardpacks.project.errors import InputError, Problem
from boardpacks.project.folder import Project

_WHERE = "boardpacks build"
_ELSEWHERE = "a folder of its own, such as --out preview"


def check_out(order: BuildOrder, plans: Sequence[PackPlan]) -> None:
    """Refuse a folder that holds something else, and packs that would lose a format there.

    Raises
    ------
    InputError
        Naming what stands in the way.
    """
    project, out = order.project, order.published
    problems = [
        *_of_the_project(project, out),
        *_other_pages(project, out),
        *_lost_formats(out, plans, order.formats),
    ]
    if problems:
        raise InputError(problems)


def _of_the_project(project: Project, out: Path) -> Iterator[Problem]:
    inside = out.relative_to(project.root).parts if out.is_relative_to(project.root) else ("elsewhere",)
    is_result = inside[:1] == ("reports",) and len(inside) == 2 and not project.is_source(out)
    sources = ("params", "data", "notebooks", "reports", "lib", "docs", "tests")
    if not inside or (inside[0] in sources and not is_result):
        yield Problem(_WHERE, "--out", str(out), f"{_ELSEWHERE}, and no folder of what packs are made from")


def _other_pages(project: Project, out: Path) -> Iterator[Problem]:
    for part in () if out in (project.published, project.preview) else PARTS:
        page = root_of(out, part) / PAGE
        if page.exists() and not is_library(page):
            yield Problem(_WHERE, "--out", f"{page}, which is no library of packs", _ELSEWHERE)


def _lost_formats(out: Path, plans: Sequence[PackPlan], formats: Collection[str]) -> Iterator[Problem]:
    for plan in plans:
        if plan.final is not None:
            continue
        held = _formats_in(plan.published_in(out))
        made = formats_of(plan, formats, out)
        if lost := [name for name in FORMATS if name in held and name not in made]:
            yield Problem(
                _WHERE,
                "--format",
                f"{', '.join(made)} for {plan.name}, whose pack in {out.name} has {', '.join(lost)} too",
                "every format that the pack has there, or another --out",
            )


def _formats_in(folder: Path) -> set[str]:
    try:
        record = PackRecord.model_validate_json((folder / PACK_JSON).read_bytes())
    except (OSError, ValueError):
        return set()
    return {file.kind for file in record.files}
