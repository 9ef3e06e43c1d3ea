"""What a notebook shows and packs leave out is named with its cell and the call to use instead."""

from __future__ import annotations

import json

import pytest

from boardpacks.facts.artefacts import MIME
from boardpacks.plan.not_handed_over import find_left_out


def a_notebook(*outputs):
    cells = [
        {"cell_type": "code", "metadata": {"tags": ["injected-parameters"]}, "outputs": []},
        {"cell_type": "markdown", "metadata": {}, "source": "# A"},
        {"cell_type": "code", "metadata": {}, "outputs": list(outputs)},
    ]
    return json.dumps({"cells": cells}).encode()


def shown(data, kind="display_data"):
    return {"output_type": kind, "data": data}


@pytest.mark.parametrize(
    ("output", "what"),
    [
        (
            shown({"text/html": '<table class="dataframe">', "text/plain": "a"}, "execute_result"),
            "a data frame",
        ),
        (shown({"text/html": "<style>#T_a1 {}</style>", "text/plain": "Styler"}), "a data frame"),
        (shown({"image/png": "x", "text/plain": "<Figure>"}), "a picture"),
        (shown({"image/svg+xml": "<svg/>"}), "a picture"),
        (shown({"text/markdown": "**x**", "text/plain": "<Markdown>"}), "Markdown"),
        (shown({"text/html": "<b>x</b>"}), "HTML"),
        (shown({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "w"}), "a widget"),
        (shown({"text/plain": "42"}, "execute_result"), "a value"),
        ({"output_type": "stream", "name": "stdout", "text": "hello"}, "printed text"),
        ({"output_type": "stream", "name": "stderr", "text": "x: UserWarning: y"}, "a warning"),
    ],
)
def test_each_kind_of_output_is_named_with_its_cell(output, what):
    (found,) = find_left_out(a_notebook(output))
    assert (found.cell, found.what) == (2, what)
    assert str(found).startswith("cell 2: ")


def test_artefacts_and_empty_text_are_no_outputs_to_name():
    assert find_left_out(a_notebook(shown({MIME: {}, "text/plain": "x"}))) == ()
    assert find_left_out(a_notebook({"output_type": "stream", "name": "stdout", "text": " \n"})) == ()
