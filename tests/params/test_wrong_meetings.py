"""Wrong calendars: each error fits on one screen and says file and line, key, what was found, what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from boardpacks.params.agenda import FrontSheet, field_label
from boardpacks.params.load import load_params
from boardpacks.project.errors import InputError
from tests.params.conftest import WriteParams

HEAD = "place: alston\nboard: Alston Board\nmeetings:\n  - date: 2026-12-09\n"
FINAL = f'    finals:\n      - version: "1.0"\n        date: 2026-12-01\n        packs:\n          alston: {"a" * 64}\n'
ITEM = '      - item: "{}"\n        title: A paper\n'

CASES: list[tuple[str, str, int, str, str, str, str]] = [
    ("status", "    status: final\n", 5, "status", "an unknown key", "date, starts", "boardpacks finalise makes"),
    ("version", '    version: "1.0"\n', 5, "version", "an unknown key", "date, starts", "draft: is the draft's"),
    ("time", "    starts: 9.30\n", 5, "starts", "9.30 (a number)", "text", '"9.30"'),
    ("time with a point", '    starts: "9.30"\n', 5, "starts", "'9.30'", "a time of day", "'09:30'"),
    ("hour", "    starts: 25:00\n", 5, "starts", "'25:00'", "a time of day such as 14:00", ""),
    ("end before start", "    starts: 14:00\n    ends: 13:00\n", 6, "ends", "'13:00'", "after 14:00", ""),
    ("end alone", "    ends: 13:00\n", 5, "ends", "'13:00'", "the key starts too", ""),
    ("purpose", "    front_sheet:\n      purpose: For discussion\n", 6, "front_sheet.purpose",
     "'For discussion' (text)", "decision, assurance or information", ""),
    ("part", "    front_sheet:\n      part: private\n", 6, "front_sheet.part", "'private'",
     "public or confidential", ""),
    ("misspelt field", "    front_sheet:\n      equality_imapct: None\n", 6, "front_sheet.equality_imapct",
     "an unknown key", "equality_impact", "'equality_impact'"),
    ("item number", "    front_sheet:\n      item: 7\n", 6, "front_sheet.item", "7 (a number)", "text", '"7"'),
    ("line feed in a header", '    venue: "Room 1\\nBcc: all@example.org"\n', 5, "venue", "several lines",
     "text on one line", ""),
    ("tab in a title", '    front_sheet:\n      title: "A\\tB"\n', 6, "front_sheet.title", "a tab",
     "text on one line", ""),
    ("control character", '    front_sheet:\n      risks: "A\\x07B"\n', 6, "front_sheet.risks", "U+0007",
     "without control characters", ""),
    ("reversed text", '    venue: "A\\u202egnp.exe"\n', 5, "venue", "U+202E", "without control characters", ""),
    ("folder in a paper", '    agenda:\n      - item: "1"\n        title: A\n        file: ../secret.pdf\n', 8,
     "agenda[0].file", "'../secret.pdf'", "the name of a PDF without folders", ""),
    ("paper that is no PDF", '    agenda:\n      - item: "1"\n        title: A\n        file: minutes.docx\n', 8,
     "agenda[0].file", "'minutes.docx'", "the name of a PDF", ""),
    ("two papers at an item",
     '    agenda:\n      - item: "1"\n        title: A\n        file: a.pdf\n        pack: true\n', 8,
     "agenda[0].file", "'a.pdf'", "an item has one paper", ""),
    ("same item twice", "    agenda:\n" + ITEM.format(1) + ITEM.format(1), 8, "agenda[1].item",
     "which line 6 has already", "a number of its own", ""),
    ("two packs", "    agenda:\n" + ITEM.format(1) + "        pack: true\n" + ITEM.format(2) + "        pack: true\n",
     11, "agenda[1].pack", "true", "one item at most", ""),
    ("pack in the other part", "    front_sheet:\n      part: confidential\n    agenda:\n" + ITEM.format(1)
     + "        pack: true\n", 8, "agenda[0]", "part: public", "part: confidential, as the front sheet", ""),
    ("other number for the pack", '    front_sheet:\n      item: "7"\n    agenda:\n' + ITEM.format(1)
     + "        pack: true\n", 8, "agenda[0].item", "'1'", "7, as the front sheet", ""),
    ("correction of a draft", "    corrections:\n      - kind: correction\n        reason: A slip.\n", 5,
     "corrections", "a list of 1", "no edition is final yet", "boardpacks finalise"),
    ("kind of correction", FINAL + "    corrections:\n      - kind: fix\n        reason: A slip.\n", 11,
     "corrections[0].kind", "'fix'", "correction, addendum or late-paper", ""),
    ("finals by hand", FINAL.replace("1.0", "2.0"), 5, "finals", "2.0", "versions 1.0", "put finals back"),
    ("two finals without a correction", FINAL + FINAL.removeprefix("    finals:\n"), 5, "finals", "1.0, 1.0",
     "versions 1.0", "put finals back"),
    ("digest", FINAL.replace("a" * 64, "abc"), 9, "finals[0].packs.alston", "'abc'", "the digest as", ""),
    ("fact of no indicator", "    front_sheet:\n      executive_summary: Happy at {fact hapiness}.\n", 6,
     "front_sheet.executive_summary", "{fact hapiness}", "the name of an indicator", "'happiness'"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].replace(" ", "-"))
def test_a_wrong_calendar_says_where_and_what(case: Any, write_params: WriteParams) -> None:
    _, text, line, key, found, allowed, hint = case

    with pytest.raises(InputError) as caught:
        load_params(write_params({"meetings/alston.yml": HEAD + text}))

    (problem,) = caught.value.problems
    assert problem.where == f"params/meetings/alston.yml, line {line}"
    assert problem.key == f"meetings[0].{key}"
    assert found in problem.found
    assert allowed in problem.allowed
    assert hint in problem.hint
    assert len(str(caught.value).splitlines()) <= 5


def test_a_line_of_300_characters_is_taken_and_one_more_is_not(write_params: WriteParams) -> None:
    folder = write_params({"meetings/alston.yml": HEAD.replace("Alston Board", "B" * 300)})
    assert load_params(folder).calendars["alston"].board == "B" * 300

    folder = write_params({"meetings/alston.yml": HEAD.replace("Alston Board", "B" * 301)})
    with pytest.raises(InputError, match="at most 300 characters"):
        load_params(folder)


def test_labels_are_those_of_front_sheets() -> None:
    labels = [field_label(name) for name in FrontSheet.model_fields]
    assert labels[0] == "Agenda item"
    assert "Risks and board assurance framework" in labels
    assert "Previously considered by" in labels
