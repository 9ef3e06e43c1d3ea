"""Where figures stand in workbooks, as params say it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from boardpacks.params.load import load_imports, load_params
from boardpacks.project.errors import InputError
from boardpacks.project.folder import Project

WHOLE = """\
workbooks:
  - files: smoking-*.xlsx
    columns: {area_code: Area code, area_name: Area, value: Percentage}
    given: {indicator_id: smoking_prevalence, sex: Persons, period: 2024, period_start: 2024-01-01, period_months: 12}
"""


@pytest.fixture
def folder(checkout: Project, tmp_path: Path) -> Path:
    return Path(shutil.copytree(checkout.params, tmp_path / "params"))


def test_without_the_file_there_are_none(folder):
    assert load_imports(folder).workbooks == ()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("Percentage}", "Percentage, valu: x}", "did you mean 'value'?"),
        (", value: Percentage", "", "value too, here or in given"),
        ("{indicator_id:", "{value: 3, indicator_id:", "value in columns or in given, not in both"),
        ("files:", "file:", "did you mean 'files'?"),
        ("    columns", "    header: 0\n    columns", "a number of at least 1"),
        ("2024-01-01", "[1]", "given"),
    ],
)
def test_what_is_wrong_is_told_with_all_params(folder, old, new, named):
    path = folder / "imports.yml"
    path.write_text(WHOLE, "utf-8")
    (one,) = load_imports(folder).workbooks
    assert one.header == 1
    assert old in WHOLE
    path.write_text(WHOLE.replace(old, new), "utf-8")
    for load in (load_imports, load_params):
        with pytest.raises(InputError) as caught:
            load(folder)
        assert "params/imports.yml, line " in str(caught.value)
        assert named in str(caught.value)
