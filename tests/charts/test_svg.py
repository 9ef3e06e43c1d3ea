"""The SVG of a figure: the same each time, and fit to stand inside a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from boardpacks.charts.svg import to_svg

pytestmark = pytest.mark.usefixtures("look")
SVG = "{http://www.w3.org/2000/svg}"


def draw() -> Figure:
    figure, axes = plt.subplots(figsize=(4, 2))
    axes.plot([0, 1, 2], [1.123456789, 3.0, 2.0], marker="o")
    axes.fill_between([0, 1, 2], [0.5, 2, 1], [2, 4, 3])
    axes.set_title("Havering & <others> 10.9%")
    return figure


@pytest.fixture(scope="module")
def svg(look: None) -> str:
    return to_svg(draw())


def test_the_same_figure_gives_the_same_svg(svg: str):
    assert to_svg(draw()) == svg


def test_the_figure_is_closed():
    figure = draw()
    to_svg(figure)
    assert not plt.fignum_exists(figure.number)
    assert plt.get_fignums() == []


def test_nothing_dated_and_nothing_for_the_whole_page(svg: str):
    root = ET.fromstring(svg)
    tags = {element.tag for element in root.iter()}
    assert root.tag == f"{SVG}svg"
    assert f"{SVG}style" not in tags
    assert not any("metadata" in tag or "rdf" in tag.lower() for tag in tags)
    for word in ("<?xml", "<!DOCTYPE", "<!--", "dc:date", "matplotlib.org", "*{"):
        assert word not in svg


def test_text_stays_text_in_the_packs_font(svg: str):
    texts = ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]
    assert "Havering & <others> 10.9%" in texts
    assert "Inter" in svg
    assert f"{SVG}use" in {element.tag for element in ET.fromstring(svg).iter()}  # markers, not letters


def test_coordinates_have_two_decimals(svg: str):
    paths = re.findall(r' d="([^"]*)"', svg)
    assert paths
    assert not any(re.search(r"\.\d{3}", path) for path in paths)
    assert not any("\n" in path for path in paths)


def test_ids_are_used_once_and_every_reference_is_met(svg: str):
    ids = re.findall(r' id="([^"]*)"', svg)
    assert len(ids) == len(set(ids))
    wanted = set(re.findall(r'href="#([^"]*)"', svg)) | set(re.findall(r"url\(#([^)]*)\)", svg))
    assert wanted
    assert wanted <= set(ids)
