from __future__ import annotations

import pytest

from boardpacks.packs.render import typst_pdf
from boardpacks.packs.render.includes import read_source
from boardpacks.packs.render.source_error import RenderError
from boardpacks.packs.render.typst_pdf import compile_pdf
from tests.packs.render.conftest import DATE

HEAD = '#set document(title: "T")\n#set text(lang: "en", font: "Inter")\n= A\n'


@pytest.mark.parametrize(
    ("typst", "said"),
    [
        ('#image("figures/north.svg")', "has no words for people who cannot see it"),
        ('#image("figures/gone.svg", alt: "x")', "the file "),
        ("#ref(<fig-gone>)", "the reference @fig-gone: nothing has this label."),
        ("=== B", "a heading level is skipped"),
        ("#no-such-thing()", "Typst cannot make the PDF: unknown variable: no-such-thing."),
        ('#set text(font: "Arial")\nWords', "Typst made a faulty PDF: unknown font family: arial"),
    ],
)
def test_typst_errors_are_said_in_plain_words(small, typst, said):
    source = read_source(small("# A\n"))
    with pytest.raises(RenderError) as error:
        compile_pdf(HEAD + typst, source, DATE)
    assert said in str(error.value)
    assert str(error.value).startswith("pack.qmd")


def test_a_document_without_title_is_refused(small):
    with pytest.raises(RenderError, match="the pack has no title"):
        compile_pdf('#set text(lang: "en", font: "Inter")\n= A', read_source(small("# A\n")), DATE)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os; os.abort()", "Typst ended with exit status -6"),
        ("raise SystemExit('no memory')", "Typst ended with exit status 1: no memory."),
        ("import time; time.sleep(60)", "Typst was not done after 2 s."),
    ],
)
def test_a_typst_that_dies_or_hangs_costs_one_document(small, tmp_path, monkeypatch, program, said):
    (tmp_path / "typst_process.py").write_text(program)
    monkeypatch.setattr(typst_pdf, "PROGRAM", tmp_path / "typst_process.py")
    monkeypatch.setattr(typst_pdf, "TIMEOUT", 2)
    with pytest.raises(RenderError) as error:
        compile_pdf(HEAD, read_source(small("# A\n")), DATE)
    assert said in str(error.value)
