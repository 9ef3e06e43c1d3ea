"""Which engine makes a pack, and what happens when it fails: with engines and a Quarto that only pretend."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from boardpacks.packs.check import check_documents as documents_module
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.make import finish_pack
from boardpacks.packs.render import engine, spare_engine
from boardpacks.packs.render.bundled import BundledEngine
from boardpacks.packs.render.includes import SourceText
from boardpacks.packs.render.press import Press, press_for
from boardpacks.packs.render.quarto import QuartoEngine, QuartoError
from boardpacks.packs.render.source_error import RenderError, SourceFault
from boardpacks.params.calendars import Correction, Final, FinalEngine
from boardpacks.plan.plan import PackPlan
from boardpacks.project.errors import BoardpacksError
from boardpacks.project.folder import Project
from tests.packs.manifests import a_workshop
from tests.packs.test_make import Press as Printer
from tests.packs.test_make import contents

NOWHERE = SourceText(Path(), ())
BROKEN = QuartoError(("quarto", "render"), "ERROR: no such thing\nmore of it", NOWHERE)
UNFIT = CheckFailed(["pack.pdf: no title is set", "pack.pdf: no bookmarks"])
WRONG = RenderError([SourceFault("pack.qmd, line 3", "the pack has no title.")])


class Engine(Printer):
    def __init__(self, name: str, error: BoardpacksError | None = None):
        super().__init__()
        self.name = name
        self.error = error

    def render(self, source, out, formats, date):
        if self.error:
            raise self.error
        return super().render(source, out, formats, date)


def work(engine) -> str:
    engine.render(None, None, (), None) if engine.error else None
    return f"made by {engine.name}"


def test_the_engine_that_was_asked_for_makes_it_and_nothing_is_said():
    made = Press(Engine("quarto 1.10.18"), Engine("bundled")).make("Havering", work)
    assert (made.product, made.engine.name, made.notice) == ("made by quarto 1.10.18", "quarto 1.10.18", "")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BROKEN, "pack.qmd: Quarto stopped: ERROR: no such thing"),
        (UNFIT, "pack.pdf: no title is set (and 1 more)"),
    ],
)
def test_where_quarto_fails_the_spare_engine_makes_it_and_one_line_says_why(error, reason):
    made = Press(Engine("quarto", error), Engine("bundled")).make("Havering", work)
    assert (made.product, made.engine.name) == ("made by bundled", "bundled")
    assert made.notice == f"Havering: made with the bundled engine, because Quarto failed: {reason}"


@pytest.mark.parametrize("error", [BROKEN, UNFIT])
def test_without_a_spare_engine_the_fault_is_the_packs(error):
    with pytest.raises(type(error)) as caught:
        Press(Engine("quarto", error)).make("Havering", work)
    assert caught.value is error


def test_a_source_that_is_wrong_is_said_once_and_no_other_engine_is_asked():
    with pytest.raises(RenderError, match=r"pack\.qmd, line 3: the pack has no title"):
        Press(Engine("quarto", WRONG), Engine("bundled", BoardpacksError("asked"))).make("Havering", work)


def test_where_both_fail_the_fault_is_the_sources_and_said_in_the_bundled_engines_words():
    with pytest.raises(RenderError, match="the pack has no title"):
        Press(Engine("quarto", BROKEN), Engine("bundled", WRONG)).make("Havering", work)


@pytest.mark.parametrize("name", ["quarto", "bundled"])
def test_an_engine_by_name_leaves_no_choice(fake_quarto, name):
    fake_quarto()
    assert spare_engine(name, engine(name)) is None


def test_auto_has_a_spare_engine_where_it_takes_quarto_only(fake_quarto, tmp_path, monkeypatch):
    fake_quarto()
    assert spare_engine("auto", engine("auto")) == BundledEngine()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert spare_engine("auto", engine("auto")) is None


def test_bundled_never_looks_for_quarto(monkeypatch):
    monkeypatch.setattr("boardpacks.packs.render.quarto.shutil.which", lambda _: pytest.fail("it looked"))
    assert isinstance(engine("bundled"), BundledEngine)


# What follows a final edition ---------------------------------------------------------------------------------------


def after(plan: PackPlan, made_with: FinalEngine, *, corrections: int = 1) -> PackPlan:
    """Return a plan whose meeting has a final edition 1.0, and corrections of it."""
    final = Final(version="1.0", date=dt.date(2026, 12, 2), packs={plan.slug: "ab" * 32}, engine=made_with)
    wrong = (Correction(kind="correction", reason="A number was wrong."),) * corrections
    meeting = plan.meeting.model_copy(update={"finals": (final,), "corrections": wrong})
    return replace(plan, meeting=meeting)


@pytest.fixture
def plan(make, tmp_path) -> PackPlan:
    made: PackPlan = make.plan(tmp_path / "work")
    return made


@pytest.mark.parametrize("corrections", [0, 1])
def test_what_follows_an_edition_of_the_bundled_engine_keeps_to_it_when_quarto_is_installed(
    fake_quarto, plan, corrections
):
    fake_quarto()
    asked = engine("auto")
    press = press_for(after(plan, "bundled", corrections=corrections), asked, spare_engine("auto", asked))
    assert press == Press(BundledEngine())


def test_what_follows_an_edition_of_quarto_is_made_with_quarto_and_with_nothing_else(fake_quarto, plan):
    fake_quarto()
    asked = engine("auto")
    press = press_for(after(plan, "quarto"), asked, spare_engine("auto", asked))
    assert isinstance(press.engine, QuartoEngine)
    assert press.spare is None


def test_when_that_quarto_is_gone_the_error_says_so_and_what_to_do(no_quarto, plan):
    with pytest.raises(BoardpacksError) as caught:
        press_for(after(plan, "quarto"), BundledEngine(), None)
    assert str(caught.value).startswith(
        "Havering: version 1.0 for the meeting of 2026-12-09 was made with Quarto, and what follows it is made "
        "with the same engine. Quarto 1.10.0 or newer is not on the path."
    )


def test_an_engine_that_was_asked_for_by_name_and_not_taken_is_said(fake_quarto, plan):
    fake_quarto()
    press = press_for(after(plan, "bundled"), engine("quarto"), None)
    assert press.notice == "Havering: made with the engine of version 1.0, which is bundled"


def test_a_pack_that_is_being_made_final_is_made_with_what_was_asked_for(plan):
    final = Final(version="1.0", date=dt.date(2026, 12, 2), packs={plan.slug: None})
    first = replace(plan, meeting=plan.meeting.model_copy(update={"finals": (final,)}))
    asked = Engine("quarto 1.10.18")
    assert press_for(first, asked, None) == Press(asked)
    assert press_for(plan, asked, None) == Press(asked)


# Whole packs ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_checks(monkeypatch):
    monkeypatch.setattr(documents_module, "check_pdf", lambda path: [])
    monkeypatch.setattr(documents_module, "check_html", lambda path: [])
    for name in ("check_pdf", "check_html"):
        monkeypatch.setattr(f"boardpacks.packs.make_edition.{name}", lambda path: [])


@pytest.fixture
def finish(make, params, chapter, plan, tmp_path):
    """Finishes a pack with an engine and a spare one."""
    chapter(plan.chapters[0].out.parent)
    published = tmp_path / "published"

    def run(one, spare=None):
        project = Project(make.root)
        return finish_pack(plan, a_workshop(project, params, one, published=published, spare=spare))

    return run


def test_a_pack_that_quarto_cannot_make_is_published_and_says_which_engine_made_it(finish, no_checks):
    result = finish(Engine("quarto 1.10.18", BROKEN), Engine("bundled"))
    assert result.notice.startswith("Havering: made with the bundled engine")
    assert b'"engine": "bundled"' in contents(result.published)["pack.json"]
    assert b'"engine": "bundled"' in contents(result.published)["manifest.json"]


def test_a_quarto_whose_documents_are_none_is_found_out_and_replaced(finish, fake_quarto):
    fake_quarto()  # its PDF is a line of words
    result = finish(engine("quarto"), BundledEngine())
    assert "because Quarto failed: pack.pdf: it cannot be read as a PDF" in result.notice
    assert b'"engine": "bundled"' in contents(result.published)["pack.json"]


def test_quarto_by_name_never_gives_way(finish):
    with pytest.raises(QuartoError):
        finish(Engine("quarto 1.10.18", BROKEN))
