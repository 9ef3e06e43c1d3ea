from __future__ import annotations

import json

import pytest

from boardpacks.project.errors import InputError
from boardpacks.project.notebook import read_notebook
from tests.execute.conftest import write_notebook

OLD = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "cells": []}
CELL = {
    "cell_type": "code",
    "source": ["a = 1\n", "b = 2"],
    "metadata": {},
    "outputs": [],
    "execution_count": 1,
}
BAD_CELL = {**CELL, "cell_type": "verse"}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "no such file"),
        (b"", "broken JSON in line 1"),
        (b"{\n'single': 1}", "broken JSON in line 2"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[1, 2]", "not a notebook"),
        (b'{"cells": 3, "nbformat": 4}', "not a notebook"),
        (json.dumps(OLD).encode(), "notebook format 3"),
        (json.dumps({**OLD, "nbformat": 4, "cells": [BAD_CELL]}).encode(), "verse"),
    ],
)
def test_what_is_not_a_notebook_is_named(tmp_path, content, found):
    path = tmp_path / "x.ipynb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_notebook(path)
    assert str(caught.value).count("x.ipynb") == 1
    assert found in str(caught.value)


def test_cells_without_ids_get_the_same_ones_at_each_reading(tmp_path):
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [CELL, CELL]}))
    cells = read_notebook(path).cells
    assert [cell.id for cell in cells] == ["cell-1", "cell-2"]
    assert cells[0].source == "a = 1\nb = 2"


def test_an_executed_copy_is_refused(tmp_path):
    path = write_notebook(tmp_path / "copy.ipynb", "1")
    text = path.read_text().replace('"parameters"', '"injected-parameters"')
    path.write_text(text)
    with pytest.raises(InputError, match="executed copy"):
        read_notebook(path)
