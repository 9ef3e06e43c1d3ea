"""Everything that the strategy names is in the packs, counted against params.

Another thing that the strategy names is one more entry of ``NAMED``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from boardpacks.chapter.baselines import stated
from boardpacks.packs.check.check_pdf import stub_pages
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from tests.documents import annex_of

pytestmark = pytest.mark.end_to_end


@dataclass(frozen=True)
class Named:
    """Something that the strategy lists: how many there are, their names in params, and whose packs have them.

    ``of_each`` is true where every place's pack together with the system's has all of them; else all packs together.
    """

    what: str
    count: int
    names: Callable[[Params], Sequence[str]]
    of_each: bool = True


NAMED = (
    Named("priorities", 4, lambda params: [one.name for one in params.priorities.values()]),
    Named(
        "outcomes", 28, lambda params: [o.title for one in params.priorities.values() for o in one.outcomes]
    ),
    Named("themes", 6, lambda params: [theme.name for theme in params.themes]),
    Named("foundations", 4, lambda params: [foundation.name for foundation in params.foundations]),
    Named(
        "areas of equity", 9, lambda params: [part.name for one in params.foundations for part in one.parts]
    ),
    Named("tests of everything", 4, lambda params: params.system.tests),
    Named("core structures", 3, lambda params: params.system.structures),
    Named("ambition", 1, lambda params: [params.system.ambition]),
    Named("places", 7, lambda params: [place.name for place in params.places.values()]),
    Named("boroughs", 8, lambda params: [borough.name for borough in params.boroughs()]),
    Named("trusts", 3, lambda params: [trust.short_name for trust in params.system.trusts]),
    Named("collaboratives", 5, lambda params: [one.name for one in params.collaboratives.values()]),
    Named(
        "strategic priorities of the trusts",
        3,
        lambda params: [part.title for one in params.collaboratives.values() for part in one.priorities],
    ),
    Named(
        "clinical pathways",
        6,
        lambda params: [part.title for one in params.collaboratives.values() for part in one.pathways],
    ),
    Named(
        "themes of the trusts",
        3,
        lambda params: [theme for one in params.collaboratives.values() for theme in one.themes],
    ),
    Named(
        "figures of the system",
        51,
        lambda params: [_figure(one) for one in _figures(params) if one.chapter != "place_profile"],
    ),
    Named(
        "figures of boroughs",
        4,
        lambda params: [_figure(one) for one in _figures(params) if one.chapter == "place_profile"],
        of_each=False,
    ),
    Named(
        "local emphases",
        13,
        lambda params: [one.text for place in params.places.values() for one in place.emphasis],
        of_each=False,
    ),
)


def _figures(params: Params) -> Sequence[Any]:
    assert params.baselines is not None
    return params.baselines.figures


def _figure(figure: Any) -> str:
    return f"{figure.what}: {stated(figure)}"


@pytest.fixture(scope="module")
def texts(built: Any) -> dict[str, str]:
    """The words of each pack's chapters as composed, without marks, by place."""
    return {
        plan.place: _words(built.project.work / plan.meeting.date.isoformat() / plan.place)
        for plan in built.plans
    }


def _words(folder: Path) -> str:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((folder / "source" / "sections").glob("[0-9]*.qmd"))
    )
    return _plain(text)


def _plain(text: str) -> str:
    """Return words without Markdown: marks, targets of links, escapes, bold; in small letters, on one line."""
    text = re.sub(r"\]\{[^{}]*\}|\]\(#[^)]*\)|[\[\]*\\]", "", text)
    return " ".join(text.replace("\u2019", "'").casefold().split()).replace(".", "")


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.what.replace(" ", "-"))
def test_all_that_the_strategy_names_is_in_the_packs(named: Named, texts: dict[str, str], built: Any) -> None:
    names = named.names(built.params)
    assert len(names) == len(set(names)) == named.count
    together = " ".join(texts.values())
    for place in built.params.places:
        text = texts[place] + texts[SYSTEM] if named.of_each else together
        missing = [name for name in names if _plain(name) not in text]
        assert missing == [], place


def test_no_page_has_next_to_nothing_on_it(built: Any) -> None:
    found = {path.name: stub_pages(path) for one in built.results for path in one.published.glob("*.pdf")}
    assert len(found) >= 2 * len(built.results)
    assert {name: pages for name, pages in found.items() if pages} == {}


def test_the_scorecard_of_a_place_fits_on_one_page(built: Any) -> None:
    for result in (one for one in built.results if one.plan.place != SYSTEM):
        path = annex_of(result.published)
        with pikepdf.open(path) as pdf:
            with pdf.open_outline() as outline:
                (chapter,) = [item for item in _items(outline.root) if item.title == "Themes and foundations"]
            first = chapter.destination[0].objgen
            tables = [_pages(table) for table in _elements(pdf.Root.StructTreeRoot, "/Table")]
        assert next(pages for pages in tables if first in pages) == {first}, result.plan.place


def _items(items: Sequence[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _items(item.children)


def _elements(element: Any, kind: str) -> Iterator[Any]:
    """Yield the elements of a kind in a tagged PDF, in reading order."""
    for child in _children(element):
        if child.get("/S") == kind:
            yield child
        else:
            yield from _elements(child, kind)


def _pages(element: Any) -> set[Any]:
    """Return the pages that an element of a tagged PDF stands on."""
    found = {element["/Pg"].objgen} if "/Pg" in element else set()
    return found.union(*(_pages(child) for child in _children(element)))


def _children(element: Any) -> list[Any]:
    children = element.get("/K", [])
    children = list(children) if isinstance(children, pikepdf.Array) else [children]
    return [child for child in children if isinstance(child, pikepdf.Dictionary)]
