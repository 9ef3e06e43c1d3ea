from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from boardpacks.packs.compose_pack import compose_pack
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.packs.render.write_project import write_project
from boardpacks.params.load import load_params
from boardpacks.project.errors import BoardpacksError

TEMPLATE = "---\nlang: en-GB\n---\n\n# Summary\n\n{{< include sections/summary.qmd >}}\n\n<!-- chapters -->\n"


@pytest.fixture
def reports(make, tmp_path):
    """The project's own texts, with an extension of one file."""
    folder = tmp_path / "reports"
    shutil.copytree(make.root / "reports" / "sections", folder / "sections")
    for name in ("pack.qmd", "_quarto.yml"):
        shutil.copyfile(make.root / "reports" / name, folder / name)
    (folder / "_extensions" / "boardpack").mkdir(parents=True)
    (folder / "_extensions" / "boardpack" / "_extension.yml").write_text("title: x\n")
    (folder / "published").mkdir()
    return folder


@pytest.fixture
def compose(make, params, chapter, reports, tmp_path):
    def run(*, into: Path = tmp_path / "source", place: str = "havering", **meeting):
        plan = make.plan(tmp_path, place=place, **meeting)
        return compose_pack(
            PackContent(plan, params, [read_chapter(chapter())], make.snapshot), reports, into
        )

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def metadata(folder: Path):
    return YAML(typ="safe").load((folder / "pack.qmd").read_text(encoding="utf-8").split("---\n")[1])


def test_writes_a_whole_quarto_project(compose):
    assert list(contents(compose().folder)) == [
        "_extensions/boardpack/_extension.yml",
        "_quarto.yml",
        "facts.json",
        "figures/long-term-conditions/smoking-trend.svg",
        "pack.qmd",
        "sections/01-long-term-conditions.qmd",
        "sections/changes.qmd",
        "sections/data.qmd",
        "sections/how-to-read.qmd",
        "sections/judged.qmd",
        "sections/method.qmd",
        "sections/numbers.qmd",
        "sections/sources.qmd",
        "sections/summary.qmd",
        "workbook.xlsx",
    ]


def test_pack_qmd_as_composed(compose, snapshot):
    assert (compose().folder / "pack.qmd").read_text(encoding="utf-8") == snapshot


def test_the_same_notebooks_give_the_same_bytes(compose, tmp_path):
    first = contents(compose(into=tmp_path / "a").folder)

    assert contents(compose(into=tmp_path / "b").folder) == first


def test_empties_the_folder_first(compose, tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "old.qmd").write_text("old")

    assert not (compose().folder / "old.qmd").exists()


def test_every_include_is_there(compose):
    folder = compose().folder
    included = [
        line.split()[2]
        for line in (folder / "pack.qmd").read_text().splitlines()
        if line.startswith("{{< include")
    ]

    assert len(included) == 9
    assert all((folder / name).is_file() for name in included)


def test_standing_texts_name_the_benchmark(compose, params):
    folder = compose().folder
    for name in ("how-to-read", "method"):
        text = (folder / "sections" / f"{name}.qmd").read_text()
        assert "compared with England" in text or "the figure for England" in text
        assert "{{<" not in text


@pytest.mark.parametrize(("status", "mark"), [("draft", "DRAFT"), ("final", None)])
def test_a_final_pack_has_no_draft_mark(compose, status, mark):
    assert metadata(compose(status=status).folder)["pack"].get("status") == mark


def test_the_system_pack_has_a_title_of_its_own(compose):
    found = metadata(compose(place="system").folder)

    assert found["title"] == "Exampleshire Integrated Care System board pack"
    assert found["subtitle"] == "The places side by side"


def test_a_partial_pack_says_which_part(compose):
    found = metadata(compose(priorities=("mental-health",)).folder)

    assert (found["title"], found["subtitle"]) == (
        "Havering board pack: Mental health",
        "How the place is doing on this priority",
    )


def test_metadata_of_the_template_stay(compose, reports):
    (reports / "pack.qmd").write_text(TEMPLATE.replace("lang: en-GB", "lang: en-GB\ntoc: false"))

    assert metadata(compose().folder)["toc"] is False


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (None, "pack.qmd is missing"),
        ("# No metadata\n<!-- chapters -->", "begins with metadata"),
        (TEMPLATE.replace("lang:", "title: Mine\nlang:"), "'title'"),
        (TEMPLATE.replace("lang: en-GB", "lang: ["), "not YAML"),
        (TEMPLATE.replace("<!-- chapters -->", ""), "<!-- chapters -->"),
        (TEMPLATE + "<!-- chapters -->\n", "<!-- chapters -->"),
        (TEMPLATE + "{{< meta pack.colour >}}", "pack.colour"),
    ],
)
def test_says_what_is_wrong_with_the_template(compose, reports, template, message):
    (reports / "pack.qmd").unlink()
    if template is not None:
        (reports / "pack.qmd").write_text(template)

    with pytest.raises(BoardpacksError, match=r"reports/pack\.qmd") as caught:
        compose()

    assert message in str(caught.value)


def test_names_the_notebook_that_refers_to_nothing(make, params, reports, tmp_path):
    path = make.notebook(tmp_path / "mental_health.ipynb", ["# A", "See @fig-nothing."])

    with pytest.raises(BoardpacksError, match=r"mental_health\.ipynb, cell 2, line 1: refers to fig-nothing"):
        compose_pack(
            PackContent(make.plan(tmp_path), params, [read_chapter(path)], make.snapshot),
            reports,
            tmp_path / "source",
        )


def test_a_chapter_may_refer_to_another_chapters_figure(make, params, reports, tmp_path):
    first = make.notebook(tmp_path / "one.ipynb", ["# A", "See @fig-two-trend."])
    second = make.notebook(tmp_path / "two.ipynb", ["# B", [make.figure("trend")]])

    chapters = [read_chapter(first), read_chapter(second)]
    compose_pack(
        PackContent(make.plan(tmp_path), params, chapters, make.snapshot), reports, tmp_path / "source"
    )

    assert "@fig-two-trend" in (tmp_path / "source" / "sections" / "01-one.qmd").read_text()


def test_refuses_one_fact_with_two_values(make, params, reports, tmp_path):
    paths = [
        make.notebook(
            tmp_path / f"{name}.ipynb",
            ["# A", [make.table(facts=[make.fact(value=value, display=f"{value}%")])]],
        )
        for name, value in (("one", 1.0), ("two", 2.0))
    ]

    with pytest.raises(BoardpacksError, match="One fact has one value"):
        compose_pack(
            PackContent(make.plan(tmp_path), params, [read_chapter(path) for path in paths], make.snapshot),
            reports,
            tmp_path / "source",
        )


def test_every_chapter_that_concerns_collaboratives_names_them(make, params, reports, tmp_path):
    """As the project's own params have it: all of each chapter's, and no others."""
    own = load_params(make.root / "params")
    mixed = params.model_copy(update={"chapters": own.chapters, "collaboratives": own.collaboratives})
    contents = [
        read_chapter(make.notebook(tmp_path / f"{chapter.id}.ipynb", [f"# {chapter.id}"]))
        for chapter in own.chapters
    ]

    composed = compose_pack(
        PackContent(make.plan(tmp_path), mixed, contents, make.snapshot), reports, tmp_path / "source"
    )

    named = 0
    for chapter, section in zip(own.chapters, composed.text.sections, strict=True):
        names = "; ".join(own.collaboratives[name].name for name in chapter.collaboratives)
        line = f"Provider collaboratives concerned: {names}."
        assert (line in section.text.rstrip().split("\n\n")[1:2]) == bool(names), chapter.id
        named += len(chapter.collaboratives)
    assert named >= len(own.collaboratives)


def test_quarto_renders_a_composed_project_and_not_the_folder_that_it_is_composed_of(make, tmp_path):
    reports = tmp_path / "reports"
    (reports / "_extensions").mkdir(parents=True)
    settings = (make.root / "reports" / "_quarto.yml").read_text(encoding="utf-8")
    assert "pre-render" in settings
    (reports / "_quarto.yml").write_text(settings + "brand: false\n")
    write_project(tmp_path / "source", reports, {"pack.qmd": ""})
    assert YAML(typ="safe").load(tmp_path / "source" / "_quarto.yml") == {
        "project": {"type": "default", "render": ["pack.qmd"]},
        "format": {"boardpack-typst": "default", "boardpack-html": "default"},
        "brand": False,
    }
    (reports / "_quarto.yml").write_text("project: [")
    with pytest.raises(BoardpacksError, match=r"reports/_quarto\.yml is not YAML"):
        write_project(tmp_path / "source", reports, {})
