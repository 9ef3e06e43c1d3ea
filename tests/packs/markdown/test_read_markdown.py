"""One Markdown text: what it means, and what packs do not show."""

from __future__ import annotations

import pytest

from boardpacks.packs.markdown.read_markdown import read_markdown
from boardpacks.packs.markdown.text_faults import Faults

WHERE = "notebooks/mental_health.ipynb, cell 3"


def read(source: str) -> str:
    """Return what a faultless text means."""
    faults = Faults(WHERE)
    text = read_markdown(source, faults, "mental-health-3").text
    assert faults.problems == []
    return text


def faults_of(source: str) -> str:
    faults = Faults(WHERE)
    read_markdown(source, faults, "mental-health-3")
    return "\n".join(map(str, faults.problems))


PLAIN = """## Outcome 3: Prevention works: less obesity & more immunisation {#sec-prevention .unlisted}

In {place}, {fact smoking_prevalence of Newham} of adults smoke (the place's own figure; see @fig-trend).

- **Worse**: [10.9%]{fact="newham.smoking.E09000025.persons.2023"}, which is [worse]{.verdict-worse}
- a [link](https://example.org) and a [measure](#indicator-smoking)"""


def test_what_all_read_alike_stays_as_it_is():
    assert read(PLAIN) == PLAIN


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Before.\n\n---\nNote: provisional\n---\n\nAfter.",
            "Before.\n\n***\n\n## Note: provisional\n\nAfter.",
        ),
        ("---\n\ntitle: x\n\n---", "***\n\ntitle: x\n\n***"),
        ("Title\n=====\nWords", "# Title\n\nWords"),
        ("Part\n----\n", "## Part"),
        ("Words\n# Heading\n> quoted\n- item", "Words\n\n# Heading\n\n> quoted\n\n- item"),
        ("#Heading", "\\#Heading"),
        ("## Closed ##", "## Closed"),
        ("## C\\#", "## C\\#"),
    ],
    ids=["rules", "rules apart", "title", "part", "no blank lines", "no heading", "closed", "a sign"],
)
def test_rules_and_headings_are_those_of_jupyterlab(source, text):
    assert read(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("7. a\n8. b", "7. a\n8. b"),
        ("1) a\n2) b", "1) a\n2) b"),
        ("words\n- a\n  - b\n* * *\n1. c", "words\n\n- a\n  - b\n\n***\n\n1. c"),
        ("- a\n\n  b\n- c", "- a\n\n  b\n\n- c"),
        ("10. a\n\n    b", "10. a\n\n    b"),
        ("(a) one\n(b) two", "(a\\) one (b) two"),
        ("i. one", "i\\. one"),
        ("#. one", "\\#. one"),
        ("(@) one", "(\\@) one"),
    ],
)
def test_lists_keep_their_marks_and_pandocs_own_are_words(source, text):
    assert read(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x^2^ and H~2~O", "x\\^2\\^ and H\\~2\\~O"),
        ("~~gone~~", "~~gone~~"),
        ("as @smith says, me@x.org", "as \\@smith says, [me\\@x.org](<mailto:me@x.org>)"),
        ("[text]{.class} and [x]{.verdict-worse}", "\\[text\\]\\{.class\\} and [x]{.verdict-worse}"),
        ("::: {.box}\nx\n:::", "\\::: \\{.box\\} x :::"),
        ("term\n: meaning", "term : meaning"),
        (": meaning", "\\: meaning"),
        ("| line\n| block", "\\| line \\| block"),
        ("a -- b --- c ...", "a \\-\\- b \\-\\-\\- c \\.\\.\\."),
        ("$5 and $10", "\\$5 and \\$10"),
        ("^[no note]", "\\^\\[no note\\]"),
        ("C:\\temp\\x", "C:\\\\temp\\\\x"),
        ("Table: words", "Table\\: words"),
        ("+---+\n| a |\n+---+", "+\\-\\-\\-+ \\| a \\| +\\-\\-\\-+"),
        ("`x`{=html}", "`x`\\{=html\\}"),
        ("2019. A year", "2019. A year"),
        ("snake_case_name *mid*dle", "snake_case_name *mid*dle"),
    ],
)
def test_what_only_pandoc_obeys_is_printed(source, text):
    assert read(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("one<br>two", "one\\\ntwo"),
        ("one<BR/>two  \nthree\\\nfour", "one\\\ntwo\\\nthree\\\nfour"),
        ("words<br>", "words"),
        ("one<br>- two", "one\\\n\\- two"),
        ("| a | b |\n|:-:|--:|\n| x<br>y | z |", "| a | b |\n| :----: | --: |\n| x<br>y | z |"),
        ("# A<br>title", "# A title"),
        ("<br>\n\nwords", "words"),
    ],
)
def test_breaks_are_kept(source, text):
    assert read(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "Words.<!-- a secret --> More.",
        "Words. More.\n<!-- a secret\nof two lines -->",
        "<!-- a secret -->\n\nWords. More.",
        "Words. More.\n\n<!--\na secret\n\n- on lines\n-->\n",
        "Words. More.\n\n[//]: # (a secret)",
    ],
)
def test_comments_are_left_out(source):
    assert read(source).replace("  ", " ") == "Words. More."


def test_a_comment_in_code_is_code():
    assert read("`<!-- x -->`\n\n```html\n<!-- y -->\n```") == "`<!-- x -->`\n\n```html\n<!-- y -->\n```"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&copy; &amp; &lt;b&gt; &#65;", "© & \\<b\\> A"),
        ("10&nbsp;%", "10\u00a0%"),
        ("AT&amp;T, &amp;copy;", "AT&T, \\&copy;"),
    ],
)
def test_names_of_signs_are_read(source, text):
    assert read(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("See https://x.org/a_b.", "See <https://x.org/a_b>."),
        ("(www.x.org)", "([www.x.org](<http://www.x.org>))"),
        ("<https://x.org>", "<https://x.org>"),
        ("<a@x.org> <mailto:a@x.org>", "[a\\@x.org](<mailto:a@x.org>) <mailto:a@x.org>"),
        ("www.x.org#https://y.org", "[www.x.org#https://y.org](<http://www.x.org#https://y.org>)"),
        ("https://x.org/(a) and (https://x.org)", "<https://x.org/(a)> and (<https://x.org>)"),
        ("[the source][ons]\n\n[ons]: https://x.org/one", "[the source](https://x.org/one)"),
        ("[https://x.org](https://y.org)", "[https://x.org](https://y.org)"),
        ("oh\\![x](#sec-a)", "oh\\![x](#sec-a)"),
    ],
)
def test_addresses_are_links(source, text):
    assert read(source) == text


def test_footnotes_have_the_chapters_name():
    text = read("Words.[^1] More.[^n]\n\n[^1]: A note.\n\n    Its second part.\n\n[^n]: Another.")

    assert text == (
        "Words.[^mental-health-3-1] More.[^mental-health-3-n]\n\n"
        "[^mental-health-3-1]: A note.\n\n    Its second part.\n\n[^mental-health-3-n]: Another."
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\n\n<div>x</div>", ("line 3", "<div>", "no HTML but <br>")),
        ("a <b>x</b>", ("line 1", "<b>", "**bold**")),
        ("H<sub>2</sub>O", ("<sub>", "the sign itself")),
        ("a <script>x</script>", ("<script>",)),
        ('<img src="ward.png" alt="A ward">', ("<img", "![what it shows]")),
        ("a\n<table><tr><td>x</td></tr></table>", ("line 2", "<table>", "show_table")),
        ("a\n<!-- b\n\nc", ("line 2", "<!-- b", "ends with -->")),
        ("<!-- a --> words", ("comment on lines of its own",)),
        ("some \\textbf{bold} words", ("\\textbf{bold}", "do not read TeX")),
        ("\n\n\\begin{align} a &= b \\end{align}", ("line 3", "\\begin{align}")),
        ("a\n\\newpage", ("line 2", "\\newpage")),
        ("The rate is $r = d / n$ per 1,000.", ("$r = d / n$", "packs have no formulas")),
        ("$$\nr\n$$", ("$$ r $$", "packs have no formulas")),
        ("- [ ] to do\n- [x] done", ("line 1", "line 2", "- [x] done", "no boxes to tick")),
        ("1. [X] done", ("1. [X] done",)),
        ("{{< include x.qmd >}}", ("{{< include x.qmd >}}", "shortcodes")),
        ("```\n{{< pagebreak >}}\n```", ("line 2",)),
        ("[x](javascript:alert(1))", ("javascript:alert(1)", "https://")),
        ("[x](<java&#115;cript:y>)", ("javascript:y",)),
        ("<javascript:alert(1)>", ("javascript:alert(1)",)),
        ("[x](DATA:text/html,y) [z](vbscript:y) [f](file:///etc)", ("DATA:", "vbscript:", "file:")),
        ("[x](figures.csv)", ("figures.csv",)),
        ("[x][nowhere]", ("[nowhere]", "name of a link")),
        ("[a]: https://x.org\n[A]: https://y.org\n\n[a]", ("line 2", "only one link")),
        ("x[^1]", ("[^1]", "begin a line with [^1]:")),
        ("x[^1]\n\n[^1]: a\n\n[^1]: b", ("line 5", "only one footnote")),
        ("x\n\n[^1]: a", ("line 3", "[^1]:")),
        ("- a\n\n* b", ("line 3", "a second list")),
        ("> # Heading", ("Heading", "no quotation")),
        ("-\n- b", ("line 1", "a list item with words")),
        ("| a | |\n|---|---|\n| 1 | 2 |", ("no name for column 2",)),
        ("| a |\n|---|", ("rows below",)),
        ("a\n\n😀 b", ("line 3", "😀 (U+1F600, grinning face)")),
        ("`😀`", ("grinning face",)),
        ("a\n\n```\nb 😀\n```", ("grinning face",)),
        ("&#x1F600;", ("grinning face",)),
        ("**a***b*", ("a blank between",)),
        ("see @fig-Trend", ("@fig-Trend", "lower-case")),
        ("## A {#a b}", ("{#a b}", "a label behind a heading")),
        ("![](ward.png)", ("a description",)),
        ("![A](https://x.org/a.png)", ("https://x.org/a.png", "beside the notebook")),
        ("![A](../a.png) ![B](/a.png) ![C](a.gif)", ("../a.png", "/a.png", "a.gif")),
        ("![A](attachment:a.png)", ("attachment:a.png", "not among those pasted")),
        ("![A](a.png){width=50%}", ("{width=50%}", "fig-alt")),
    ],
)
def test_what_packs_do_not_show_is_named_with_its_line(source, expected):
    told = faults_of(source)

    for words in (WHERE, *expected):
        assert words in told


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("{facts smoking}", "{fact smoking}"),
        ("{ fact smoking }", "{fact smoking}"),
        ("{fact: smoking}", "{fact smoking}"),
        ("{fact=smoking}", "{fact smoking}"),
        ("{Fact smoking rank}", "{fact smoking rank}"),
        ("{fakt smoking}", "{fact smoking}"),
        ("{{fact smoking}}", "{fact smoking}"),
        ("{{ fact smoking }}", "{fact smoking}"),
        ("{fact smoking", "{fact smoking}"),
        ("{smoking_prevalence}", "{fact smoking_prevalence}"),
        ("{fact_smoking}", "{fact smoking}"),
        ("{fact}", "{fact NAME}"),
        ("{Place}", "{place}"),
        ("{ place }", "{place}"),
        ("{PLACE}", "{place}"),
        ("{plaec}", "{place}"),
        ("{{place}}", "{place}"),
        ("{place name}", "{place}"),
        ("# About {Place}", "{place}"),
        ("| a |\n|---|\n| {places} |", "{place}"),
        ("[x {Place}](https://x.org)", "{place}"),
        ("**{facts smoking}**", "{fact smoking}"),
    ],
)
def test_a_placeholder_that_is_nearly_right_is_an_error(source, hint):
    assert f"did you mean {hint}" in faults_of(source)


@pytest.mark.parametrize(
    "source",
    [
        "`{facts x}`",
        "``{Place}``",
        "\\{facts x}",
        "```\n{fact: x}\n```",
        "{a} {} {1, 2} {factor analysis}",
        "a set {x, y} of {two words}",
    ],
)
def test_code_escaped_and_other_braces_stay(source):
    assert read(source)


def test_pictures_have_a_place_in_the_pack_and_their_words():
    faults = Faults(WHERE)
    pasted = {"w.png": {"image/png": "AAAA"}}
    made = read_markdown(
        '![A ward](img/ward.jpeg)\n\nx ![Plan of {place}](attachment:w.png)\n\n![Caption](a.png){fig-alt="Words"}',
        faults,
        "n-3",
        pasted,
    )

    assert made.text == (
        '![](pictures/n-3-1.jpeg){fig-alt="A ward"}\n\nx ![](pictures/n-3-2.png){fig-alt="Plan of {place}"}\n\n'
        '![Caption](pictures/n-3-3.png){fig-alt="Words"}'
    )
    assert [(one.name, one.line, one.pasted) for one in made.pictures] == [
        ("img/ward.jpeg", 1, ""),
        ("attachment:w.png", 3, "AAAA"),
        ("a.png", 5, ""),
    ]
    assert faults.problems == []


def test_all_that_is_wrong_is_told_at_once():
    assert faults_of("<b>\n\n$x$\n\n{Place}").count(WHERE) == 3
