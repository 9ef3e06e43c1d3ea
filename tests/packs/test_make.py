from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from ruamel.yaml import YAML

from boardpacks.charts.fonts import ensure_fonts
from boardpacks.packs import make as make_module
from boardpacks.packs import make_edition as edition_module
from boardpacks.packs.check import check_documents as documents_module
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.files.formats import formats_of
from boardpacks.packs.make import finish_pack, make_packs
from boardpacks.packs.render import engine
from boardpacks.plan.events import PackResult
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project

from .manifests import a_workshop


def attachments(source):
    """Return what pack.qmd says of the files that its PDF carries."""
    front = (source / "pack.qmd").read_text(encoding="utf-8").split("---\n")[1]
    return YAML(typ="safe").load(front)["pack"].get("attachments", [])


class Press:
    """An engine that prints the pack's source, or fails."""

    name = "press"

    def __init__(self, fault: str = ""):
        self.fault = fault

    def render(self, source, out, formats, date):
        if self.fault:
            raise BoardpacksError(self.fault)
        out.mkdir(parents=True)
        rendered = {}
        if "pdf" in formats:
            rendered["pdf"] = out / "pack.pdf"
            with pikepdf.new() as pdf:
                pdf.add_blank_page()
                for listed in attachments(source):
                    name = listed["name"]
                    attached = pikepdf.AttachedFileSpec(  # type: ignore[call-arg]
                        pdf,
                        (source / name).read_bytes(),
                        filename=name,
                        mime_type=listed["mime-type"],
                        description=listed["description"],
                    )
                    attached.relationship = pikepdf.Name(f"/{listed['relationship'].capitalize()}")
                    pdf.attachments[name] = attached
                pdf.save(rendered["pdf"], static_id=True, deterministic_id=False)
        if "html" in formats:
            rendered["html"] = out / "pack.html"
            shutil.copyfile(source / "pack.qmd", rendered["html"])
        return rendered


@pytest.fixture
def workshop(make, params, tmp_path, monkeypatch):
    """A workshop whose checks find nothing."""
    for module in (documents_module, edition_module):
        monkeypatch.setattr(module, "check_pdf", lambda path: [])
        monkeypatch.setattr(module, "check_html", lambda path: [])

    def equip(press=None, formats=("pdf", "html")):
        return a_workshop(
            Project(make.root), params, press or Press(), formats=formats, published=tmp_path / "published"
        )

    return equip


@pytest.fixture
def plan(make, chapter, tmp_path):
    planned = make.plan(tmp_path / "work")
    chapter(planned.chapters[0].out.parent)
    return planned


@pytest.fixture
def project(make, tmp_path) -> Project:
    shutil.copytree(make.root / "reports" / "_extensions", tmp_path / "project" / "reports" / "_extensions")
    return Project(tmp_path / "project")


def contents(folder: Path | None) -> dict[str, bytes]:
    assert folder is not None
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_executed_notebooks_become_a_published_pack(workshop, plan):
    result = finish_pack(plan, workshop())

    assert (result.failures, result.pages) == ((), 1)
    assert result.published is not None
    assert {path.suffix for path in result.published.iterdir()} == {
        *(".pdf", ".html", ".xlsx", ".ods", ".csv", ".json"),
        "",
    }


def test_makes_only_the_formats_asked_for(workshop, plan):
    result = finish_pack(plan, workshop(formats=("html",)))

    assert result.pages is None
    assert result.published is not None
    assert not list(result.published.glob("*.pdf"))


@pytest.mark.parametrize(
    ("asked", "calendar", "made"),
    [
        (("pdf", "html"), False, ("pdf", "html")),
        (("pdf", "html"), True, ("pdf", "html", "large-print")),
        (("html",), True, ("html", "large-print")),
        (("large-print", "pdf"), False, ("pdf", "large-print")),
        (("large-print",), True, ("large-print",)),
    ],
)
def test_large_print_is_made_when_it_is_asked_for_or_the_calendar_wants_it(
    plan, tmp_path, asked, calendar, made
):
    wanted = plan.calendar.model_copy(update={"large_print": calendar})
    assert formats_of(replace(plan, calendar=wanted), asked, tmp_path) == made


def test_a_pack_that_fails_its_checks_is_not_published(workshop, plan, monkeypatch):
    before = contents(finish_pack(plan, workshop()).published)
    monkeypatch.setattr(documents_module, "check_pdf", lambda path: ["pack.pdf: no title is set"])
    monkeypatch.setattr(
        documents_module, "check_html", lambda path: [f"pack.html: fault {n}" for n in range(20)]
    )

    with pytest.raises(CheckFailed) as caught:
        finish_pack(plan, workshop())

    assert len(caught.value.findings) == 21
    assert "no title is set" in str(caught.value)
    assert "... and 9 more" in str(caught.value)
    assert contents(workshop().order.published / "2026-12-09" / "havering") == before


@pytest.mark.parametrize("break_it", ["render", "notebook"])
def test_a_fault_keeps_the_earlier_edition(workshop, plan, break_it):
    before = contents(finish_pack(plan, workshop()).published)
    if break_it == "notebook":
        plan.chapters[0].out.write_text("{}")

    with pytest.raises(BoardpacksError):
        finish_pack(plan, workshop(Press("ink is out") if break_it == "render" else None))

    assert contents(workshop().order.published / "2026-12-09" / "havering") == before


def test_the_library_is_written_even_when_a_build_is_stopped(workshop, plan, monkeypatch):
    finish_pack(plan, workshop())

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(make_module, "build_packs", stop)

    with pytest.raises(KeyboardInterrupt):
        make_packs([plan], workshop(), print)

    assert "Havering" in (workshop().order.published / "index.html").read_text(encoding="utf-8")


def test_passes_every_plan_on_and_leads_to_each_pack(workshop, plan, monkeypatch):
    asked = []

    def build(plans, finish, *, workers, on_event, **_):
        asked.append((plans, workers))
        return tuple(PackResult(plan, finish_pack(plan, workshop()).published, (), 1) for plan in plans)

    monkeypatch.setattr(make_module, "build_packs", build)

    shop = workshop()
    results = make_packs([plan], replace(shop, order=replace(shop.order, workers=3)), print)

    assert asked == [([plan], 3)]
    assert [result.plan for result in results] == [plan]
    page = (workshop().order.published / "index.html").read_text(encoding="utf-8")
    assert "2026-12-09/havering/" in page
    assert (workshop().order.published / "pages" / "assets" / "Inter-Bold.woff2").is_file()


def test_a_real_pack_passes_every_check_and_has_the_same_bytes_twice(make, params, chapter, tmp_path):
    ensure_fonts(Project(make.root).fonts)
    nasty = '$x$ @fig-y | {{< include z >}} <script>"q"</script> [a](b) ' + "x" * 240
    editions = []
    for name in ("a", "b"):
        sheet = make.front_sheet(title=nasty, recommendation="Please:\n\n1. **note** this\n2. decide")
        plan = make.plan(
            tmp_path / name, notebooks=("long_term_conditions", "mental_health"), front_sheet=sheet
        )
        chapter(plan.chapters[0].out.parent, line=nasty)
        make.notebook(
            plan.chapters[1].out,
            [
                "# Mental health",
                "## O",
                "### M",
                [make.figure("t", title=nasty, note=nasty, alt=nasty)],
                [make.table("by-borough", title=nasty, rows=[[nasty, "", "[Worse]{.verdict-worse}"]])],
                "See @fig-t, @tbl-by-borough and @fig-long-term-conditions-smoking-trend.",
            ],
        )
        shop = a_workshop(
            Project(make.root), params, engine("bundled"), published=tmp_path / "published" / name
        )
        published = finish_pack(plan, shop).published
        assert published is not None
        editions.append(contents(published))

    assert editions[0] == editions[1]
    html = next(text for name, text in editions[0].items() if name.endswith(".html")).decode()
    assert "{{&lt; include z &gt;}}" in html.replace("<span></span>", "")
    assert html.count("<script>") <= 1
    assert "decide</li>" in html
