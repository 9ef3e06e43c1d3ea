"""What is said of pages with little on them, and of which documents."""

from __future__ import annotations

import pytest
import typst

from boardpacks.packs.check.tell_empty_pages import tell_empty_pages

FULL = "#for _ in range(42) [Many words on a line. #linebreak()]"
HALF = "#for _ in range(15) [Many words on a line. #linebreak()]"
STUB = "Two words."


@pytest.fixture
def document(tmp_path):
    """Return a function that makes a PDF of these pages."""

    def made(name, *pages):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(typst.compile("\n#pagebreak()\n".join(pages).encode()))
        return path

    return made


def test_pages_with_little_on_them_are_told_by_document(document):
    edition = document("edition", FULL, HALF, STUB, FULL)
    large = document("large", FULL, STUB, FULL, STUB)
    annex = document("annex", FULL, HALF, FULL)

    told = tell_empty_pages("Alston", {"edition": edition, "large-print": large, "pdf": annex})

    assert told == (
        "Alston: page 3 of the board edition is next to empty. "
        "Alston: pages 2 and 4 of the evidence annex in large print are next to empty. "
        "Alston: page 2 of the board edition is less than half full."
    )


def test_nothing_is_told_of_full_pages_or_of_other_files(document, tmp_path):
    full = document("full", FULL, FULL)
    page = tmp_path / "page.html"
    assert tell_empty_pages("Alston", {"edition": full, "pdf": full, "html": page}) == ""
