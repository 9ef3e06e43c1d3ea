"""The examples in docs/params.md are true: each loads as what it is an example of."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from pydantic import BaseModel

from boardpacks.params.assurance import Assurance
from boardpacks.params.calendars import AgendaItem, Calendar, Correction, FrontSheet, Meeting
from boardpacks.params.check_model import check_model
from boardpacks.params.models import Collaborative, Indicator, Inequalities, Place
from boardpacks.params.read_yaml import read_document
from boardpacks.params.recipients import Circulation
from boardpacks.params.strategy import Baselines
from boardpacks.project.folder import Project


@pytest.mark.parametrize(
    ("key", "model"),
    [
        ("place", Calendar),
        ("id", Place),
        ("smoking_prevalence", Indicator),
        ("population", Inequalities),
        ("ae_four_hour", Indicator),
        ("- id: acute", Collaborative),
        ("document", Baselines),
        ("headings", Assurance),
        ("sender", Circulation),
    ],
)
def test_an_example_loads(key: str, model: type[BaseModel], checkout: Project, tmp_path: Path) -> None:
    page = (checkout.root / "docs" / "params.md").read_text(encoding="utf-8")
    blocks = [
        textwrap.dedent(block)
        for block in re.findall(r"^ *```yaml\n(.*?)```", page, re.DOTALL | re.MULTILINE)
    ]
    example = next(block for block in blocks if block.startswith(key))
    (tmp_path / "example.yml").write_text(example, encoding="utf-8")
    document, faults = read_document(tmp_path / "example.yml", "example.yml")
    assert document is not None
    assert not faults
    path: tuple[str | int, ...] = (key,) if model is Indicator else (0,) if model is Collaborative else ()
    ids = {"id": key} if model is Indicator else {}
    record, faults = check_model(model, document, path, given=ids)
    assert not faults
    assert record is not None


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
    assert len(record.meetings[0].agenda) == 3


def test_the_example_of_a_correction_is_one(checkout: Project) -> None:
    page = (checkout.root / "docs" / "params.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n +corrections:\n(.*?)```", page, re.DOTALL)
    assert {line.split(":")[0].strip(" -") for line in example.splitlines()} == set(Correction.model_fields)
