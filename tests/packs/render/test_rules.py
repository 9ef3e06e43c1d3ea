from __future__ import annotations

import pytest

from boardpacks.packs.render.includes import read_source
from boardpacks.packs.render.pandoc import parse
from boardpacks.packs.render.source_error import RenderError

PICTURE = '![Caption](figures/north.svg){#fig-x fig-alt="A line."}'


def complaint(folder) -> str:
    with pytest.raises(RenderError) as error:
        parse(read_source(folder))
    return str(error.value)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "# A\n\n![Caption](figures/north.svg){#fig-x}",
            "the image figures/north.svg has no fig-alt: say in words what it shows. A caption is not enough.",
        ),
        ('# A\n\n![C](figures/north.svg){#fig-x fig-alt=" "}', "the image figures/north.svg has no fig-alt"),
        (
            '# A\n\n![C](https://example.org/x.svg){fig-alt="x"}',
            "the image https://example.org/x.svg is on the network. Put a copy in the pack's folder.",
        ),
        ('# A\n\n![C](//example.org/x.svg){fig-alt="x"}', "is on the network"),
        ('# A\n\n![C](figures/gone.svg){fig-alt="x"}', "the image figures/gone.svg does not exist."),
        ('# A\n\n![C](figures/../../x.svg){fig-alt="x"}', "lies outside the pack's folder"),
        ("# A\n\n### B", "the heading 'B' of level 3 follows level 1: do not skip levels."),
        ("## A", "the heading 'A' of level 2 comes first: do not skip levels."),
        ("# A {#sec-a}\n\n# B {#sec-a}", "the label 'sec-a' is used twice."),
        (f"# A\n\n{PICTURE}\n\n{PICTURE}", "the label 'fig-x' is used twice."),
        ("# A\n\nSee @fig-gone.", "the reference @fig-gone: no figure has this label."),
        ("# A\n\nSee @tbl-gone.", "the reference @tbl-gone: no table has this label."),
        ("# A\n\nSee @sec-gone.", "the reference @sec-gone: no section has this label."),
        ("# A\n\nsome \\newpage words", "the raw TeX \\newpage: no format shows it."),
        ("# A\n\nSee @smith2020.", "the reference @smith2020: labels start with fig-, tbl- or sec-."),
        (
            "# A\n\n{{< video x.mp4 >}}",
            "the shortcode 'video' is not supported. Packs know include and pagebreak.",
        ),
        ("# A\n\nWords {{< include x.qmd >}} here.", "an include stands on a line of its own."),
        ("# A\n\n[]{.verdict-worse}", "a verdict without words: colour alone says nothing."),
        ("# A\n\n|   |   |\n|---|---|\n| only | cells |", "a table has no header row. Name its columns."),
        ("# A\n\n| a |   |\n|---|---|\n| b | c |", "a table has no name for column 2."),
    ],
)
def test_a_breach_is_named_with_its_file(small, body, said):
    found = complaint(small(body))
    assert said in found
    assert found.startswith("pack.qmd, line ")
    assert "stack traceback" not in found
    assert ".lua" not in found


def test_every_breach_is_reported_at_once_each_with_its_own_line(small):
    folder = small(
        "# A\n\n{{< include one.qmd >}}\n\n### Deep\n",
        one="![C](figures/north.svg){#fig-x}\n\n@fig-gone",
    )
    assert complaint(folder).splitlines() == [
        "one.qmd, line 1: the image figures/north.svg has no fig-alt: "
        "say in words what it shows. A caption is not enough.",
        "pack.qmd, line 15: the heading 'Deep' of level 3 follows level 1: do not skip levels.",
        "one.qmd, line 3: the reference @fig-gone: no figure has this label.",
    ]


def test_a_pack_without_title_is_refused(small):
    assert "the pack has no title" in complaint(small("# A", front="---\nlang: en-GB\n---\n\n"))


def test_what_pandoc_warns_of_is_an_error_with_file_and_line(small):
    found = complaint(small("# A\n\n::: {.callout-note}\nnever closed\n"))
    assert found.startswith("pack.qmd, line 13: ")
    assert "unclosed" in found


def test_broken_metadata_is_a_plain_error(small):
    found = complaint(small("# A", front='---\ntitle: "x\n---\n\n'))
    assert "traceback" not in found.lower()
    assert "pack.qmd" in found


@pytest.mark.parametrize(
    "body",
    [
        "# A\n\n::: {.callout-note}\n##### Deep title\nWords.\n:::\n\n## B",
        f"# A {{#sec-a}}\n\n{PICTURE}\n\nSee @fig-x and @sec-a; `{{{{< video >}}}}` is code.",
        "# A\n\n{{< pagebreak >}}\n\nname\\@example.org",
    ],
)
def test_good_sources_pass(small, body):
    assert parse(read_source(small(body))).blocks
