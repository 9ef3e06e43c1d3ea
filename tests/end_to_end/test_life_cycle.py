"""A pack's life: draft, final, corrected; its private part apart. A small project, real notebooks, the real engine."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from boardpacks.meetings.make_final import Finalised, NotFinal, finalise
from boardpacks.packs.check.check_confidential import document_text
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.files.pack_record import read_sound_pack
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.packs.publish.publish_pack import FinalDiffers
from boardpacks.params.load import load_params
from boardpacks.params.select import select_meeting
from boardpacks.plan.events import PackResult
from boardpacks.plan.plan import plan_packs
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project
from tests.end_to_end.short import short_project

pytestmark = pytest.mark.end_to_end

TODAY = dt.date(2026, 12, 1)
CHAPTERS = """\
- notebook: long_term_conditions
  scope: place
  priority: long-term-conditions
- notebook: mental_health
  scope: place
  priority: mental-health
  part: confidential
- notebook: system_overview
  scope: system
"""
CALENDAR = """\
place: havering
board: Havering Place Partnership Board
meetings:
  - date: 2026-12-09 # the winter meeting
    starts: "14:00"
    venue: Town Hall
    front_sheet:
      item: "7"
      author: A. Author
      sponsor: B. Sponsor
      purpose: assurance
      recommendation: The board is asked to note the pack.
      executive_summary: The pack shows how Havering is doing.
      previously_considered_by: None
      conflicts_of_interest: None
      risks: None
      equality_impact: None
      financial_implications: None
"""
LAST_FIELD = "      legal_implications: None\n"
SECRET = "The partnership is thinking about closing the old clinic in the market square next spring."


@dataclass(frozen=True)
class Desk:
    """A secretary's desk: a project, and what can be done with it."""

    project: Project

    @property
    def calendar(self) -> Path:
        return self.project.params / "meetings" / "havering.yml"

    @property
    def shelf(self) -> Path:
        return self.project.published / "2026-12-09"

    @property
    def private(self) -> Path:
        return self.project.published.with_name("published-confidential") / "2026-12-09"

    def write(self, old: str, new: str) -> None:
        text = self.calendar.read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.calendar.write_text(text.replace(old, new), encoding="utf-8")

    def build(self) -> tuple[PackResult, ...]:
        params = load_params(self.project.params)
        plans = plan_packs(params, self.project, places=["havering"], today=TODAY)
        order = BuildOrder(self.project, params, engine="bundled", workers=2)
        return make_packs(plans, read_build_states(order), lambda event: None)

    def finalise(self, today: dt.date = TODAY) -> Finalised:
        params = load_params(self.project.params)
        calendar, meeting = select_meeting(params, "havering/2026-12-09", today)
        order = BuildOrder(self.project, params, engine="bundled")
        return finalise(order, calendar, meeting, today=today, on_event=lambda event: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def template(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A project of two chapters, the second one private, with drafts of both packs and a field that is to follow."""
    root = tmp_path_factory.mktemp("life")
    desk = Desk(short_project(project_copy, root))
    (desk.project.params / "chapters.yml").write_text(CHAPTERS, encoding="utf-8")
    desk.calendar.write_text(CALENDAR, encoding="utf-8")
    _say_in_private(desk, SECRET)
    assert [result.failures for result in desk.build()] == [(), ()]
    return desk


def _say_in_private(desk: Desk, words: str) -> None:
    path = desk.project.notebooks / "mental_health.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "markdown", "id": "secret", "metadata": {}, "source": [words]}
    notebook["cells"].insert(2, cell)  # behind the cell that gives the title
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Desk], Desk]:
    def copied(desk: Desk) -> Desk:
        shutil.copytree(desk.project.root, tmp_path / "project", copy_function=shutil.copy2)
        return Desk(Project(tmp_path / "project"))

    return copied


@pytest.fixture
def desk(template: Desk, copy: Callable[[Desk], Desk]) -> Desk:
    """Drafts on the shelf."""
    return copy(template)


@pytest.fixture(scope="module")
def finished(template: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Version 1.0 on the shelf."""
    root = tmp_path_factory.mktemp("final") / "project"
    shutil.copytree(template.project.root, root)
    desk = Desk(Project(root))
    desk.write("      financial_implications: None\n", "      financial_implications: None\n" + LAST_FIELD)
    desk.build()
    done = desk.finalise()
    assert done.version == "1.0"
    return desk


@pytest.fixture
def final(finished: Desk, copy: Callable[[Desk], Desk]) -> Desk:
    return copy(finished)


def test_a_field_that_is_to_follow_keeps_it_a_draft(desk: Desk) -> None:
    before = desk.calendar.read_bytes()
    with pytest.raises(InputError) as caught:
        desk.finalise()
    assert "to follow: Legal implications" in str(caught.value)
    assert desk.calendar.read_bytes() == before
    assert [path.name for path in desk.shelf.iterdir() if path.name[0] != "."] == ["havering"]


def test_example_dates_keep_it_a_draft(desk: Desk) -> None:
    desk.write("meetings:\n", "example: true\nmeetings:\n")
    with pytest.raises(InputError, match="example"):
        desk.finalise()


def test_what_nobody_has_read_is_not_made_final(desk: Desk) -> None:
    desk.write("      financial_implications: None\n", "      financial_implications: None\n" + LAST_FIELD)
    with pytest.raises(
        NotFinal, match=r"changed: meeting and front sheet[\s\S]*boardpacks build --place havering"
    ):
        desk.finalise()


def test_parts_lie_apart(template: Desk) -> None:
    assert read_sound_pack(template.shelf / "havering").part == "public"
    assert read_sound_pack(template.private / "havering_part-2").part == "confidential"
    assert (template.private.parent / "index.html").is_file()
    public = "".join(document_text(path) for path in template.shelf.glob("havering/*.[ph]*"))
    private = "".join(document_text(path) for path in template.private.glob("havering_part-2/*.[ph]*"))
    assert "closing the old clinic" in " ".join(private.split())
    assert "closing the old clinic" not in " ".join(public.split())
    assert "part-2" not in (template.project.published / "index.html").read_text(encoding="utf-8")


def test_private_words_stop_the_public_pack_only(desk: Desk) -> None:
    before = contents(desk.shelf / "havering")
    desk.write("The board is asked to note the pack.", SECRET)
    by_part = {result.plan.part: result for result in desk.build()}
    (failure,) = by_part["public"].failures
    assert isinstance(failure, CheckFailed)
    assert "what is for the private part: 'the partnership is thinking about closing the old clinic" in str(
        failure
    )
    assert by_part["confidential"].failures == ()
    assert contents(desk.shelf / "havering") == before


def test_a_final_pack_has_its_folder_and_no_draft_mark(finished: Desk) -> None:
    assert [path.name for path in desk_folders(finished.shelf)] == ["havering_v1.0"]
    assert [path.name for path in desk_folders(finished.private)] == ["havering_part-2_v1.0"]
    record = read_sound_pack(finished.shelf / "havering_v1.0")
    assert (record.status, record.version, record.finalised) == ("final", "1.0", TODAY)
    assert all("DRAFT" not in file.name for file in record.files)
    pdfs = list((finished.shelf / "havering_v1.0").glob("*.pdf"))
    assert len(pdfs) == 2
    assert all("DRAFT" not in document_text(pdf) for pdf in pdfs)
    meeting = load_params(finished.project.params).calendars["havering"].meetings[0]
    assert meeting.finals[0].packs == {
        "havering": record.digest,
        "havering_part-2": read_sound_pack(finished.private / "havering_part-2_v1.0").digest,
    }
    assert "# the winter meeting" in finished.calendar.read_text(encoding="utf-8")


def desk_folders(shelf: Path) -> list[Path]:
    return sorted(path for path in shelf.iterdir() if not path.name.startswith("."))


def test_a_final_pack_never_changes(final: Desk) -> None:
    before = contents(final.shelf / "havering_v1.0")
    final.write("B. Sponsor", "C. Sponsor")
    assert all(result.kept for result in final.build())
    with pytest.raises(NotFinal, match="was made final on 2026-12-01"):
        final.finalise()
    assert contents(final.shelf / "havering_v1.0") == before
    assert [path.name for path in desk_folders(final.shelf)] == ["havering_v1.0"]


def test_a_final_pack_that_is_lost_comes_back_only_as_it_was(final: Desk) -> None:
    before = contents(final.shelf / "havering_v1.0")
    shutil.rmtree(final.shelf / "havering_v1.0")
    public, private = final.build()
    assert (public.failures, public.kept, private.kept) == ((), False, True)
    after = contents(final.shelf / "havering_v1.0")
    documents = before.keys() - {"manifest.json", "SHA256SUMS"}
    assert {name: after[name] for name in documents} == {name: before[name] for name in documents}

    shutil.rmtree(final.shelf / "havering_v1.0")
    final.write("B. Sponsor", "C. Sponsor")
    public, _ = final.build()
    (failure,) = public.failures
    assert isinstance(failure, FinalDiffers)
    assert "Version 1.0 for 2026-12-09 was made final on 2026-12-01" in str(failure)
    assert not desk_folders(final.shelf)


def test_a_correction_is_a_draft_and_then_a_second_final(final: Desk) -> None:
    before = contents(final.shelf / "havering_v1.0")
    final.write("B. Sponsor", "C. Sponsor")
    correction = "    corrections:\n      - kind: correction\n        reason: The sponsor is C. Sponsor.\n"
    final.write("    front_sheet:\n", correction + "    front_sheet:\n")
    public, private = final.build()
    assert (public.failures, private.failures) == ((), ())
    draft = read_sound_pack(final.shelf / "havering")
    assert (draft.status, draft.version, draft.corrects) == ("draft", "1.1", "1.0")
    assert draft.reason == "The sponsor is C. Sponsor."

    assert final.finalise(dt.date(2026, 12, 3)).version == "1.1"
    assert [path.name for path in desk_folders(final.shelf)] == ["havering_v1.0", "havering_v1.1"]
    assert contents(final.shelf / "havering_v1.0") == before
    assert read_sound_pack(final.shelf / "havering_v1.1").corrects == "1.0"


def test_a_comment_of_somebody_stays_when_the_draft_goes(desk: Desk) -> None:
    comments = desk.shelf / "havering" / "comments of the chair.txt"
    comments.write_text("Page 3: a typing error.", encoding="utf-8")
    desk.write("      financial_implications: None\n", "      financial_implications: None\n" + LAST_FIELD)
    desk.build()
    desk.finalise()
    assert [path.name for path in (desk.shelf / "havering").iterdir()] == [comments.name]
