"""Opens a paper: as it is, without what lies after its end, or with its table of contents made anew."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path
from typing import Literal

import pikepdf

from boardpacks.packs.papers import paper_limits

Way = Literal["as it is", "without what follows", "made anew"]
WAYS: tuple[Way, ...] = ("as it is", "without what follows", "made anew")
"""How a paper can be opened; the first that finds nothing wrong is taken."""

_END = b"%%EOF"
_PADDING = b"\x00 \t\r\n\f\x1a"
_PART = re.compile(rb"\d\s+obj\b")
_PARTS = re.compile(rb"\d\s+obj\b|\bstartxref\b|\bendstream\b")
_TABLE_AT = re.compile(rb"startxref\s+\d+(?=\s*%%EOF\s*\Z)")
_MENDED = re.compile(r"recover|reconstruct", re.IGNORECASE)
_LOST = re.compile(r"treating stream as empty|unexpected EOF|EOF while", re.IGNORECASE)
_BLOCK = 10_000_000


def open_paper(path: Path, way: Way) -> pikepdf.Pdf:
    """Open a paper in one of the ways.

    Raises
    ------
    pikepdf.PdfError
        When it cannot be opened like that.
    """
    if way == "as it is":
        return pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)
    content = _up_to_the_end(path.read_bytes())
    if way == "without what follows":
        return pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    try:
        return pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise
    except (
        pikepdf.PdfError
    ):  # it says that its table is where something else is: nothing is believed of it then
        anew = _TABLE_AT.sub(b"startxref\n0", content)
        return pikepdf.open(io.BytesIO(anew), suppress_warnings=True)


def is_cut_off(path: Path) -> bool:
    """Whether a file ends before its end, as when a copy or a download broke off."""
    return not _up_to_the_end(path.read_bytes()).rstrip(_PADDING).endswith(_END)


def is_half_changed(path: Path) -> bool:
    """Whether changes were being added to a file and are not all there: without them it would be an older paper."""
    content = path.read_bytes()
    end = content.rfind(_END)
    return end >= 0 and bool(_PART.search(content, end)) and b"startxref" not in content[end:]


def was_mended(pdf: pikepdf.Pdf) -> bool:
    """Whether something of a paper could only be read because it was put right while reading."""
    return any(_MENDED.search(str(warning)) for warning in pdf.get_warnings())


def has_lost_parts(pdf: pikepdf.Pdf) -> bool:
    """Whether something is missing of a paper that was made anew: a part that is not there, or one that breaks off."""
    for part in pdf.objects:
        if part is None:
            return True
        if isinstance(part, pikepdf.Stream) and part.get("/Subtype") != "/Image" and _breaks_off(part):
            return True
    return any(_LOST.search(str(warning)) for warning in pdf.get_warnings())


def _up_to_the_end(content: bytes) -> bytes:
    """Return a file without what lies after its end and is no part of it: zeros, blanks, or a gateway's words."""
    end = content.rfind(_END)
    if end < 0 or _PARTS.search(content, end):
        return content
    return content[: end + len(_END)] + b"\n"


def _breaks_off(stream: pikepdf.Stream) -> bool:
    filters = stream.get("/Filter")
    first = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    if first != "/FlateDecode":
        return False
    packed = stream.read_raw_bytes()
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    left, size, total = packed[2:], 0, 1
    try:
        while left and not unpacker.eof and size <= paper_limits.MOST_STREAM:
            unpacked = unpacker.decompress(left, _BLOCK)
            size, total = size + len(unpacked), zlib.adler32(unpacked, total)
            left = unpacker.unconsumed_tail
    except zlib.error:
        return True
    stated = unpacker.unused_data[:4]  # some programs leave the sum out
    is_other = len(stated) == 4 and int.from_bytes(stated, "big") != total
    return bool(packed) and (not unpacker.eof or is_other)
