"""boardpacks explain: a fact by its id or by a part of it, from the newest published pack, told whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from boardpacks.chapter.make_facts import facts_of
from boardpacks.cli import app
from boardpacks.data.observations import area_series
from boardpacks.data.snapshot import Snapshot, load_snapshot
from boardpacks.packs.compose.gather_facts import gather_facts
from boardpacks.packs.files.pack_record import SnapshotRecord
from boardpacks.packs.publish.publish_pack import FinishedPack, publish_pack
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.params.models import Params
from boardpacks.project.folder import Project

SMOKING = "havering.smoking_prevalence.E09000016.persons.2023"


@pytest.fixture(scope="session")
def real(project: Project) -> Params:
    """The project's own params."""
    from boardpacks.params.load import load_params  # noqa: PLC0415

    return load_params(project.params)


@pytest.fixture(scope="session")
def figures(project: Project, real: Params) -> Snapshot:
    """The project's own snapshot."""
    return load_snapshot(project.snapshots / real.system.snapshot)


@pytest.fixture
def publish(make, real, figures, tmp_path):
    """Publish a pack whose one table says Havering's smoking in 2023, and whose chart shows the other years."""

    def published(
        folder: Path = tmp_path / "published",
        *,
        sha256: str = "",
        series: str = "",
        more: float = 0,
        **meeting: Any,
    ) -> Path:
        indicator = real.indicators["smoking_prevalence"]
        facts = []
        for area in ("E09000016", "E92000001"):
            observations = area_series(figures, indicator.id, area).observations
            facts += facts_of(observations, indicator, "havering", figures)
        changes = {"series": series} if series else {}
        records = [
            fact.model_dump() | changes | {"value": fact.value + more}
            for fact in facts
            if fact.value is not None
        ]
        own = next(fact for fact in records if fact["id"] == SMOKING)
        cell = f'[{own["display"]}]{{fact="{SMOKING}"}}'
        table = make.table(
            facts=[own], columns=[{"label": "Area"}, {"label": "Value"}], rows=[["Havering", cell]]
        )
        path = make.notebook(
            tmp_path / "long_term_conditions.ipynb", ["# A", [make.figure(facts=records)], [table]]
        )
        snapshot = SnapshotRecord(name="embedded", sha256=sha256 or figures.sha256)
        content = gather_facts("havering", [read_chapter(path)], real, snapshot)
        pdf = tmp_path / "pack.pdf"
        pdf.write_bytes(b"pdf")
        pack = FinishedPack(
            plan=make.plan(tmp_path, **meeting),
            snapshot=snapshot,
            engine="bundled",
            pages=1,
            rendered={"pdf": pdf},
            data=b"",
            facts=content.as_bytes(),
            manifest=make.manifest(),
        )
        return publish_pack(pack, folder).parents[1]

    return published


@pytest.fixture
def explain(project, monkeypatch):
    """Run the command in the project, on a folder of published packs."""
    monkeypatch.chdir(project.notebooks)

    def run(fact: str, out: Path, status: int = 0) -> str:
        done = CliRunner().invoke(app, ["explain", fact, "--out", str(out)], prog_name="boardpacks")
        assert done.exit_code == status, done.output
        return done.output

    return run


def test_a_fact_is_told_whole(explain, publish, figures):
    told = dict(
        line.strip().split("  ", 1)
        for line in explain(SMOKING, publish()).splitlines()
        if "  " in line.strip()
    )
    told = {label: words.strip() for label, words in told.items()}

    row = figures.observations.iloc[int(told["its rows"].split()[0].replace(",", "")) - 1]
    assert (row["indicator"], row["area"], row["period"]) == ("smoking_prevalence", "E09000016", "2023")
    assert told["value"] == f"{row['value']:.1f}%"
    assert told["95% interval"] == f"{row['lower_95']:.1f}% to {row['upper_95']:.1f}%"
    assert told["unit"] == "%"
    assert told["area"] == "Havering (E09000016), persons"
    assert told["made"] == "published as it stands"
    assert told["comparison"] == "single overlapping 95% interval, against England"
    assert told["publisher"] == "ONS Annual Population Survey, OGL v3.0"
    assert told["snapshot"] == f"embedded, SHA-256 {figures.sha256[:16]}"
    assert told["now"] == "the project has the same snapshot, and its row says the same"
    assert told["said in"] == "Havering board pack, 9 December 2026, version 0.1 (draft)"


def test_every_artefact_that_says_it_is_named_with_its_cell(explain, publish):
    told = explain(SMOKING, publish())

    assert "long_term_conditions.ipynb, cell 2: figure smoking-trend\n" in told
    assert "long_term_conditions.ipynb, cell 3: table boroughs, in a cell\n" in told


def test_a_short_form_lists_at_most_a_screen_and_what_is_said_first(explain, publish):
    lines = explain("havering.smoking_prevalence", publish()).splitlines()

    assert lines[0] == "24 facts begin so. Name one of them:"
    assert lines[1].split() == [SMOKING, "10.9%,", "Havering,", "2023"]
    assert len(lines) == 22
    assert lines[-1] == "  ... and 4 more"


def test_a_beginning_that_is_one_facts_own_is_enough(explain, publish):
    out = publish()

    assert explain("Havering.smoking_prevalence.E09000016.persons.2023.", out) == explain(SMOKING, out)
    assert explain("havering.smoking_prevalence.england", out).startswith("12 facts begin so.")
    assert SMOKING not in explain("havering.smoking_prevalence.england", out)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("haverin.smoking_prevalenc", "Near to it are:\n  havering.smoking_prevalence\n"),
        (SMOKING.replace("2023", "2032"), f"\n  {SMOKING}\n"),
        ("zzz", "Ids begin with the place and the measure, such as havering.smoking_prevalence."),
        ("havering.smoking_prev", "none begins with it"),
    ],
)
def test_an_unknown_id_names_those_near(explain, publish, asked, said):
    assert said in explain(asked, publish(), status=2)


def test_without_a_pack_it_says_so(explain, publish, tmp_path):
    assert "No pack is published in nowhere/. Build one first" in explain(
        SMOKING, tmp_path / "nowhere", status=2
    )
    out = publish()
    next(out.glob("*/*/*_facts.json")).write_text("{}")
    assert "facts.json was changed after publishing" in explain(SMOKING, out, status=2)


def test_a_pack_from_before_there_were_facts_says_so(explain, publish, monkeypatch, tmp_path):
    monkeypatch.setattr("boardpacks.packs.publish.publish_pack._FORMATS", ("pdf", "data"))

    assert "made before packs had a file of facts" in explain(SMOKING, publish(), status=2)


def test_the_newest_pack_is_read(explain, publish):
    publish(date=dt.date(2027, 2, 10), draft="0.9")

    assert "10 February 2027, version 0.9" in explain(SMOKING, publish())


@pytest.mark.parametrize(
    ("series", "said"), [("", "the same in it"), ("0" * 16, "have changed: build the pack again")]
)
def test_another_snapshot_since_is_said(explain, publish, figures, series, said):
    told = explain(SMOKING, publish(sha256="0" * 64, series=series))

    assert f"the project has another snapshot now, embedded ({figures.sha256[:16]})" in told
    assert said in told


def test_a_number_that_is_not_the_snapshots_is_said(explain, publish):
    told = explain(SMOKING, publish(more=0.001))

    assert "but its row says 10.9" in told
    assert "the pack was changed, see verify" in told


def test_a_snapshot_that_cannot_be_read_leaves_the_packs_own_words(explain, publish, monkeypatch, tmp_path):
    out = publish()
    (tmp_path / "empty" / "params").mkdir(parents=True)
    (tmp_path / "empty" / "params" / "system.yml").write_text("name: 1\n")
    monkeypatch.chdir(tmp_path / "empty")

    told = explain(SMOKING, out)
    assert "  its rows      smoking_prevalence, E09000016, Persons, 2023\n" in told
    assert "the project's snapshot cannot be read" in told
