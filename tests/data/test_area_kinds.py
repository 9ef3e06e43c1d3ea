"""What an area is, by its code."""

from __future__ import annotations

import pytest

from boardpacks.data.area_kinds import area_kind


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("borough", "E06000001 E07000223 E08000003 E09000016 W06000015 S12000036 N09000003"),
        ("country", "E92000001 W92000004 S92000003 N92000002 K02000001 K03000001 K04000001"),
        ("region", "E12000007 E12000002"),
        ("county", "E10000012 E11000001"),
        ("icb", "E54000029"),
        ("sub-icb", "E38000255"),
        ("trust", "RF4 R1H RQX RAS TAF"),
        (
            "other",
            "E40000003 E47000001 E13000001 E45000001 QMF 93C X12345678",
        ),
    ],
)
def test_only_local_authorities_are_boroughs(kind: str, codes: str):
    assert {code: area_kind(code) for code in codes.split()} == dict.fromkeys(codes.split(), kind)


def test_what_the_params_name_is_what_they_say():
    assert area_kind("E67000001", combined=["E67000001"]) == "combined"
    assert area_kind("8HX", trusts=["8HX"]) == "trust"
