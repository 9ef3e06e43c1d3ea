"""Pictures in Markdown: pasted or beside the notebook, and what is refused."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from boardpacks.packs.library.working_papers import working_papers
from boardpacks.packs.markdown.text_faults import TextError
from boardpacks.packs.read.picture_files import picture_digests
from boardpacks.packs.read.pictures import MOST_BYTES, get_pictures
from boardpacks.packs.read.read_notebook import read_chapter


def drawn(kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, kind)
    return out.getvalue()


@pytest.fixture
def plan(make, tmp_path):
    """A pack's plan whose notebook lies in a folder of its own."""
    found = make.plan(tmp_path)
    (run,) = found.chapters
    return replace(found, chapters=(replace(run, notebook=tmp_path / "notebooks" / run.notebook.name),))


@pytest.fixture
def written(make, plan):
    """Writes the notebook of one Markdown cell, with what was pasted into it, and returns what is read of it."""

    def write(source: str, attachments: dict[str, Any] | None = None) -> Any:
        (run,) = plan.chapters
        path = make.notebook(run.out, ["# A", source])
        if attachments is not None:
            notebook = json.loads(path.read_text())
            notebook["cells"][1]["attachments"] = attachments
            path.write_text(json.dumps(notebook))
        run.notebook.parent.mkdir(exist_ok=True)
        run.notebook.write_bytes(path.read_bytes())
        return read_chapter(path)

    return write


def beside(plan: Any, name: str, content: bytes) -> None:
    path = plan.chapters[0].notebook.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_pasted_pictures_and_files_beside_the_notebook_are_got(make, plan, written):
    beside(plan, "plans/my ward.jpg", drawn("JPEG"))
    pasted = {"image.png": {"image/png": base64.b64encode(drawn()).decode()}}
    chapter = written("![A ward](plans/my%20ward.jpg)\n\n![Beds](attachment:image.png)", pasted)

    assert get_pictures(make.content(plan, chapter)) == {
        "pictures/long-term-conditions-2-1.jpg": drawn("JPEG"),
        "pictures/long-term-conditions-2-2.png": drawn(),
    }


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("gone.png", None, "no such file beside the notebook"),
        ("a.png", b"no picture", "holds no picture"),
        ("a.png", drawn()[:-30], "a broken one"),
        ("a.png", drawn("JPEG"), "a JPEG picture by its content"),
        ("a.jpg", drawn("GIF", "P"), "a GIF picture by its content"),
        ("a.jpg", drawn("JPEG", "CMYK"), "CMYK"),
        ("a.png", b"x" * (MOST_BYTES + 1), "3.0 MB, more than 3 MB"),
    ],
)
def test_what_is_no_picture_names_cell_and_line(make, plan, written, name, content, words):
    if content is not None:
        beside(plan, name, content)
    chapter = written(f"words\n\n![A ward]({name})")

    with pytest.raises(TextError) as error:
        get_pictures(make.content(plan, chapter))

    for part in ("notebooks/long_term_conditions.ipynb, cell 2, line 3", name, words):
        assert part in str(error.value)


def test_a_link_out_of_the_notebooks_folder_is_refused(make, plan, written, tmp_path):
    chapter = written("![A ward](a.png)")
    (tmp_path / "secret.png").write_bytes(drawn())
    Path(plan.chapters[0].notebook.parent, "a.png").symlink_to(tmp_path / "secret.png")

    with pytest.raises(TextError, match="lies outside"):
        get_pictures(make.content(plan, chapter))


def test_a_changed_picture_counts_where_a_notebook_may_show_one(plan, written):
    beside(plan, "plans/a.png", drawn())
    written("![A ward](plans/a.png)")
    before = picture_digests([run.notebook for run in plan.chapters])
    beside(plan, "plans/a.png", drawn("PNG", "L"))
    after = picture_digests([run.notebook for run in plan.chapters])
    written("words alone")

    assert before.keys() == after.keys() == {"picture plans/a.png"}
    assert before != after
    assert picture_digests([run.notebook for run in plan.chapters]) == {}


def test_a_working_paper_shows_pictures_with_their_words(make, plan, written, tmp_path):
    beside(plan, "a.png", drawn())
    chapter = written("![A ward in {place}](a.png)\n\nwords[^1]\n\n[^1]: note\n\n| a |\n|---|\n| x<br>y |")

    (paper,) = working_papers(make.content(plan, chapter), tmp_path).values()

    html = paper.decode()
    assert (
        f'<img src="data:image/png;base64,{base64.b64encode(drawn()).decode()}" alt="A ward in Havering"'
        in html
    )
    assert "words[^1]" in html
    assert "x<br>y" in html
