"""Finds out whether a merged meeting pack is up to date. Imports nothing that is slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from boardpacks.packs.files.pack_record import PACK_JSON, PackRecord, listed_files, root_of
from boardpacks.packs.papers.plan_papers import (
    MeetingPackPlan,
    folder_of,
    plan_meeting_packs,
    ready_meeting_packs,
    waits_for,
)
from boardpacks.packs.publish.build_states import BuildStates
from boardpacks.params.calendars import Status
from boardpacks.params.paper_names import paper_path
from boardpacks.plan.events import PackResult
from boardpacks.plan.fingerprints import text_digest
from boardpacks.plan.plan import PackPlan, edition_folder, pack_slug
from boardpacks.plan.receipts import damage
from boardpacks.plan.why_stale import shorten
from boardpacks.project.file_digest import file_digest
from boardpacks.project.sealed import Damaged, read_sealed, write_sealed

VERSION = 1


def all_kept(plans: Iterable[PackPlan], states: BuildStates) -> tuple[PackResult, ...] | None:
    """Return the results of the merged packs that go with these packs, or None when one of them has to be made."""
    results = [kept(plan, states) for plan in ready_meeting_packs(plans, states.order)]
    found = tuple(result for result in results if result is not None)
    return found if len(found) == len(results) else None


def kept(plan: MeetingPackPlan, states: BuildStates) -> PackResult | None:
    """Return the result of a merged pack that is up to date, or None when it has to be made."""
    if reason(plan, states):
        return None
    target = target_of(plan, states)
    record = PackRecord.model_validate_json((target / PACK_JSON).read_bytes())
    return PackResult(plan, target, (), record.pages, kept=True)


def reason(plan: MeetingPackPlan, states: BuildStates) -> str:
    """Return why a merged pack has to be made, in words, or an empty string when it is up to date.

    A final edition that is there is never made again, whatever has changed since.
    """
    if plan.final is not None:
        return next(iter(states.packs.reasons(plan)), "")
    target = target_of(plan, states)
    try:
        receipt = read_sealed(_path(target))
    except FileNotFoundError:
        return "never published here"
    except (OSError, ValueError, Damaged):
        return "its record or receipt is damaged"
    if states.order.force or receipt.get("version") != VERSION:
        return "asked for with --force" if states.order.force else "it was made by another version"
    then, now = receipt["inputs"], inputs(plan, states)
    changed = [name for name in {**now, **then} if now.get(name) != then.get(name)]
    return f"changed: {shorten(changed)}" if changed else damage(target, receipt["wrote"])


def explain_merged(plans: Iterable[PackPlan], states: BuildStates) -> Iterator[str]:
    """Yield a line for each merged pack: whether a build would make it, and why."""
    for plan in plan_meeting_packs(plans, states.order.formats):
        why = waits_for(plan, states.project)
        if not why:
            found = reason(plan, states)
            why = (
                f"{plan.name}, {plan.meeting.date.isoformat()}: {f'made: {found}' if found else 'up to date'}"
            )
        yield why


def done(plan: MeetingPackPlan, states: BuildStates, made_from: Mapping[str, str], pages: int) -> None:
    """Write the receipt of a merged pack that was published; a final one needs none."""
    if plan.final is not None:
        return
    target = target_of(plan, states)
    wrote = {name: file_digest(target / name) for name in sorted(listed_files(target))}
    content = {"version": VERSION, "inputs": dict(made_from), "wrote": wrote, "pages": pages}
    write_sealed(_path(target), content)


def inputs(plan: MeetingPackPlan, states: BuildStates) -> dict[str, str]:
    """Return the digest of everything that a merged pack is made from."""
    folder = folder_of(plan, states.project)
    others = len(plan.items) < len(plan.meeting.agenda)
    said = plan.meeting.model_copy(update={"agenda": plan.items, "finals": (), "corrections": ()})
    calendar = plan.calendar.model_copy(update={"meetings": (said,)})
    edition = f"{plan.status} {plan.version}"
    named = {item.file: paper_path(folder, item.file) for item in plan.items if item.file}
    own = own_pdf(plan, states.order.published)
    return {
        **states.packs.shared,
        **states.packs.versions,
        "meeting": text_digest(f"{calendar.model_dump_json()} {edition} {others}"),
        **{f"paper {name}": _digest(path) for name, path in named.items()},
        "pack": _digest(own) if own and any(item.pack for item in plan.items) else "",
    }


def target_of(plan: MeetingPackPlan, states: BuildStates) -> Path:
    """Return the folder that a merged pack is published in."""
    return root_of(states.order.published, plan.part) / plan.meeting.date.isoformat() / plan.edition


def own_pdf(plan: MeetingPackPlan, published: Path) -> Path | None:
    """Return the PDF of the published board pack of the same meeting and part, in the edition that is asked for."""
    slug = pack_slug(plan.place, (), plan.part)
    status: Status = "final" if plan.meeting.final_of(slug) else "draft"
    name = edition_folder(slug, status, plan.version)
    folder = root_of(published, plan.part) / plan.meeting.date.isoformat() / name
    try:
        record = PackRecord.model_validate_json((folder / PACK_JSON).read_bytes())
    except (OSError, ValueError):
        return None
    pdf = record.file("pdf")
    wanted = (status, plan.version)
    return folder / pdf.name if pdf is not None and (record.status, record.version) == wanted else None


def _path(target: Path) -> Path:
    return target.with_name(f".{target.name}.receipt.json")


def _digest(path: Path) -> str:
    """Return the digest of a file; one that is not there or cannot be read has none, and is refused when it is used."""
    try:
        return file_digest(path) if path.is_file() and not path.is_symlink() else ""
    except OSError:
        return ""
