"""Any words give a name that files, artefacts and facts can have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from boardpacks.facts.artefacts import Name
from boardpacks.facts.spans import fact_span, find_spans
from boardpacks.project.plain_name import plain_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Barking and Dagenham", "barking-and-dagenham"),
        ("King's Lynn & West Norfolk", "kings-lynn-west-norfolk"),
        ("O’Connor’s Field", "oconnors-field"),
        ("Ynys Môn, Ŵyr y Dŵr", "ynys-mon-wyr-y-dwr"),
        ("Łódź Lane; Øresund", "lodz-lane-oresund"),
        ("smoking_prevalence", "smoking-prevalence"),
        ("A <b> *c*", "a-b-c"),
        ("…", "part"),
        ("L" * 85, "L".lower() * 80),
        (f"{'long ' * 16}end", "-".join(["long"] * 16)),
    ],
)
def test_names_of_areas_and_measures_are_made_plain(words: str, name: str):
    assert plain_name(words) == name


@given(st.text(), st.integers(1, 120))
def test_every_name_is_one_that_an_artefact_and_a_fact_can_have(words: str, longest: int):
    made = plain_name(words, max(longest, 4))
    assert TypeAdapter(Name).validate_python(made) == made
    assert len(made) <= max(longest, 4)
    assert plain_name(made, max(longest, 4)) == made
    assert [span.fact for span in find_spans(fact_span("1", f"pack.{made}"))] == [f"pack.{made}"]
