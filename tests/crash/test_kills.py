"""A real build, killed at random moments again and again."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from boardpacks.project.folder import Project

SOME, ALL = 2, 8
"""How often the build is killed, and how often with --all; BOARDPACKS_KILLS says otherwise."""
PLACES = ("havering", "newham")
PUBLISHING = 0.9
"""Seconds from the first pack's files to the library page, on the slow disk below."""

OLD_DISK = """
import os, time
from pathlib import Path

def slow(owner, name, seconds):
    real = getattr(owner, name)
    def call(*args, **options):
        time.sleep(seconds)
        return real(*args, **options)
    setattr(owner, name, call)

slow(os, "fsync", 0.03)   # publishing takes a few milliseconds: an old disk makes room for kills
slow(Path, "rename", 0.15)

from boardpacks.cli import main
main()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture
def project(project_copy: Project, tmp_path: Path) -> Project:
    """A project of two places with one tiny notebook."""
    root = tmp_path / "project"
    left_out = shutil.ignore_patterns("work", "published", "runs")
    for name in ("params", "data", "reports"):
        shutil.copytree(project_copy.root / name, root / name, ignore=left_out)
    for name in ("themes", "foundations", "baselines"):
        (root / "params" / f"{name}.yml").unlink()  # their figures belong to chapters that are not here
    (root / "params" / "chapters.yml").write_text("- notebook: tiny\n  scope: place\n")
    (root / "notebooks").mkdir()
    (tmp_path / "tmp").mkdir()
    return Project(root)


def write_edition(project: Project, number: int) -> None:
    """Write the notebook so that the packs made from it tell which edition they are."""
    cells = [
        new_markdown_cell(f"# Tiny\n\nThis is edition {number}, as the notebook says."),
        new_code_cell('place: str = "havering"', metadata={"tags": ["parameters"]}),
        new_code_cell("place"),
    ]
    draft = project.notebooks / "draft"
    nbformat.write(new_notebook(cells=cells), draft)
    draft.replace(project.notebooks / "tiny.ipynb")


def start(project: Project) -> subprocess.Popen[str]:
    places = [word for place in PLACES for word in ("--place", place)]
    options = ["--format", "html", "--engine", "bundled", "--out", "reports/published"]
    command = [sys.executable, "-c", OLD_DISK, "build", *places, *options]
    return subprocess.Popen(
        command,
        cwd=project.root,
        env={**os.environ, "TMPDIR": str(project.root.parent / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for_publishing(project: Project, process: subprocess.Popen[str]) -> None:
    """Wait until files of a new edition are written; what a killed build left is cleared away before that."""
    cleared = False
    while process.poll() is None:
        being_written = any(project.published.glob("2*/.*.new"))
        if cleared and being_written:
            return
        cleared = cleared or not being_written
        time.sleep(0.005)


def edition(project: Project, place: str) -> int:
    """Return the published edition's number; every file has to be listed, there and whole.

    A build killed between the two moves that swap the editions leaves the earlier one whole beside its place.
    """
    folders = list(project.published.glob(f"2*/{place}")) or list(project.published.glob(f"2*/.{place}.old"))
    (folder,) = folders
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert {path.name for path in folder.iterdir()} == {*sums, "SHA256SUMS"}
    assert len(sums) == 8
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    (page,) = folder.glob("*_DRAFT.html")
    (found,) = set(re.findall(r"This is edition (\d+), as", page.read_text(encoding="utf-8")))
    return int(found)


def finish(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def test_build_killed_at_random(project, request):
    "build killed at random"
    kills = int(os.environ.get("BOARDPACKS_KILLS", ALL if request.config.getoption("--all") else SOME))
    chance = random.Random(20261122)
    write_edition(project, 0)
    began = time.monotonic()
    finish(start(project))
    whole = time.monotonic() - began
    now = dict.fromkeys(PLACES, 0)
    assert {place: edition(project, place) for place in PLACES} == now

    hidden: list[int] = []
    ended = dict.fromkeys(("none", "one", "both"), 0)
    for number in range(1, kills + 1):
        write_edition(project, number)
        process = start(project)
        if number % 2:
            time.sleep(chance.uniform(0.25, 1) * whole)
        else:  # most of a build comes before publishing: half of the kills are aimed at that
            wait_for_publishing(project, process)
            time.sleep(chance.uniform(0, PUBLISHING))
        hidden.append(len(list(project.published.glob("2*/.*.old"))))
        process.kill()
        process.communicate()
        found = {place: edition(project, place) for place in PLACES}
        for place in PLACES:
            assert found[place] in (now[place], number)
        new = sum(found[place] == number for place in PLACES)
        ended[("none", "one", "both")[new]] += 1
        now = found
    sys.stderr.write(f"\n{kills} kills, by how many packs were new: {ended}; ")
    sys.stderr.write(f"in the middle of a swap: {sum(map(bool, hidden))}\n")

    write_edition(project, kills + 1)
    finish(start(project))
    assert {edition(project, place) for place in PLACES} == {kills + 1}
    receipts = {f".{name}.receipt.json" for name in (*PLACES, "index.html")}
    hidden_files = {path.name for path in project.root.rglob(".*") if project.runs not in path.parents}
    assert hidden_files == {".build.lock", *receipts}
    assert not list((project.root.parent / "tmp").glob("bp-*"))
    page = (project.published / "index.html").read_text(encoding="utf-8")
    assert "left out" not in page
