"""The file of facts: each number once, with where it is said, where it comes from and how it was compared."""

from __future__ import annotations

import json

import pytest

from boardpacks.facts.artefacts import Fact
from boardpacks.packs.compose.gather_facts import comparison_rule, gather_facts
from boardpacks.packs.compose.section import Labels, compose_section
from boardpacks.packs.compose.summary_lines import gather_lines
from boardpacks.packs.files.facts_file import FactsFile, read_facts
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.project.errors import BoardpacksError

SMOKING = "havering.smoking.E09000016.persons.2023"


@pytest.fixture
def made(make, params, tmp_path) -> FactsFile:
    """A pack of two chapters that share a fact; the second one's statement marks it, and a chart has another."""
    other = make.fact(id="havering.smoking.E09000016.persons.2018", period="2018", publisher="OHID")
    words = f'Havering: [10.9%]{{fact="{SMOKING}"}}'
    paths = [
        make.notebook(tmp_path / "one.ipynb", ["# One", [make.figure(facts=[make.fact(), other])]]),
        make.notebook(tmp_path / "two.ipynb", ["# Two", "Words.", [make.statement(markdown=words)]]),
    ]
    return gather_facts("havering", [read_chapter(path) for path in paths], params, make.snapshot)


def test_each_fact_is_there_once_with_every_place_that_says_it(made):
    content = json.loads(made.as_bytes())

    assert (content["version_of_facts"], content["place"]) == (2, "havering")
    assert [fact["id"] for fact in content["facts"]] == [SMOKING, SMOKING.replace("2023", "2018")]
    assert content["facts"][0]["said"] == [
        {"notebook": "one", "cell": 2, "kind": "figure", "name": "smoking-trend", "marked": False},
        {"notebook": "two", "cell": 3, "kind": "statement", "name": "smoking", "marked": True},
    ]
    assert [fact.is_marked for fact in made.facts] == [True, False]


def test_a_fact_leads_to_its_observation_and_source(made, make):
    first, second = json.loads(made.as_bytes())["facts"]
    content = json.loads(made.as_bytes())

    assert first["observation"] == {
        "indicator": "smoking",
        "area": "E09000016",
        "sex": "Persons",
        "period": "2023",
        "series": make.hash[:16],
    }
    assert content["snapshot"] == {"name": "embedded", "sha256": make.hash}
    assert [content["sources"][fact["source"]]["publisher"] for fact in (first, second)] == ["ONS", "OHID"]
    assert first["rule"] == "single overlapping 95% interval, against England"


def test_measures_are_in_words(made):
    assert [measure.model_dump() for measure in made.measures] == [
        {
            "indicator": "smoking",
            "name": "Adults who smoke",
            "definition": "Share of adults.",
            "unit": "%",
            "polarity": "low",
        }
    ]


def test_each_line_of_the_summary_is_a_judgement(make, params, tmp_path):
    line = make.line("similar", facts=[SMOKING], trend="getting-better")
    path = make.notebook(tmp_path / "one.ipynb", ["# One", [make.statement(summary=[line])]])
    chapters = [read_chapter(path)]
    entries = gather_lines([compose_section(chapters[0], Labels())], params, chapters[0].facts)

    content = gather_facts("havering", chapters, params, make.snapshot, entries)

    assert json.loads(content.as_bytes())["judgements"] == [
        {
            "indicator": "smoking",
            "chapter": "Long-term conditions",
            "verdict": "similar",
            "count": 1,
            "trend": "getting-better",
            "variation": None,
            "assurance": None,
            "line": "Measure 1: 16.8%, similar",
            "facts": [SMOKING],
        }
    ]


def test_a_file_of_version_1_is_read(made, tmp_path):
    content = json.loads(made.as_bytes()) | {"version_of_facts": 1}
    del content["judgements"], content["measures"]
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(content), encoding="utf-8")

    found = read_facts(path)

    assert (found.judgements, found.measures, found.facts) == ((), (), made.facts)


def test_the_file_comes_back_as_it_was_written_a_fact_a_line(made, tmp_path):
    path = tmp_path / "facts.json"
    path.write_bytes(made.as_bytes())

    assert read_facts(path) == made
    assert made.as_bytes() == read_facts(path).as_bytes()
    assert sum('"id":' in line for line in path.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "facts.json of"),
        (b"{", "the file: "),
        (
            b'{"version_of_facts": 3, "place": "x", "snapshot": {}, "sources": [], "facts": []}',
            "version_of_facts",
        ),
    ],
)
def test_a_damaged_file_is_named(tmp_path, content, said):
    path = tmp_path / "facts.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(BoardpacksError, match=said):
        read_facts(path)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "single overlapping 95% interval, against England"),
        ({"lower": None, "upper": None}, "not tested against England: no usable 95% interval"),
        ({"lower": 10.9, "upper": 10.9}, "not tested against England: no usable 95% interval"),
        ({"area": "E92000001"}, "places are compared with it"),
        ({"unit": "rank", "method": "rank among the peers"}, ""),
        ({"method": "lower-quartile among the peers"}, ""),
        ({"indicator": "deprivation"}, ""),
    ],
)
def test_the_rule_of_comparison_is_said(make, params, changes, rule):
    assert comparison_rule(Fact(**make.fact(**changes)), params) == rule


def test_counts_are_not_compared(make, params):
    additive = params.indicators["smoking"].model_copy(update={"additive": True})
    counted = params.model_copy(update={"indicators": {"smoking": additive}})

    assert comparison_rule(Fact(**make.fact()), counted) == "not compared: a count grows with its area"
