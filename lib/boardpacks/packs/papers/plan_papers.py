"""Plans the merged meeting packs of a build. Imports nothing that is slow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.files.formats import USUAL_FORMATS
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.params.agenda import PARTS, AgendaItem
from boardpacks.params.paper_names import papers_folder
from boardpacks.plan.plan import MEETING, PackPlan, pack_slug
from boardpacks.project.folder import Project


@dataclass(frozen=True)
class MeetingPackPlan(PackPlan):
    """One merged pack to be made: all papers of one part of a meeting."""

    @property
    def slug(self) -> str:
        """Name of the pack in paths: ``havering_meeting`` or ``havering_meeting_part-2``."""
        return pack_slug(self.place, (MEETING,), self.part)

    @property
    def name(self) -> str:
        """Name of the pack for people: ``Havering meeting pack``."""
        return f"{self.place_name} meeting pack" + (", part II" if self.part == "confidential" else "")

    @property
    def board_pack(self) -> PackPlan:
        """The board pack of the same meeting and part."""
        return PackPlan(self.place, self.place_name, self.calendar, self.meeting, (), (), self.part)

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The items of this part of the meeting, and of no other."""
        return tuple(item for item in self.meeting.agenda if item.part == self.part)

    @property
    def stem(self) -> str:
        """Name of its PDF without the ending: ``2026-12-09_havering_meeting-pack_v0.1_DRAFT``."""
        return self._file("meeting-pack")

    @property
    def late_stem(self) -> str:
        """Name of the PDF of late papers without the ending."""
        return self._file("late-papers")

    def _file(self, kind: str) -> str:
        return self._named(f"{self.place}_{kind}" + ("_part-2" if self.part == "confidential" else ""))


def plan_meeting_packs(
    plans: Iterable[PackPlan], formats: Collection[str] = USUAL_FORMATS
) -> tuple[MeetingPackPlan, ...]:
    """Return the merged packs of the meetings that whole packs are made for, where a meeting has an agenda.

    They are PDFs: a build that makes none merges nothing.
    """
    if "pdf" not in formats:
        return ()
    found: dict[tuple[str, object], PackPlan] = {}
    for plan in plans:
        if not plan.is_partial:
            found.setdefault((plan.place, plan.meeting.date), plan)
    return tuple(
        MeetingPackPlan(plan.place, plan.place_name, plan.calendar, plan.meeting, (), (), part)
        for plan in found.values()
        for part in PARTS
        if any(item.part == part for item in plan.meeting.agenda)
    )


def ready_meeting_packs(plans: Iterable[PackPlan], order: BuildOrder) -> tuple[MeetingPackPlan, ...]:
    """Return the merged packs of a build that wait for nothing."""
    merged = plan_meeting_packs(plans, order.formats)
    return tuple(plan for plan in merged if not waits_for(plan, order.project))


def folder_of(plan: MeetingPackPlan, project: Project) -> Path:
    """Return the folder of the meeting's papers."""
    return papers_folder(project.papers, plan.meeting.date, plan.place)


def waits_for(plan: MeetingPackPlan, project: Project) -> str:
    """Return why a merged pack cannot be thought of yet, in words, or an empty string."""
    folder = folder_of(plan, project)
    if folder.is_dir() or not any(item.file for item in plan.items):
        return ""
    shown = folder.relative_to(project.root).as_posix()
    before = (
        papers_folder(project.papers, date, plan.place) for date in reversed(plan.meeting.earlier_dates)
    )
    if there := next((each for each in before if each.is_dir()), None):
        what = f"The meeting was moved: copy {there.relative_to(project.root).as_posix()} there."
    else:
        what = "Put the PDFs of the agenda into it."
    return f"{plan.name}: not made yet, there is no folder {shown}. {what}"
