"""The shared cache: several builds at once, damage, addresses."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace

import pytest

from boardpacks.data.contents import SnapshotContents
from boardpacks.plan.fingerprints import Inputs
from boardpacks.plan.receipts import Receipt
from boardpacks.plan.shared_cache import Cache, FolderStore, Holds, open_store
from boardpacks.project.errors import BoardpacksError

READ = ("series", "mood", "E09000001")
CONTENTS = SnapshotContents("ab" * 32, {"mood": {"E09000001": [["2023", "Persons", "aa"]]}}, {}, {}, {}, {})
OTHER = replace(CONTENTS, held={"mood": {"E09000001": [["2024", "Persons", "bb"]]}})
INPUTS = Inputs([["code", "x"]], {"place": "havering"}, {}, {}, {}, {}, fingerprint="cd" * 32)


def a_receipt(notebook: bytes, contents: SnapshotContents = CONTENTS) -> Receipt:
    wrote = {"one.ipynb": hashlib.sha256(notebook).hexdigest()}
    return Receipt(INPUTS, contents.sha256, {READ: contents.digest(READ)}, wrote)


def on(contents: SnapshotContents) -> Holds:
    return lambda receipt: receipt.still_reads(contents)


@pytest.fixture(params=["folder", "memory"])
def cache(request, tmp_path):
    if request.param == "folder":
        return Cache(FolderStore(tmp_path / "cache"))
    pytest.importorskip("fsspec")
    return Cache(open_store(f"memory://{tmp_path.name}"))


def test_a_chapter_is_found_by_its_inputs_and_what_it_read(cache):
    assert cache.fetch(INPUTS.fingerprint, on(CONTENTS)) is None
    cache.put(a_receipt(b"one"), b"one")
    cache.put(a_receipt(b"two", OTHER), b"two")
    found = {
        name: cache.fetch(INPUTS.fingerprint, on(held)) for name, held in (("old", CONTENTS), ("new", OTHER))
    }
    assert found == {"old": (a_receipt(b"one"), b"one"), "new": (a_receipt(b"two", OTHER), b"two")}
    assert cache.fetch("ef" * 32, on(CONTENTS)) is None
    assert cache.find(INPUTS.fingerprint, on(replace(CONTENTS, held={}))) is None


@pytest.mark.parametrize("what", ["chapters", "notebooks"])
def test_a_damaged_entry_is_dropped_and_said(tmp_path, what):
    cache = Cache(FolderStore(tmp_path))
    cache.put(a_receipt(b"one"), b"one")
    (path,) = [path for path in (tmp_path / what).rglob("*") if path.is_file()]
    path.write_bytes(path.read_bytes() + b"x" if what == "notebooks" else b"")
    assert cache.fetch(INPUTS.fingerprint, on(CONTENTS)) is None
    assert not path.exists()
    (said,) = cache.faults
    assert path.name in said
    assert cache.fetch(INPUTS.fingerprint, on(CONTENTS)) is None
    assert len(cache.faults) == 1


def test_two_builds_share_a_cache_at_once(tmp_path):
    wrong: list[object] = []

    def build(name: bytes) -> None:
        cache = Cache(FolderStore(tmp_path))
        for _ in range(30):
            cache.put(a_receipt(name), name)
            found = cache.fetch(INPUTS.fingerprint, on(CONTENTS))
            if found is None or found[1] not in (b"one", b"two") or cache.faults:
                wrong.append((found, cache.faults))

    builds = [threading.Thread(target=build, args=(name,)) for name in (b"one", b"two")]
    for one in builds:
        one.start()
    for one in builds:
        one.join()
    assert wrong == []
    assert not list(tmp_path.rglob(".*"))


def test_an_address_that_cannot_be_opened_is_told():
    with pytest.raises(BoardpacksError, match="The cache nonsense://x cannot be opened"):
        open_store("nonsense://x")
