"""Files that carry their own hash."""

from __future__ import annotations

import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.project.sealed import Damaged, read_sealed, seal, unseal, write_sealed, write_whole

CONTENT = {"words": "é ü", "list": [1, "two", None], "inner": {"a": 1.5}}


def test_a_sealed_document_is_json_and_gives_its_content_back():
    assert json.loads(seal(CONTENT))["content"] == CONTENT
    assert unseal(seal(CONTENT)) == CONTENT


@given(at=st.integers(0, len(seal(CONTENT)) - 3), byte=st.integers(0, 255))
def test_any_changed_byte_of_hash_or_content_is_noticed(at, byte):
    document = bytearray(seal(CONTENT))
    outside = b'{"sha256": "' + b"0" * 64 + b'",\n"content": '
    if document[at] == byte or at < 12 or 76 <= at < len(outside):
        return
    document[at] = byte
    with pytest.raises(Damaged):
        unseal(bytes(document))


@pytest.mark.parametrize("document", [b"", b"{}", seal(CONTENT)[:-9], seal([1]), b"\0" * 200])
def test_what_is_no_sealed_mapping_is_damaged(document):
    with pytest.raises(Damaged):
        unseal(document)


def test_several_writers_leave_a_whole_file_and_no_draft(tmp_path):
    path = tmp_path / "deep" / "one.json"
    contents = [{"number": number, "long": "x" * 100_000} for number in range(8)]
    threads = [threading.Thread(target=write_sealed, args=(path, content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_sealed(path) in contents
    assert list(path.parent.iterdir()) == [path]


def test_an_earlier_file_stays_when_writing_fails(tmp_path):
    path = tmp_path / "one"
    write_whole(path, b"earlier")
    with pytest.raises(TypeError):
        write_whole(path, "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]
