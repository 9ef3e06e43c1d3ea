from __future__ import annotations

import pytest

from boardpacks.packs.papers.find_papers import find_papers, unnamed_files
from boardpacks.params.agenda import AgendaItem
from boardpacks.project.errors import InputError, Problem
from tests.packs.papers import pdfs


def item(number: str, file: str | None = None, **more) -> AgendaItem:
    return AgendaItem.model_construct(
        **{name: field.default for name, field in AgendaItem.model_fields.items()},
    ).model_copy(update={"item": number, "title": f"Item {number}", "file": file, **more})


def problem(folder, *items: AgendaItem) -> Problem:
    with pytest.raises(InputError) as caught:
        find_papers(items, folder, "reports/papers", {})
    (found,) = caught.value.problems
    return found


def test_finds_papers_in_the_agendas_order_and_leaves_out_items_without_one(tmp_path):
    pdfs.put(tmp_path, "b.pdf", b"b")
    pdfs.put(tmp_path, "a.pdf", b"a")
    own = pdfs.put(tmp_path / "published", "pack_board-edition.pdf", b"own")
    annex = pdfs.put(tmp_path / "published", "pack.pdf", b"annex")
    items = (
        *(item("1"), item("2", "b.pdf"), item("3", pack=True), item("4", "a.pdf")),
        item("5", annex=True),
    )
    found = find_papers(items, tmp_path, "reports/papers", {"pack": own, "annex": annex})
    assert [(paper.item.item, paper.path.name, paper.own) for paper in found] == [
        ("2", "b.pdf", False),
        ("3", "pack_board-edition.pdf", True),
        ("4", "a.pdf", False),
        ("5", "pack.pdf", True),
    ]


def test_a_missing_paper_is_named_with_those_that_are_there(tmp_path):
    pdfs.put(tmp_path, "finance report.pdf", b"x")
    found = problem(tmp_path, item("5", "finance-report.pdf"))
    assert (found.where, found.key) == ("reports/papers/finance-report.pdf", "file of agenda item 5")
    assert found.found == "no such file"
    assert "finance report.pdf" in found.allowed
    assert found.hint == "did you mean 'finance report.pdf'?"


@pytest.mark.parametrize("name", ["../secret.pdf", "/etc/passwd", "a/../../b.pdf", "..\\secret.pdf"])
def test_never_leaves_the_folder(tmp_path, name):
    pdfs.put(tmp_path, "secret.pdf", b"x")
    assert "no folder in it" in problem(tmp_path / "papers", item("1", name)).allowed


def test_a_link_is_no_paper(tmp_path):
    outside = pdfs.put(tmp_path, "outside.pdf", b"x")
    folder = tmp_path / "2026-12-09" / "havering"
    folder.mkdir(parents=True)
    (folder / "in.pdf").symlink_to(outside)
    assert problem(folder, item("1", "in.pdf")).found == "in.pdf is a link to another place"


def test_a_folder_that_is_a_link_holds_no_papers(tmp_path):
    pdfs.put(tmp_path / "elsewhere", "a.pdf", b"x")
    (tmp_path / "havering").symlink_to(tmp_path / "elsewhere")
    assert problem(tmp_path / "havering", item("1", "a.pdf")).found == "havering is a link to another place"


def test_one_file_belongs_to_one_item(tmp_path):
    pdfs.put(tmp_path, "a.pdf", b"x")
    assert problem(tmp_path, item("1", "a.pdf"), item("2", "a.pdf")).found == "the same file as item 1"


def test_a_pack_that_is_not_there_is_told(tmp_path):
    assert problem(tmp_path, item("3", pack=True)).key == "pack"
    assert problem(tmp_path, item("3", annex=True)).key == "annex"


def test_files_that_no_item_names_are_told_and_notes_are_not(tmp_path):
    for name in ("a.pdf", "b.pdf", "notes.docx", ".hidden", "~$notes.docx", "README.md"):
        pdfs.put(tmp_path, name, b"x")
    assert unnamed_files(tmp_path, [item("1", "a.pdf")]) == ("b.pdf", "notes.docx")


@pytest.mark.parametrize("there", ["Re\u0301sume\u0301 – M6.pdf", "Résumé\xa0– M6.pdf"])
def test_a_name_finds_its_file_however_its_letters_and_blanks_are_written(tmp_path, there):
    pdfs.put(tmp_path, there, b"x")
    named = item("1", "Résumé – M6.pdf")
    (found,) = find_papers([named], tmp_path, "reports/papers", {})
    assert found.path.name == there
    assert unnamed_files(tmp_path, [named]) == ()
    assert problem(tmp_path, named, item("2", there)).found == "the same file as item 1"


def test_a_paper_that_nobody_may_read_is_told(tmp_path, monkeypatch):
    pdfs.put(tmp_path, "a.pdf", b"x")

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", denied)
    assert problem(tmp_path, item("1", "a.pdf")).found == "a file that cannot be read: permission denied"
