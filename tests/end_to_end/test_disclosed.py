"""A measure of the system's own under a policy: its pack is built and says what is hidden, and none with a leak is."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from boardpacks.data.schema import HIDDEN
from boardpacks.data.snapshot import load_snapshot
from boardpacks.data.write_snapshot import write_snapshot
from boardpacks.packs.check.check_confidential import document_text
from boardpacks.packs.make import make_packs
from boardpacks.packs.publish.build_order import BuildOrder
from boardpacks.packs.publish.build_states import read_build_states
from boardpacks.params.load import load_params
from boardpacks.plan.events import PackResult
from boardpacks.plan.plan import plan_packs
from boardpacks.project.folder import Project
from tests.documents import annex_of
from tests.end_to_end.short import short_project

pytestmark = pytest.mark.end_to_end

OWN, HAVERING = "smoking_prevalence", "E09000016"
COLUMNS = {"indicator": "indicator_id", "area": "area_code"}


@dataclass(frozen=True)
class Built:
    """A project with a measure of its own, and the two packs that were asked for, one after the other."""

    project: Project
    sound: PackResult
    leaking: PackResult


def build(project: Project) -> PackResult:
    params = load_params(project.params)
    plans = plan_packs(
        params, project, places=["havering"], priorities=["long-term-conditions"], today=dt.date(2026, 12, 1)
    )
    order = BuildOrder(project, params, engine="bundled", workers=1)
    (result,) = make_packs(plans, read_build_states(order), lambda event: None)
    return result


def from_own_records(table: pd.DataFrame) -> pd.DataFrame:
    """Make smoking a measure of small counts: about one in eight of 400 people, in Havering of 40 since 2020."""
    own = (table["indicator"] == OWN) & table["value"].notna() & ~table["area"].str.startswith("E92")
    few = own & (table["area"] == HAVERING) & (table["period_start"] >= "2020")
    table.loc[own, "denominator"] = 400.0
    table.loc[few, "denominator"] = 40.0
    table.loc[own, "count"] = (table["value"] * table["denominator"] / 100).round()
    table.loc[few, "count"] = table.loc[few, "count"].clip(3, 7)
    table.loc[own, "value"] = table["count"] / table["denominator"] * 100
    table.loc[own, ["lower_95", "upper_95"]] = None
    return table.drop(table.index[(table["indicator"] == OWN) & table["value"].isna()])


def add_own_measure(project: Project) -> None:
    """Write the snapshot again with smoking under a policy."""
    for path in (project.params / "indicators").glob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"{OWN}:\n", f"{OWN}:\n  disclosure: nhs-secondary-care\n"), "utf-8")
    folder = project.snapshots / "embedded"
    snapshot = load_snapshot(folder)
    table = from_own_records(snapshot.observations.copy())
    table["area_name"] = [snapshot.manifest.areas[code].name for code in table["area"]]
    table.rename(columns=COLUMNS).to_csv(project.root / "own.csv", index=False)
    small = snapshot.deprivation.rename(
        columns={"small_area": "lsoa_code", "area": "area_code"}
        | {name: f"imd_2025_{name}" for name in ("decile", "rank", "score")}
    )
    small.to_csv(project.root / "small.csv", index=False)
    write_snapshot(
        folder,
        load_params(project.params),
        title="With figures of our own",
        observations=[project.root / "own.csv"],
        small_areas=project.root / "small.csv",
        replace=True,
    )


def type_a_number(notebook: Path) -> None:
    """Write a small number into a chapter's prose by hand, as somebody does who knows it."""
    content = json.loads(notebook.read_text("utf-8"))
    typed = "Of the adults who smoke in Havering, 5 came to the clinic in 2023."
    content["cells"].append({"cell_type": "markdown", "id": "typed", "metadata": {}, "source": typed})
    notebook.write_text(json.dumps(content), "utf-8")


@pytest.fixture(scope="module")
def built(project_copy: Project, tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = short_project(project_copy, tmp_path_factory.mktemp("own"))
    add_own_measure(project)
    sound = build(project)
    type_a_number(project.notebooks / "long_term_conditions.ipynb")
    return Built(project, sound, build(project))


def test_the_pack_says_what_is_hidden(built: Built):
    assert built.sound.published is not None, built.sound.failures
    page = annex_of(built.sound.published, ".html")
    text = document_text(page)
    assert f"No figure is shown for 2023 ({HIDDEN})" in text
    assert "Small counts are hidden, and others rounded (policy nhs-secondary-care): Adults who smoke" in text


def test_a_pack_in_which_somebody_types_a_small_number_is_not_published(built: Built):
    (failure,) = built.leaking.failures
    assert "says '5' (" in str(failure)
    assert "hidden there" in str(failure)
    assert ".html, line " in str(failure)
