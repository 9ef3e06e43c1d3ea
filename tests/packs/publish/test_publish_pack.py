from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from boardpacks.packs.files.pack_record import PackRecord, SnapshotRecord
from boardpacks.packs.publish import publish_pack as publishing
from boardpacks.packs.publish.publish_pack import FinishedPack, publish_pack, repair_published

STEM = "2026-12-09_havering_board-pack_v0.1_DRAFT"
EXPECTED = {
    *(f"{STEM}{ending}" for ending in (".html", ".pdf", "_data.csv", "_facts.json")),
    *("manifest.json", "pack.json", "SHA256SUMS"),
}


class Stopped(BaseException):
    """Raised in the middle of publishing."""


@pytest.fixture
def pack(make, tmp_path) -> Callable[..., FinishedPack]:
    def finish(words: str = "first", formats: tuple[str, ...] = ("pdf", "html"), **meeting) -> FinishedPack:
        rendered = {}
        for kind in formats:
            rendered[kind] = tmp_path / f"pack.{kind}"
            rendered[kind].write_text(f"{words} {kind}")
        return FinishedPack(
            plan=make.plan(tmp_path, **meeting),
            snapshot=SnapshotRecord(name="embedded", sha256=make.hash),
            engine="bundled",
            pages=24,
            rendered=rendered,
            data=f"{words} data\n".encode(),
            facts=b"{}\n",
            manifest=make.manifest(),
        )

    return finish


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_puts_the_pack_where_readers_look(pack, published):
    folder = publish_pack(pack(), published)

    assert folder == published / "2026-12-09" / "havering"
    assert set(contents(folder)) == EXPECTED
    assert [path.name for path in folder.parent.iterdir()] == ["havering"]


@pytest.mark.parametrize(
    ("meeting", "stem"),
    [
        ({}, STEM),
        ({"status": "final"}, "2026-12-09_havering_board-pack_v1.0"),
        ({"priorities": ("mental-health",)}, "2026-12-09_havering_mental-health_v0.1_DRAFT"),
        ({"place": "system"}, "2026-12-09_system_board-pack_v0.1_DRAFT"),
    ],
)
def test_names_can_be_told_before(make, tmp_path, meeting, stem):
    assert make.plan(tmp_path, **meeting).stem == stem


def test_checksums_are_those_of_the_files(pack, published):
    folder = publish_pack(pack(), published)

    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == EXPECTED - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_says_all_that_the_library_needs(pack, published, make):
    record = json.loads((publish_pack(pack(), published) / "pack.json").read_text())

    assert record["meeting"] == "2026-12-09"
    assert (record["status"], record["version"], record["pages"], record["example"]) == (
        "draft",
        "0.1",
        24,
        True,
    )
    assert record["snapshot"] == {"name": "embedded", "sha256": make.hash}
    assert [(file["kind"], file["size"]) for file in record["files"]] == [
        ("pdf", 9),
        ("html", 10),
        ("data", 11),
        ("facts", 3),
    ]


def test_files_beside_the_documents_are_named_listed_and_summed(pack, published):
    folder = publish_pack(
        replace(pack(), extra={"ods": {"_data.ods": b"o"}, "xlsx": {"_data.xlsx": b"x"}}), published
    )

    assert set(contents(folder)) == {*EXPECTED, f"{STEM}_data.ods", f"{STEM}_data.xlsx"}
    listed = json.loads((folder / "pack.json").read_text())["files"]
    assert [file["kind"] for file in listed] == ["pdf", "html", "xlsx", "ods", "data", "facts"]
    assert f"{STEM}_data.ods" in (folder / "SHA256SUMS").read_text()
    assert f"{STEM}_data.xlsx" in json.loads((folder / "manifest.json").read_text())["outputs"]["files"]


def test_the_same_pack_has_the_same_bytes(pack, tmp_path):
    first = contents(publish_pack(pack(), tmp_path / "a"))

    assert contents(publish_pack(pack(), tmp_path / "b")) == first
    assert contents(publish_pack(pack(), tmp_path / "b")) == first


def test_a_new_edition_replaces_the_earlier_one_whole(pack, published):
    publish_pack(pack("first"), published)

    folder = publish_pack(pack("second", formats=("pdf",), draft="0.2"), published)

    stem = "2026-12-09_havering_board-pack_v0.2_DRAFT"
    assert set(contents(folder)) == {
        f"{stem}.pdf",
        f"{stem}_data.csv",
        f"{stem}_facts.json",
        "manifest.json",
        "pack.json",
        "SHA256SUMS",
    }


def test_a_partial_pack_stands_beside_the_whole_one(pack, published):
    whole = publish_pack(pack("whole"), published)
    before = contents(whole)
    publish_pack(pack("part", priorities=("mental-health",)), published)

    assert contents(whole) == before
    assert sorted(path.name for path in whole.parent.iterdir()) == ["havering", "havering_mental-health"]


def step_through(monkeypatch, stop_at: int, stop: Callable[[], None], *, after: bool) -> list[str]:
    """Call `stop` before or after the step number `stop_at` of publishing; return the steps as they are done."""
    steps: list[str] = []

    def watch(owner, name):
        real = getattr(owner, name)

        def step(*args, **kwargs):
            steps.append(name)
            due = len(steps) == stop_at
            if due and not after:
                stop()
            result = real(*args, **kwargs)
            if due:
                stop()
            return result

        monkeypatch.setattr(owner, name, step)

    for owner, name in (
        (publishing, "write_durably"),
        (publishing, "_sync_folder"),
        (Path, "mkdir"),
        (Path, "rename"),
        (shutil, "rmtree"),
    ):
        watch(owner, name)
    return steps


STEPS = range(1, 17)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", STEPS)
@pytest.mark.parametrize("earlier", [False, True])
def test_an_error_at_any_step_leaves_a_whole_pack(
    pack, tmp_path, published, monkeypatch, number, after, earlier
):
    new = contents(publish_pack(pack("second"), tmp_path / "other"))
    old = contents(publish_pack(pack("first"), published)) if earlier else None
    finished = pack("second")

    def stop() -> None:
        raise Stopped

    with monkeypatch.context() as patched:
        steps = step_through(patched, number, stop, after=after)
        try:
            publish_pack(finished, published)
            stopped = False
        except Stopped:
            stopped = True

    folder = published / "2026-12-09" / "havering"
    found = contents(folder) if folder.exists() else None
    assert found in (old, new)
    assert stopped == (number <= len(steps))
    assert contents(publish_pack(finished, published)) == new
    assert [path.name for path in folder.parent.iterdir()] == ["havering"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("number", STEPS)
def test_a_kill_at_any_step_is_put_right(pack, tmp_path, published, monkeypatch, number):
    new = contents(publish_pack(pack("second"), tmp_path / "other"))
    old = contents(publish_pack(pack("first"), published))
    finished = pack("second")

    child = os.fork()
    if child == 0:
        step_through(monkeypatch, number, lambda: os._exit(9), after=True)
        publish_pack(finished, published)
        os._exit(0)
    os.waitpid(child, 0)
    repair_published(published)

    folder = published / "2026-12-09" / "havering"
    assert contents(folder) in (old, new)
    assert [path.name for path in folder.parent.iterdir()] == ["havering"]


def test_steps_cover_the_whole_of_publishing(pack, published, monkeypatch):
    publish_pack(pack("first"), published)
    finished = pack("second")

    with monkeypatch.context() as patched:
        steps = step_through(patched, 0, lambda: None, after=True)
        publish_pack(finished, published)

    assert len(steps) <= max(STEPS)
    assert steps.count("write_durably") == len(EXPECTED)
    assert steps.count("rename") == 2


def test_a_render_that_is_not_there_publishes_nothing(pack, published):
    old = contents(publish_pack(pack("first"), published))
    finished = pack("second")
    finished.rendered["pdf"].unlink()

    with pytest.raises(FileNotFoundError):
        publish_pack(finished, published)

    assert contents(published / "2026-12-09" / "havering") == old


def test_other_files_of_a_pack_are_listed_beside_it(pack, published):
    finished = replace(
        pack(), extra={"changes": {"_changes.json": b"{}"}, "addendum": {"_addendum.pdf": b"%PDF"}}
    )

    folder = publish_pack(finished, published)
    record = PackRecord.model_validate_json((folder / "pack.json").read_bytes())

    assert [file.name for file in record.files if file.kind in ("addendum", "changes")] == [
        f"{STEM}_addendum.pdf",
        f"{STEM}_changes.json",
    ]
    assert f"{STEM}_changes.json" in (folder / "SHA256SUMS").read_text()
