"""`boardpacks new indicator`, from answers that a source has given, from saved ones, and from a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from boardpacks.cli import app
from boardpacks.data.read_figures import COLUMNS
from boardpacks.data.snapshot import load_snapshot
from boardpacks.params.load import load_params
from boardpacks.project.folder import Project
from tests.new.test_change_project import contents

ONS = "\n".join(
    [
        "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes",
        *(
            f"{code},{name},x,Adults who walk to work,{year}-04-01/P1Y,{value},Percentage,%,{value - 1},{value + 1},,"
            for year in (2022, 2023)
            for code, name, value in (
                ("E92000001", "England", 30.5),
                ("E08000001", "Bolton", 28.25),
                ("E08000002", "Bury", 31.5),
                ("E06000006", "Halton", 33.5),
                ("E06000015", "Derby", 40.5),
            )
        ),
        "",
    ]
)
FINGERTIPS = (
    "Indicator ID,Indicator Name,Area Code,Sex,Age,Category Type,Category,Time period,Value,"
    "Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note\n"
    + "".join(
        f"90284,Falls of older people,{code},{sex},65+,,,{year},{value},,,,,\n"
        for code, value in (("E92000001", 200), ("E08000001", 210), ("E08000002", 190))
        for sex in ("Persons", "Female")
        for year in ("2022/23", "2023/24")
    )
)
METADATA = (
    '{"90284": {"Unit": {"Label": "per 100,000"}, "Descriptive": {"DataSource": "NHS England",'
    ' "Definition": "Admissions for falls of people aged 65 and over."}}}'
)
SAID = ("--measures", "Share of adults who walk to work.", "--better", "high")


def typed(*words: str, said: str = "") -> Result:
    return CliRunner().invoke(app, ["new", "indicator", *words], prog_name="boardpacks", input=said)


def test_the_ons_tells_most_and_the_figures_come_with_it(ten_copy: Project, answers: dict[str, str]):
    answers["indicator=walking"] = ONS
    result = typed("walking", "--from", "ons", "--series", "walking", *SAID, "--yes")
    assert result.exit_code == 0, result.output
    assert "2 periods, 2022/23 to 2023/24, of 4 areas." in result.output
    assert [line for line in result.output.splitlines() if line.startswith("  ")] == [
        "  Bolton, 2023/24: 28.25",
        "  Bury, 2023/24: 31.5",
        "  England, 2023/24: 30.5",
    ]
    walking = load_params(ten_copy.params).indicators["walking"]
    assert (walking.name, walking.unit, walking.decimals) == ("Adults who walk to work", "%", 1)
    assert (walking.frequency, walking.interval, walking.polarity) == ("annual", "published", "high")
    assert (walking.source, walking.licence) == ("ONS Explore Local Statistics", "OGL v3.0")
    assert walking.refresh is not None
    assert walking.refresh.series == "walking"
    snapshot = load_snapshot(ten_copy.snapshots / "embedded")
    assert [row["value"] for row in snapshot.series("walking", "E06000006")] == [33.5, 33.5]  # a peer
    assert list(snapshot.series("walking", "E06000015")) == []  # in another region
    check = CliRunner().invoke(app, ["params", "check"])
    assert "All is well: 10 places, 3 priorities, 14 indicators" in check.output
    again = typed("walking", "--from", "ons", "--series", "walking", *SAID, "--yes")
    assert "which is “Adults who walk to work”" in again.output


def test_fingertips_tells_what_is_counted_and_who_counts(ten_copy: Project, answers: dict[str, str]):
    answers["indicator_metadata"] = METADATA
    answers["by_indicator_id"] = FINGERTIPS
    words = (
        "--from",
        "fingertips",
        "--series",
        "90284",
        "--area-type",
        "502",
        "--sex",
        "Female",
        "--better",
        "low",
    )
    result = typed("falls", *words, "--into", "older-people", "--yes")
    assert result.exit_code == 0, result.output
    falls = load_params(ten_copy.params).indicators["falls"]
    assert (falls.name, falls.unit) == ("Falls of older people", "per 100,000")
    assert (falls.publisher, falls.interval, falls.decimals) == ("OHID / NHS England", "none", 0)
    assert falls.measures == "Admissions for falls of people aged 65 and over."
    text = (ten_copy.params / "indicators" / "older-people.yml").read_text("utf-8")
    assert "refresh: {source: fingertips, series: '90284', area_types: [502], sex: Female}" in text


def test_a_file_of_figures_with_what_is_said_of_it(ten_copy: Project, tmp_path: Path):
    head = ",".join(COLUMNS)
    rows = [
        f"waits,E0800000{n},{name},Persons,2025-0{m},2025-0{m}-01,1,{n}{m},,,,,"
        for n, name in ((1, "Bolton"), (2, "Bury"))
        for m in (1, 2)
    ]
    file = tmp_path / "waits.csv"
    file.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    words = ("waits", "--from", "file", "--file", str(file))
    lacking = typed(*words, "--name", "People who wait")
    assert lacking.exit_code == 2
    for option in ("--measures", "--unit", "--better", "--source", "--publisher", "--licence"):
        assert f"boardpacks new indicator: {option}\n" in lacking.output
    own = (
        "--name",
        "People who wait",
        "--unit",
        "people",
        "--source",
        "Own count",
        "--publisher",
        "NHS",
        "--licence",
        "OGL",
    )
    result = typed(*words, *own, "--measures", "People: all.", "--better", "low", "--yes")
    assert result.exit_code == 0, result.output
    waits = load_params(ten_copy.params).indicators["waits"]
    assert (waits.frequency, waits.decimals, waits.measures) == ("monthly", 0, "People: all.")
    assert (ten_copy.raw / "own-count.csv").is_file()


def test_what_is_missing_is_asked_and_the_figures_are_confirmed(
    ten_copy: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for module in ("answer", "new_indicator"):
        monkeypatch.setattr(f"boardpacks.cli.{module}.on_a_terminal", lambda: True)
    file = tmp_path / "saved.csv"
    file.write_text(ONS, encoding="utf-8-sig")
    words = ("walking", "--from", "ons", "--file", str(file))
    before = contents(ten_copy)
    result = typed(*words, said="walking\nShare of adults who walk.\nhigh\nn\n")
    assert result.exit_code == 2
    assert "Is that right?" in result.output
    assert contents(ten_copy) == before
    assert typed(*words, said="walking\nShare of adults who walk.\nnone\ny\n").exit_code == 0
    assert load_params(ten_copy.params).indicators["walking"].polarity == "none"


@pytest.mark.parametrize(
    ("answer", "words", "told"),
    [
        (ONS, ("walking", "--series", "walking", *SAID), "Nobody has confirmed that"),
        (ONS, ("walking", "--series", "other", *SAID, "--yes"), "out of order (status 503)"),
        (ONS, ("walking", *SAID, "--yes"), "--series"),
        (ONS, ("Walking", "--series", "walking", *SAID, "--yes"), "small letters, digits and underscores"),
        (ONS, ("population", "--series", "walking", *SAID, "--yes"), "which is “Resident population”"),
        (ONS, ("walking", "--series", "walking", "--yes"), "--better"),
        (ONS, ("walking", "--series", "walking", *SAID, "--yes", "--into", "../x"), "--into"),
        (ONS.replace("28.25", "x"), ("walking", "--series", "walking", *SAID, "--yes"), "lower <= value"),
        (ONS.replace(",28.25,", ",280.25,"), ("walking", "--series", "walking", *SAID, "--yes"), "280.25"),
    ],
)
def test_a_fault_is_told_and_nothing_is_written(
    ten_copy: Project, answers: dict[str, str], answer: str, words: tuple[str, ...], told: str
):
    answers["indicator=walking"] = answer
    before = contents(ten_copy)
    result = typed(*words, "--from", "ons")
    assert result.exit_code in {2, 75}, result.output
    assert told in result.output
    assert contents(ten_copy) == before


def test_figures_that_the_snapshot_has_not_yet_are_not_brought_in_unseen(
    ten_copy: Project, answers: dict[str, str]
):
    answers["indicator=walking"] = ONS
    figures = ten_copy.raw / "example-figures.csv"
    head, first, *rest = figures.read_text("utf-8").splitlines(keepends=True)
    figures.write_text("".join([head, *rest]), encoding="utf-8")
    result = typed("walking", "--from", "ons", "--series", "walking", *SAID, "--yes")
    assert result.exit_code == 2
    assert f"changes of {first.partition(',')[0]} that the snapshot has not" in result.output
