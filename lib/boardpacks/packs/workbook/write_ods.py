"""Writes a workbook as OpenDocument 1.3."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from boardpacks.packs.workbook.model import (
    Cell,
    CellLink,
    CellNumber,
    Line,
    Sheet,
    SheetColumn,
    SheetHeading,
    SheetTable,
    Workbook,
)
from boardpacks.packs.workbook.ods_parts import (
    MIME_TYPE,
    column_style,
    content_styles,
    manifest_xml,
    meta_xml,
    number_style,
    root,
    settings_xml,
    styles_xml,
)
from boardpacks.packs.workbook.style import WIDE
from boardpacks.packs.workbook.zipped import zip_entry


def write_ods(workbook: Workbook) -> bytes:
    """Return the workbook as an OpenDocument spreadsheet; the same workbook has the same bytes.

    Text is never taken for a formula, a number or a link, whatever it begins with.
    """
    parts = {
        "content.xml": _content(workbook),
        "styles.xml": styles_xml(workbook.language),
        "meta.xml": meta_xml(workbook),
        "settings.xml": settings_xml(workbook.sheets),
        "META-INF/manifest.xml": manifest_xml(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zip_entry("mimetype", stored=True), MIME_TYPE)
        for name, text in parts.items():
            archive.writestr(zip_entry(name), text.encode())
    return out.getvalue()


def _content(workbook: Workbook) -> str:
    tables = [sheet.table for sheet in workbook.sheets if sheet.table]
    widths = {WIDE, *(column.width for table in tables for column in table.columns)}
    numbers = [cell for table in tables for row in table.rows for cell in row if isinstance(cell, CellNumber)]
    styles = content_styles(sorted(widths), sorted({number.decimals for number in numbers}))
    sheets = "\n".join(_sheet(sheet) for sheet in workbook.sheets)
    ranges = "".join(_range(sheet, sheet.table) for sheet in workbook.sheets if sheet.table)
    named = f"<table:database-ranges>{ranges}</table:database-ranges>" if ranges else ""
    body = f"<office:body><office:spreadsheet>\n{sheets}\n{named}</office:spreadsheet></office:body>"
    return root("document-content", f"{styles}\n{body}")


def _sheet(sheet: Sheet) -> str:
    wrapped = sheet.table is None
    rows = [_row(_text(sheet.title, "title")), *(_row(_line(line, wrapped=wrapped)) for line in sheet.lines)]
    if sheet.table is None:
        widths, style = [WIDE], "upright"
    else:
        widths, style = [column.width for column in sheet.table.columns], "sideways"
        header = "".join(
            _text(column.label, "numberheader" if column.numeric else "header")
            for column in sheet.table.columns
        )
        rows.append(f"<table:table-header-rows>{_row(header)}</table:table-header-rows>")
        rows += [_row("".join(map(_cell, row, sheet.table.columns))) for row in sheet.table.rows]
    columns = "".join(f'<table:table-column table:style-name="{column_style(width)}"/>' for width in widths)
    name = quoteattr(sheet.name)
    return "\n".join(
        [f'<table:table table:name={name} table:style-name="{style}">{columns}', *rows, "</table:table>"]
    )


def _row(cells: str) -> str:
    return f'<table:table-row table:style-name="row">{cells}</table:table-row>'


def _line(line: Line, *, wrapped: bool) -> str:
    if isinstance(line, SheetHeading):
        return _text(line.words, "heading")
    if isinstance(line, CellLink):
        return _link(line)
    return _text(line, "text" if wrapped else "line")


def _cell(cell: Cell, column: SheetColumn) -> str:
    if isinstance(cell, str):
        return _text(cell, "shorthand" if column.numeric else "text")
    if isinstance(cell, CellLink):
        return _link(cell)
    return (
        f'<table:table-cell table:style-name="{number_style(cell.decimals)}" office:value-type="float" '
        f'office:value="{cell.value!r}"><text:p>{cell.value:,.{cell.decimals}f}</text:p></table:table-cell>'
    )


def _link(link: CellLink) -> str:
    address = quoteattr(f"#{_quoted(link.sheet)}.A1")
    words = f'<text:a xlink:type="simple" xlink:href={address}>{escape(link.words)}</text:a>'
    return _string(f"<text:p>{words}</text:p>", "link")


def _text(text: str, style: str) -> str:
    return _string("".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n")), style)


def _string(paragraphs: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string">{paragraphs}'
        "</table:table-cell>"
    )


def _range(sheet: Sheet, table: SheetTable) -> str:
    first, last = _address(sheet.header, 0), _address(sheet.header + len(table.rows), len(table.columns) - 1)
    name = _quoted(sheet.name)
    area = quoteattr(f"{name}.{first}:{name}.{last}")
    return (
        f'<table:database-range table:name="{table.name}" table:target-range-address={area} '
        'table:contains-header="true"/>'
    )


def _address(row: int, column: int) -> str:
    return f"{''.join(_letters(column))}{row + 1}"


def _letters(column: int) -> Iterator[str]:
    if column >= 26:
        yield from _letters(column // 26 - 1)
    yield chr(ord("A") + column % 26)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
