"""A pack has nothing of another place, unless that is compared and named."""

from __future__ import annotations

import pytest

from boardpacks.facts.artefacts import Against, Judgement, Summary
from boardpacks.packs.check.check_place import check_place
from tests.packs.handed import (
    ENGLAND,
    HAVERING,
    NEWHAM,
    SMOKING,
    a_chart,
    a_statement,
    a_table,
    few_params,
    of_notebook,
    say,
)
from tests.packs.said import a_value

OF_NEWHAM = a_value(SMOKING, 14.6, "Newham", pack="newham")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>Newham</text></svg>'


def faults(artefact, place="havering"):
    return check_place([of_notebook(artefact)], few_params(), place)


def summary(line, *facts):
    told = Summary(verdict="worse", line=line, indicator=SMOKING, facts=tuple(fact.id for fact in facts))
    return a_statement("Words.", (HAVERING, NEWHAM)).model_copy(update={"summary": (told,)})


def judged(fact, other=None):
    against = () if other is None else (Against(name="England", fact=other, verdict="worse"),)
    one = Judgement(indicator=SMOKING, place="havering", area_name="Havering", fact=fact, comparisons=against)
    return a_statement("Words.").model_copy(update={"judgements": (one,)})


@pytest.mark.parametrize(
    "artefact",
    [
        a_statement(f"In Newham {say(OF_NEWHAM)} of adults smoke.", [OF_NEWHAM]),
        a_table([["Newham", say(OF_NEWHAM)]], facts=[OF_NEWHAM]),
        a_chart([14.6], [OF_NEWHAM], alt="Newham 14.6%."),
        a_chart(facts=[HAVERING, OF_NEWHAM]),
        judged(OF_NEWHAM.id),
        judged(HAVERING.id, OF_NEWHAM.id),
    ],
)
def test_what_was_made_for_another_place_is_refused_with_the_way_out(artefact):
    (fault,) = faults(artefact)
    assert fault.startswith(
        f"own, cell 3: {artefact.kind} {artefact.name!r}: is of newham, but this is the pack"
    )
    assert "Open the chapter with the place of the parameters cell" in fault
    assert OF_NEWHAM.id in fault


@pytest.mark.parametrize(
    "artefact",
    [
        a_statement(f"{say(NEWHAM)} of adults smoke.", [NEWHAM]),
        a_statement("Of all adults 14.6% smoke.", [NEWHAM, ENGLAND]),
        a_table([["Here", "14.6%"]], facts=[NEWHAM]),
        a_chart([14.6], [NEWHAM], note="Source: ONS", alt="One bar."),
        summary("Adults who smoke: 14.6%, worse than England", NEWHAM),
    ],
)
def test_figures_of_another_place_alone_name_it(artefact):
    (fault,) = faults(artefact)
    assert "has figures of Newham and none of havering, and does not name Newham" in fault


@pytest.mark.parametrize(
    "artefact",
    [
        a_chart(title="Adults who smoke in Newham, 2023", note="", alt="Bars."),
        a_chart(alt="Bars of Newham."),
        a_chart(svg=SVG),
        a_table([["Havering", say(HAVERING)]], title="Adults who smoke in Newham, 2023"),
        a_statement("In Newham 10.9% of adults smoke."),
    ],
)
def test_words_that_name_a_place_of_which_there_is_no_fact_are_refused(artefact):
    (fault,) = faults(artefact)
    assert "names Newham, but none of its facts is of Newham" in fault


@pytest.mark.parametrize(
    "artefact",
    [
        a_statement(f"In Havering {say(HAVERING)}, in Newham {say(NEWHAM)}.", (HAVERING, NEWHAM)),
        a_statement(f"In Newham {say(NEWHAM)} of adults smoke.", [NEWHAM]),
        a_table([["Havering", say(HAVERING)], ["Newham", say(NEWHAM)]], facts=(HAVERING, NEWHAM)),
        a_chart([10.9, 14.6], (HAVERING, NEWHAM), alt="Havering 10.9%, Newham 14.6%."),
        summary("Newham: 14.6%, worse than England", NEWHAM),
        judged(HAVERING.id, ENGLAND.id),
    ],
)
def test_comparisons_that_name_their_areas_pass(artefact):
    assert faults(artefact) == []


def test_the_systems_pack_has_figures_of_every_area_and_none_of_a_places_pack():
    whole = a_value(SMOKING, 14.6, "Newham", pack="system")
    assert faults(a_statement("Words.", [whole]), "system") == []
    assert "is of havering, but this is the pack of system" in faults(a_statement("Words."), "system")[0]
