from __future__ import annotations

import json

import pytest

from boardpacks.data.reads import Read
from boardpacks.packs.files.pack_manifest import MANIFEST, read_key, read_of, read_pack_manifest
from boardpacks.project.errors import InputError


def test_what_was_written_is_read(make, tmp_path):
    manifest = make.manifest(make.artefact()).with_files({"pack.pdf": make.hash})
    (tmp_path / MANIFEST).write_bytes(manifest.as_bytes())
    assert read_pack_manifest(tmp_path) == manifest


def _change(*path: str | int, to: object):
    def change(content):
        *above, last = path
        for part in above:
            content = content[part]
        content[last] = to

    return change


@pytest.mark.parametrize(
    ("change", "key", "found"),
    [
        (_change("order", "place", to="../x"), "order.place", '"../x"'),
        (_change("order", "meeting", to="soon"), "order.meeting", '"soon"'),
        (_change("order", "formats", to=["docx"]), "order.formats.0", '"docx"'),
        (_change("commit", "sha", to="--help"), "commit.sha", '"--help"'),
        (_change("colour", to="red"), "colour", '"red"'),
        (_change("inputs", "chapters", 0, "cells", to=["code"]), "inputs.chapters.0.cells.0", '"code"'),
        (_change("outputs", "source", to={"a": "b"}), "outputs.source.a", '"b"'),
        (_change("version_of_manifest", to=3), "version_of_manifest", "3"),
        (lambda content: content.pop("inputs"), "inputs", "nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_wrong_key_is_named(make, tmp_path, change, key, found):
    content = json.loads(make.manifest().as_bytes())
    change(content)
    (tmp_path / MANIFEST).write_text(json.dumps(content))
    with pytest.raises(InputError) as caught:
        read_pack_manifest(tmp_path)
    problem, *_ = caught.value.problems
    assert (problem.where, problem.key, problem.found) == (MANIFEST, key, found)


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe", b"[]", b"null"])
def test_what_is_no_manifest_is_told(tmp_path, content):
    if content is not None:
        (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(InputError, match=r"manifest\.json"):
        read_pack_manifest(tmp_path)


@pytest.mark.parametrize(
    "read",
    [("series", "smoking", "E09000016"), ("peers", "suicide_rate", "2021 - 23"), ("newest", "smoking")],
)
def test_reads_have_keys(read: Read):
    assert read_of(read_key(read)) == read
