from __future__ import annotations

import json
import subprocess
from typing import Any

import pypandoc  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.packs.markdown.escape import attribute, cell, markdown_text, one_line

AWKWARD = [
    *"\\`*_{}[]<>|$@^~&\"#'-.:=+!()1aA%;/,? é",
    *(
        "{{<",
        ">}}",
        "...",
        "--",
        "www.",
        "http://a.b",
        "<script>",
        "&amp;",
        ":::",
        "1. ",
        "(@)",
        "a) ",
        "שלום",
    ),
    *("](x)", "{.y}", "![", "[^1]", "<!--", "x@y.z", "\u202e", "\u2028", "\n", "\t"),
]
texts = st.lists(
    st.one_of(
        st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=12).map("".join),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    ).filter(lambda text: one_line(text).strip() != ""),
    min_size=1,
    max_size=12,
)


def blocks(markdown: str) -> list[Any]:
    """Return what pandoc makes of Markdown, read as Quarto reads it."""
    made = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", "markdown+autolink_bare_uris", "--to", "json"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    parsed: list[Any] = json.loads(made.stdout)["blocks"]
    return parsed


def words(inlines: list[Any]) -> str:
    """Return the plain text of inlines; anything but text is written out and so never equals it."""
    parts = []
    for inline in inlines:
        if inline["t"] == "Str":
            parts.append(inline["c"])
        elif inline["t"] == "Space":
            parts.append(" ")
        elif inline["t"] != "Span" or inline["c"][1]:
            parts.append(str(inline))
    return like("".join(parts))


def like(text: str) -> str:
    """Make apostrophes and spaces alike: pandoc bends the one and may keep words together with the other."""
    return " ".join(text.replace("\u2019", "'").split())


@given(texts)
def test_a_paragraph_prints_the_text_word_for_word(found):
    made = blocks("\n\n".join(f"{markdown_text(text)}\n\n***" for text in found))

    assert [block["t"] for block in made] == ["Para", "HorizontalRule"] * len(found)
    assert [words(block["c"]) for block in made[::2]] == [like(one_line(text)) for text in found]


@given(texts)
def test_a_cell_prints_the_text_word_for_word(found):
    found = [text.replace("**", "*").replace("]{", "] {") for text in found]
    rows = "\n".join(f"| a | {cell(text)} | z |" for text in found)

    (table,) = blocks(f"| A | B | C |\n|---|---|---|\n{rows}")

    body = [row[1][1][4] for row in table["c"][4][0][3]]
    assert [words(cells[0]["c"]) for cells in body] == [like(one_line(text)) for text in found]


@given(texts)
def test_a_figure_keeps_caption_and_description(found):
    made = blocks(
        "\n\n".join(
            f'![{markdown_text(text)}](figures/x.svg){{#fig-{number} fig-alt="{attribute(text)}"}}'
            for number, text in enumerate(found)
        )
    )

    assert [block["t"] for block in made] == ["Figure"] * len(found)
    for block, text in zip(made, found, strict=True):
        (_, classes, attributes), caption, target = block["c"][2][0]["c"][0]["c"]
        assert words(caption) == like(one_line(text))
        assert like(dict(attributes)["fig-alt"]) == like(one_line(text))
        assert (classes, target) == ([], ["figures/x.svg", ""])


@pytest.mark.parametrize("text", ["{{< include /etc/passwd >}}", "{{{< pagebreak >}}", "a {{<x"])
def test_no_shortcode_survives(text):
    for escaped in (markdown_text(text), attribute(text), cell(text)):
        assert "{{<" not in escaped
    (paragraph,) = blocks(markdown_text(text))
    assert not any("{{<" in part["c"] for part in paragraph["c"] if part["t"] == "Str")


def test_plain_words_stay_readable():
    text = "Adults who smoke (16+): 16.8%, 2021/22 to 2023/24; children's £5m"

    assert markdown_text(text) == text


def test_drops_marks_that_reverse_reading_and_keeps_right_to_left_words():
    assert one_line("a\u202eb\u2066 שלום\x00") == "a b שלום"


def test_a_cell_keeps_links_to_indicators_and_marks_of_evidence():
    text = "[Partly measured]{.evidence-partly-measured}: [A & B_1](#indicator-a_b)"
    assert cell(text) == r"[Partly measured]{.evidence-partly-measured}\: [A \& B\_1](#indicator-a_b)"


def test_a_cell_keeps_verdicts_and_bold():
    assert cell("[Not | tested]{.verdict-none}, *x* **1|2**") == (
        "[Not \\| tested]{.verdict-none}, \\*x\\* **1\\|2**"
    )


def test_a_name_that_ends_with_a_star_is_bold_with_its_star():
    assert cell("**Grade A*** and **B*s**, A*") == r"**Grade A\*** and **B\*s**, A\*"


@pytest.mark.parametrize(
    "text", ["[x]{.verdict-red}", "[ ]{.verdict-better}", "[x](javascript:1)", "[x]{onclick=y}"]
)
def test_a_cell_keeps_no_other_mark(text):
    (table,) = blocks(f"| A |\n|---|\n| {cell(text)} |")

    assert words(table["c"][4][0][3][0][1][0][4][0]["c"]) == text
