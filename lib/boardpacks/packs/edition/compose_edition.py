"""Composes the board edition: a Quarto project of its own, from the same records as the evidence annex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpacks.facts.artefacts import Figure
from boardpacks.facts.check_words import misquotations
from boardpacks.packs.compose.chart_values import beside_drawing
from boardpacks.packs.compose.other_places import other_places
from boardpacks.packs.compose.template import fill_template, read_template
from boardpacks.packs.compose_pack import Composed
from boardpacks.packs.edition.action_log import action_log_markdown
from boardpacks.packs.edition.board_scorecard import scorecard_markdown
from boardpacks.packs.edition.board_summary import board_summary_markdown
from boardpacks.packs.edition.front_page import front_rows, headlines
from boardpacks.packs.edition.gathered import Gathered
from boardpacks.packs.edition.inequalities_page import inequalities_page_markdown
from boardpacks.packs.edition.places_scorecard import places_scorecard_markdown
from boardpacks.packs.edition.priority_page import priority_page_markdown
from boardpacks.packs.edition.trust_page import trust_page_markdown
from boardpacks.packs.edition.unknown import unknown_markdown
from boardpacks.packs.render.write_project import write_project, yaml_text
from boardpacks.project.errors import BoardpacksError

TEMPLATE = "board.qmd"
PAGES = ("summary", "scorecard", "priorities", "inequalities", "trust", "unknown", "actions")
MADE = tuple(f"sections/{name}.qmd" for name in PAGES)
"""Files that the build makes, which board.qmd may include."""
INEQUALITIES = "health_inequalities"


@dataclass(frozen=True)
class Shape:
    """How close the pages of a board edition are.

    Parameters
    ----------
    charts
        Most charts on the page of a priority.
    closed_up
        Whether what is not known, and the actions, follow the summary instead of having the last page.
    """

    charts: int
    closed_up: bool


ROOMY = Shape(charts=4, closed_up=False)


def compose_edition(
    composed: Composed, reports: Path, folder: Path, shape: Shape = ROOMY, *, annex: str
) -> Path:
    """Write the Quarto project of a pack's board edition into `folder`, which is emptied first, and return it.

    Parameters
    ----------
    composed
        The evidence annex, with the records that it was composed from.
    reports
        The project's reports folder, with ``board.qmd``.
    shape
        How close the pages are.
    annex
        Name of the annex's files without an ending.

    Raises
    ------
    BoardpacksError
        When board.qmd is not as it should be, or a page says a number otherwise than its fact.
    """
    gathered = gathered_from(composed)
    told: list[str] = []
    for one in gathered.params.priorities.values():
        told.append(priority_page_markdown(gathered, one, shape.charts, follows=any(told)))
    pages = {
        "summary": board_summary_markdown(gathered),
        "scorecard": (places_scorecard_markdown if gathered.is_system else scorecard_markdown)(gathered),
        "priorities": "\n".join(told),
        "inequalities": inequalities_page_markdown(gathered, INEQUALITIES),
        "trust": trust_page_markdown(gathered),
        "unknown": unknown_markdown(gathered, starts_a_page=not shape.closed_up),
        "actions": action_log_markdown(gathered),
    }
    if shape.closed_up:
        last = (pages.pop("unknown"), pages.pop("actions"))
        pages["summary"] = "\n".join((pages["summary"], *last))
    _check_numbers(pages.values(), gathered)
    front, body = read_template(reports, TEMPLATE)
    own = titles_of_edition(composed.text.titles, annex, headlines(gathered), front_rows(gathered))
    filled: dict[str, Any] = {**front, **own, "pack": own["pack"] | other_places(gathered.pack)}
    files = {path: pages.get(name, "") for name, path in zip(PAGES, MADE, strict=True)}
    text = fill_template(body, filled, f"reports/{TEMPLATE}")
    write_project(
        folder,
        reports,
        {
            "pack.qmd": f"---\n{yaml_text(filled)}---\n{text}",
            **files,
            **_drawings(gathered, "".join(pages.values())),
        },
        colour=gathered.params.system.colour,
    )
    return folder


def titles_of_edition(
    titles: Mapping[str, Any],
    annex: str,
    said: Sequence[Mapping[str, str]] = (),
    front_sheet: Sequence[Mapping[str, object]] = (),
) -> dict[str, Any]:
    """Return the metadata that the build fills, from those of the annex: what the template may say of the pack."""
    own = {
        "edition": True,
        "annex": {"pdf": f"{annex}.pdf", "html": f"{annex}.html"},
        "headlines": said,
        "front-sheet": front_sheet,
    }
    return {**titles, "pack": titles["pack"] | own}


def gathered_from(composed: Composed) -> Gathered:
    """Return what the pages are made from."""
    return Gathered(
        composed.text.pack,
        composed.text.sections,
        composed.text.lines,
        composed.text.said,
        composed.text.actions,
        composed.text.moved,
        composed.text.front_sheet,
    )


def _check_numbers(pages: Iterable[str], gathered: Gathered) -> None:
    faults = [fault for text in pages for fault in misquotations(text, gathered.facts)]
    if faults:
        raise BoardpacksError("\n".join(f"board edition: {fault}" for fault in faults))


def _drawings(gathered: Gathered, text: str) -> Mapping[str, str]:
    """Return the drawings that the pages show, by path, with what stands beside each for the web page."""
    drawn: dict[str, Figure] = dict(gathered.figures.values())
    shown = {path: figure for path, figure in drawn.items() if f"]({path})" in text}
    beside = {
        name: words for path, figure in shown.items() for name, words in beside_drawing(path, figure).items()
    }
    return {path: figure.svg for path, figure in shown.items()} | beside
