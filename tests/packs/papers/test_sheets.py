"""The sheets of a meeting pack that are ours have the system's own colour."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pikepdf
import pytest

from boardpacks.packs.papers.sheets import CoverSheet, sheets_pdf
from boardpacks.params.own_words import COLOUR
from boardpacks.project.folder import Project

COVER = CoverSheet(
    title="Bolton meeting pack",
    subtitle="Agenda and papers",
    organisation="Bolton",
    system="Greater Manchester",
    board="Bolton Board",
    date="Wednesday 27 January 2027",
    version="0.1",
    status="DRAFT",
    marks=("DRAFT",),
    about="",
    notes=(),
    agenda="Agenda",
    kind="Meeting pack",
    colour=COLOUR,
)


@pytest.mark.parametrize(("colour", "painted"), [(COLOUR, (0, 94, 184)), ("#4b2e83", (75, 46, 131))])
def test_the_cover_is_in_the_systems_colour(checkout: Project, colour: str, painted: tuple[int, ...]):
    made = sheets_pdf(replace(COVER, colour=colour), [], checkout.reports, dt.date(2026, 11, 29))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fills = {
            tuple(round(float(part) * 255) for part in drawn.operands)
            for drawn in pikepdf.parse_content_stream(pdf.pages[0])
            if str(drawn.operator) in ("rg", "scn") and len(drawn.operands) == 3
        }
    assert painted in fills
