"""A page is made anew of what was saved, and what is wrong is told with cell and line."""

from __future__ import annotations

import re
import threading
import time

import pytest

from boardpacks.execute.kernel import BuildStopped
from boardpacks.execute.run_chapter import execute_chapter
from boardpacks.preview import live_pack as live_pack_module
from boardpacks.preview.live_pack import LivePack, NotMade
from boardpacks.preview.saves import Saved

from .conftest import write_notebook

INPUTS: tuple[Saved, ...] = ("inputs",)
NOTEBOOK: tuple[Saved, ...] = ("notebook",)
TEMPLATE: tuple[Saved, ...] = ("template",)


def hear_nothing(words: str) -> None:
    """Take what is told."""


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chapters that were executed, in order."""
    ids: list[str] = []

    def note(run, *args, **options):
        ids.append(run.chapter.id)
        return execute_chapter(run, *args, **options)

    monkeypatch.setattr(live_pack_module, "execute_chapter", note)
    return ids


def test_only_what_was_saved_is_executed_and_nothing_is_published(
    live: LivePack, executed: list[str]
) -> None:
    before = live.make(INPUTS, hear_nothing).html
    assert sorted(executed) == ["one", "two"]
    assert "Words." in before
    assert 'href="#sec-two"' in before  # in the contents

    executed.clear()
    write_notebook(live.project, "two", 'chapter.say("It was saved.", name="saved")')
    after = live.make(NOTEBOOK, hear_nothing).html
    assert executed == ["two"]
    assert after.index("It was saved.") > after.index('id="sec-two"') > after.index('id="sec-one"')

    executed.clear()
    write_notebook(live.project, "one", text="Other words.")
    assert "Other words." in live.make(NOTEBOOK, hear_nothing).html
    assert executed == []  # text alone needs no execution
    assert not live.project.published.exists()
    assert not live.project.preview.exists()


def test_one_chapter_stands_alone(live_one: LivePack, executed: list[str]) -> None:
    html = live_one.make(INPUTS, hear_nothing).html

    assert executed == ["one"]
    assert "Chapter one" in html
    assert "Chapter two" not in html
    assert "How to read this pack" not in html


def test_a_failing_cell_is_told_with_cell_line_and_code(live_one: LivePack) -> None:
    write_notebook(live_one.project, "one", "total = 1", "total += 1\n\nprint(totl)")
    with pytest.raises(NotMade) as failed:
        live_one.make(INPUTS, hear_nothing)
    (fault,) = failed.value.faults
    assert "one.ipynb, cell 5, line 3: print(totl)" in fault
    assert "NameError: name 'totl' is not defined" in fault
    assert str(live_one.folder) not in fault

    write_notebook(live_one.project, "one", "total = 1")
    assert "Chapter one" in live_one.make(NOTEBOOK, hear_nothing).html


def test_a_syntax_error_is_told_with_cell_and_line(live_one: LivePack) -> None:
    write_notebook(live_one.project, "one", "total = 1", "total = 2\nif total\n    pass")
    with pytest.raises(NotMade, match=r"cell 5, line 2: if total"):
        live_one.make(INPUTS, hear_nothing)


def test_a_notebook_that_is_half_saved_is_told_and_then_shown(live_one: LivePack) -> None:
    path = write_notebook(live_one.project, "one")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    with pytest.raises(NotMade, match=r"one\.ipynb"):
        live_one.make(INPUTS, hear_nothing)

    path.write_text(whole, encoding="utf-8")
    assert "Chapter one" in live_one.make(NOTEBOOK, hear_nothing).html


def test_a_deleted_notebook_is_told_with_those_that_are_there(live_one: LivePack) -> None:
    live_one.make(INPUTS, hear_nothing)
    (live_one.project.notebooks / "one.ipynb").rename(live_one.project.notebooks / "ones.ipynb")
    with pytest.raises(NotMade, match="did you mean 'ones'"):
        live_one.make(NOTEBOOK, hear_nothing)


def test_a_slip_in_params_is_told_with_file_and_line_and_mending_it_shows_the_change(
    live_one: LivePack, executed: list[str]
) -> None:
    live_one.make(INPUTS, hear_nothing)
    path = live_one.project.params / "system.yml"
    own = path.read_text(encoding="utf-8")
    path.write_text(own.replace("organisation:", "orgnisation:", 1), encoding="utf-8")
    with pytest.raises(NotMade, match=r"(?s)params/system\.yml, line \d+: orgnisation.*did you mean"):
        live_one.make(INPUTS, hear_nothing)

    path.write_text(re.sub("(?m)^organisation: .*$", "organisation: Board of Ours", own), encoding="utf-8")
    executed.clear()
    assert "Board of Ours" in live_one.make(INPUTS, hear_nothing).html
    assert executed == ["one"]


def test_a_change_of_the_templates_shows_and_nothing_is_executed(live: LivePack, executed: list[str]) -> None:
    live.make(INPUTS, hear_nothing)
    executed.clear()
    style = live.project.extension / "boardpack.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n.mine { color: red; }\n", encoding="utf-8")

    assert ".mine { color: red; }" in live.make(TEMPLATE, hear_nothing).html
    assert executed == []


def test_what_a_build_would_refuse_is_found_after_the_page(live_one: LivePack) -> None:
    write_notebook(live_one.project, "one", 'chapter.say("It rose to 47.3% in Havering.", name="rise")')
    page = live_one.make(INPUTS, hear_nothing)
    (fault,) = live_one.check(page)

    assert "47.3%" in page.html
    assert "47.3%" in fault
    assert "one, cell 4" in fault


def test_a_chapter_that_runs_for_long_can_be_stopped_and_begun_again(live_one: LivePack) -> None:
    live_one.make(INPUTS, hear_nothing)
    write_notebook(live_one.project, "one", "import time\n\ntime.sleep(600)")
    stopped: list[BaseException] = []

    def make() -> None:
        try:
            live_one.make(NOTEBOOK, hear_nothing)
        except BuildStopped as error:
            stopped.append(error)

    thread = threading.Thread(target=make)
    began = time.monotonic()
    thread.start()
    time.sleep(0.3)
    live_one.kernels.stop()
    thread.join(timeout=60)
    assert stopped
    assert time.monotonic() - began < 60

    live_one.kernels.resume()
    write_notebook(live_one.project, "one", text="Quick again.")
    assert "Quick again." in live_one.make(NOTEBOOK, hear_nothing).html
