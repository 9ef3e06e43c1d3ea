"""Packs made by hand for the pages of a board edition: each line with its facts and, where wanted, its chart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from boardpacks.facts.artefacts import Fact, Figure, Summary
from boardpacks.packs.compose.section import ChapterLine, Section
from boardpacks.packs.compose.summary_lines import gather_lines
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.read.read_notebook import ChapterContent, Markdown
from boardpacks.params.assurance import Assurance, AssuranceRule, BoardAsk
from tests.packs.conftest import a_content, a_fact, a_plan, some_params

ASKS = Assurance(
    headings={
        heading: BoardAsk(asks=f"The board is asked to {heading}")
        for heading in ("alert", "advise", "assure")
    },
    rules=(
        AssuranceRule(then="alert", verdict=("worse",)),
        AssuranceRule(then="advise", stands_out=("behind-peers",)),
        AssuranceRule(then="assure", verdict=("better",)),
    ),
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 241 120"/>'


def value(
    indicator: str, number: float, area: str = "E09000016", period: str = "2023", **changes: object
) -> Fact:
    """Return the fact of a published value."""
    names = {"E09000016": "Havering", "E92000001": "England"}
    return Fact(
        **a_fact(
            id=f"havering.{indicator}.{area}.persons.{period}",
            indicator=indicator,
            area=area,
            area_name=names.get(area, area),
            period=period,
            value=number,
            lower=None,
            upper=None,
            display=f"{number}%",
        )
        | changes
    )


def chart(name: str, *facts: Fact) -> Figure:
    """Return a chart of some facts."""
    return Figure(
        kind="figure",
        name=name,
        facts=facts,
        title="A chart",
        note="%, 2019 to 2023. Source: ONS.",
        alt="A chart of something.",
        svg=SVG,
    )


@pytest.fixture
def gathered(tmp_path):
    """Return a function that gathers summaries, facts and charts of one chapter, and of some params."""
    return gather_in(tmp_path)


def gather_in(folder: Path) -> Callable[..., Gathered]:
    """Return the function of the fixture `gathered`, for tests that cannot have one."""

    def made(summaries, facts=(), charts=(), **params) -> Gathered:
        own = some_params().model_copy(update={"assurance": ASKS, **params})
        lines = tuple(ChapterLine(Summary(**summary), "sec-x") for summary in summaries)
        section = Section("ltc", "ltc", "Long-term conditions", "sec-ltc", (), "", {}, lines, ())
        items = (Markdown("# Long-term conditions"), *charts)
        cells = {one.name: 2 for one in charts}
        chapter = ChapterContent("ltc", "Long-term conditions", items, cells)
        pack = a_content(a_plan(folder), chapter)
        pack = type(pack)(pack.plan, own, pack.chapters, pack.snapshot)
        entries = gather_lines([section], own, facts)
        return Gathered(
            pack, [section], entries, facts, (), None, {"Meeting": "Havering Board", "Date and time": "soon"}
        )

    return made
