"""What is private is found in public texts, whatever its line ends, case and signs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.packs.check.check_confidential import (
    Secret,
    document_text,
    find_leaks,
    find_secrets,
    plain,
    sentences,
)
from boardpacks.params.agenda import AgendaItem, FrontSheet
from boardpacks.params.calendars import Meeting
from boardpacks.project.folder import Project

DAY = dt.date(2026, 12, 9)
CHAPTER = "figures for whole boroughs hide differences between streets and between groups"
LONG = "The contract with the present provider will be ended before the next winter begins"


def item(number: str, title: str, part: str = "public", **other: object) -> AgendaItem:
    return AgendaItem(item=number, title=title, part=part, **other)  # type: ignore[arg-type]


@pytest.fixture
def secrets_of(params, tmp_path: Path):
    """Return what a meeting keeps secret, in a system whose only chapter is public."""

    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "long_term_conditions.ipynb").write_text(
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "id": "a", '
        '"metadata": {}, "source": ["# A chapter\\n\\nFigures for whole boroughs hide differences between streets '
        'and between groups."]}]}'
    )

    def find(**meeting: object) -> set[str]:
        held = Meeting(date=DAY, **meeting)  # type: ignore[arg-type]
        return {secret.words for secret in find_secrets(params, Project(tmp_path), "havering", held)}

    return find


def test_a_meeting_without_a_private_part_has_no_secrets(secrets_of):
    assert secrets_of(agenda=(item("1", "Minutes of the last meeting"),)) == set()


def test_titles_and_file_names_of_private_items_are_secret(secrets_of):
    private = item("9", "Sale of the old clinic", "confidential", file="clinic_sale-offer from buyer.pdf")
    assert secrets_of(agenda=(item("1", "Minutes"), private)) == {
        "sale of the old clinic",
        "clinic sale offer from buyer",
    }


def test_a_title_that_a_public_item_has_too_is_no_secret(secrets_of):
    agenda = (
        item("1", "Minutes of the last meeting"),
        item("9", "Minutes of the last meeting", "confidential"),
    )
    assert secrets_of(agenda=agenda) == set()


def test_what_a_comment_of_a_public_chapter_says_is_not_said(params, tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    source = f"# A chapter\n\nWords. <!-- {LONG} -->\n\n<!--\n{LONG}\n-->"
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": source}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    (folder / "long_term_conditions.ipynb").write_text(json.dumps(notebook))
    agenda = (item("9", LONG, "confidential"),)

    (secret,) = find_secrets(params, Project(tmp_path), "havering", Meeting(date=DAY, agenda=agenda))

    assert secret.words == plain(LONG)


def test_the_comments_of_a_published_page_are_read(tmp_path):
    page = tmp_path / "pack.html"
    page.write_text(f"<p>Words</p><!-- {LONG} -->")

    assert find_leaks([("html", document_text(page))], [Secret(plain(LONG), "the private item 9")])


def test_a_private_front_sheet_makes_the_pack_s_chapters_private_too(secrets_of):
    sheet = FrontSheet(part="confidential", recommendation=f"{LONG}. Note this.", risks="A short one.")
    assert secrets_of(front_sheet=sheet) == {plain(LONG), CHAPTER}


def test_every_field_of_a_private_front_sheet_that_takes_sentences_is_secret(secrets_of):
    """A field that is added to the model is looked for, too: only those that are of no matter are left out."""
    for name in FrontSheet.model_fields:
        try:
            sheet = FrontSheet.model_validate({"part": "confidential", name: LONG})
        except ValueError:  # it takes a word or a number only
            continue
        kept = plain(LONG) in secrets_of(front_sheet=sheet)
        assert kept == (name not in ("author", "sponsor")), name


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        LONG.upper(),
        LONG.replace(" ", "\n"),
        f"Before. {LONG}, and after",
        LONG.replace("present provider", "\u201cpresent\u201d provider"),
    ],
)
def test_a_leak_is_found_however_it_is_written(text):
    (found,) = find_leaks([("pdf", text)], [Secret(plain(LONG), "the private item 9")])
    assert found.startswith("pdf: says what is for the private part: 'the contract with the present provider")
    assert found.endswith("from the private item 9")


def test_parts_of_words_are_no_leak():
    assert (
        find_leaks([("pdf", "the saleable old clinics")], [Secret("sale", "x"), Secret("clinic", "x")]) == []
    )


@given(st.text(max_size=300))
def test_every_sentence_of_a_text_is_found_in_it(text):
    for words in sentences(text):
        assert find_leaks([("it", text)], [Secret(words, "")])
