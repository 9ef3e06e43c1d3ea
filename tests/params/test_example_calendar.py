"""The example of a calendar, in params/meetings/, has every key that there is."""

from __future__ import annotations

import re
from pathlib import Path

from boardpacks.params.agenda import AgendaItem, FrontSheet
from boardpacks.params.calendars import Calendar, Correction, Meeting
from boardpacks.params.check_model import check_model
from boardpacks.params.read_yaml import read_document
from boardpacks.project.folder import Project


def test_the_example_calendar_has_every_key_and_loads_with_all_of_them(
    checkout: Project, tmp_path: Path
) -> None:
    text = (checkout.params / "meetings" / "havering.yml").read_text(encoding="utf-8")
    for model in (Meeting, FrontSheet, AgendaItem, Correction):
        keys = {
            key for key in model.model_fields if key not in {"finals", "moved_from"}
        }  # of what was issued
        assert keys <= set(re.findall(r"^[ #-]*([a-z_]+):", text, re.MULTILINE))
    asked, _, later = text.partition("    # corrections:")
    uncommented = re.sub(r"^(    +)# ( *(?:- )?[a-z_]+:)", r"\1\2", asked, flags=re.MULTILINE)
    (tmp_path / "havering.yml").write_text(uncommented + "    # corrections:" + later, encoding="utf-8")
    document, faults = read_document(tmp_path / "havering.yml", "havering.yml")
    assert document is not None
    assert not faults
    record, faults = check_model(Calendar, document)
    assert not faults
    assert record is not None
    assert record.meetings[0].missing == ()
    assert len(record.meetings[0].agenda) == 4
