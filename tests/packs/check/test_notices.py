"""What notebooks show and packs leave out is said once, with notebook, cell and the call to use; or refused."""

from __future__ import annotations

import pytest

from boardpacks.data.contents import SnapshotContents
from boardpacks.packs.check.check_artefacts import check_artefacts
from boardpacks.packs.check.notices import MOST_SHOWN, left_out_of, notices
from boardpacks.packs.files.check_failed import CheckFailed
from boardpacks.packs.read.pack_content import PackContent
from boardpacks.plan.fingerprints import Inputs
from boardpacks.plan.not_handed_over import WAYS, LeftOut
from boardpacks.plan.receipts import Receipt, receipt_path, write_receipt
from tests.packs.handed import of_notebook

FRAME = LeftOut(4, "a data frame", "Team Waiting")


@pytest.fixture
def plan(make, tmp_path):
    """Write what each notebook left out, and return the plan of a pack of them."""

    def write(files=(), **left_out):
        made = make.plan(tmp_path, notebooks=tuple(left_out))
        for run in made.chapters:
            run.out.parent.mkdir(exist_ok=True)
            receipt = Receipt(
                Inputs((), {}, {}, {}, {}, {}, ""),
                "",
                {},
                {},
                dict.fromkeys(files, "0"),
                tuple(left_out[run.chapter.notebook]),
            )
            write_receipt(receipt, receipt_path(run.out))
        return made

    return write


@pytest.mark.parametrize("what", WAYS)
def test_each_output_is_named_with_notebook_cell_and_what_to_do(plan, what):
    (said,) = notices([plan(own=[LeftOut(4, what, "Team")])])
    assert said == f"Packs leave out what these cells show:\n  own.ipynb, cell 4: {what} (Team): {WAYS[what]}"


def test_several_notebooks_stand_in_one_list_that_fits_a_screen(plan):
    (said,) = notices([plan(b=[LeftOut(at, "a value", "1") for at in range(9)], a=[FRAME])])
    lines = said.splitlines()
    assert len(lines) == MOST_SHOWN + 2
    assert lines[1].startswith("  a.ipynb, cell 4")
    assert lines[-1] == "  ... and 2 more"


def test_a_cell_is_named_once_for_all_places(plan):
    plans = [plan(own=[FRAME]), plan(own=[LeftOut(4, "a data frame", "Team Newham")])]
    (said,) = notices(plans)
    assert said.count("cell 4") == 1


def test_nothing_left_out_and_no_receipt_say_nothing(plan, make, tmp_path):
    assert notices([plan(own=[])]) == []
    assert notices([make.plan(tmp_path, notebooks=("never",))]) == []
    made = plan(own=[FRAME])
    receipt_path(made.chapters[0].out).write_text("{")
    assert notices([made]) == []


def test_files_of_other_folders_are_named_and_the_projects_own_are_not(plan):
    (said,) = notices([plan(files=["/home/a/mine.csv", "notebooks/data/own.csv"], own=[])])
    assert "own.ipynb: /home/a/mine.csv" in said
    assert "own.csv" not in said


def test_params_make_it_an_error(plan, make, params):
    made, contents = plan(own=[FRAME]), SnapshotContents(make.hash, {}, {}, {}, {}, {})
    params = params.model_copy(update={"priorities": {}})
    check_artefacts(PackContent(made, params, [of_notebook()], make.snapshot), contents)
    strict = params.model_copy(update={"system": params.system.model_copy(update={"left_out": "error"})})
    with pytest.raises(CheckFailed) as refused:
        check_artefacts(PackContent(made, strict, [of_notebook()], make.snapshot), contents)
    assert left_out_of(made.chapters[0])[0] in str(refused.value)
    assert "own.ipynb, cell 4: a data frame (Team Waiting): show it with show_table" in str(refused.value)
