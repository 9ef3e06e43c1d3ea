"""The last gate finds a small number in every format of a finished pack, and nothing where a pack has none."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import openpyxl
import pikepdf
import pytest

from boardpacks.facts.artefacts import Fact
from boardpacks.packs.check.check_disclosure import Guarded, HiddenFigure, check_disclosure
from boardpacks.packs.check.finished_pieces import pieces_of
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.params.models import Params
from tests.packs.conftest import a_fact

NAME = "Children referred"
HAVERING, NEWHAM, ENGLAND = "E09000016", "E09000025", "E92000001"


def fact(area: str, area_name: str, period: str, value: float, **changes: Any) -> Fact:
    about = {"indicator": "referrals", "indicator_name": NAME, "unit": "children", "sex": "Persons"}
    where = {
        "area": area,
        "area_name": area_name,
        "period": period,
        "id": f"havering.referrals.{area}.{period}",
    }
    shown = {"value": value, "lower": None, "upper": None, "display": f"{value:,.0f}"}
    return Fact.model_validate(a_fact(**about, **where, **shown) | changes)


FACTS = (
    fact(HAVERING, "Havering", "2024", 35),
    fact(NEWHAM, "Newham", "2025", 60),
    fact(ENGLAND, "England", "2025", 40_003),
    fact(
        HAVERING,
        "Havering",
        "2024",
        2,
        unit="rank",
        id="havering.referrals.rank",
        indicator_name=f"{NAME}: rank",
    ),
)


@pytest.fixture
def guarded(params: Params) -> Guarded:
    own = params.indicators["smoking"].model_copy(
        update={
            "id": "referrals",
            "name": NAME,
            "measures": "Children aged 5 to 17 who are referred within 7 days.",
            "unit": "children",
            "additive": True,
            "disclosure": "nhs-secondary-care",
            "also_called": ("referrals",),
        }
    )
    return Guarded(
        params.model_copy(update={"indicators": {**params.indicators, "referrals": own}}),
        (HiddenFigure("referrals", HAVERING, "Persons", "2025"),),
        {
            HAVERING: frozenset((HAVERING, "Havering")),
            NEWHAM: frozenset((NEWHAM, "Newham")),
            ENGLAND: frozenset((ENGLAND, "England")),
        },
        frozenset((ENGLAND,)),
        FACTS,
    )


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Bars of children referred">'
    '<g id="text_1"><text>Havering</text></g><g id="text_2"><text>{label}</text></g></svg>'
)


def page(
    sentence: str = "Children referred in Havering, 2025: hidden, a small number; England 40,003.",
    alt: str = "Bars of children referred. Newham is at 60 in 2025.",
    label: str = "60",
    row: tuple[str, ...] = ("Havering", "2025", "hidden: small number"),
) -> bytes:
    cells = "".join(f"<td>{cell}</td>" for cell in row)
    return (
        f"<!DOCTYPE html><html><body><h1>Pack</h1><h3>{NAME}</h3>"
        "<p>Children aged 5 to 17 who are referred within 7 days. It was the 2nd highest in 2024, 2 of 33.</p>"
        f'<p>{sentence}</p><img src="data:image/png;base64,AA" alt="{alt}">{SVG.format(label=label)}'
        f"<figure><table><caption>{NAME}</caption><tr><th>Area</th></tr><tr>{cells}</tr></table></figure>"
        "<h3>Obesity</h3><p>Obesity fell in 3 years, by 4 points; it concerns two people.</p></body></html>"
    ).encode()


def paper(label: str = "60") -> bytes:
    drawing = quote(SVG.format(label=label))
    about = f'<h2>Children referred</h2><img alt="Bars" src="data:image/svg+xml;charset=utf-8,{drawing}">'
    return f"<html><body>{about}<pre>60</pre></body></html>".encode()


COLUMNS = ("Measure", "Area", "Sex", "Period", "Value", "Unit", "As printed in the pack", "Cell")
KEYS = ("indicator", "area", "sex", "period", "value", "unit", "display")
SOUND = ((NAME, "Newham", "Persons", "2025", 60, "children", "60", 4),)
PLANTED = (NAME, "Havering", "Persons", "2025", 3, "children", "3", 4)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("Long-term conditions: every number",), COLUMNS, *SOUND, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(*rows: tuple[Any, ...]) -> bytes:
    names = {key: f"urn:oasis:names:tc:opendocument:xmlns:{key}:1.0" for key in ("office", "table", "text")}
    declared = " ".join(f'xmlns:{key}="{name}"' for key, name in names.items())
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in (COLUMNS, *SOUND, *rows)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "content.xml", f'<o {declared}><table:table table:name="All">{cells}</table:table></o>'
        )
    return out.getvalue()


def facts_json(*facts: Fact) -> bytes:
    def record(one: Fact) -> dict[str, Any]:
        about = {"indicator": one.indicator, "area": one.area, "sex": one.sex, "period": one.period}
        shown = {"value": one.value, "unit": one.unit, "display": one.display, "source": 3}
        said = [{"notebook": "own", "cell": 3, "kind": "statement", "name": "own", "marked": True}]
        return {"id": one.id, "name": one.indicator_name, **shown, "observation": about, "said": said}

    judgement = {
        "indicator": "referrals",
        "verdict": "not-compared",
        "count": 1,
        "line": f"{NAME}: 60 in Newham",
    }
    return json.dumps({"judgements": [judgement], "facts": [record(one) for one in facts]}).encode()


def data_csv(*facts: Fact) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ("fact_id", *KEYS))
    writer.writeheader()
    for one in facts:
        writer.writerow({"fact_id": one.id} | {key: getattr(one, key) for key in KEYS})
    return out.getvalue().encode()


def pdf(words: str = "Children referred: 60 in Newham.", alt: str = "Bars.", **attached: bytes) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf 20 700 Td ({words}) Tj ET".encode())
    made.Root.StructTreeRoot = made.make_indirect(
        pikepdf.Dictionary(K=made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt=alt)))
    )
    for name, content in attached.items():
        made.attachments[name.replace("_", ".")] = content
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


SMALL = fact(HAVERING, "Havering", "2025", 3)


def files(**changes: bytes) -> Mapping[str, bytes]:
    made = {
        "pack_html": page(),
        "pack_pdf": pdf(facts_json=facts_json(*FACTS), workbook_xlsx=workbook()),
        "data_csv": data_csv(*FACTS),
        "facts_json": facts_json(*FACTS),
        "data_xlsx": workbook(),
        "data_ods": ods(),
        "working-paper_html": paper(),
    }
    return {name.replace("_", "."): content for name, content in (made | changes).items()}


def test_a_pack_that_keeps_to_its_policy_passes(guarded: Guarded):
    check_disclosure(files(), guarded)


PLACES = {
    "a sentence": ({"pack_html": page(sentence="In Havering 3 were referred.")}, "pack.html, line 1: p: says '3'"),
    "a sentence that names it": ({"pack_html": page(sentence="Referrals in Havering were 3 in 2025.")}, "says '3'"),
    "a sentence in words": ({"pack_html": page(sentence="Three children were referred.")}, "says 'Three children'"),
    "what would be a rate of it": (
        {"pack_html": page(sentence="Referrals in Havering were 1.3 per 10,000.")},
        "the figure of Children referred is hidden there",
    ),
    "an alt text": ({"pack_html": page(alt="Havering is at 3 in 2025.")}, "pack.html, line 1: img, alt: says '3'"),
    "an SVG label": ({"pack_html": page(label="3")}, "pack.html: a label of a drawing ('3'): says '3'"),
    "a row of a table": ({"pack_html": page(row=("Havering", "2025", "3"))}, "pack.html, line 1: tr: says '3'"),
    "the workbook": ({"data_xlsx": workbook(PLANTED)}, "data.xlsx, sheet Sheet, row 4: Value '3'"),
    "the workbook of OpenDocument": ({"data_ods": ods(PLANTED)}, "data.ods, sheet All, row 3: Value '3'"),
    "an attachment": ({"pack_pdf": pdf(facts_json=facts_json(SMALL))}, "pack.pdf, attached facts.json, facts 1"),
    "an attached workbook": ({"pack_pdf": pdf(w_xlsx=workbook(PLANTED))}, "pack.pdf, attached w.xlsx, sheet Sheet"),
    "a page of a PDF": ({"pack_pdf": pdf("Children referred: 3 in Havering.")}, "pack.pdf, page 1: says '3'"),
    "a description in a PDF": ({"pack_pdf": pdf(alt="Referrals: Havering 3.")}, "a description (Alt): says '3'"),
    "the facts": ({"facts_json": facts_json(*FACTS, SMALL)}, "facts.json, facts 5, havering.referrals"),
    "the data": ({"data_csv": data_csv(*FACTS, SMALL)}, "data.csv, havering.referrals.E09000016.2025: value '3"),
    "a working paper": ({"working-paper_html": paper("3")}, "working-paper.html: a label of a drawing ('3')"),
}  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_a_planted_small_number_is_found_and_its_place_told(guarded: Guarded, where: str):
    changes, told = PLACES[where]
    with pytest.raises(CheckFailed) as failed:
        check_disclosure(files(**changes), guarded)
    assert any(told in finding for finding in failed.value.findings), failed.value.findings


ROWS = {
    "not rounded": (fact(NEWHAM, "Newham", "2024", 23), "not rounded to 5"),
    "small, where nothing is hidden": (fact(NEWHAM, "Newham", "2024", 6), "a count from 1 to 7"),
    "a sum with a hidden one": (
        fact(f"{HAVERING}+{NEWHAM}", "Both", "2025", 65, method="sum of Havering and Newham"),
        "hidden, by subtraction",
    ),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_fact_that_breaks_the_policy_is_found(guarded: Guarded, kind: str):
    planted, told = ROWS[kind]
    with pytest.raises(CheckFailed, match=told):
        check_disclosure({"facts.json": facts_json(planted)}, guarded)


def test_a_hidden_figure_that_a_chapter_hands_over_as_a_fact_is_still_hidden(guarded: Guarded):
    told = Guarded(guarded.params, guarded.hidden, guarded.areas, guarded.countries, (*FACTS, SMALL))
    with pytest.raises(CheckFailed, match="Havering were 3"):
        check_disclosure(files(pack_html=page(sentence="Referrals in Havering were 3 in 2025.")), told)


def test_ticks_of_a_scale_are_no_figures():
    ticks = "".join(f'<g id="ytick_{n}"><text x="0" y="{100 - n}">{n}</text></g>' for n in (0, 2, 4, 6))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><g id="matplotlib.axis_2">{ticks}</g></svg>'
    assert list(pieces_of("chart.svg", drawing.encode())) == []
    on_a_page = drawing.replace('id="', 'id="chart-12-')
    assert list(pieces_of("chart.svg", on_a_page.encode())) == []


def test_an_axis_in_the_text_of_a_pdf_is_no_row_of_figures(guarded: Guarded):
    check_disclosure({"pack.pdf": pdf("Children referred 2021 2022 2023 0 2.5 5 7.5 60")}, guarded)
    with pytest.raises(CheckFailed, match="says '3'"):
        check_disclosure({"pack.pdf": pdf("Children referred 35 3 60")}, guarded)
