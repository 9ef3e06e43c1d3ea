"""Names with signs of Markdown: whatever a name is, the pack prints it, and JupyterLab does too."""

from __future__ import annotations

import re
import subprocess

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from boardpacks.facts.escape_names import escape_names, names_with_signs
from boardpacks.packs.markdown.read_markdown import read_markdown
from boardpacks.packs.markdown.text_faults import Faults
from boardpacks.packs.render.pandoc import _pandoc
from boardpacks.params.values import is_name

WRITTEN = (
    "In {} it is **{}**: [5%]{.verdict-better} ({}), {}.",
    "{}, too",
    "**{}.** Words.",
    "**{}**",
    "**Not of {}:**",
    "- {}\n- **{}:** words",
    "### Outcome 1: {}",
    "> {}",
    "| {} | b |\n|---|---|\n| c | **{}** |",
    "[{}](#indicator-a_b), [{}](https://www.ons.gov.uk/a_b)",
)
"""How chapters write names."""

PIECES = [
    *"*_<>~^$",
    "*",
    "<",
    *"abAZ1 &;()'/:=!.,%",
    "<b>",
    "</b>",
    "<script>",
    "&lt;",
    "2^",
    "~~",
    "Under ",
    " yrs",
]
names = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=10)
    .map(lambda pieces: " ".join("".join(pieces).split()))
    .filter(lambda name: is_name(name) and not re.match(r"[^\w*_<>~^$]|\d|\w\.", name))
)


def pandoc(markdown: str, to: str) -> str:
    command = [str(_pandoc()), "--from", "markdown+smart", "--to", to, "--wrap=none"]
    return subprocess.run(command, input=markdown.encode(), capture_output=True, check=True).stdout.decode()


def meant(markdown: str) -> str:
    faults = Faults("here")
    made = read_markdown(markdown, faults, "here").text
    assert not faults.problems, markdown
    return made


def flat(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").replace("…", "...").split())


@settings(max_examples=60, deadline=None)
@example(["Grade A", "Grade A*", "*_", "*_*"])
@given(st.lists(names, min_size=1, max_size=6))
def test_a_pack_prints_every_name_word_for_word(found: list[str]):
    known = names_with_signs(found)
    texts = [escape_names(text.replace("{}", name), known) for name in found for text in WRITTEN]
    markdown = "\n\n".join(map(meant, texts))
    said, marks = pandoc(markdown, "plain"), set(re.findall(r'"t":"(\w+)"', pandoc(markdown, "json")))
    for name in found:
        assert flat(said).count(flat(name)) >= len(WRITTEN), name
    assert not marks & {
        "Emph",
        "Strikeout",
        "Superscript",
        "Subscript",
        "Math",
        "RawInline",
        "RawBlock",
        "Code",
    }


@settings(max_examples=60, deadline=None)
@given(names, st.sampled_from(WRITTEN))
def test_jupyterlab_shows_every_name_word_for_word(name: str, written: str):
    page = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    text = escape_names(written.replace("{}", name), names_with_signs([name]))
    escaped = re.sub(r"(?=[!-/:-@\[-`{-~])", r"\\", name)
    assert page.render(text).count(page.renderInline(escaped)) >= written.count("{}")


def test_names_without_signs_cost_nothing():
    assert names_with_signs(["Adults who smoke", "Bath & Wells", "King's Lynn"]) is None
    assert escape_names("**Bath** & *Wells*", None) == "**Bath** & *Wells*"


def test_a_name_is_known_by_a_small_letter_and_over_two_lines():
    known = names_with_signs(["Grade A* pupils"])
    assert escape_names("Of grade A*\npupils", known) == "Of grade A\\*\npupils"


def test_what_is_escaped_stays_and_code_attributes_and_addresses_have_no_backslash():
    known = names_with_signs(["a_b", "<19 yrs", "Trust_A*"])
    for text in (
        r"Asthma (\<19 yrs)",
        "`a_b` and ``<19 yrs``",
        '[5]{fact="x.a_b.E1"}',
        "{fact smoking of Trust_A*}",
        "[x](#indicator-a_b)",
        "<https://x.org/a_b>",
        "```\na_b\n```",
    ):
        assert escape_names(text, known) == text


def test_the_longest_of_two_names_is_meant():
    known = names_with_signs(["A*", "A* pupils_"])
    assert escape_names("A* pupils_ and A*", known) == r"A\* pupils\_ and A\*"
