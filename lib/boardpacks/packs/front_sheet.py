"""Fills the front sheet: what a board member reads before anything else."""

from __future__ import annotations

from collections.abc import Sequence

from boardpacks.build.plan import PackPlan
from boardpacks.packs.counts import key_sentence
from boardpacks.packs.dates import meeting_date
from boardpacks.packs.entries import gather_entries
from boardpacks.packs.escape import markdown_text
from boardpacks.packs.method import period_range
from boardpacks.packs.pack_record import SnapshotRecord
from boardpacks.packs.records import Fact
from boardpacks.packs.section import Section
from boardpacks.params.models import SYSTEM, Params

TO_FOLLOW = "To follow"


def pack_title(plan: PackPlan, params: Params) -> str:
    """Return the pack's title in plain text: ``Havering board pack``, and a partial one's priorities."""
    title = f"{plan.place_name} board pack"
    if plan.priorities:
        title += f": {_and([params.priorities[priority].name for priority in plan.priorities])}"
    return title


def front_sheet(
    plan: PackPlan,
    params: Params,
    sections: Sequence[Section],
    facts: Sequence[Fact],
    snapshot: SnapshotRecord,
) -> list[dict[str, str]]:
    """Return the rows of the front sheet, each a label and its content in Markdown.

    Everything is escaped but the recommendation, which a secretary may write in Markdown.
    """
    sheet = plan.meeting.front_sheet
    rows = [
        ("Meeting", markdown_text(plan.calendar.board)),
        ("Date", markdown_text(meeting_date(plan.meeting.date, example=plan.calendar.example))),
        ("Agenda item", _or_to_follow(sheet.item)),
        ("Title", markdown_text(sheet.title or pack_title(plan, params))),
        ("Author", _or_to_follow(sheet.author)),
        ("Sponsor", _or_to_follow(sheet.sponsor)),
        ("Purpose", _or_to_follow(sheet.purpose)),
        ("Recommendation", _blocks(sheet.recommendation) if sheet.recommendation else TO_FOLLOW),
        *_in_short(sections, params, facts),
        *_where(plan, params),
        ("Status", f"{plan.status.capitalize()}, version {plan.version}"),
        ("Data", _data(facts, snapshot)),
        ("What the pack covers", markdown_text("; ".join(section.title for section in sections))),
    ]
    return [{"label": label, "content": content} for label, content in rows]


def _in_short(sections: Sequence[Section], params: Params, facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """Return the sentence that leads the summary, where the chapters have lines for one."""
    entries = gather_entries(sections, params, facts)
    if not entries:
        return []
    return [("In short", key_sentence(entries, markdown_text(params.system.benchmark.name)))]


def _where(plan: PackPlan, params: Params) -> list[tuple[str, str]]:
    if plan.place == SYSTEM:
        places = _and([place.name for place in params.places.values()])
        return [("System", markdown_text(params.system.name)), ("Places", markdown_text(places))]
    place = params.places[plan.place]
    boroughs = _and([borough.name for borough in place.boroughs])
    rows = [("Place", markdown_text(place.name))]
    if boroughs != place.name:
        rows.append(("Boroughs", markdown_text(boroughs)))
    if len(place.emphasis) == 1:
        rows.append(("Local emphasis", markdown_text(place.emphasis[0].text)))
    elif place.emphasis:
        rows.append(
            (
                "Local emphasis",
                _blocks("\n".join(f"- {markdown_text(stressed.text)}" for stressed in place.emphasis)),
            )
        )
    return rows


def _data(facts: Sequence[Fact], snapshot: SnapshotRecord) -> str:
    if not facts:
        return "This pack prints no figures."
    return (
        f"Published figures for {markdown_text(period_range(facts))}, from the snapshot "
        f"{markdown_text(snapshot.name)} ({str(snapshot.sha256)[:12]}). The sources are listed at the end."
    )


def _blocks(markdown: str) -> str:
    """Return Markdown of several lines as metadata have it: only a last line feed makes lists of it."""
    text = markdown.strip()
    return f"{text}\n" if "\n" in text else text


def _or_to_follow(text: str | None) -> str:
    return markdown_text(text) if text else TO_FOLLOW


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
