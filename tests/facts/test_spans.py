"""Spans: a number's words with the id of its fact, whatever the words hold."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pypandoc  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpacks.facts.spans import fact_span, find_spans, without_spans
from boardpacks.packs.markdown.escape import cell

ID = "havering.smoking_prevalence.E09000001+E09000012.persons.2022-24"
AWKWARD = [
    *"\\`*_{}[]<>|$@^~&\"#'-.:=+!()1%;/,£ é",
    "--",
    "...",
    "](x)",
    "{.y}",
    '"}',
    "**",
    "**1**",
    "<b>",
    "\n",
]
awkward = st.lists(
    st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=10)
    .map("".join)
    .filter(lambda text: text.split() != []),
    min_size=1,
    max_size=15,
)


def flat(text: str) -> str:
    return " ".join(text.split())


def parsed(markdown: str) -> list[Any]:
    command = [pypandoc.get_pandoc_path(), "--from", "markdown+smart", "--to", "json"]
    made = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    found: list[Any] = json.loads(made.stdout)["blocks"]
    return found


def printed(inlines: list[Any]) -> str:
    words = {"Str": lambda c: c, "Space": lambda c: " ", "SoftBreak": lambda c: " "}
    return "".join(words[inline["t"]](inline.get("c")) for inline in inlines).replace("\u2019", "'")


def the_span(inlines: list[Any]) -> tuple[str, dict[str, str]]:
    (span,) = (inline for inline in inlines if inline["t"] != "Space")
    assert span["t"] == "Span"
    (_, classes, attributes), content = span["c"]
    assert classes == []
    return printed(content), dict(attributes)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10.9%", f'[10.9%]{{fact="{ID}"}}'),
        ("-8.6% to 13.2%", f'[-8.6% to 13.2%]{{fact="{ID}"}}'),
        ("£1,772.20", f'[£1,772.20]{{fact="{ID}"}}'),
        ("2nd  highest", f'[2nd highest]{{fact="{ID}"}}'),
    ],
)
def test_ordinary_words_stay_readable(words: str, expected: str):
    assert fact_span(words, ID) == expected


@given(awkward)
def test_any_words_come_back_word_for_word(texts: list[str]):
    markdown = " and ".join(fact_span(text, ID) for text in texts)

    assert [span.words for span in find_spans(markdown)] == [flat(text) for text in texts]
    assert without_spans(markdown) == " and ".join(flat(text) for text in texts)


@given(awkward)
def test_pandoc_prints_any_words_of_a_sentence_and_of_a_cell(texts: list[str]):
    spans = [fact_span(text, ID) for text in texts]
    rows = "\n".join(f"| a | {cell(span)} |" for span in spans)

    *sentences, table = parsed("\n\n".join([*spans, f"| A | B |\n|---|---|\n{rows}"]))

    cells = [row[1][1][4][0]["c"] for row in table["c"][4][0][3]]
    for text, sentence, shown in zip(texts, sentences, cells, strict=True):
        for inlines in (sentence["c"], shown):
            words, attributes = the_span(inlines)
            assert attributes == {"fact": ID}
            assert flat(words.replace("\u00a0", " ")) == flat(text)


@pytest.mark.parametrize(
    ("words", "fact"), [("", ID), (" \n", ID), ("1%", ""), ("1%", 'a"b'), ("1%", "a b"), ("1%", "a}")]
)
def test_no_words_and_no_id_are_refused(words: str, fact: str):
    with pytest.raises(ValueError, match="fact"):
        fact_span(words, fact)


def test_marks_of_other_kinds_are_no_facts():
    text = '[better]{.verdict-better} than [10%](x) and [1]{fact=""} and [2]{#a}'

    assert list(find_spans(text)) == []
    assert without_spans(text) == 'better than [10%](x) and [1]{fact=""} and [2]{#a}'


def test_bold_numbers_of_a_cell_keep_their_facts():
    assert cell(f"**{fact_span('10.9%', ID)} in 2018** x") == f'**[10.9%]{{fact="{ID}"}} in 2018** x'
