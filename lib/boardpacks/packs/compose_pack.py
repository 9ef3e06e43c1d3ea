"""Composes a pack: a complete Quarto project in a folder, which both render engines read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpacks.facts.artefacts import Fact, merge_facts
from boardpacks.packs.changes.changes_page import LABEL as CHANGES_LABEL
from boardpacks.packs.changes.changes_page import changes_markdown
from boardpacks.packs.changes.earlier_packs import NO_EARLIER, EarlierPacks
from boardpacks.packs.changes.gather_changes import gather_changes
from boardpacks.packs.changes.moved import movements
from boardpacks.packs.changes.since_sheet import sheet
from boardpacks.packs.compose import method
from boardpacks.packs.compose.attachments import (
    Attachment,
    attachments_metadata,
    facts_attachment,
    workbook_attachment,
)
from boardpacks.packs.compose.chart_values import values_in_annex
from boardpacks.packs.compose.fill_sheet import fill_pack
from boardpacks.packs.compose.front_sheet import front_sheet
from boardpacks.packs.compose.gather_facts import gather_facts
from boardpacks.packs.compose.judged_how import judged_markdown
from boardpacks.packs.compose.links import link_indicators, measure_anchors
from boardpacks.packs.compose.nothing_left_out import check_nothing_left_out
from boardpacks.packs.compose.numbers import numbers_markdown
from boardpacks.packs.compose.other_places import ANNEX, other_places
from boardpacks.packs.compose.section import Labels, Section, compose_section
from boardpacks.packs.compose.summary import LABEL as SUMMARY_LABEL
from boardpacks.packs.compose.summary import summary_markdown
from boardpacks.packs.compose.summary_lines import SummaryLine, gather_lines
from boardpacks.packs.compose.template import CHAPTERS, fill_template, read_pack_template
from boardpacks.packs.compose.what_to_do import LABEL as WHAT_TO_DO_LABEL
from boardpacks.packs.compose.what_to_do import what_to_do_markdown
from boardpacks.packs.files.changes_file import ChangesFile
from boardpacks.packs.files.facts_file import FactsFile
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.pictures import get_pictures
from boardpacks.packs.render.write_project import write_project, yaml_text
from boardpacks.packs.workbook.describe import describe_workbook
from boardpacks.packs.workbook.model import Workbook
from boardpacks.packs.workbook.write_xlsx import write_xlsx
from boardpacks.params.actions import Action
from boardpacks.params.models import Params
from boardpacks.params.system import SYSTEM
from boardpacks.plan.plan import PackPlan
from boardpacks.project.dates import long_date
from boardpacks.project.errors import BoardpacksError

CHANGES = "sections/changes.qmd"
"""The page of changes with its heading, where pack.qmd includes it; empty where there is no last pack."""

METHOD = "sections/method.qmd"
"""The fixed text on method, if there is one."""

NUMBERS = "sections/numbers.qmd"
"""The appendix that numbers link to, where pack.qmd includes it."""

MADE = (
    *(NUMBERS, CHANGES),
    *(f"sections/{name}.qmd" for name in ("summary", "judged", "data", "sources")),
)
"""Files that the build makes, which pack.qmd may include."""

_LABEL = re.compile(r"\{#(?P<label>(?:sec|tbl|fig)-[\w-]+)")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class PackText:
    """The text of a pack, before anything of it is written.

    Parameters
    ----------
    pack
        What it was composed of, every quoted fact filled in.
    metadata
        What pack.qmd begins with.
    titles
        What of it the build fills in: what a title page and running headers say.
    body
        The text of pack.qmd, with :data:`CHAPTERS` where they go.
    sections
        Its chapters, in order.
    files
        Every other file that the text consists of, by path.
    lines
        The lines of its summary.
    facts
        Every number in the pack, once, and where it is said.
    said
        Every fact as its chapters have it.
    front_sheet
        The rows of its front sheet in Markdown, by label.
    actions
        What the board agreed earlier, as far as the pack shows it.
    moved
        How each line has moved since the last meeting; None where there is no earlier pack.
    changes
        What has changed since earlier packs, or None where there are none.
    """

    pack: PackContent
    metadata: Mapping[str, Any]
    titles: Mapping[str, Any]
    body: str
    sections: tuple[Section, ...]
    files: Mapping[str, str | bytes]
    lines: Sequence[SummaryLine]
    facts: FactsFile
    said: Sequence[Fact]
    front_sheet: Mapping[str, str]
    actions: Sequence[Action]
    moved: Mapping[SummaryLine, str] | None
    changes: ChangesFile | None


@dataclass(frozen=True)
class Composed:
    """A composed pack.

    Parameters
    ----------
    text
        What it says.
    folder
        The Quarto project.
    workbook
        Its numbers as a workbook.
    attachments
        The files that its PDF carries.
    """

    text: PackText
    folder: Path
    workbook: Workbook
    attachments: tuple[Attachment, ...]

    def attached(self, name: str) -> bytes:
        """Return the content of the attachment of this name."""
        return next(attachment.content for attachment in self.attachments if attachment.name == name)


def compose_pack(
    pack: PackContent,
    reports: Path,
    folder: Path,
    earlier: EarlierPacks = NO_EARLIER,
    *,
    edition: str = "",
) -> Composed:
    """Write the Quarto project of one pack into `folder`, which is emptied first.

    Parameters
    ----------
    reports
        The project's reports folder: ``pack.qmd``, ``_quarto.yml``, ``sections/`` and ``_extensions/``.
    earlier
        The packs that it is compared with.
    edition
        Name of the file of its board edition, which its front sheet leads to; empty where there is none.

    Raises
    ------
    BoardpacksError
        See :func:`compose_text`.
    """
    text = compose_text(pack, reports, earlier, edition=edition)
    method_text = text.files.get(METHOD, "")
    assert isinstance(method_text, str)
    workbook = describe_workbook(text.pack, text.sections, text.lines, text.facts, method_text)
    attachments = (facts_attachment(text.facts.as_bytes()), workbook_attachment(write_xlsx(workbook)))
    carried = {"pack": {**text.metadata["pack"], "attachments": attachments_metadata(attachments)}}
    includes = [
        f"{{{{< include {section_path(number, section)} >}}}}"
        for number, section in enumerate(text.sections, start=1)
    ]
    body = text.body.replace(CHAPTERS, "\n\n".join(includes))
    main = with_metadata({**text.metadata, **carried}, body)
    colour = pack.params.system.colour
    write_project(folder, reports, {**text.files, "pack.qmd": main}, attachments, colour=colour)
    return Composed(text, folder, workbook, attachments)


def compose_text(
    pack: PackContent, reports: Path, earlier: EarlierPacks = NO_EARLIER, *, edition: str = ""
) -> PackText:
    """Return the text of one pack.

    Parameters
    ----------
    edition
        Name of the file of its board edition, which its front sheet leads to; empty where there is none.

    Raises
    ------
    BoardpacksError
        When pack.qmd is not as it should be, an earlier pack cannot be read, a chapter refers to a figure that does not
        exist, or it or the front sheet quotes a fact that does not exist, or one fact has two values.
    """
    pack = fill_pack(pack)
    plan, params, chapters = pack.plan, pack.params, pack.chapters
    front, body = read_pack_template(reports)
    labels = Labels({SUMMARY_LABEL, WHAT_TO_DO_LABEL, CHANGES_LABEL, method.LABEL, *_LABEL.findall(body)})
    concerned = _concerned(params)
    sections = link_indicators(
        [compose_section(chapter, labels, concerned.get(chapter.id, ())) for chapter in chapters]
    )
    _check_references(sections, labels, reports)
    facts = merge_facts([chapter.facts for chapter in chapters])
    lines = gather_lines(sections, params, facts)
    check_nothing_left_out(plan.place, chapters, lines, params)
    record = gather_facts(plan.place, chapters, params, pack.snapshot, lines)
    rows = {row["label"]: row["content"] for row in front_sheet(pack, sections, facts, lines)}
    changes = gather_changes(pack, earlier, record, rows)
    actions, moved = _actions(plan, lines), _movements(lines, earlier, changes, params)
    files: dict[str, str | bytes] = {
        NUMBERS: numbers_markdown(record, sections, params),
        "sections/summary.qmd": summary_markdown(sections, params, lines)
        + what_to_do_markdown(
            lines,
            sections,
            params,
            facts,
            actions,
            moved,
        ),
        CHANGES: _changes(changes, record, sections, params, plan.place_name),
        "sections/judged.qmd": judged_markdown(chapters, params, facts),
        "sections/data.qmd": method.data_markdown(pack, facts),
        "sections/sources.qmd": method.sources_markdown(facts),
    }
    for number, section in enumerate(sections, start=1):
        files[section_path(number, section)] = section.text
        files.update(section.figures)
    files.update(values_in_annex(sections, chapters))
    titles = titles_of(plan, params, rows, with_numbers=NUMBERS in body, changes=changes)
    filled: dict[str, Any] = front | titles
    filled["pack"] = filled["pack"] | other_places(pack, ANNEX)
    if edition:
        filled["pack"] = filled["pack"] | {"front-sheet": [*filled["pack"]["front-sheet"], _link(edition)]}
    fixed_texts = {
        f"sections/{path.name}": fill_template(
            path.read_text(encoding="utf-8"), filled, f"reports/sections/{path.name}"
        )
        for path in sorted((reports / "sections").glob("*.qmd"))
    }
    return PackText(
        pack=pack,
        metadata=filled,
        titles=titles,
        body=fill_template(body, filled, "reports/pack.qmd"),
        sections=sections,
        files={**fixed_texts, **files, **get_pictures(pack)},
        lines=lines,
        facts=record,
        said=facts,
        front_sheet=rows,
        actions=actions,
        moved=moved,
        changes=changes,
    )


def _link(edition: str) -> dict[str, str]:
    """Return the row of the front sheet that leads to the board edition."""
    words = "The few pages that the board reads"
    return {"label": "Board edition", "content": f"[{words}]({edition})"}


def section_path(number: int, section: Section) -> str:
    """Return where a chapter's text stands in a pack's folder; `number` counts from 1."""
    return f"sections/{number:02}-{section.slug}.qmd"


def with_metadata(metadata: Mapping[str, object], body: str) -> str:
    """Return a document of Quarto: metadata, then text."""
    return f"---\n{yaml_text(metadata)}---\n{body}"


def _actions(plan: PackPlan, lines: Sequence[SummaryLine]) -> tuple[Action, ...]:
    """Return the board's actions that a pack shows: of a part of a pack those on its own measures alone."""
    actions = plan.calendar.actions_at(plan.meeting)
    if not plan.is_partial and plan.part == plan.meeting.front_sheet.part:
        return actions
    own = {line.summary.indicator for line in lines}
    return tuple(one for one in actions if one.indicator in own)


def _movements(
    lines: Sequence[SummaryLine], earlier: EarlierPacks, changes: ChangesFile | None, params: Params
) -> dict[SummaryLine, str] | None:
    if earlier.last is None or changes is None or changes.last is None:
        return None
    return movements(lines, earlier.last.facts(), changes.last.changes, params)


def _changes(
    changes: ChangesFile | None,
    facts: FactsFile,
    sections: Sequence[Section],
    params: Params,
    place_name: str,
) -> str:
    """Return the page of changes, or nothing where there is no last pack."""
    if changes is None or changes.last is None:
        return ""
    anchors = measure_anchors(facts, sections)
    return changes_markdown(
        changes.last, facts, anchors, place=place_name, benchmark=params.system.spoken_benchmark
    )


def _concerned(params: Params) -> dict[str, tuple[str, ...]]:
    """Return the names of the provider collaboratives that each chapter concerns."""
    known = params.collaboratives
    return {
        chapter.id: tuple(known[collaborative].name for collaborative in chapter.collaboratives)
        for chapter in params.chapters
    }


def titles_of(
    plan: PackPlan,
    params: Params,
    rows: Mapping[str, str],
    *,
    with_numbers: bool,
    changes: ChangesFile | None,
) -> dict[str, Any]:
    """Return the metadata that the build fills: what templates may say of the pack."""
    corrected = changes.corrected if changes else None
    pack: dict[str, object] = {
        # Not Quarto's own key `date`, which it would parse and write anew.
        "meeting": markdown_text(plan.day),
        "day": long_date(plan.meeting.date),
        "organisation": markdown_text(params.system.organisation),
        "system": markdown_text(params.system.name),
        "board": markdown_text(plan.calendar.board),
        "benchmark": markdown_text(params.system.spoken_benchmark),
        "shocks": markdown_text(method.shocks_sentence(params.system.shocks)),
        "borough": markdown_text(params.system.words.borough),
        "boroughs": markdown_text(params.system.words.several),
        "not-held": markdown_text(params.system.not_held or ""),
        **({} if plan.status == "final" else {"status": plan.status.upper()}),
        "version": plan.version,
        "cover": True,
        "front-sheet": [{"label": label, "content": content} for label, content in rows.items()],
        **(
            {"since": sheet(corrected, place=plan.place_name, benchmark=params.system.spoken_benchmark)}
            if corrected
            else {}
        ),
        "numbers": with_numbers,
    }
    return {
        "title": markdown_text(plan.title),
        "subtitle": markdown_text(_subtitle(plan, len(params.priorities))),
        "pack": pack,
    }


def _subtitle(plan: PackPlan, every: int) -> str:
    """Return what the pack is about, where there are so many priorities."""
    chosen = len(plan.priorities)
    if plan.chosen:
        return "A part of the pack"
    if plan.place == SYSTEM:
        return "The places side by side"
    if not chosen:
        return f"How the place is doing on {'its one priority' if every == 1 else f'the {_number(every)} priorities'}"
    return f"How the place is doing on {'this priority' if chosen == 1 else 'these priorities'}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _check_references(sections: Sequence[Section], labels: Labels, reports: Path) -> None:
    fixed_texts = (path.read_text(encoding="utf-8") for path in (reports / "sections").glob("*.qmd"))
    known = labels.taken | {label for text in fixed_texts for label in _LABEL.findall(text)}
    for section in sections:
        for reference in section.references:
            if reference.label not in known:
                raise BoardpacksError(
                    f"{reference.where}: refers to {reference.label}, but no chart, table or heading has that label"
                )
