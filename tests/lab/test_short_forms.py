"""What is shown of an object is a line, not a wall."""

from __future__ import annotations

from boardpacks.chapter.chapter import Chapter
from boardpacks.lab.short_forms import MOST, short


def test_a_chapter_a_measure_and_a_fact_tell_what_they_are_of(chapter: Chapter, of_system: Chapter):
    assert repr(chapter) == short(chapter) == "Chapter of Havering on Mental health"
    assert short(of_system) == "Chapter of north east London"
    smoking = chapter.measure("smoking_prevalence")
    assert short(smoking).startswith("Measure smoking_prevalence of Havering: 10.9 in 2023")
    peers = chapter.frame("adult_obesity", "peers", latest=True)
    mean = chapter.derived("mean", peers.value.mean(), data=peers, formula="sum over number")
    assert short(mean).startswith(f"Fact {mean.display}: Adults living with obesity: mean")


def test_everything_that_an_analyst_meets_is_one_line(chapter: Chapter):
    smoking = chapter.measure("smoking_prevalence")
    met = [
        chapter,
        chapter.params,
        chapter.snapshot,
        chapter.place,
        chapter.priority,
        smoking,
        smoking.newest,
    ]
    met += [smoking.indicator, smoking.series[0], smoking.newest.latest, smoking.newest.benchmark]  # type: ignore[union-attr]
    met += [*chapter.params.indicators.values(), chapter.collaborative("acute"), chapter.params.system]
    assert [one for one in met if "\n" in short(one)] == []
    assert [short(one) for one in met if len(short(one)) > MOST + 40] == []
