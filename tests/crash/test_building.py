"""Faults of disks, folders and inputs in the middle of a build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from boardpacks.data.contents import SnapshotContents
from boardpacks.execute import run_chapter, workers
from boardpacks.execute.kernel import Kernels
from boardpacks.execute.leftovers import clear_leftovers, private_prefix
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.packs import make
from boardpacks.packs.check import check_documents
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.make import finish_pack, make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import BuildStates
from boardpacks.packs.publish.publish_pack import publish_pack
from boardpacks.packs.publish.stale_packs import read_pack_states
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.plan.events import PackResult
from boardpacks.plan.fingerprints import look_around
from boardpacks.plan.stale_chapters import ChapterStates
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project
from boardpacks.project.folder_lock import LOCK, LockLost, hold_folder
from tests.execute.conftest import chapter_run, write_notebook

from ..packs.conftest import ROOT
from ..packs.manifests import HASH, a_workshop
from .conftest import a_notebook, a_plan, contents, os_error, some_params

PACK = "2026-12-09/havering"
SNAPSHOT = SnapshotRecord(name="embedded", sha256=HASH)


class Press:
    """An engine that prints the pack's source."""

    name = "press"

    def render(self, source, out, formats, date):
        out.mkdir(parents=True)
        return {"html": Path(shutil.copyfile(source / "pack.qmd", out / "pack.html"))}


@pytest.fixture
def workshop(published, monkeypatch) -> Workshop:
    monkeypatch.setattr(check_documents, "check_html", lambda path: [])
    return a_workshop(Project(ROOT), some_params(), Press(), formats=("html",), published=published)


@pytest.fixture
def plan(tmp_path):
    planned = a_plan(tmp_path / "work")
    a_notebook(planned.chapters[0].out, ["# Long-term conditions"])
    return planned


@pytest.fixture
def build(workshop, plan):
    """Build one pack by the ordinary workers, with `execute` for its chapter; return its one failure."""

    def run(execute=lambda run: None, finish=None):
        (result,) = workers.run_packs(
            [plan],
            execute,
            finish or (lambda plan: finish_pack(plan, workshop)),
            stop=lambda: None,
            workers=lambda: 1,
            on_event=lambda event: None,
        )
        return str(result.failures[0]) if result.failures else ""

    return run


@pytest.fixture
def old(pack, published):
    """The earlier edition's contents."""
    return contents(publish_pack(pack("old"), published))


def stays(published, old):
    return contents(published / PACK) == old


def test_disk_full_while_an_executed_notebook_is_written(published, plan, build, old, monkeypatch):
    "disk full while an executed notebook is written"
    plan.chapters[0].out.unlink()

    def full(*_):
        raise os_error("ENOSPC")

    def write(run):
        with monkeypatch.context() as patched:
            patched.setattr(run_chapter, "notebook_text", full)
            run_chapter._keep(nbformat.v4.new_notebook(), run.out)

    said = build(write)

    assert "the disk is full" in said
    assert str(plan.folder) in said
    assert stays(published, old)
    assert not list(plan.chapters[0].out.parent.iterdir())


def test_disk_full_while_the_pack_is_composed(published, build, old, fail):
    "disk full while the pack is composed"
    fail(Path, "write_bytes", "ENOSPC", "pack.qmd")
    assert "the disk is full" in build()
    assert stays(published, old)


def test_work_folder_vanished_in_mid_build(published, plan, build, old):
    "work folder vanished in mid-build"
    said = build(lambda run: shutil.rmtree(plan.folder))
    assert "long_term_conditions" in said
    assert "fault in boardpacks" not in said
    assert stays(published, old)


def test_rendered_file_gone_before_publishing(published, workshop, plan, build, old, monkeypatch):
    "rendered file gone before publishing"

    def check(path):
        path.unlink()
        return []

    monkeypatch.setattr(check_documents, "check_html", check)
    assert "has vanished while the build was running" in build()
    assert stays(published, old)


def test_published_folder_vanished_in_mid_build(published, workshop, plan, build):
    "published folder vanished in mid-build"
    with hold_folder(published, "Havering", tell=print) as lock:
        held = replace(workshop, locks=(lock,))
        assert build(finish=lambda plan: finish_pack(plan, held)) == ""
        shutil.rmtree(published)
        assert "has vanished" in build(finish=lambda plan: finish_pack(plan, held))
        assert not (published / PACK).exists()
        with pytest.raises(LockLost):
            lock.check()


def test_no_room_for_the_log_of_a_fault(build, plan, fail):
    "no room for the log of a fault"

    def faulty(run):
        raise ZeroDivisionError("a fault")

    fail(Path, "open", "ENOSPC", "fault.log")
    assert "ZeroDivisionError: a fault" in build(faulty)


@pytest.mark.parametrize(("error", "told"), [("ENOSPC", "the disk is full"), ("ENOENT", "has vanished")])
def test_temporary_folder_full_or_gone(tmp_path, published, plan, build, old, monkeypatch, error, told):
    "temporary folder full or gone"

    def gone(*_, **__):
        raise os_error(error)

    monkeypatch.setattr(run_chapter, "private_folder", gone)
    notebook = write_notebook(tmp_path / "one.ipynb")
    run = chapter_run(tmp_path, notebook)
    assert told in build(lambda _: execute_chapter(run, Kernels()))
    assert stays(published, old)


@pytest.mark.parametrize("name", ["notebook damaged in mid-build", "notebook deleted in mid-build"])
def test_a_notebook_changed_after_the_check(tmp_path, published, plan, build, old, name):
    notebook = write_notebook(tmp_path / "notebooks" / "one.ipynb")
    run = chapter_run(tmp_path, notebook)
    if "damaged" in name:
        notebook.write_bytes(notebook.read_bytes()[:50])
    else:
        notebook.unlink()
    said = build(lambda _: execute_chapter(run, Kernels()))
    assert "one.ipynb" in said
    assert ("broken JSON" if "damaged" in name else "no such file") in said
    assert stays(published, old)


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00" * 4096, b'{"cells": ['])
def test_executed_notebook_damaged(published, plan, build, old, content):
    "executed notebook damaged"
    said = build(lambda run: run.out.write_bytes(content))
    assert "long_term_conditions" in said
    assert "fault in boardpacks" not in said
    assert stays(published, old)


@pytest.fixture
def project(tmp_path) -> Project:
    root = tmp_path / "project"
    shutil.copytree(ROOT / "reports" / "_extensions", root / "reports" / "_extensions")
    return Project(root)


@pytest.fixture
def states(project, published) -> BuildStates:
    """What a build starts from whose chapters were never executed."""
    contents = SnapshotContents(HASH, {}, {}, {}, {}, {})
    order = BuildOrder(project, some_params(), "bundled", out=published)
    chapters = ChapterStates(
        contents, look_around(project, some_params()), project.work / "figures", project.work
    )
    return BuildStates(order, chapters, read_pack_states(order, HASH))


def test_a_whole_build_holds_both_folders_and_lets_them_go(project, published, plan, states, monkeypatch):
    seen: list[Path] = []

    def building(*_, **__):
        seen.extend(path for path in (project.work, published) if (path / ".build-owner.json").exists())
        return (PackResult(plan, None, (), None),)

    monkeypatch.setattr(make, "build_packs", building)
    make_packs([plan], states, print)
    assert seen == [project.work, published]
    assert sorted(path.name for path in published.iterdir()) == [
        LOCK,
        ".index.html.receipt.json",
        "feed.xml",
        "index.html",
        "pages",
    ]


@pytest.mark.parametrize("busy", ["work", "published"])
def test_a_build_that_finds_another_one_starts_nothing(project, published, plan, states, monkeypatch, busy):
    monkeypatch.setattr(make, "build_packs", lambda *_, **__: pytest.fail("it was started"))
    folder = project.work if busy == "work" else published
    with (
        hold_folder(folder, "Newham", tell=print),
        pytest.raises(BoardpacksError, match=r"(?s)builds  Newham.*Wait for it to end, or"),
    ):
        make_packs([plan], states, print)


@pytest.mark.skipif(os.name != "posix", reason="Windows clears its own")
def test_half_written_files_left_by_killed_builds(project, plan, monkeypatch, tmp_path):
    "half-written files left by killed builds"
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = private_prefix()
    dead = mine.replace(str(os.getpid()), str(gone.pid))
    elsewhere = "bp-1-" + dead.split("-", 2)[2]
    for name in (f"{mine}a", f"{dead}b", f"{elsewhere}c", "bp-other"):
        (temporary / name).mkdir()
    draft = project.work / PACK / "executed" / ".one.ipynb-abc"
    draft.parent.mkdir(parents=True)
    draft.touch()
    (project.fonts.parent / ".fonts-xyz").mkdir()

    clear_leftovers(project.work, project.fonts)

    assert {path.name for path in temporary.iterdir()} == {f"{mine}a", f"{elsewhere}c", "bp-other"}
    assert not list(draft.parent.iterdir())
    assert not (project.fonts.parent / ".fonts-xyz").exists()
