"""How much of each page of a document is empty at its foot."""

from __future__ import annotations

import pytest
import typst

from boardpacks.packs.check.check_pages import empty_feet, half_empty


@pytest.fixture
def document(tmp_path):
    """Return a function that makes a PDF whose pages are filled to these shares."""

    def made(*shares):
        pages = "\n#pagebreak()\n".join(
            f"#block(height: {100 * share}%, width: 100%, align(bottom)[last words])" for share in shares
        )
        page = '#set page(paper: "a4", margin: (x: 18mm, top: 21mm, bottom: 15mm), footer: [Page 1])\n'
        path = tmp_path / "made.pdf"
        path.write_bytes(typst.compile((page + pages).encode()))
        return path

    return made


def test_the_empty_foot_is_what_lies_below_the_last_words(document):
    assert empty_feet(document(0.97, 0.75, 0.25)) == pytest.approx([0.03, 0.25, 0.75], abs=0.02)


def test_a_page_less_than_half_full_is_named_but_the_last_one_is_not(document):
    assert half_empty(document(0.9, 0.4, 0.8, 0.1)) == [2]
