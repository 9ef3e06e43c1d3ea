"""Numbers on the pages of a board edition: each is a fact, words of the annex, or a number of results."""

from __future__ import annotations

import pytest

from boardpacks.packs.check.check_edition import check_edition
from boardpacks.packs.edition.board_scorecard import scorecard_markdown
from boardpacks.packs.edition.board_summary import board_summary_markdown
from boardpacks.packs.edition.priority_page import priority_page_markdown
from boardpacks.packs.edition.unknown import unknown_markdown
from tests.packs.conftest import a_line
from tests.packs.edition.conftest import chart, gathered, value

__all__ = ["gathered"]
LINE = "Adults who smoke: 10.9% in 2023, worse than England (9.1%)"


@pytest.fixture
def pack(gathered):
    own, england = value("smoking", 10.9), value("smoking", 9.1, "E92000001")
    lines = [
        a_line("worse", line=LINE, facts=(own.id, england.id), concern={"since": "2019"}),
        *(a_line("not-tested", n, indicator="obesity") for n in range(2)),
    ]
    return gathered(lines, [own, england], [chart("smoking-trend", own)])


def test_the_pages_as_they_are_made_have_no_number_of_their_own(pack):
    priority = pack.params.priorities["long-term-conditions"]
    pages = {
        "summary": board_summary_markdown(pack),
        "scorecard": scorecard_markdown(pack),
        "priorities": priority_page_markdown(pack, priority, 4),
        "unknown": unknown_markdown(pack),
    }

    assert check_edition(pages, pack) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Havering has 14.2% of them.", "14.2%"),
        ("Of 47 measures: 1 worse than England.", "47"),
        ('[10.9%]{fact="havering.smoking.E09000016.persons.2023"} in 2021.', "2021"),
        ("Smoking is the 5th lowest.", "5th"),
        ("Behind England since 2016.", "2016"),
        ("| Smoking | 12.3 | none |", "12.3"),
    ],
)
def test_a_number_that_nothing_holds_is_named_with_its_page(pack, text, number):
    (fault,) = check_edition({"summary": f"Of 3 results: 1 worse than England.\n\n{text}"}, pack)

    assert fault.startswith(f"summary: says {number!r}, which is no fact")


@pytest.mark.parametrize(
    "text",
    [
        'Smoking: [10.9%]{fact="havering.smoking.E09000016.persons.2023"} in 2023',
        LINE,
        "**Smoking.** 10.9% in 2023, worse than England (9.1%); Since 2019.",
        "A shaded band is the 95% interval.",
        '![](figures/a-2.svg){fig-alt="A chart of 17 things."} [A link](annex:sec-x-2)',
    ],
)
def test_facts_words_of_the_annex_and_what_is_not_printed_are_let_through(pack, text):
    assert check_edition({"summary": text}, pack) == []
