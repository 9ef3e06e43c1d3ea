from __future__ import annotations

from dataclasses import replace

import pytest

from boardpacks.data.snapshot_manifest import SnapshotWaiver
from boardpacks.facts.artefacts import Fact
from boardpacks.packs.compose.method import data_markdown, period_range, sources_markdown


def facts(make, *changes):
    return [Fact(**make.fact(**({"id": str(number)} | change))) for number, change in enumerate(changes)]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (["2023"], "2023"),
        (["2021 - 23", "2021 - 23"], "2021 to 2023"),
        (["2021/22", "2009 to 2011"], "2009 to 2022"),
        (["2011 - 13", "2022 - 24"], "2011 to 2024"),
        (["2024-11", "2025-07"], "2024 to 2025"),
        (["2025-07"], "July 2025"),
        (["Apr 2025", "May 2025"], "2025"),
        (["spring", "autumn"], "spring, autumn"),
    ],
)
def test_periods_in_words(make, periods, expected):
    assert period_range(facts(make, *[{"period": period} for period in periods])) == expected


def test_what_the_strategy_states_is_one_entry_and_what_the_pack_counts_is_none(make):
    stated = {"source": "A strategy", "method": "stated in the strategy"}
    text = sources_markdown(
        facts(
            make,
            {**stated, "indicator": "baseline-a", "indicator_name": "Residents", "period": "2022/23"},
            {**stated, "indicator": "baseline-b", "indicator_name": "Carers", "period": "2022/23"},
            {"source": "", "publisher": "", "licence": "", "indicator_name": "Prevention: worse"},
        )
    )
    assert text.count("Figures that the strategy started from (2022/23)") == 1
    for name in ("Residents", "Carers", "Prevention"):
        assert name not in text


def test_lists_the_sources_that_were_used(make, params, snapshot):
    found = facts(
        make,
        {},
        {"period": "2010"},
        {"indicator": "obesity", "indicator_name": "Obesity", "source": "A | B"},
        {"indicator": "elsewhere", "indicator_name": "Not in the catalogue"},
    )

    assert sources_markdown(found) == snapshot


def test_says_what_the_pack_was_made_from(make, params, tmp_path):
    text = data_markdown(make.content(make.plan(tmp_path)), facts(make, {}, {"period": "2010"}))

    assert "- Pack: version 0.1, draft\n" in text
    assert "embedded, SHA-256 abababababababab" in text
    assert "- Periods: 2010 to 2023\n" in text


def test_waivers_of_figures_that_the_pack_shows_are_printed_and_no_others(make, tmp_path):
    def waiver(check: str, **narrow: str | None) -> SnapshotWaiver:
        plain = {"indicator": "smoking", "area": None, "area_name": None, "period": None, "findings": 1}
        said = {"reason": "The publisher confirmed *it*.", "name": "Head of analytics", "until": "2027-03-31"}
        return SnapshotWaiver.model_validate({"check": check, **plain, **said, **narrow})

    havering = {"area": "E09000016", "area_name": "Havering"}
    waivers = (
        waiver("of-a-part", **havering, period="2011/12"),
        waiver("of-a-period", period="2023"),
        waiver("of-an-area", **havering),
        waiver("of-all"),
        waiver("of-another-area", area="E09000033", area_name="Westminster", period="2023"),
        waiver("of-another-period", **havering, period="2010"),
        waiver("of-another-indicator", indicator="obesity"),
    )
    pack = replace(make.content(make.plan(tmp_path)), waivers=waivers)
    shown = ({"area": "E09000001+E09000016", "period": "2011/12"}, {"area": "E09000025", "period": "2023"})
    said = [line for line in data_markdown(pack, facts(make, *shown)).splitlines() if "waived" in line]
    told = [line.split("(")[1].split(")")[0] for line in said]
    assert told == ["of-a-part", "of-a-period", "of-an-area", "of-all"]
    assert said[0].endswith(
        "for Adults who smoke, Havering, 2011/12. The publisher confirmed \\*it\\*. "
        "Answered for by: Head of analytics, until 31 March 2027"
    )


def test_a_pack_without_facts_says_so(make, params, tmp_path):
    assert sources_markdown([]) == "This pack prints no figures.\n"
    assert "Snapshot" not in data_markdown(make.content(make.plan(tmp_path)), [])


def test_a_pack_whose_facts_have_no_source_says_so(make):
    counted = {"source": "", "publisher": "", "licence": "", "indicator_name": "Fairness: worse"}
    assert sources_markdown(facts(make, counted)).startswith("This pack prints no published figures")
