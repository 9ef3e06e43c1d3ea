"""What JupyterLab shows of an artefact can be read in either theme and says title and note."""

from __future__ import annotations

from boardpacks.facts.artefacts import Column, Figure, Table
from boardpacks.lab.lab_view import figure_card, table_view


def test_a_chart_stands_dark_on_light_with_title_note_and_description():
    figure = Figure(
        kind="figure",
        name="a",
        facts=(),
        title="Fewer <smoke>",
        note="Adults, 2023.",
        alt="A line that falls.",
    )
    card = figure_card(figure, "<svg><text style=\"font-family: 'Inter'\">10</text></svg>")
    assert "background:#fff;color:#212B32" in card
    assert "Fewer &lt;smoke&gt;" in card
    assert "Adults, 2023." in card
    assert "A line that falls." in card
    assert "font-family: Inter, Arial, sans-serif" in card  # never the serif of a browser


def test_a_chart_without_a_note_has_no_empty_line():
    figure = Figure(kind="figure", name="a", facts=(), title="A", note="", alt="A line.")
    assert "<p" not in figure_card(figure, "<svg/>")


def test_a_table_has_its_words_on_their_side_and_numbers_without_marks():
    table = Table(
        kind="table",
        name="a",
        facts=(),
        title="Adults who smoke",
        note="Survey.",
        columns=(Column("Area"), Column("Value", "right"), Column("Verdict", "centre")),
        rows=(("Havering", '[10.9%]{fact="a.b"}', "[Better]{.verdict-better}"),),
    )
    view = table_view(table)
    assert '<td style="text-align:left;white-space:normal">Havering</td>' in view
    assert '<span title="a.b">10.9%</span>' in view
    assert '<td style="text-align:center;white-space:normal">Better</td>' in view
    assert "Adults who smoke" in view
    assert "Survey." in view
    assert "{" not in view
