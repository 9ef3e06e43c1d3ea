"""One chain of filters for two engines, in the order in which Quarto runs it: without Quarto, by pandoc alone."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from boardpacks.packs.render import bundled
from boardpacks.packs.render.extension import FILTERS
from boardpacks.packs.render.includes import SourceText, read_source
from boardpacks.packs.render.pandoc import _pandoc, parse
from tests.packs.render.conftest import copy_sample, elements

HERE = Path(__file__).parent
POINTS = (
    *("pre-ast", "post-ast", "pre-quarto", "post-quarto"),
    *("pre-render", "post-render", "pre-finalize", "post-finalize"),
)
"""Where an extension's filters can stand among Quarto's own, in order."""

ODD = """
![An unlabelled figure.](figures/north.svg){fig-alt="A line."}

| A | B |
|---|---|
| x | y |

: Only a caption, with {braces} in it

| A | B |
|---|---|
| x `a` | y[^n] |

: A caption *with* marks and "quotes" [Note, 5%.]{.figure-note} {#tbl-q tbl-colwidths="[33.3,70]"}

[^n]: A note in a table.

See [@tbl-q; @fig-north]. "Quoted" -- words, `{{< pagebreak >}}` too.

```
{{< include x.qmd >}}
```

::: {.content-visible when-format="pdf"}
On paper.
:::

:::: {.beside}
::: {.words}
Words.
:::
![Beside. [n]{.figure-note}](figures/north.svg){#fig-b fig-alt="b"}
::::
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory, extension) -> SourceText:
    folder = copy_sample(tmp_path_factory.mktemp("chain") / "sample", extension)
    with (folder / "sections" / "method.qmd").open("a") as file:
        file.write(ODD)
    return read_source(folder)


@pytest.fixture(scope="module")
def own(source) -> dict[str, str]:
    """What the bundled engine makes of the source."""
    tree = parse(source)
    return {"typst": bundled._as_typst(tree, source), "html": bundled._as_html(tree, source)}


def chain(source: SourceText) -> list[str]:
    """Return the extension's filters in the order in which Quarto runs them, with its own in their midst."""
    listed = YAML(typ="safe", pure=True).load((source.extension / "_extension.yml").read_text())
    filters = listed["contributes"]["formats"]["common"]["filters"]
    before = [each["path"] for each in filters if POINTS.index(each["at"]) < POINTS.index("post-ast")]
    after = [each["path"] for each in filters if POINTS.index(each["at"]) >= POINTS.index("post-render")]
    assert [*before, *after] == [each["path"] for each in filters], "none runs among Quarto's own"
    assert tuple(after[1:]) == FILTERS
    return [
        str(HERE / "as_quarto_reads.lua"),
        *(str(source.extension / name) for name in before),
        str(HERE / "as_quarto_rewrites.lua"),
        *(str(source.extension / name) for name in after),
    ]


def as_quarto_does(source: SourceText, to: str, *args: str) -> str:
    command = [
        str(_pandoc()),
        "--from",
        "markdown+smart-table_attributes",
        "--to",
        to,
        "--standalone",
        "--wrap=none",
    ]
    filters = [arg for name in chain(source) for arg in ("--lua-filter", name)]
    done = subprocess.run(
        [*command, *filters, *args],
        input=source.text,
        capture_output=True,
        text=True,
        cwd=source.folder,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_that_quarto_does_reaches_the_pdf(source, own):
    template = str(source.extension / "template.typ")
    made = as_quarto_does(source, "typst", "--template", template, "--toc", "--toc-depth=2")
    assert made == own["typst"]
    assert "9 December 2026 (example date, to be confirmed)" in made
    assert "2026-12-09" not in made


def test_nothing_that_quarto_does_reaches_the_page(source, own):
    template = str(source.extension / "template.html")
    made = as_quarto_does(
        source,
        "html5",
        *("--template", template, "--toc", "--toc-depth=3", "--section-divs", "--mathml"),
        *("--shift-heading-level-by=1", "--figure-caption-position=above"),
    )
    assert elements(made) == elements(own["html"])


def test_where_quarto_has_no_word_for_it_captions_are_put_above_all_the_same(source, own, tmp_path):
    script = tmp_path / "with_quarto.lua"
    script.write_text(f"quarto = {{}}\nreturn dofile({json.dumps(str(source.extension / 'markup.lua'))})\n")
    args = ["--lua-filter", str(source.extension / "boardpack.lua"), "--lua-filter", str(script)]
    template = ["--template", str(source.extension / "template.html"), "--toc", "--toc-depth=3"]
    command = ["--from", "json", "--to", "html5", "--standalone", "--section-divs", "--wrap=none", "--mathml"]
    done = subprocess.run(
        [str(_pandoc()), *command, "--shift-heading-level-by=1", *template, *args],
        input=parse(source).content.decode(),
        capture_output=True,
        text=True,
        cwd=source.folder,
        check=True,
    )
    assert elements(done.stdout) == elements(own["html"])
