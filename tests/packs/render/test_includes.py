from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.packs.render.includes import read_source
from boardpacks.packs.render.source_error import RenderError


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.qmd"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_an_include_is_put_in_as_text_and_its_path_counts_from_its_own_file(tmp_path):
    write(
        tmp_path,
        pack="before\n\n{{< include sections/one.qmd >}}\nafter\n",
        sections__one="one\n\n{{< include two.qmd >}}",
        sections__two="two",
    )
    text = read_source(tmp_path).text
    assert [line for line in text.splitlines() if line] == ["before", "one", "two", "after"]
    assert "two\n\n" in text, "the text of two files must not run into one paragraph"


def test_a_path_with_a_slash_counts_from_the_source_folder(tmp_path):
    write(
        tmp_path,
        pack="{{< include sections/one.qmd >}}",
        sections__one='{{< include "/two.qmd" >}}',
        two="found",
    )
    assert "found" in read_source(tmp_path).text


@pytest.mark.parametrize("fence", ["```", "~~~~", "``` {.markdown}", "```markdown"])
def test_code_blocks_are_left_alone(tmp_path, fence):
    close = fence.split()[0].rstrip("markdown")
    write(
        tmp_path,
        pack=f"{fence}\n{{{{< include gone.qmd >}}}}\n{close}\n{{{{< include one.qmd >}}}}",
        one="one",
    )
    text = read_source(tmp_path).text
    assert "include gone.qmd" in text
    assert "one" in text.splitlines()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"pack": "x\n\n{{< include gone.qmd >}}"},
            "pack.qmd, line 3: the file gone.qmd does not exist.",
        ),
        (
            {"pack": "{{< include a.qmd >}}", "a": "\n{{< include b.qmd >}}", "b": "{{< include a.qmd >}}"},
            "b.qmd, line 1: the includes go round in a loop: a.qmd → b.qmd → a.qmd.",
        ),
        (
            {"pack": "{{< include pack.qmd >}}"},
            "pack.qmd, line 1: the includes go round in a loop: pack.qmd → pack.qmd.",
        ),
        (
            {"pack": "{{< include ../secret.qmd >}}"},
            "pack.qmd, line 1: the include secret.qmd lies outside the pack's folder. Copy it in.",
        ),
        (
            {"pack": "text\n\n```{python}\nprint(1)\n```"},
            "pack.qmd, line 3: executable cell {python}. Packs run no code: "
            "run it in a notebook and use what it hands over.",
        ),
    ],
)
def test_what_cannot_be_included_is_named_with_file_and_line(tmp_path, files, said):
    with pytest.raises(RenderError) as error:
        read_source(write(tmp_path / "source", **files))
    assert str(error.value) == said


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.qmd").write_text("secret", encoding="utf-8")
    source = write(tmp_path / "source", pack="{{< include inside.qmd >}}")
    (source / "inside.qmd").symlink_to(tmp_path / "secret.qmd")
    with pytest.raises(RenderError, match="outside the pack's folder"):
        read_source(source)


def test_a_missing_pack_and_a_file_of_another_encoding_are_plain_errors(tmp_path):
    with pytest.raises(RenderError, match=r"pack\.qmd: the file pack\.qmd does not exist"):
        read_source(tmp_path)
    (tmp_path / "pack.qmd").write_bytes(b"caf\xe9")
    with pytest.raises(RenderError, match=r"pack\.qmd: the file is not UTF-8 text"):
        read_source(tmp_path)


def test_lines_are_traced_to_the_file_they_came_from(tmp_path):
    write(tmp_path, pack="a\n{{< include one.qmd >}}\n#fig-x", one="b\n#fig-x")
    source = read_source(tmp_path)
    assert source.where("#fig-x") == "one.qmd, line 2"
    assert source.where("#fig-x", last=True) == "pack.qmd, line 3"
    assert source.where("nowhere") == "pack.qmd"
    assert source.line(2) == "one.qmd, line 1"


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp"), exclude_characters="`~{"))
    ),
)
def test_text_without_includes_stays_as_it_is(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("source")
    (folder / "pack.qmd").write_text("\n".join([*lines, "end"]), encoding="utf-8")
    assert read_source(folder).text == "\n".join([*lines, "end"]) + "\n"
