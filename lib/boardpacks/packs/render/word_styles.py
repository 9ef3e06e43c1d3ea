"""Makes the file from which a Word copy takes its styles: pandoc's own, and those of wide tables."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from boardpacks.packs.render.pandoc import data_file

_PART = "word/styles.xml"
_LETTERS = 8
"""Points of the words of a wide table; ``word.lua`` reckons with them."""
_WIDE_TABLES = f"""<w:style w:type="paragraph" w:customStyle="1" w:styleId="WideTableCell">
<w:name w:val="Wide Table Cell" /><w:basedOn w:val="Compact" /><w:qFormat />
<w:rPr><w:sz w:val="{2 * _LETTERS}" /><w:szCs w:val="{2 * _LETTERS}" /></w:rPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="WideTable">
<w:name w:val="Wide Table" /><w:basedOn w:val="Table" /><w:qFormat />
<w:tblPr><w:tblCellMar><w:left w:w="40" w:type="dxa" /><w:right w:w="40" w:type="dxa" /></w:tblCellMar></w:tblPr>
</w:style>
"""


@cache
def word_styles() -> bytes:
    """Return the file, the same bytes each time."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data_file("reference.docx"))) as given,
        zipfile.ZipFile(made, "w") as changed,
    ):
        for part in given.infolist():
            content = given.read(part)
            if part.filename == _PART:
                content = content.replace(b"</w:styles>", _WIDE_TABLES.encode() + b"</w:styles>")
            changed.writestr(
                zipfile.ZipInfo(part.filename), content
            )  # pandoc's own entries bear the time of day
    return made.getvalue()
