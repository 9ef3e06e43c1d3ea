"""Writes the pages that tell a new system's analyst where things are and what to do next."""

from __future__ import annotations

from boardpacks.facts.escape_names import escape_names, names_with_signs
from boardpacks.new.answers import NewSystem
from boardpacks.new.example_figures import PUBLISHER


def readme(system: NewSystem) -> str:
    """Return the page of the project folder."""
    name = escape_names(system.name, names_with_signs([system.name]))
    return f"""# Board packs of {name}

Made with [Boardpacks](https://pypi.org/project/boardpacks/). Run the commands anywhere in this folder:

```
boardpacks params check               # whether all is well
boardpacks build                      # every place's pack and the system's
boardpacks build --place {system.places[0].id}
boardpacks preview {system.places[0].id}
boardpacks new --help                 # places, priorities, outcomes, measures, chapters and meetings
```

Finished packs are in `reports/published/`: open `index.html` there in a browser.

| Folder | What it holds |
| --- | --- |
| `params/` | the system, its places, priorities, indicators, meetings: change them with any editor |
| `data/raw/` | figures as CSV; after a change run `boardpacks data write --replace` |
| `notebooks/` | the chapters of the packs |
| `reports/` | the Quarto project that packs are made with |

## What to do next

1. Put real figures in: see [data/raw](data/raw/README.md).
2. Write your strategy's priorities and outcomes into `params/priorities/`.
3. Put the boards' real dates into `params/meetings/`, and set `example` to `false`.
4. Add hospital trusts, an index of deprivation or what your strategy stresses, if you want them in the packs. What is
   not there is not mentioned.
"""


def raw_readme(system: NewSystem, file: str) -> str:
    """Return the page of the folder of figures."""
    if system.answers.figures is not None:
        return f"""# The figures

`{file}` was taken from the files that this project was made with. `boardpacks data add FILE` puts newer figures in
their place, and `boardpacks data write --replace` writes the snapshot that packs are made from.
"""
    return f"""# The figures

`{file}` is **made up**, so that there is something to look at before there are real figures. Whatever shows a figure of
it names "{PUBLISHER}" as the source. To put real ones in their place:

1. `boardpacks data refresh` asks the Office for National Statistics for the figures of the indicators in
   `params/indicators/starter.yml`, and writes them to `data/raw/refreshed/`.
2. Delete `{file}`, and copy the files of `refreshed/` in its place.
3. In `params/indicators/starter.yml`, put the source, publisher and licence that stand behind each `#` in place of the
   made-up ones.
4. `boardpacks data write --replace` writes the snapshot that packs are made from.
"""
