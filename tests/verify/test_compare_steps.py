from __future__ import annotations

import pytest

from boardpacks.packs.compose.data_file import COLUMNS
from boardpacks.verify.compare_steps import changed_facts, compare_outputs
from tests.packs.manifests import HASH, a_manifest, an_artefact

OTHER = "cd" * 32


def told(then, now) -> list[str]:
    return [str(one) for one in compare_outputs(then.outputs, now.outputs)]


def test_the_same_is_the_same():
    manifest = a_manifest(an_artefact(), files={"pack.pdf": HASH})
    assert told(manifest, manifest) == []


def test_differences_are_told_in_the_order_in_which_things_come_to_be():
    names = ("a.pdf", "a.html", "a_data.csv", "a_data.ods", "a_data.xlsx", "pack.json")
    then = a_manifest(an_artefact("one"), an_artefact("two", 4), files=dict.fromkeys(names, HASH))
    now = a_manifest(
        an_artefact("one"),
        an_artefact("two", 4, numbers="9", drawing="9"),
        source={"pack.qmd": OTHER},
        files=dict.fromkeys(names, OTHER),
    )
    assert told(then, now) == [
        "figure two of smoking (cell 4): its numbers and drawing differ",
        "source pack.qmd: other bytes",
        "a.pdf: other bytes",
        "a.html: other bytes",
        "a_data.xlsx: other bytes",
        "a_data.ods: other bytes",
        "a_data.csv: other bytes",
        "pack.json: other bytes",
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([an_artefact()], [an_artefact(drawing="9")], "its drawing differs"),
        (
            [an_artefact()],
            [an_artefact(numbers="9", words="8", drawing="7")],
            "its numbers, words and drawing differ",
        ),
        ([an_artefact()], [an_artefact(kind="table")], "a table now"),
        ([an_artefact()], [], "missing"),
        ([], [an_artefact()], "not in the pack"),
    ],
)
def test_how_an_artefact_differs(before, after, words):
    assert told(a_manifest(*before), a_manifest(*after)) == [f"figure trend of smoking (cell 2): {words}"]


def test_another_order_is_a_difference():
    one, two = an_artefact("one"), an_artefact("two")
    assert told(a_manifest(one, two), a_manifest(two, one)) == ["chapter smoking: in another order"]


def test_another_cell_is_none():
    assert told(a_manifest(an_artefact(cell=2)), a_manifest(an_artefact(cell=3))) == []


def test_numbers_that_differ_are_named(tmp_path):
    def pack(name: str, *rows: dict[str, str]):
        folder = tmp_path / name
        folder.mkdir()
        lines = [",".join(COLUMNS), *(",".join(row.get(column, "") for column in COLUMNS) for row in rows)]
        (folder / "x_data.csv").write_text("\n".join(lines) + "\n")
        return folder

    def fact(name: str, display: str, **more: str) -> dict[str, str]:
        return {"fact_id": name, "chapter": "smoking", "display": display, **more}

    then = pack(
        "a", fact("a", "10.9%", series="1"), fact("b", "2%", upper="3"), fact("c", "1%"), fact("d", "1")
    )
    now = pack(
        "b",
        fact("a", "11.2%", series="2"),
        fact("b", "2%", upper="4"),
        fact("d", "1", snapshot="2"),
        fact("e", "5"),
    )
    assert changed_facts(then, now) == [
        "a of smoking is 11.2%, in the pack 10.9%",
        "b of smoking is upper 4, in the pack upper 3",
        "c of smoking is missing",
        "e of smoking is not in the pack",
    ]
