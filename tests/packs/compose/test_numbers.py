"""The appendix of numbers: what sentences and tables say, once each, leading both ways."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from boardpacks.data.observations import STATED
from boardpacks.packs.compose.gather_facts import gather_facts
from boardpacks.packs.compose.numbers import numbers_markdown
from boardpacks.packs.compose.section import Labels, compose_section
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.read.read_notebook import read_chapter

LONG_CELL = 700
"""As in boardpack.lua: rows with longer cells may break over two pages."""
SMOKING = "havering.smoking.E09000016.persons.2023"


def span(fact: dict[str, Any]) -> str:
    return f'[{fact["display"]}]{{fact="{fact["id"]}"}}'


@pytest.fixture
def appendix(make, params, tmp_path):
    """Return the appendix of a pack whose one chapter says these facts in words."""

    def written(*facts: dict[str, Any], silent: tuple[dict[str, Any], ...] = (), notebooks: int = 1) -> str:
        words = " ".join(f"{markdown_text(fact['area_name'])}: {span(fact)}." for fact in facts)
        chapters = []
        for number in range(notebooks):
            record = make.statement(markdown=words or "Nothing.", facts=[*facts, *silent])
            cells = [f"# Chapter {number}", "## Adults who smoke", [record]]
            chapters.append(read_chapter(make.notebook(tmp_path / f"n{number}.ipynb", cells)))
        labels = Labels()
        sections = [compose_section(chapter, labels) for chapter in chapters]
        return numbers_markdown(gather_facts("havering", chapters, params, make.snapshot), sections, params)

    return written


def data_of(appendix: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="facts-of-pack">(.*)</script>', appendix)
    data: dict[str, Any] = json.loads(found)
    return data


def rows(appendix: str) -> list[str]:
    return [line for line in appendix.splitlines() if line.startswith("| [")]


def test_numbers_stand_by_measure_and_period_with_interval_and_source(appendix, make):
    england = {"area": "E92000001", "area_name": "England", "lower": None, "upper": None}
    facts = [
        make.fact(),
        make.fact(id=SMOKING.replace("16.", "92."), method="sum of two", **england),
        make.fact(id=SMOKING.replace("2023", "2018"), period="2018", value=12.0, display="12.0%"),
    ]
    for fact in facts:
        fact["id"] = f"havering.smoking.{fact['area']}.persons.{fact['period']}"
    (row,) = rows(appendix(*facts))

    assert row == (
        "| [Adults who smoke](#sec-n0-adults-who-smoke) [smoking]{.fact-id} "
        f'| **2023:** [Havering 10.9% (9.8% to 12.1%)]{{row="{facts[0]["id"]}"}}; '
        f'[England 10.9% (sum of two)]{{row="{facts[1]["id"]}"}}. '
        f'**2018:** [Havering 12.0% (9.8% to 12.1%)]{{row="{facts[2]["id"]}"}}. '
        "| ONS (Annual Population Survey) |"
    )


def test_a_row_that_would_break_over_two_pages_goes_on_in_rows_of_its_own(appendix, make):
    facts = [
        make.fact(
            id=f"havering.smoking.E{number:08}.persons.2023", area=f"E{number:08}", area_name=f"Area {number}"
        )
        for number in range(100)
    ]
    told = [line for line in appendix(*facts).splitlines() if line.startswith(("| [", "| Adults"))]

    assert len(told) > 3
    assert [row.partition(" | ")[0] for row in told[1:]] == ["| Adults who smoke, continued"] * (
        len(told) - 1
    )
    assert all(row.split(" | ")[1].startswith("**2023:** [Area ") for row in told)
    assert [name for row in told for name in re.findall(r"\[(Area \d+) ", row)] == [
        fact["area_name"] for fact in facts
    ]
    shown = [re.sub(r"\{row=.*?\}|[\[\]*]", "", row.split(" | ")[1]) for row in told]
    assert max(map(len, shown)) < LONG_CELL


def test_numbers_made_from_others_say_what_they_are(appendix, make):
    rank = {"unit": "peers", "value": 33.0, "display": "33", "lower": None, "upper": None}
    peers = make.fact(
        id=f"{SMOKING}.peers",
        indicator_name="Adults who smoke: peers",
        method="peers among the peers",
        **rank,
    )

    (row,) = rows(appendix(make.fact(), peers))
    assert f'; [peers: 33]{{row="{SMOKING}.peers"}}. |' in row


def test_figures_that_the_strategy_states_share_a_row_and_keep_its_words(appendix, make):
    stated = {"method": STATED, "lower": None, "upper": None, "indicator": "baseline-a", "source": "Strategy"}
    one = make.fact(id="havering.baseline.a", indicator_name="Asthma", display="1 in 20", **stated)
    other = make.fact(id="havering.baseline.b", indicator_name="Epilepsy", display="over 900", **stated)

    (row,) = rows(appendix(one, other))
    assert row.startswith("| [Figures that the strategy started from](#sec-n0-adults-who-smoke) ")
    assert "[Havering, asthma: 1 in 20]" in row
    assert "[epilepsy: over 900]" in row


def test_a_unit_is_said_once_with_the_measure(appendix, make):
    (row,) = rows(appendix(make.fact(unit="per 1,000", display="10.9 per 1,000")))

    assert "(#sec-n0-adults-who-smoke), per 1,000 [smoking]" in row
    assert "Havering 10.9 (9.8 to 12.1)" in row


def test_each_number_stands_once_in_the_chapter_that_says_it_first(appendix, make):
    written = appendix(make.fact(), notebooks=2)

    assert written.count("{row=") == 1
    assert ": Chapter 0 {#tbl-numbers-n0" in written
    assert "tbl-numbers-n1" not in written


def test_what_only_charts_show_is_left_out(appendix, make):
    shown = make.fact(id=SMOKING.replace("2023", "2018"), period="2018")

    written = appendix(make.fact(), silent=(shown,))
    assert "2018" not in written
    assert "sentences and tables say, 1 in all." in written
    assert appendix(silent=(shown,)) == "No sentence and no table of this pack says a figure.\n"


def test_the_page_has_what_its_script_shows(appendix, make):
    data = data_of(appendix(make.fact(publisher="</script><b>")))

    *shared, display, interval = data["facts"][SMOKING]
    words = [data["words"][number] for number in shared]
    assert (display, interval) == ("10.9%", "9.8% to 12.1%")
    assert words == [
        *(
            "Adults who smoke",
            "Havering",
            "2023",
            "%",
            "published",
            "single overlapping 95% interval, against England",
        ),
        *("Annual Population Survey", "</script><b>", "OGL v3.0", "smoking", "E09000016", "Persons", "2023"),
        *("n0.ipynb", "cell 3, statement smoking"),
    ]
    assert data["snapshot"] == f"embedded ({make.hash[:12]})"


def test_words_of_the_figures_are_escaped(appendix, make):
    written = appendix(make.fact(area_name="A | [b](c)", source="*S*", publisher="P<b>"))

    (row,) = rows(written)
    assert r"[A \| \[b\](c) 10.9%" in row
    assert r"P\<b\> (\*S\*)" in row
