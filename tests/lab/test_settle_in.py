"""In a kernel that somebody works in the library is at home; in one of a build nothing of it is seen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from boardpacks.chapter.own_place import VARIABLE as PLACE
from boardpacks.facts.artefacts import MIME
from boardpacks.project.folder import Project

Outputs = list[dict[str, Any]]
Run = Callable[[str], Outputs]
OPENS = "from boardpacks import open_chapter\nchapter = open_chapter('havering')\n"


class Kernel:
    """A kernel of this environment, as JupyterLab starts one."""

    def __init__(self, project: Project, **variables: str):
        variables = {name: value for name, value in os.environ.items() if name != PLACE} | variables
        self.manager, self.client = start_new_kernel(cwd=str(project.notebooks), env=variables)

    def run(self, code: str) -> Outputs:
        """Return what a cell shows: outputs, and errors."""
        shown: Outputs = []

        def take(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] in ("display_data", "execute_result"):
                shown.append(content["data"])
            elif message["msg_type"] == "error":
                shown.append(content)

        self.client.execute_interactive(code, output_hook=take, timeout=120)
        return shown

    def complete(self, code: str) -> list[str]:
        """Return what is offered at the end of a cell."""
        found: list[str] = self.client.complete(code, len(code), reply=True, timeout=60)["content"]["matches"]
        return found

    def end(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def lab(project: Project) -> Iterator[Kernel]:
    """One kernel for all tests, with Havering's chapter open."""
    kernel = Kernel(project)
    kernel.run(OPENS)
    yield kernel
    kernel.end()


def test_the_page_is_given_the_fonts_once_a_cell(lab: Kernel):
    shown = lab.run(OPENS)
    assert ["FontFace" in one["text/html"] for one in shown] == [True]


def test_a_chart_comes_with_its_card_and_the_record_stays_as_it_is(lab: Kernel):
    (shown,) = lab.run(
        "import seaborn as sns\nsmoking = chapter.frame('smoking_prevalence')\n"
        "axes = sns.lineplot(smoking, x='year', y='value', hue='area_name')\n"
        "chapter.show_chart(axes, data=smoking, title='Fewer smoke', alt='A line that falls.', note='Own.')"
    )
    assert "background:#fff" in shown["text/html"]
    assert "Own." in shown["text/html"]
    assert shown[MIME]["title"] == "Fewer smoke"
    assert "'Inter'" in shown["image/svg+xml"]


def test_an_analysts_own_chart_has_a_light_ground_and_the_packs_colours(lab: Kernel):
    lab.run("import matplotlib.pyplot as plt")
    (shown,) = lab.run("figure, axes = plt.subplots(figsize=(1, 1)); axes.plot([1, 2]); plt.show()")
    lab.run(f"png = {shown['image/png']!r}")
    told = lab.run(
        "import base64, io\npicture = plt.imread(io.BytesIO(base64.b64decode(png)))\n"
        "corner = [round(float(one), 2) for one in picture[0, 0]]\n"
        "from boardpacks.charts.theme import STYLES\n"
        "(corner, sns.color_palette().as_hex()[0] == STYLES['place'].colour.lower(), plt.rcParams['font.family'])"
    )
    assert told[0]["text/plain"] == "([1.0, 1.0, 1.0, 1.0], True, ['Inter'])"


def test_prose_of_code_says_its_facts(lab: Kernel):
    (shown,) = lab.run("chapter.heading('Smoking', words='In {place}, {fact smoking_prevalence} smoke.')")
    assert shown["text/markdown"] == "## Smoking\n\nIn Havering, 10.9% smoke."
    assert "{fact smoking_prevalence}" in shown[MIME]["markdown"]


def test_ids_are_completed_by_the_kernel(lab: Kernel):
    assert "smoking_prevalence" in lab.complete('x = 1\nchapter.show("smo')
    assert lab.complete('open_chapter("newh') == ["newham"]
    assert lab.complete('chapter.params.priorities["men') == ["mental-health"]


def test_objects_are_shown_in_a_line_in_mappings_too(lab: Kernel):
    assert lab.run("chapter")[0]["text/plain"] == "Chapter of Havering"
    places = lab.run("chapter.params.places")[0]["text/plain"]
    assert len(places.splitlines()) == len(lab_places(lab))


def lab_places(kernel: Kernel) -> list[str]:
    return str(kernel.run("' '.join(chapter.params.places)")[0]["text/plain"]).split()


def test_an_error_that_can_be_mended_is_its_line_and_its_words(lab: Kernel):
    (shown,) = lab.run("x = 1\nchapter.show('smoking_prevalense')")
    assert len(shown["traceback"]) == 2
    assert "line 2 of this cell:  chapter.show('smoking_prevalense')" in shown["traceback"][0]
    assert "did you mean 'smoking_prevalence'?" in shown["traceback"][1]
    (other,) = lab.run("1 / 0")
    assert "Traceback" in "".join(other["traceback"])


def test_a_build_sees_nothing_of_it(project: Project):
    kernel = Kernel(project, **{PLACE: "havering"})
    try:
        assert kernel.run(OPENS) == []
        (shown,) = kernel.run("chapter.heading('In {place}')")
        assert shown["text/markdown"] == "## In {place}"
        assert kernel.complete('chapter.show("smoking_prev') == []
        assert kernel.run("import sys; 'boardpacks.lab.lab_view' in sys.modules")[0]["text/plain"] == "False"
    finally:
        kernel.end()
