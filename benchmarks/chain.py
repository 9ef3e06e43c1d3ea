"""Times whole packs, from a cold start to PDF and web page, against the field's usual way.

The usual way is a loop in a shell: the ``papermill`` command for each chapter of each place, then the renderer once
for each document of a pack, board edition and evidence annex, and format. Both ways run the same notebooks and the
same render engine; ours also checks what it makes, and makes workbooks, working papers and the Word copy. Run by hand,
on a machine that does nothing else: ``.venv/bin/python benchmarks/chain.py --rounds 5``. Ways take turns within a
round; the ratio is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from chapters import command_papermill

from boardpacks.packs.compose_pack import compose_pack
from boardpacks.packs.edition.compose_edition import ROOMY, compose_edition
from boardpacks.packs.files.formats import USUAL_FORMATS
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.packs.render import engine
from boardpacks.params.load import load_params
from boardpacks.plan.plan import PackPlan, plan_packs
from boardpacks.project.folder import Project, find_project
from boardpacks.verify.rebuild import copy_sources, take_fonts

DOCUMENTS = ("annex", "edition")
OURS = [sys.executable, "-c", "from boardpacks.cli import main; main()", "build", "--engine", "bundled"]


def main() -> None:
    """Run both ways in turn and print the table; or be the renderer of one document in one format."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--place", action="append", help="a place; by default all of them and the system")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument(
        "--render", nargs=3, metavar=("DOCUMENT", "FORMAT", "FOLDER"), help=argparse.SUPPRESS
    )
    chosen = options.parse_args()
    project = find_project(Path(__file__).parent)
    plans = plan_packs(load_params(project.params), project, places=chosen.place or (), today=dt.date.today())
    if chosen.render:
        document, form, folder = chosen.render
        _render(project, plans[0], document, form, Path(folder))
        return
    usual, ours = [], []
    for _ in range(chosen.rounds):
        usual.append(_usual(plans))
        ours.append(_ours(project, plans, chosen.workers))
        print(f"usual way {usual[-1]:.1f} s, boardpacks {ours[-1]:.1f} s", file=sys.stderr)
    ratios = [theirs / mine for theirs, mine in zip(usual, ours, strict=True)]
    chapters = sum(len(plan.chapters) for plan in plans)
    print(f"{len(plans)} packs, {chapters} chapters, {chosen.workers} workers, {chosen.rounds} rounds")
    for way, values in (
        ("usual way, seconds", usual),
        ("boardpacks, seconds", ours),
        ("times faster", ratios),
    ):
        print(f"{way:20} {statistics.median(values):7.1f} [{min(values):.1f} to {max(values):.1f}]")


def _ours(project: Project, plans: Sequence[PackPlan], workers: int) -> float:
    """Build in a new copy of the project, where nothing was ever built."""
    with tempfile.TemporaryDirectory(prefix="chain-") as folder:
        root = Path(folder) / "project"
        copy_sources(project, root)
        take_fonts(project, root)
        places = [word for plan in plans for word in ("--place", plan.place)]
        started = time.perf_counter()
        subprocess.run(
            [*OURS, *places, "--workers", str(workers)], cwd=root, check=True, stdout=subprocess.DEVNULL
        )
        return time.perf_counter() - started


def _usual(plans: Sequence[PackPlan]) -> float:
    with tempfile.TemporaryDirectory(prefix="chain-") as folder:
        started = time.perf_counter()
        for plan in plans:
            out = Path(folder) / plan.slug
            (out / "executed").mkdir(parents=True)
            for run in plan.chapters:
                command_papermill(run, out / "executed" / run.out.name)
            for document, form in product(DOCUMENTS, USUAL_FORMATS):
                asked = ["--render", document, form, str(out)]
                subprocess.run([sys.executable, __file__, "--place", plan.place, *asked], check=True)
        return time.perf_counter() - started


def _render(project: Project, plan: PackPlan, document: str, form: str, folder: Path) -> None:
    params = load_params(project.params)
    executed = [replace(run, out=folder / "executed" / run.out.name) for run in plan.chapters]
    chapters = [read_chapter(run.out) for run in executed]
    snapshot = SnapshotRecord(name=params.system.snapshot, sha256=None)
    pack = PackContent(plan, params, chapters, snapshot)
    composed = compose_pack(pack, project.reports, folder / f"{document}-{form}")
    source = composed.folder
    if document == "edition":
        source = compose_edition(composed, project.reports, folder / f"board-{form}", ROOMY, annex=plan.stem)
    engine("bundled").render(source, folder / document, [form], plan.meeting.date)


if __name__ == "__main__":
    main()
