"""Finds out whether a merged meeting pack is up to date. Imports nothing that is slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from boardpacks.packs.files.pack_record import PACK_JSON, PackRecord
from boardpacks.packs.papers.plan_papers import (
    MeetingPackPlan,
    folder_of,
    plan_meeting_packs,
    ready_meeting_packs,
    waits_for,
)
from boardpacks.packs.publish.build_states import BuildStates
from boardpacks.packs.publish.stale_packs import PackState
from boardpacks.params.agenda import OwnPaper
from boardpacks.params.paper_names import paper_path
from boardpacks.plan.events import PackResult
from boardpacks.plan.fingerprints import text_digest
from boardpacks.plan.plan import PackPlan
from boardpacks.project.file_digest import file_digest


@dataclass(frozen=True)
class MergedState(PackState):
    """How a merged meeting pack stands beside the papers and the board pack that it is made from now."""

    plan: MeetingPackPlan

    def inputs(self) -> dict[str, str]:
        """Return the digest of everything that it is made from."""
        plan, packs = self.plan, self.packs
        folder = folder_of(plan, packs.order.project)
        others = len(plan.items) < len(plan.meeting.agenda)
        said = plan.meeting.model_copy(update={"agenda": plan.items, "finals": (), "corrections": ()})
        calendar = plan.calendar.model_copy(update={"meetings": (said,)})
        edition = f"{plan.status} {plan.version}"
        named = {item.file: paper_path(folder, item.file) for item in plan.items if item.file}
        own = self.own_pdfs()
        return {
            **packs.shared,
            **packs.versions,
            "meeting": text_digest(f"{calendar.model_dump_json()} {edition} {others}"),
            **{f"paper {name}": _digest(path) for name, path in named.items()},
            **{item.own: _digest(own[item.own]) for item in plan.items if item.own and item.own in own},
        }

    def own_pdfs(self) -> Mapping[OwnPaper, Path]:
        """Return the PDFs of the published board pack of the same meeting and part, in the version that is asked for.

        The pack's own item has the board edition, or the annex of a board that has none.
        """
        board = self.plan.board_pack
        folder = board.published_in(self.packs.order.published)
        try:
            record = PackRecord.model_validate_json((folder / PACK_JSON).read_bytes())
        except (OSError, ValueError):
            return {}
        annex = record.file("pdf")
        if annex is None or (record.status, record.version) != (board.status, board.version):
            return {}
        return {"pack": folder / (record.file("edition") or annex).name, "annex": folder / annex.name}


def all_kept(plans: Iterable[PackPlan], states: BuildStates) -> tuple[PackResult, ...] | None:
    """Return the results of the merged packs that go with these packs, or None when one of them has to be made."""
    found = [MergedState(plan, states.packs) for plan in ready_meeting_packs(plans, states.order)]
    return None if any(state.reason for state in found) else tuple(state.result() for state in found)


def explain_merged(plans: Iterable[PackPlan], states: BuildStates) -> Iterator[str]:
    """Yield a line for each merged pack: whether a build would make it, and why."""
    for plan in plan_meeting_packs(plans, states.order.formats):
        why = waits_for(plan, states.project)
        if not why:
            found = MergedState(plan, states.packs).reason
            why = (
                f"{plan.name}, {plan.meeting.date.isoformat()}: {f'made: {found}' if found else 'up to date'}"
            )
        yield why


def _digest(path: Path) -> str:
    """Return the digest of a file; one that is not there or cannot be read has none, and is refused when it is used."""
    try:
        return file_digest(path) if path.is_file() and not path.is_symlink() else ""
    except OSError:
        return ""
