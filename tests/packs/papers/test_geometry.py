from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.packs.papers.geometry import PageLayout, page_layout
from tests.packs.papers import pdfs

places = st.floats(-1000, 3000)
turns = st.sampled_from([0, 90, 180, 270])


@st.composite
def layouts(draw) -> PageLayout:
    left, bottom = draw(places), draw(places)
    width, height = draw(st.floats(100, 2000)), draw(st.floats(100, 2000))
    scale = draw(st.floats(0.5, 1))
    return PageLayout((left, bottom, left + width, bottom + height), draw(turns), 1.0, scale)


@given(layouts())
def test_the_corners_of_a_stamp_lie_on_the_corners_of_the_page(layout):
    width, height = layout.size
    matrix = pikepdf.Matrix(*layout.stamp_matrix)
    found = sorted(matrix.transform(corner) for corner in ((0, 0), (width, 0), (0, height), (width, height)))
    left, bottom, right, top = layout.box
    expected = sorted([(left, bottom), (left, top), (right, bottom), (right, top)])
    assert [value for pair in found for value in pair] == pytest.approx(
        [value for pair in expected for value in pair], abs=0.01
    )


@pytest.mark.parametrize(
    ("rotate", "corner"), [(0, (0, 800)), (90, (0, 0)), (180, (600, 0)), (270, (600, 800))]
)
def test_the_top_left_of_a_stamp_is_where_readers_see_the_top_left(rotate, corner):
    """A page turned clockwise by 90 degrees shows its own lower left corner at the top left."""
    layout = PageLayout((0, 0, 600, 800), rotate)
    assert pikepdf.Matrix(*layout.stamp_matrix).transform((0, layout.size[1])) == pytest.approx(corner)


@given(layouts())
def test_content_is_made_smaller_about_the_middle_of_the_page(layout):
    left, bottom, right, top = layout.box
    assert layout.x((left + right) / 2) == pytest.approx((left + right) / 2, abs=0.01)
    assert left - 0.01 <= layout.x(left) <= layout.x(right) <= right + 0.01
    assert bottom - 0.01 <= layout.y(bottom) <= layout.y(top) <= top + 0.01


def test_only_what_is_seen_of_a_page_counts():
    pdf = pdfs.plain(size=(600, 800))
    pdf.pages[0].obj.CropBox = pikepdf.Array([50, 60, 10_000, 700])
    pdf.pages[0].obj.UserUnit = 2
    layout = page_layout(pdf.pages[0])
    assert layout.box == (50, 60, 600, 700)
    assert layout.size == (1100, 1280)


@pytest.mark.parametrize("box", [[0, 0, 1, 1], [0, 0, 10**6, 10**6]])
def test_a_page_that_cannot_be_shown_is_an_error(box):
    pdf = pdfs.plain()
    pdf.pages[0].obj.MediaBox = pikepdf.Array(box)
    with pytest.raises(ValueError, match="x"):
        page_layout(pdf.pages[0])
