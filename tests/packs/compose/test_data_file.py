from __future__ import annotations

import csv
import io

import pytest

from boardpacks.packs.compose.data_file import COLUMNS, data_file
from boardpacks.packs.read.read_notebook import read_chapter


def rows(make, params, tmp_path, *facts):
    path = make.notebook(tmp_path / "mental_health.ipynb", ["# A", [make.statement(facts=list(facts))]])
    content = data_file([read_chapter(path)], make.snapshot)
    return content, list(csv.DictReader(io.StringIO(content.decode())))


def test_has_one_row_for_each_fact(make, params, tmp_path):
    content, (row,) = rows(make, params, tmp_path, make.fact(upper=None), make.fact(upper=None))

    assert tuple(row) == COLUMNS
    expected = {"fact_id": "havering.smoking.E09000016.persons.2023", "chapter": "mental_health"}
    assert expected.items() <= row.items()
    assert (row["value"], row["upper"], row["licence"]) == ("10.9", "", "OGL v3.0")
    assert (row["series"], row["snapshot"]) == (make.hash[:16], make.hash)
    assert content.startswith(b"fact_id,")
    assert b"\r" not in content


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("Barking, and Dagenham", "Barking, and Dagenham"),
        ("Ealing\u2013Brent", "Ealing\u2013Brent"),
    ],
)
def test_text_is_no_formula(make, params, tmp_path, text, written):
    _, (row,) = rows(make, params, tmp_path, make.fact(area_name=text))

    assert row["area_name"] == written


def test_numbers_keep_their_sign_and_every_digit(make, params, tmp_path):
    fact = make.fact(value=-0.1234567890123, lower=-3, upper=2e6, display="-0.1%")

    _, (row,) = rows(make, params, tmp_path, fact)

    assert (row["value"], row["lower"], row["upper"], row["display"]) == (
        "-0.1234567890123",
        "-3",
        "2000000",
        "-0.1%",
    )
