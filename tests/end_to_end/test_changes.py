"""Three real packs of one board: an earlier meeting's, the next one's, and the one that puts that right."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pikepdf
import pytest

from boardpacks.data.snapshot import OBSERVATIONS
from boardpacks.data.snapshot_manifest import Manifest
from boardpacks.packs.check.check_pdf import check_pdf
from boardpacks.packs.files.changes_file import ChangesFile
from boardpacks.packs.files.pack_manifest import read_pack_manifest
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.params.calendars import Meeting
from boardpacks.params.load import load_params
from boardpacks.params.models import Params
from boardpacks.plan.events import PackResult
from boardpacks.plan.plan import plan_packs
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.file_digest import file_digest
from boardpacks.project.folder import Project
from boardpacks.runs.statuses import SAME
from boardpacks.verify.verify_pack import verify
from tests.browser.audit import audit
from tests.documents import annex_of
from tests.end_to_end.short import short_project

pytestmark = pytest.mark.end_to_end

SMOKING, LIFE, HAVERING = "smoking_prevalence", "healthy_life_expectancy_male", "E09000016"
LAST, NEXT = dt.date(2026, 10, 14), dt.date(2026, 12, 9)
FINAL = {"version": "1.0", "date": "2026-12-01", "packs": {"havering_long-term-conditions": None}}
CORRECTION = {"kind": "correction", "reason": "The board was given the wrong recommendation."}

Table = pd.DataFrame


@dataclass(frozen=True)
class Board:
    """A project whose packs are made one after another."""

    project: Project
    params: Params

    def build(self, date: dt.date, **meeting: Any) -> PackResult:
        """Make the pack of Havering's long-term conditions for a meeting with these fields."""
        held = Meeting.model_validate_json(json.dumps({"date": date.isoformat(), **meeting}))
        calendar = self.params.calendars["havering"].model_copy(update={"meetings": (held,)})
        params = self.params.model_copy(update={"calendars": {**self.params.calendars, "havering": calendar}})
        plans = plan_packs(
            params,
            self.project,
            places=["havering"],
            priorities=["long-term-conditions"],
            meeting=date,
            today=date,
        )
        order = BuildOrder(self.project, params, engine="bundled", workers=1)
        (result,) = make_packs(plans, read_build_states(order), lambda event: None)
        return result

    def change_figures(self, change: Callable[[Table], Table]) -> None:
        """Change the observations of the snapshot, and its manifest with it."""
        folder = self.project.snapshots / "embedded"
        change(pd.read_parquet(folder / OBSERVATIONS)).to_parquet(folder / OBSERVATIONS, index=False)
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["files"][OBSERVATIONS]["sha256"] = file_digest(folder / OBSERVATIONS)
        (folder / "manifest.json").write_text(Manifest.model_validate(manifest).model_dump_json())


def earlier_figures(table: Table) -> Table:
    """Take away the latest year of smoking, and shorten the healthy life of Havering's men by 15 years."""
    smoking = table["indicator"] == SMOKING
    newest = smoking & (table["period_start"] == table.loc[smoking, "period_start"].max())
    life = (table["indicator"] == LIFE) & (table["area"] == HAVERING)
    last = life & (table["period_start"] == table.loc[life, "period_start"].max())
    table.loc[last, ["value", "lower_95", "upper_95"]] -= 15
    kept: Table = table.loc[~newest]
    return kept


@pytest.fixture(scope="module")
def board(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Board:
    root = tmp_path_factory.mktemp("board")
    project = short_project(project_copy, root)
    return Board(project, load_params(project.params))


@pytest.fixture(scope="module")
def first(board: Board) -> Path:
    """The pack of the earlier meeting, from a snapshot that has less."""
    full = board.project.snapshots / "embedded"
    kept = shutil.copytree(full, board.project.root / "full")
    board.change_figures(earlier_figures)
    result = board.build(LAST)
    shutil.rmtree(full)
    kept.rename(full)
    assert result.published is not None, result.failures
    return result.published


@pytest.fixture(scope="module")
def second(board: Board, first: Path) -> Path:
    """The next meeting's pack, final, in the folder that it keeps."""
    result = board.build(NEXT, finals=[FINAL])
    assert result.published is not None, result.failures
    folder = result.published.with_name("havering_long-term-conditions_v1.0")
    if result.published != folder:
        result.published.rename(folder)
    return folder


@pytest.fixture(scope="module")
def third(board: Board, second: Path) -> Path:
    """The pack that puts it right."""
    result = board.build(
        NEXT, finals=[FINAL], corrections=[CORRECTION], front_sheet={"recommendation": "Ask for a plan."}
    )
    assert result.published is not None, result.failures
    return result.published


def web_page(folder: Path) -> Path:
    return annex_of(folder, ".html")


def changes_in(folder: Path) -> ChangesFile:
    (path,) = folder.glob("*_changes.json")
    return ChangesFile.model_validate_json(path.read_bytes())


@pytest.mark.browser
def test_nothing_is_wrong_with_the_web_pages_that_tell_of_changes(chromium: Any, third: Path) -> None:
    """Of the pack that tells of both: what has changed since the last meeting, and since its own first edition."""
    page = web_page(third)
    text = page.read_text(encoding="utf-8")
    assert "What has changed since the last pack" in text
    assert "What changed since version 1.0" in text
    assert audit(chromium, page, 320, 1280, colours_once=True) == ()


def test_a_first_pack_says_nothing_of_changes(first):
    page = web_page(first)

    assert not list(first.glob("*_changes.json"))
    assert "What has changed" not in page.read_text(encoding="utf-8")
    assert read_pack_manifest(first).order.earlier == ()


def test_what_was_put_in_is_found_once_and_in_its_kind(second):
    last = changes_in(second).last
    assert last is not None
    found = last.changes

    assert (last.since.folder, last.since.status) == ("2026-10-14/havering_long-term-conditions", "draft")
    own = [(one.indicator, one.kind) for one in found.figures if one.own]
    assert own == [(SMOKING, "newer")]
    assert [one.indicator for one in found.revisions if one.own and not one.made] == [LIFE]
    assert (found.methods, found.measures) == ((), ())
    judged = {one.indicator: one for one in found.judgements}
    assert set(judged) <= {SMOKING, LIFE}
    assert judged[LIFE].because == ("revised-history",)
    assert judged[LIFE].turn == "better"


def test_the_page_of_changes_is_one_page_after_the_summary(second):
    path = annex_of(second)
    with pikepdf.open(path) as pdf:
        numbers: dict[Any, int] = {sheet.objgen: number for number, sheet in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            starts = {
                item.title: numbers[item.destination[0].objgen]
                for item in outline.root
                if isinstance(item.destination, pikepdf.Array)
            }
    titles = list(starts)
    at = titles.index("What has changed since the last pack")

    assert titles[at - 1] == "Summary"
    assert starts[titles[at]] == starts["Summary"] + 1
    assert starts[titles[at + 1]] == starts[titles[at]] + 1


def test_the_page_leads_to_the_measures_in_the_pack(second):
    path = web_page(second)
    page = path.read_text(encoding="utf-8")
    part = page[page.index('id="sec-changes"') :]

    assert 'href="#sec-long-term-conditions-adults-who-smoke"' in part[: part.index("</section>")]


def test_an_edition_that_corrects_says_why_and_what_changed(third):
    corrected = changes_in(third).corrected
    assert corrected is not None
    page = web_page(third)
    text = page.read_text(encoding="utf-8")

    assert corrected.reason == CORRECTION["reason"]
    assert "Recommendation" in [one.label for one in corrected.front_sheet]
    assert corrected.chapters == ()
    assert corrected.changes == type(corrected.changes)()
    assert text.index("What changed since version 1.0") < text.index('id="sec-summary"')
    assert "The board was given the wrong recommendation." in text


def test_the_addendum_is_as_accessible_as_its_pack(third):
    (path,) = third.glob("*_v1.1_DRAFT_addendum.pdf")

    assert check_pdf(path) == []
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert "Addendum to the Havering board pack: Long-term conditions, version 1.0" in str(
            metadata["dc:title"]
        )


def test_without_the_final_edition_its_correction_is_refused(board, third, second):
    away = second.rename(second.with_name(".away"))
    try:
        result = board.build(NEXT, finals=[FINAL], corrections=[CORRECTION], front_sheet={"item": "7"})
    finally:
        away.rename(second)

    assert result.published is None
    assert isinstance(result.failures[0], BoardpacksError)
    assert "havering_long-term-conditions_v1.0 cannot be used: it is not there" in str(result.failures[0])


def test_nothing_is_done_until_the_earlier_pack_is_another(board, first, second, third):
    how = {
        "finals": [FINAL],
        "corrections": [CORRECTION],
        "front_sheet": {"recommendation": "Ask for a plan."},
    }
    assert board.build(NEXT, **how).kept

    moved = first.rename(first.with_name(".away"))
    try:
        again = board.build(NEXT, **how)
    finally:
        moved.rename(first)
    assert not again.kept
    assert changes_in(third).last is None
    assert not board.build(NEXT, **how).kept
    assert changes_in(third).last is not None


def test_a_pack_with_earlier_packs_is_rebuilt_to_the_byte(board, first, monkeypatch):
    """The second meeting's pack as a draft: what the params on disk ask for."""
    monkeypatch.chdir(board.project.root)
    (meeting,) = (one for one in board.params.calendars["havering"].meetings if one.date == NEXT)
    result = board.build(NEXT, **meeting.model_dump(mode="json", exclude={"date"}, exclude_defaults=True))
    assert result.published is not None, result.failures
    said: list[str] = []

    assert verify(result.published, said.append) == SAME, "\n".join(said)
    assert [one.folder for one in read_pack_manifest(result.published).order.earlier] == [
        "2026-10-14/havering_long-term-conditions"
    ]
