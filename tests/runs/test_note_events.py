from __future__ import annotations

from pathlib import Path

from boardpacks.plan.events import ChapterStarted, PackLost, PackResult, PackStarted
from boardpacks.project.errors import BoardpacksError
from boardpacks.runs.note_events import Recorder
from tests.runs.conftest import a_failure, a_plan, story


def test_what_ran_what_failed_and_how_long(make_record):
    record = make_record()
    good, bad = record.packs
    assert (good.outcome, good.pages, good.seconds) == ("published", 24, 2.5)
    assert [(each.outcome, each.seconds) for each in good.chapters] == [("executed", 1.25)] * 2
    assert (bad.outcome, bad.pages, bad.folder, bad.seconds) == ("failed", None, None, None)
    assert [each.outcome for each in bad.chapters] == ["executed", "failed", "not run"]
    assert record.seconds_by_step.chapters == 3.0 + (bad.chapters[1].seconds or 0)
    assert record.seconds_by_step.rendering == 2.5
    (failure,) = record.failures
    assert failure.text == "work.ipynb, cell 7: draw()\n  ValueError: no figures"
    assert (failure.places, failure.kept) == (("Havering",), "work/havering/executed/work.failed.ipynb")
    assert {"Python", "boardpacks", "typst"} <= set(record.versions)


def test_a_build_that_is_stopped():
    recorder = Recorder({}, str)
    plan = a_plan("havering")
    recorder.plans = [plan, a_plan("newham")]
    recorder.note(ChapterStarted(plan, plan.chapters[0]))
    first, second = recorder.record(130).packs
    assert (first.outcome, second.outcome) == ("not finished", "not finished")
    assert [each.outcome for each in first.chapters] == ["not finished", "not run"]


def test_a_pack_that_fails_its_checks_took_time():
    recorder = Recorder({}, str)
    plan = a_plan("havering")
    recorder.plans = [plan]
    recorder.note(PackStarted(plan))
    recorder.note(PackLost(PackResult(plan, None, (BoardpacksError("The PDF has no title."),), None)))
    record = recorder.record(1)
    assert record.packs[0].seconds is not None
    assert record.failures[0].text == "The PDF has no title."


def test_a_failure_of_several_places_is_named_once_and_early_ends_come_first():
    recorder = Recorder({}, str)
    plans = [a_plan("havering"), a_plan("newham")]
    recorder.plans = plans
    recorder.note_results([PackResult(plan, None, (a_failure(plan.place),), None) for plan in plans])
    first, second = recorder.record(2, "No such engine").failures
    assert first.text == "No such engine"
    assert second.places == ("Havering", "Newham")


def test_packs_of_one_place_are_told_apart_by_meeting_and_priorities():
    recorder = Recorder({}, str)
    whole, part = a_plan("havering"), a_plan("havering", priorities=("work",))
    recorder.plans = [whole, part]
    for event in story(whole):
        recorder.note(event)
    first, second = recorder.record(0).packs
    assert (first.outcome, second.outcome) == ("published", "not finished")
    assert second.name == "Havering (work)"


def test_messages_and_options_are_cleaned():
    recorder = Recorder({"--out": "word"}, lambda text: text.replace("word", "[hidden]"))
    plan = a_plan("havering")
    recorder.plans = [plan]
    recorder.note_results([PackResult(plan, None, (BoardpacksError("the word"),), None)])
    record = recorder.record(1, "no word")
    assert [failure.text for failure in record.failures] == ["no [hidden]", "the [hidden]"]
    assert record.asked == {"--out": "[hidden]"}


def test_what_ought_to_be_known_of_a_pack_stands_with_it():
    recorder = Recorder({}, str.upper)
    plan = a_plan("havering")
    recorder.plans = [plan]
    recorder.note_results([PackResult(plan, Path("published"), (), 24, notice="made another way")])
    assert recorder.record(0).packs[0].notice == "MADE ANOTHER WAY", "it is cleaned like any message"
