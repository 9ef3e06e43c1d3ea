"""The examples in docs/params.md are true: each loads as what it is an example of."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from pydantic import BaseModel

from boardpacks.params.assurance import Assurance
from boardpacks.params.check_model import check_model
from boardpacks.params.circulation import Circulation
from boardpacks.params.meetings import Calendar
from boardpacks.params.models import Collaborative, Indicator, Inequalities, Place
from boardpacks.params.project import Project
from boardpacks.params.read_yaml import read_document
from boardpacks.params.strategy import Baselines


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
def test_an_example_loads(key: str, model: type[BaseModel], project: Project, tmp_path: Path) -> None:
    page = (project.root / "docs" / "params.md").read_text(encoding="utf-8")
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
