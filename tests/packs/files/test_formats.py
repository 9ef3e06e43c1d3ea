"""Which formats a pack is made in, and which builds are previews."""

from __future__ import annotations

import pytest

from boardpacks.packs.files.formats import asked_formats, formats_of, is_preview


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ((), {"pdf", "html"}),
        (("large-print",), {"pdf", "html", "large-print"}),
        (("html",), {"html"}),
        (("pdf", "large-print"), {"pdf", "large-print"}),
    ],
)
def test_large_print_alone_is_an_addition(given, asked):
    assert asked_formats(given) == asked


@pytest.mark.parametrize(
    ("formats", "priorities", "preview"),
    [
        ({"pdf", "html"}, (), False),
        ({"pdf", "html", "large-print"}, (), False),
        ({"html"}, (), True),
        ({"pdf"}, (), True),
        ({"pdf", "large-print"}, (), True),
        ({"pdf", "html"}, ("mental-health",), True),
    ],
)
def test_less_than_what_a_board_gets_is_a_preview(formats, priorities, preview):
    assert is_preview(formats, priorities) == preview


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        ("havering/x_large-print.pdf", True),
        ("havering_v1.0/x_large-print.pdf", True),
        ("havering/x.pdf", False),
        ("newham/x_large-print.pdf", False),
        ("havering_vaccination/x_large-print.pdf", False),
    ],
)
def test_a_pack_that_has_large_print_keeps_it(make, tmp_path, there, kept):
    plan = make.plan(tmp_path / "work")
    path = tmp_path / plan.meeting.date.isoformat() / there
    path.parent.mkdir(parents=True)
    path.touch()
    assert ("large-print" in formats_of(plan, ("pdf", "html"), tmp_path)) == kept
