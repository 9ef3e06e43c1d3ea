"""An edition that corrects, held against the final one before it: chapters, front sheet, sheet and addendum."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from boardpacks.packs.changes.addendum import addendum_markdown, compose_addendum
from boardpacks.packs.changes.compare_editions import chapter_changes, field_changes
from boardpacks.packs.changes.earlier_packs import find_earlier
from boardpacks.packs.changes.gather_changes import gather_changes
from boardpacks.packs.changes.since_sheet import sheet
from boardpacks.packs.files.changes_file import ChangesFile, SinceVersion
from boardpacks.packs.files.pack_manifest import ChapterInputs
from boardpacks.packs.read.artefact_digests import chapter_outputs
from boardpacks.packs.read.read_notebook import read_chapter
from boardpacks.plan.fingerprints import cell_digests

from .published import publish

REASON = "Smoking was wrong. <script>alert(1)</script> [link](http://x)\n\nThe publisher has put it right."
FINAL = {"version": "1.0", "date": dt.date(2026, 12, 1), "packs": {"havering": "ab" * 32}}
CORRECTING = {
    "finals": (FINAL,),
    "corrections": ({"kind": "correction", "reason": REASON},),
}


def manifest_of(make: SimpleNamespace, *paths: Any, **front_sheet: str) -> Any:
    """Return the manifest of a pack of these notebooks."""
    manifest = make.manifest(
        chapters=tuple(
            ChapterInputs(
                notebook=path.stem,
                parameters={},
                cells=tuple(" ".join(cell) for cell in cell_digests(path)),
            )
            for path in paths
        )
    )
    outputs = tuple(chapter_outputs(read_chapter(path)) for path in paths)
    changed = manifest.outputs.model_copy(update={"chapters": outputs})
    return manifest.model_copy(update={"outputs": changed}).with_editions(front_sheet, ())


@pytest.fixture
def compare(make, tmp_path):
    """Compare the chapters of two sets of notebooks, each a list of cells by name."""

    def run(before: dict[str, Any], after: dict[str, Any]) -> Any:
        old = [make.notebook(tmp_path / "old" / f"{name}.ipynb", cells) for name, cells in before.items()]
        new = {name: make.notebook(tmp_path / f"{name}.ipynb", cells) for name, cells in after.items()}
        return chapter_changes(manifest_of(make, *old), [read_chapter(path) for path in new.values()], new)

    return run


def test_the_same_chapters_do_not_differ(make, compare):
    cells = ["# Smoking", [make.figure()], [make.table()]]

    assert compare({"smoking": cells}, {"smoking": cells}) == ()


def test_each_part_that_changed_is_told_by_chapter(make, compare):
    before = ["# Smoking\n\nSome words.", [make.figure()], [make.table()], [make.statement()]]
    revised = make.fact(value=11.9, display="11.9%")
    after = [
        "# Smoking\n\nOther words.",
        [make.figure(facts=[revised], title="Smoking is worse")],
        [make.table("another")],
        [make.statement()],
    ]

    (change,) = compare({"smoking": before}, {"smoking": after})

    assert (change.title, change.how, change.text) == ("Smoking", "changed", True)
    assert [(one.kind, one.name, one.how, one.parts) for one in change.artefacts] == [
        ("figure", "smoking-trend", "changed", ("numbers", "words")),
        ("table", "another", "new", ()),
        ("table", "boroughs", "gone", ()),
    ]
    assert change.artefacts[0].title == "Smoking is worse"


def test_chapters_are_new_and_gone(compare):
    found = compare({"one": ["# One"], "old_one": ["# Old"]}, {"one": ["# One"], "two": ["# Two"]})

    assert [(one.title, one.how) for one in found] == [("Two", "new"), ("Old one", "gone")]


def test_fields_of_the_front_sheet_differ_but_for_the_status():
    span = '[10.9%]{fact="havering.smoking"}'
    then = {"Author": "A", "Status": "Final, version 1.0", "Risks": "To follow", "Old": "x"}
    now = {"Author": "A", "Status": "Draft, version 1.1", "Risks": f"Now {span}", "New": "y"}

    assert [(one.label, one.was, one.now) for one in field_changes(then, now)] == [
        ("Risks", "To follow", "Now 10.9%"),
        ("New", None, "y"),
        ("Old", "x", None),
    ]


@pytest.fixture
def changes(make, facts, tmp_path) -> ChangesFile:
    """What has changed where a figure, the words of a chapter and the recommendation were put right."""
    before = ["# Smoking\n\nSome words.", [make.figure()], [make.statement()]]
    after = ["# Smoking\n\nOther words.", [make.figure(title="Smoking is worse")], [make.statement()]]
    old = make.notebook(tmp_path / "old" / "smoking.ipynb", before)
    new = make.notebook(tmp_path / "smoking.ipynb", after)
    front = {"Author": "A N Other", "Recommendation": "Note the pack.", "Status": "Final"}
    then, now = facts.fact(), facts.fact(value=12.9)
    line = facts.judgement("smoking", now.id, verdict="worse")
    publish(tmp_path / "published", facts.file(then), "2026-10-14")
    manifest = manifest_of(make, old, **front)
    publish(tmp_path / "published", facts.file(then), "2026-12-09", manifest=manifest)
    plan = make.plan(tmp_path, notebooks=("smoking",), **CORRECTING)
    (run,) = plan.chapters
    object.__setattr__(run, "notebook", new)
    found = gather_changes(
        make.content(plan, read_chapter(new)),
        find_earlier(tmp_path / "published", plan),
        facts.file(now, judgements=(line,)),
        front | {"Recommendation": "1. Note the pack;\n2. ask for a plan.\n", "Status": "Draft"},
    )
    assert found is not None
    return found


@pytest.fixture
def since(changes: ChangesFile) -> SinceVersion:
    assert changes.corrected is not None
    return changes.corrected


def test_the_file_of_changes_comes_back_as_it_was_written(changes):
    again = ChangesFile.model_validate_json(changes.as_bytes())

    assert again == changes
    assert again.as_bytes() == changes.as_bytes()
    assert (again.version, again.place) == ("1.1", "havering")
    assert again.last is not None
    assert again.last.since.folder == "2026-10-14/havering_v1.0"
    assert again.corrected is not None
    assert again.corrected.since.folder == "2026-12-09/havering_v1.0"


def test_the_sheet_as_it_is(since, snapshot):
    made = sheet(since, place="Havering", benchmark="England")

    assert made["title"] == "What changed since version 1.0"
    assert made["body"] == snapshot


def test_the_addendum_as_it_is(since, snapshot):
    assert addendum_markdown(since, "1.1", place="Havering", benchmark="England") == snapshot


def test_a_reason_is_printed_word_for_word(since):
    for text in (
        sheet(since, place="Havering", benchmark="England")["body"],
        addendum_markdown(since, "1.1", place="Havering", benchmark="England"),
    ):
        assert r"\<script\>alert(1)\</script\> \[link\](http\://x)" in text


@pytest.mark.parametrize("final", [False, True])
def test_an_addendum_is_a_draft_as_long_as_its_pack_is(make, params, since, tmp_path, final):
    finals = (FINAL, FINAL | {"version": "1.1"}) if final else (FINAL,)
    plan = make.plan(tmp_path, **(CORRECTING | {"finals": finals}))

    folder = compose_addendum(plan, params, since, make.root / "reports", tmp_path / "addendum")

    head = (folder / "pack.qmd").read_text(encoding="utf-8").split("---\n")[1]
    assert "title: Addendum to the Havering board pack, version 1.0" in head
    assert "Version 1.1 replaces version 1.0" in head
    assert ("DRAFT" in head) is not final


def test_without_earlier_packs_there_is_nothing_to_say(make, facts, tmp_path):
    plan = make.plan(tmp_path)

    assert gather_changes(make.content(plan), find_earlier(tmp_path, plan), facts.file(), {}) is None
