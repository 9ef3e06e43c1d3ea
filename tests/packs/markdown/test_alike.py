"""Whatever a cell holds, pandoc prints the words that JupyterLab shows, or the cell is refused."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from boardpacks.packs.markdown.read_markdown import read_markdown
from boardpacks.packs.markdown.text_faults import Faults
from boardpacks.packs.render.pandoc import _pandoc

PIECES = [
    *(
        "a",
        "word",
        "Two words",
        "2019",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "    ",
        "  \n",
        "é",
        "\u00a0",
        "'",
        '"',
    ),
    *(
        "* ",
        "- ",
        "+ ",
        "1. ",
        "2) ",
        "a. ",
        "(a) ",
        "i. ",
        "#. ",
        "(@) ",
        "# ",
        "## ",
        "#",
        "> ",
        "%",
        "=",
        "!",
    ),
    *(
        "*",
        "**",
        "_",
        "__",
        "~~",
        "~",
        "^",
        "`",
        "``",
        "```",
        "\n```\n",
        "---",
        "\n---\n",
        "\n===\n",
        "|",
        "||",
    ),
    *("| a | b |\n|---|---|\n", "\n|--|\n", "+---+\n", "-- --\n", "<br>", "<!-- c -->", "&nbsp;", "&amp;"),
    *("&lt;b&gt;", "&", "$", "$5", "$$", "@", "@who", "[", "]", "(", ")", "![", "[x](https://x.org)", "[^1]"),
    *("{", "}", "?", "x_y_z", "&#65;", "C:\\t", "/", "+", "- a\n", "1. b\n", "> q\n", "*e*", "**s**", "`c`"),
    *(
        ":::",
        "\n::: x\n",
        ":",
        "\n: ",
        "Table: ",
        "term\n: def\n",
        "\\",
        "\\*",
        "\\!",
        "\\\n",
        "\\(",
        "~~d~~",
    ),
    *(
        "...",
        "--",
        "https://x.org/a_b",
        "<https://x.org>",
        "www.x.org",
        "a@b.org",
        "<",
        "</",
        ";",
        ".",
        "{place}",
    ),
    *("_i_", "'s"),
]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.marks: list[str] = []
        self.inside: list[str] = []
        self.quotations: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {
            "li",
            "ul",
            "ol",
            "blockquote",
            "table",
            "td",
            "th",
            "em",
            "strong",
            "code",
            "h1",
            "h2",
            "h3",
        }:
            start = dict(attrs).get("start", "1") if tag == "ol" else ""
            if tag not in {"em", "strong"} or tag not in self.inside:  # bold inside bold is bold
                self.marks.append(f"{tag} {start}")
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.reverse()
            self.inside.remove(tag)
            self.inside.reverse()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if data.strip():  # a quotation of nothing is none
            self.marks += self.quotations
            self.quotations.clear()


def shown(html: str) -> tuple[str, list[str]]:
    """Return the signs of a page without blanks, with plain quotation marks, and what marks them."""
    reader = _Words()
    reader.feed(
        re.sub(r"<blockquote>(?:\s|<!-- c -->|<p>&nbsp;</p>|<p>\u00a0</p>|<p></p>)*</blockquote>", "", html)
    )
    reader.close()
    words = re.sub(r"\s+", "", "".join(reader.words))
    return words.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")), reader.marks


@cache
def jupyterlab() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def by_pandoc(texts: list[str]) -> list[str]:
    source = "\n\n".join(f"# PART {number}\n\n{text}" for number, text in enumerate(texts))
    done = subprocess.run(
        [str(_pandoc()), "--from", "markdown+smart", "--to", "html", "--wrap=none"],
        input=source.encode(),
        capture_output=True,
        check=True,
    )
    return re.split(r"<h1 id=\"[^\"]*\">PART \d+</h1>", done.stdout.decode())[1:]


def check(sources: list[str]) -> int:
    """Compare the texts that are not refused, and return how many those are."""
    kept = []
    for number, source in enumerate(sources):
        faults = Faults("cell")
        text = read_markdown(source, faults, f"c-{number}").text
        if not faults.problems:
            kept.append((source, text))
    made = by_pandoc([text for _, text in kept])
    assert len(made) == len(kept)
    for (source, text), html in zip(kept, made, strict=True):
        assert shown(html) == shown(jupyterlab().render(source)), (source, text)
    return len(kept)


# Without shrinking: a failure names its text, and each smaller batch would run pandoc once more.
@settings(
    max_examples=12,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(
    st.lists(
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join), min_size=60, max_size=90
    )
)
def test_random_text_is_read_alike_or_refused(sources):
    check(sources)


@pytest.mark.parametrize(
    "sources",
    [
        [
            "---\nNote: x\n---",
            "a\n- b\n- c\n\nd",
            "7. a\n8. b\n   - c\n   - d",
            "> a\n> - b\n>\n> c",
            "a  \n: b",
        ],
        [
            "- a\n\n      code\n- b\n\n  > q",
            "| a |\n|:-:|\n| \\| *x* `y` |",
            "***a** b*",
            "**a *b***",
            "_a **b** c_",
        ],
        [
            "Table: x\n\n| a |\n|---|\n| 1 |\n\n: y",
            "[x]\n\n`a``",
            "a\n    b",
            "    code\n\n\n    more",
            "``` py x\na\n```",
        ],
    ],
)
def test_known_texts_are_read_alike(sources):
    assert check(sources) == len(sources)
