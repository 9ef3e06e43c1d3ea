"""Writes the addendum: a short document that says in full what an edition changed of the final one before it."""

from __future__ import annotations

from pathlib import Path

from boardpacks.facts.artefacts import Column, Table
from boardpacks.packs.changes.change_tables import kinds_of
from boardpacks.packs.changes.changes_page import counted_words
from boardpacks.packs.changes.since_sheet import artefact_words, chapter_words, reason_markdown
from boardpacks.packs.compose.links import resolve_links
from boardpacks.packs.compose.section import table_markdown
from boardpacks.packs.files.changes_file import ChapterChange, FieldChange, SinceVersion
from boardpacks.packs.markdown.escape import markdown_text
from boardpacks.packs.render.write_project import write_project, yaml_text
from boardpacks.params.models import Params
from boardpacks.plan.plan import PackPlan

RECOMMENDATION = "Recommendation"


def compose_addendum(
    plan: PackPlan, params: Params, since: SinceVersion, reports: Path, folder: Path
) -> Path:
    """Write the Quarto project of the addendum into `folder`, which is emptied first, and return it.

    Parameters
    ----------
    since
        What has changed, and since which version.
    reports
        The project's reports folder.
    """
    system = params.system
    title = f"Addendum to the {plan.title}, version {since.since.version}"
    draft = {} if plan.status == "final" else {"status": plan.status.upper()}
    metadata = {
        "title": markdown_text(title),
        "subtitle": markdown_text(f"Version {plan.version} replaces version {since.since.version}"),
        "lang": "en-GB",
        "toc": False,
        "fig-cap-location": "top",
        "tbl-cap-location": "top",
        "pack": {
            "meeting": markdown_text(plan.day),
            "organisation": markdown_text(system.organisation),
            "system": markdown_text(system.name),
            "board": markdown_text(plan.calendar.board),
            **draft,
            "version": plan.version,
        },
    }
    body = addendum_markdown(since, plan.version, place=plan.place_name, benchmark=system.spoken_benchmark)
    main = f"---\n{yaml_text(metadata)}---\n\n{body}"
    write_project(folder, reports, {"pack.qmd": main}, colour=system.colour)
    return folder


def addendum_markdown(since: SinceVersion, version: str, *, place: str, benchmark: str) -> str:
    """Return the addendum's text.

    Parameters
    ----------
    version
        Version of the new edition.
    place, benchmark
        Names of the pack's place and of the area that places are compared with.
    """
    before = since.since.version
    parts = ["# Why there is an addendum {#sec-why}", reason_markdown(since), _stands(since, version)]
    fields = [one for one in since.front_sheet if one.label != RECOMMENDATION]
    asked = next((one for one in since.front_sheet if one.label == RECOMMENDATION), None)
    if asked is not None:
        parts += ["## The new recommendation {#sec-recommendation}", *_before_and_now(asked)]
    parts.append(f"# What has changed since version {markdown_text(before)} {{#sec-changes}}")
    if fields:
        parts.append("## Front sheet {#sec-front-sheet}")
        for field in fields:
            parts += [f"### {markdown_text(field.label)}", *_before_and_now(field)]
    parts.append("## Chapters {#sec-chapters}")
    if since.chapters:
        parts.append("\n".join(f"- {chapter_words(one)}" for one in since.chapters))
        if table := _artefacts(since.chapters):
            parts.append(table)
    else:
        parts.append("Every chapter is as it was.")
    parts += ["## Judgements and figures {#sec-figures}", counted_words(since.changes)]
    parts += [
        table_markdown(kind.table(), f"tbl-changes-{kind.name}")
        for kind in kinds_of(since.changes, place=place, benchmark=benchmark)
    ]
    return resolve_links("\n\n".join([*parts, _closing(before, version)]) + "\n", {})


def _stands(since: SinceVersion, version: str) -> str:
    return (
        f"This addendum goes with version {markdown_text(version)} of the pack, and lists everything that differs "
        f"from version {markdown_text(since.since.version)}. What is not listed here is as it was."
    )


def _before_and_now(field: FieldChange) -> list[str]:
    return [
        "**Now**",
        (field.now or "No longer on the front sheet.").strip(),
        "**Before**",
        (field.was or "Not on the front sheet.").strip(),
    ]


def _artefacts(chapters: tuple[ChapterChange, ...]) -> str:
    """Return a table of the figures and tables that changed; words made from figures are counted above it."""
    rows = tuple(
        (
            chapter.title,
            f"{one.kind.capitalize()}: {one.title or one.name.replace('-', ' ')}",
            artefact_words(one).capitalize(),
        )
        for chapter in chapters
        for one in chapter.artefacts
        if one.kind != "statement"
    )
    if not rows:
        return ""
    columns = (
        Column(label="Chapter", width=24),
        Column(label="Figure or table", width=54),
        Column(label="What changed", width=22),
    )
    title = "Figures and tables that have changed"
    table = Table(kind="table", name="changes-artefacts", facts=(), title=title, columns=columns, rows=rows)
    return table_markdown(table, "tbl-changes-artefacts")


def _closing(before: str, version: str) -> str:
    """Say where everything is; a last page with hardly any rows has all these lines beside them."""
    return (
        "::: {.keep-together}\n\n"
        f"Version {markdown_text(before)} stays as it was issued, in a folder of its own beside version "
        f"{markdown_text(version)}. The file of changes that comes with the pack holds everything that this addendum "
        "says, and the numbers of other areas that have changed, in a form that programs can read.\n\n:::"
    )
