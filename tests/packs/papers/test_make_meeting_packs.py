from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pikepdf
import pytest

from boardpacks.packs.files.pack_record import PackRecord, file_record, read_sound_pack
from boardpacks.packs.library.write_library import read_packs
from boardpacks.packs.papers import make_meeting_packs as making
from boardpacks.packs.papers.assemble import assemble
from boardpacks.packs.papers.make_meeting_packs import make_meeting_packs
from boardpacks.packs.papers.plan_papers import plan_meeting_packs, ready_meeting_packs
from boardpacks.packs.papers.stale_papers import all_kept, explain_merged
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.publish_pack import put_files, with_checksums
from boardpacks.packs.publish.stale_packs import PackStates
from boardpacks.packs.publish.workshop import Workshop
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.params.agenda import AgendaItem
from boardpacks.params.calendars import Correction, Final
from boardpacks.plan.events import Event, Noticed, PackResult
from boardpacks.plan.plan import is_meeting_slug
from boardpacks.plan.stale_chapters import ChapterStates
from boardpacks.project.errors import BoardpacksError
from tests.packs.papers import pdfs

PUBLIC: dict[str, Any] = {"item": "1", "title": "Finance report", "file": "finance.pdf"}
SECRET = {"item": "9", "title": "Purchase of Zanzibar House", "file": "zanzibar.pdf", "part": "confidential"}
NAME = "2026-12-09_havering_meeting-pack_v0.1_DRAFT.pdf"


class Build:
    """Builds the merged packs of one meeting, as often as asked."""

    def __init__(self, make, place, params, tmp_path):
        self.make, self.project, self.params, self.tmp_path = make, place, params, tmp_path
        self.published = tmp_path / "published"
        self.said: list[str] = []
        self.plans: list[Any] = []

    @property
    def order(self) -> BuildOrder:
        return BuildOrder(self.project, self.params, out=self.published)

    def __call__(
        self, *items: dict[str, Any], failed: bool = False, **meeting: Any
    ) -> tuple[PackResult, ...]:
        agenda = tuple(AgendaItem(**item) for item in items)
        self.plans = [self.make.plan(self.tmp_path, agenda=agenda, **meeting)]
        self.said = []
        made = [
            PackResult(plan, None, (BoardpacksError("It failed."),), None) for plan in self.plans if failed
        ]
        return make_meeting_packs(self.plans, made, self.workshop)

    @property
    def workshop(self) -> Workshop:
        chapters = ChapterStates(None, None, self.tmp_path, self.tmp_path)  # type: ignore[arg-type]
        packs = PackStates(self.order, self.make.snapshot, {"library packs": "a"}, {}, {})
        return Workshop(self.order, chapters, packs, BundledEngine(), None, self.note)

    def note(self, event: Event) -> None:
        if isinstance(event, Noticed):
            self.said.append(event.words)


@pytest.fixture
def build(make, place, folder, params, tmp_path) -> Build:
    pdfs.put(folder, "finance.pdf", pdfs.plain("Money of the public"))
    pdfs.put(folder, "zanzibar.pdf", pdfs.plain("Zanzibar costs a lot"))
    return Build(make, place, params, tmp_path)


@pytest.fixture
def own_pack(build) -> Callable[[], None]:
    """Publish a board pack, as a build does before it merges."""

    def publish() -> None:
        content = pdfs.saved(pdfs.plain("Our own pack"))
        record = PackRecord(
            title="Havering board pack",
            place="havering",
            place_name="Havering",
            slug="havering",
            priorities=(),
            board="Havering Board",
            meeting=pdfs.DATE,
            example=True,
            part="public",
            status="draft",
            version="0.1",
            pages=1,
            files=(file_record("own.pdf", "pdf", content),),
            snapshot=build.make.snapshot,
            engine="bundled",
        )
        files = {"own.pdf": content, "pack.json": record.model_dump_json().encode()}
        put_files(with_checksums(files), build.published / "2026-12-09" / "havering")

    return publish


def everything_below(folder) -> str:
    """Return every name and every word below a folder, those inside PDFs too."""
    found = []
    for path in sorted(folder.rglob("*")):
        found.append(path.name)
        if path.suffix == ".pdf":
            found.append(
                subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
            )
            with pikepdf.open(path) as pdf:
                whole = pdfs.saved(
                    pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
                )
                found.append(whole.decode("latin-1"))
        elif path.is_file():
            found.append(path.read_text())
    return "\n".join(found)


def test_publishes_the_pack_with_its_record_where_the_library_finds_it(build):
    (result,) = build(PUBLIC)
    assert result.failures == ()
    assert result.published == build.published / "2026-12-09" / "havering_meeting"
    assert sorted(path.name for path in result.published.iterdir()) == [NAME, "SHA256SUMS", "pack.json"]
    record = json.loads((result.published / "pack.json").read_text())
    assert (record["kind"], record["slug"], record["pages"]) == ("meeting-pack", "havering_meeting", 4)
    assert record["snapshot"]["sha256"] is None  # it prints no figure of ours
    packs, notes = read_packs(build.published)
    assert [pack.title for pack in packs] == ["Havering meeting pack"]
    assert notes == []
    assert "Havering meeting pack: published, 4 pages" in build.said


def test_nothing_is_done_while_nothing_has_changed(build, folder):
    (first,) = build(PUBLIC)
    before = (first.published / NAME).stat().st_mtime_ns
    (second,) = build(PUBLIC)
    assert (second.kept, second.pages, build.said) == (True, 4, [])
    assert all_kept(build.plans, build.workshop) == (second,)
    assert (first.published / NAME).stat().st_mtime_ns == before
    (line,) = explain_merged(build.plans, build.workshop)
    assert line == "Havering meeting pack, 2026-12-09: up to date"


def test_a_change_makes_the_pack_anew(build, folder):
    def is_anew(title: str) -> bool:
        (made,) = build(PUBLIC | {"title": title})
        assert (made.published / NAME).read_bytes().startswith(b"%PDF-")
        return not made.kept

    (first,) = build(PUBLIC)
    pdfs.put(folder, "finance.pdf", pdfs.plain("Other money", pages=2))
    assert is_anew("Finance report")
    assert is_anew("Money")
    (first.published / NAME).write_bytes(b"spoilt")
    assert is_anew("Money")
    assert not is_anew("Money")


def test_a_pack_that_fails_leaves_the_earlier_one_and_names_the_file(build, folder):
    (first,) = build(PUBLIC)
    before = (first.published / NAME).read_bytes()
    pdfs.put(folder, "finance.pdf", pdfs.encrypted())
    (second,) = build(PUBLIC)
    assert second.published is None
    assert "finance.pdf" in str(second.failures[0])
    assert (first.published / NAME).read_bytes() == before
    assert all_kept(build.plans, build.workshop) is None
    (line,) = explain_merged(build.plans, build.workshop)
    assert line == "Havering meeting pack, 2026-12-09: made: changed: paper finance.pdf"


def test_a_bad_paper_of_one_part_stops_that_part_only(build, folder):
    pdfs.put(folder, "zanzibar.pdf", b"PK\x03\x04")
    public, secret = build(PUBLIC, SECRET)
    assert public.failures == ()
    assert "zanzibar.pdf" in str(secret.failures[0])


def test_nothing_of_the_private_part_is_in_the_public_pack(build):
    _, secret = build(PUBLIC, SECRET)
    words = everything_below(build.published)
    for word in ("Zanzibar", "zanzibar", "part-2", "Item 9"):
        assert word not in words
    assert "Part II of the meeting is held in private." in words
    assert build.published not in secret.published.parents
    private = everything_below(secret.published)
    assert "Zanzibar costs a lot" in private
    assert "CONFIDENTIAL" in private
    assert "Money of the public" not in private
    assert secret.published.name == "havering_meeting_part-2"


def test_a_meeting_without_a_private_part_says_nothing_of_one(build):
    build(PUBLIC)
    assert "Part II" not in everything_below(build.published)


def test_how_many_private_items_there_are_changes_nothing_in_public(build, folder):
    pdfs.put(folder, "other.pdf", pdfs.plain())
    (result, _) = build(PUBLIC, SECRET)
    one = (result.published / NAME).read_bytes()
    (result, _) = build(PUBLIC, SECRET, SECRET | {"item": "10", "file": "other.pdf"})
    assert (result.published / NAME).read_bytes() == one


def test_our_own_pack_stands_under_its_item_and_a_failed_one_does_not(build, own_pack):
    own_pack()
    items = (PUBLIC, {"item": "2", "title": "How Havering is doing", "pack": True})
    (result,) = build(*items)
    assert result.pages == 6
    record = json.loads((result.published / "pack.json").read_text())
    assert record["snapshot"]["sha256"] == build.make.hash
    (lost,) = build(*(items[0] | {"title": "Changed"}, items[1]), failed=True)
    assert "board pack that was published" in str(lost.failures[0])


def test_late_papers_come_in_a_pdf_of_their_own_too(build, folder):
    pdfs.put(folder, "late.pdf", pdfs.plain("Late words"))
    (result,) = build(PUBLIC, {"item": "2", "title": "Late report", "file": "late.pdf", "late": True})
    path = result.published / "2026-12-09_havering_late-papers_v0.1_DRAFT.pdf"
    words = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Late words" in words
    assert "Late papers page 4 of 4" in words
    assert "Item 2: Late report" in words
    assert "Finance report" not in words
    record = json.loads((result.published / "pack.json").read_text())
    assert [file["kind"] for file in record["files"]] == ["pdf", "addendum"]


def test_a_final_pack_has_no_mark_and_never_changes(build, folder):
    final = Final(version="1.0", date=pdfs.DATE, packs={"havering_meeting": None})
    (result,) = build(PUBLIC, finals=(final,))
    digest = read_sound_pack(result.published).digest
    path = result.published / "2026-12-09_havering_meeting-pack_v1.0.pdf"
    assert result.published.name == "havering_meeting_v1.0"
    assert (
        "DRAFT"
        not in subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    )
    before, paper = path.read_bytes(), (folder / "finance.pdf").read_bytes()
    pdfs.put(folder, "finance.pdf", pdfs.plain("Other money"))
    final = final.model_copy(update={"packs": {"havering_meeting": digest}})
    (again,) = build(PUBLIC, finals=(final,))
    assert again.kept
    path.unlink()
    (other,) = build(PUBLIC, finals=(final,))
    assert "A final pack never changes" in str(other.failures[0])
    pdfs.put(folder, "finance.pdf", paper)
    (same,) = build(PUBLIC, finals=(final,))
    assert (same.failures, path.read_bytes()) == ((), before)


def test_waits_for_the_folder_of_papers_without_failing(build, folder):
    folder.rename(folder.with_name("elsewhere"))
    assert build(PUBLIC) == ()
    assert build.said == [
        "Havering meeting pack: not made yet, there is no folder reports/papers/2026-12-09/havering. "
        "Put the PDFs of the agenda into it."
    ]
    assert ready_meeting_packs(build.plans, build.order) == ()


def test_a_meeting_that_was_moved_says_where_its_papers_lie(build, folder):
    final = Final(version="1.0", date=pdfs.DATE, meeting=pdfs.DATE, packs={"havering_meeting": "a" * 64})
    correction = Correction(kind="correction", reason="The meeting was moved.")
    moved = {"date": dt.date(2026, 12, 16), "moved_from": pdfs.DATE}
    assert build(PUBLIC, finals=(final,), corrections=(correction,), **moved) == ()
    assert build.said == [
        "Havering meeting pack: not made yet, there is no folder reports/papers/2026-12-16/havering. "
        "The meeting was moved: copy reports/papers/2026-12-09/havering there."
    ]


def test_files_that_no_item_names_are_told(build, folder):
    pdfs.put(folder, "forgotten.pdf", b"x")
    build(PUBLIC, SECRET)
    told = [words for words in build.said if "in no pack" in words]
    assert told == [
        "reports/papers/2026-12-09/havering/forgotten.pdf: in no pack, because no item of the agenda names it."
    ]


def test_packs_of_some_priorities_and_meetings_without_an_agenda_have_no_merged_pack(make, tmp_path):
    agenda = (AgendaItem(**PUBLIC),)
    assert plan_meeting_packs([make.plan(tmp_path)]) == ()
    assert plan_meeting_packs([make.plan(tmp_path, agenda=agenda, priorities=("mental-health",))]) == ()
    (plan,) = plan_meeting_packs([make.plan(tmp_path, agenda=agenda)])
    assert is_meeting_slug(plan.slug)
    assert is_meeting_slug(f"{plan.slug}_v1.0")
    assert not is_meeting_slug("havering_mental-health")


def test_a_fault_of_the_program_stops_that_pack_only_and_its_trace_is_kept(build, monkeypatch):
    def broken(contents, *args, **how):
        if contents.items[0].part == "confidential" or not contents.papers:
            raise ZeroDivisionError("oh no")
        return assemble(contents, *args, **how)

    monkeypatch.setattr(making, "odd_papers_named", lambda contents, alone: nullcontext())
    monkeypatch.setattr(making, "assemble", broken)
    public, secret = build(PUBLIC, SECRET)
    assert public.published
    (failure,) = secret.failures
    assert str(failure).startswith(
        "Havering meeting pack, part II: a fault in boardpacks itself while making the meeting pack\n"
        "  ZeroDivisionError: oh no\n  trace "
    )
    log = build.project.work / "havering_meeting_part-2" / "fault.log"
    assert "Traceback" in log.read_text()
    assert "Havering meeting pack, part II: not published" in build.said
