"""Papers that readers show though something of the file is not right, and those of which something is missing."""

from __future__ import annotations

import re
import subprocess
import zlib
from collections.abc import Callable

import pikepdf
import pytest

from boardpacks.packs.papers.look_process import Refused, look
from tests.packs.papers import pdfs

PLAIN = pdfs.saved(pdfs.plain(pages=3), object_stream_mode=pikepdf.ObjectStreamMode.disable)
PACKED = pdfs.saved(pdfs.plain(pages=3), object_stream_mode=pikepdf.ObjectStreamMode.generate)
FOR_THE_WEB = pdfs.saved(pdfs.plain(pages=3), linearize=True)


def table_moved(content: bytes, by: int) -> bytes:
    return re.sub(rb"startxref\n(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) + by), content)


def lengths_changed(content: bytes, by: int) -> bytes:
    return re.sub(rb"/Length (\d+)", lambda found: b"/Length %d" % (int(found[1]) + by), content)


def zeros_over(content: bytes, mark: bytes, after: int, count: int) -> bytes:
    at = content.index(mark) + after
    return content[:at] + bytes(count) + content[at + count :]


def drawing_cut(by: int) -> bytes:
    pdf = pdfs.plain("Words " * 50)
    drawing = zlib.compress(pdf.pages[0].obj.Contents.read_bytes())[:-by]
    pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, drawing)
    pdf.pages[0].obj.Contents.Filter = pikepdf.Name.FlateDecode
    how = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    return pdfs.saved(pdf, **how)


@pytest.fixture
def opened(tmp_path) -> Callable[[bytes], str]:
    """Return how a paper of three pages has to be opened."""

    def way(content: bytes) -> str:
        found = look(pdfs.put(tmp_path, "paper.pdf", content))
        assert found["pages"] == 3
        return str(found["way"])

    return way


@pytest.mark.parametrize(
    "content",
    [
        PLAIN + bytes(5000),
        PACKED + b" " * 1100,
        FOR_THE_WEB + b"\r\n" * 900,
        PLAIN + b"<p>Scanned for viruses</p>" * 100,
        b"X-Gateway: yes\r\n" * 20 + PLAIN + bytes(3000),
    ],
)
def test_what_lies_after_the_end_of_a_paper_does_no_harm(opened, content):
    assert opened(content) == "without what follows"


@pytest.mark.parametrize(
    "content",
    [
        table_moved(PLAIN, 1),
        table_moved(PACKED, 1),
        table_moved(PLAIN, 10**9) + bytes(2000),
        lengths_changed(PLAIN, 5),
        lengths_changed(PACKED, -5),
        PLAIN[:-10],
    ],
)
def test_a_damaged_table_of_contents_is_made_anew(opened, content):
    assert opened(content) == "made anew"


@pytest.mark.parametrize(
    "content", [PLAIN, PACKED, FOR_THE_WEB, b"junk\n" * 9 + PLAIN, table_moved(PLAIN, -1)]
)
def test_sound_papers_are_opened_as_they_are(opened, content):
    assert opened(content) == "as it is"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PLAIN[:-400], "whose end is missing"),
        (PACKED[:-100], "whose end is missing"),
        (FOR_THE_WEB[:-300], "whose end is missing"),
        (PLAIN[: len(PLAIN) // 2] + b"\n%%EOF\n", "some parts cannot be read"),
        (zeros_over(PLAIN, b"endstream", -20, 25), "some parts cannot be read"),
        (PLAIN + b"5 0 obj\n<</Type /Page", "whose end is missing"),
        (PLAIN + b"5 0 obj\n<</Type /Page" + bytes(3000), "whose end is missing"),
        (drawing_cut(20), "some parts cannot be read"),
        (pdfs.encrypted() + bytes(4000), "locked with a password"),
    ],
)
def test_a_paper_of_which_something_is_missing_is_refused(opened, content, found):
    with pytest.raises(Refused, match=found):
        opened(content)


def test_papers_that_were_put_right_are_in_the_pack_and_told_in_a_line(merge, place):
    _, made = merge(PLAIN + bytes(5000), table_moved(PACKED, 1))
    words = subprocess.run(
        ["pdftotext", place.root / "merged.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert [words.count(f"Plain page {number}") for number in (1, 2, 3)] == [2, 2, 2]
    (warning,) = [one for one in made.warnings if "table of contents" in one]
    assert warning.startswith(
        "reports/papers/2026-12-09/havering/2.pdf (agenda item 2): the file's own table"
    )
    assert "\n" not in warning
