"""Links to indicators lead to where the pack shows them, or are no links."""

from __future__ import annotations

from boardpacks.packs.compose.links import link_indicators
from boardpacks.packs.compose.section import Labels, compose_section
from boardpacks.packs.read.read_notebook import read_chapter


def composed(make, tmp_path, name, cells, labels):
    return compose_section(read_chapter(make.notebook(tmp_path / f"{name}.ipynb", cells)), labels)


def test_links_lead_to_the_first_heading_that_has_the_indicator(chapter, make, tmp_path):
    labels = Labels()
    words = "See [smoking](#indicator-smoking), [drinking](#indicator-drinking) and [more](#elsewhere)."
    shown = compose_section(read_chapter(chapter()), labels)
    pointing = composed(make, tmp_path, "overview", ["# Overview", words], labels)
    indicators = {line.summary.indicator for line in shown.lines}
    assert indicators == {"smoking"}

    for order in ([shown, pointing], [pointing, shown]):
        (linked,) = [one for one in link_indicators(order) if one.chapter == "overview"]
        assert (
            "See [smoking](#sec-long-term-conditions-adults-who-smoke), drinking and [more](#elsewhere)."
            in linked.text
        )


def test_a_pack_without_the_indicator_keeps_the_words(make, tmp_path):
    section = composed(make, tmp_path, "overview", ["# Overview", "[Smoking](#indicator-smoking)."], Labels())
    (linked,) = link_indicators([section])
    assert "\nSmoking.\n" in linked.text
