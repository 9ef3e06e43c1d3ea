"""Fills the front sheet: what a board member reads before anything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boardpacks.facts.artefacts import Fact
from boardpacks.facts.wording import capital, listed
from boardpacks.packs.compose.counts import key_sentence
from boardpacks.packs.compose.method import period_range
from boardpacks.packs.compose.section import Section
from boardpacks.packs.compose.summary_lines import SummaryLine
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.markdown.plain_prose import prose_markdown
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.params.agenda import TO_FOLLOW, Part, field_label
from boardpacks.params.calendars import Meeting
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.plan.plan import PackPlan

PARTS: Mapping[Part, str] = {
    "public": "Part I, held in public",
    "confidential": "Part II, held in private: **confidential**",
}
ASSURANCES = (
    "previously_considered_by",
    "conflicts_of_interest",
    "risks",
    "equality_impact",
    "financial_implications",
    "legal_implications",
)
"""Fields of a front sheet that stand below what the pack says, in their order."""


def front_sheet(
    pack: PackContent,
    sections: Sequence[Section],
    facts: Sequence[Fact],
    entries: Sequence[SummaryLine] = (),
) -> list[dict[str, str]]:
    """Return the rows of the front sheet, each a label and its content in Markdown.

    Texts keep their paragraphs, lists and bold words; everything else is escaped. The summary's lines are `entries`.
    """
    plan, params = pack.plan, pack.params
    sheet = plan.meeting.front_sheet
    rows = [
        ("Meeting", markdown_text(plan.calendar.board)),
        ("Date and time", _date_and_time(plan.meeting, plan.day)),
        ("Venue", _line(plan.meeting.venue)),
        ("Part", PARTS[plan.part]),
        (field_label("item"), _line(sheet.item)),
        (field_label("title"), markdown_text(sheet.title or plan.title)),
        ("Status", _status(plan)),
        (field_label("author"), _line(sheet.author)),
        (field_label("sponsor"), _line(sheet.sponsor)),
        (field_label("purpose"), f"For {sheet.purpose}" if sheet.purpose else TO_FOLLOW),
        *[
            (field_label(name), _text(getattr(sheet, name)))
            for name in ("recommendation", "executive_summary")
        ],
        *_in_short(entries, params),
        *[(field_label(name), _text(getattr(sheet, name))) for name in ASSURANCES],
        *_where(plan.place, params),
        ("Data", _data(facts, pack.snapshot)),
        ("What the pack covers", markdown_text("; ".join(section.title for section in sections))),
    ]
    return [{"label": label, "content": content} for label, content in rows]


def _in_short(entries: Sequence[SummaryLine], params: Params) -> list[tuple[str, str]]:
    """Return the sentence that leads the summary, where the chapters have lines for one."""
    if not entries:
        return []
    return [("In short", key_sentence(entries, markdown_text(params.system.spoken_benchmark)))]


def _where(place_id: str, params: Params) -> list[tuple[str, str]]:
    if place_id == SYSTEM:
        places = listed([place.name for place in params.places.values()])
        return [("System", markdown_text(params.system.name)), ("Places", markdown_text(places))]
    place = params.places[place_id]
    boroughs = listed([borough.name for borough in place.boroughs])
    rows = [("Place", markdown_text(place.name))]
    if boroughs != place.name:
        rows.append((capital(params.system.words.several), markdown_text(boroughs)))
    if len(place.emphasis) == 1:
        rows.append(("Local emphasis", markdown_text(place.emphasis[0].text)))
    elif place.emphasis:
        rows.append(
            ("Local emphasis", "".join(f"- {markdown_text(stressed.text)}\n" for stressed in place.emphasis))
        )
    return rows


def _data(facts: Sequence[Fact], snapshot: SnapshotRecord) -> str:
    if not facts:
        return "This pack prints no figures."
    return (
        f"Published figures for {markdown_text(period_range(facts))}, from the snapshot "
        f"{markdown_text(snapshot.name)} ({str(snapshot.sha256)[:12]}). The sources are listed at the end."
    )


def _date_and_time(meeting: Meeting, day: str) -> str:
    date = markdown_text(day)
    return f"{date}, {meeting.hours}" if meeting.hours else f"{date}. Time: {TO_FOLLOW.lower()}"


def _status(plan: PackPlan) -> str:
    """Return the status and version, and what keeps the pack a draft."""
    status = f"{plan.status.capitalize()}, version {plan.version}"
    count = len(plan.meeting.missing)
    if plan.status == "final" or not count:
        return status
    told = f"the {count} details" if count > 1 else "the one detail"
    verb = "are" if count > 1 else "is"
    return f"{status}. It stays a draft until {told} still to follow {verb} filled in."


def _line(text: str | None) -> str:
    return markdown_text(text) if text else TO_FOLLOW


def _text(text: str | None) -> str:
    return prose_markdown(text) if text else TO_FOLLOW
