"""The parts of an OpenDocument spreadsheet around its cells: styles, properties, settings, manifest."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from boardpacks.packs.workbook.model import Sheet, Workbook
from boardpacks.packs.workbook.style import (
    FONT,
    HEADER_FILL,
    HEADING_SIZE,
    LINK_COLOUR,
    SIZE,
    TITLE_SIZE,
)

MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CM_A_CHARACTER = 0.235
"""Width of a digit in the text's font and size, cm."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    **{name: f"{_OASIS}{name}:1.0" for name in ("office", "style", "table", "text", "meta", "config")},
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "number": f"{_OASIS}datastyle:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "ooo": "http://openoffice.org/2004/office",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TOP = 'style:vertical-align="top"'
_WRAP = f'{_TOP} fo:wrap-option="wrap"'
_RIGHT = '<style:paragraph-properties fo:text-align="end" fo:margin-right="0.2cm"/>'
_BOLD = 'fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"'


def root(name: str, content: str) -> str:
    """Return a whole part of the file: ``office:<name>`` with this content."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    return f'{_XML}<office:{name} {spaces} office:version="1.3">\n{content}\n</office:{name}>\n'


def column_style(width: int) -> str:
    """Return the name of the style of columns so many characters wide."""
    return f"column{width}"


def number_style(decimals: int) -> str:
    """Return the name of the style of numbers with so many decimals."""
    return f"number{decimals}"


def content_styles(widths: Sequence[int], decimals: Sequence[int]) -> str:
    """Return the styles that the cells, rows, columns and sheets refer to."""
    link = f'fo:color="{LINK_COLOUR}" style:text-underline-style="solid" style:text-underline-width="auto"'
    rule = f'fo:background-color="{HEADER_FILL}" fo:border-bottom="1.5pt solid #000000"'
    styles = [
        *(_sheet_style(name, page) for name, page in (("upright", "Portrait"), ("sideways", "Landscape"))),
        '<style:style style:name="row" style:family="table-row">'
        '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>',
        *(
            f'<style:style style:name="{column_style(width)}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width * CM_A_CHARACTER:.2f}cm"/></style:style>'
            for width in widths
        ),
        _cell_style("title", _TOP, f"{_sized(TITLE_SIZE)} {_BOLD}"),
        _cell_style("heading", _WRAP, f"{_sized(HEADING_SIZE)} {_BOLD}"),
        _cell_style("line", _TOP),
        _cell_style("text", _WRAP),
        _cell_style("shorthand", _TOP, right=True),
        _cell_style("link", _TOP, link),
        _cell_style("header", f"{_WRAP} {rule}", _BOLD),
        _cell_style("numberheader", f"{_WRAP} {rule}", _BOLD, right=True),
        *(_number_styles(places) for places in decimals),
    ]
    return "<office:automatic-styles>\n" + "\n".join(styles) + "\n</office:automatic-styles>"


def styles_xml(language: str) -> str:
    """Return the part with the document's language, its font and its pages."""
    tongue, _, country = language.partition("-")
    said = f'fo:language="{escape(tongue)}" fo:country="{escape(country) or "none"}"'
    pages = (("Portrait", "21cm", "29.7cm"), ("Landscape", "29.7cm", "21cm"))
    layouts = "\n".join(
        f'<style:page-layout style:name="{name}Page"><style:page-layout-properties fo:page-width="{width}" '
        f'fo:page-height="{height}" style:print-orientation="{name.lower()}" style:scale-to-X="1" '
        'style:scale-to-Y="0"/></style:page-layout>'
        for name, width, height in pages
    )
    masters = "\n".join(
        f'<style:master-page style:name="{name}" style:page-layout-name="{name}Page"><style:footer><text:p>'
        "<text:sheet-name>Sheet</text:sheet-name>, page <text:page-number>1</text:page-number> of "
        "<text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"
        for name, _, _ in pages
    )
    return root(
        "document-styles",
        f"""<office:font-face-decls>
<style:font-face style:name="{FONT}" svg:font-family="{FONT}" style:font-family-generic="swiss"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="table-cell">
<style:text-properties style:font-name="{FONT}" {_sized(SIZE)} {said}/>
</style:default-style>
<style:style style:name="Default" style:family="table-cell"/>
</office:styles>
<office:automatic-styles>
{layouts}
</office:automatic-styles>
<office:master-styles>
{masters}
</office:master-styles>""",
    )


def meta_xml(workbook: Workbook) -> str:
    """Return the part with the document's properties."""
    day = f"{workbook.date.isoformat()}T00:00:00"
    return root(
        "document-meta",
        f"""<office:meta>
<meta:generator>Boardpacks</meta:generator>
<dc:title>{escape(workbook.title)}</dc:title>
<dc:subject>{escape(workbook.subject)}</dc:subject>
<meta:initial-creator>{escape(workbook.author)}</meta:initial-creator>
<dc:creator>{escape(workbook.author)}</dc:creator>
<meta:creation-date>{day}</meta:creation-date>
<dc:date>{day}</dc:date>
<dc:language>{escape(workbook.language)}</dc:language>
</office:meta>""",
    )


def settings_xml(sheets: Sequence[Sheet]) -> str:
    """Return the part that says what is seen first: the first sheet, its cell A1, and headers that stay in view."""
    views = "\n".join(_view(sheet) for sheet in sheets)
    return root(
        "document-settings",
        f"""<office:settings><config:config-item-set config:name="ooo:view-settings">
<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>
<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>
<config:config-item-map-named config:name="Tables">
{views}
</config:config-item-map-named>
<config:config-item config:name="ActiveTable" config:type="string">{escape(sheets[0].name)}</config:config-item>
</config:config-item-map-entry></config:config-item-map-indexed>
</config:config-item-set></office:settings>""",
    )


def manifest_xml() -> str:
    """Return the list of the file's parts."""
    space = f'xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3"'
    parts = "\n".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta", "settings")
    )
    whole = f'manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME_TYPE}"'
    return (
        f"{_XML}<manifest:manifest {space}>\n<manifest:file-entry {whole}/>\n{parts}\n</manifest:manifest>\n"
    )


def _sheet_style(name: str, page: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table" style:master-page-name="{page}">'
        '<style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>'
    )


def _cell_style(name: str, cell: str, text: str = "", *, right: bool = False) -> str:
    letters = f"{_RIGHT if right else ''}{f'<style:text-properties {text}/>' if text else ''}"
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default">'
        f"<style:table-cell-properties {cell}/>{letters}</style:style>"
    )


def _number_styles(decimals: int) -> str:
    name = number_style(decimals)
    return (
        f'<number:number-style style:name="{name}shown"><number:number number:decimal-places="{decimals}" '
        f'number:min-decimal-places="{decimals}" number:min-integer-digits="1" number:grouping="true"/>'
        f'</number:number-style>\n<style:style style:name="{name}" style:family="table-cell" '
        f'style:parent-style-name="Default" style:data-style-name="{name}shown">'
        f"<style:table-cell-properties {_TOP}/>{_RIGHT}</style:style>"
    )


def _sized(points: int) -> str:
    return " ".join(f'{prefix}="{points}pt"' for prefix in ("fo:font-size", "style:font-size-complex"))


def _view(sheet: Sheet) -> str:
    frozen = sheet.header + 1 if sheet.table else 0
    items: dict[str, tuple[str, int]] = {"CursorPositionX": ("int", 0), "CursorPositionY": ("int", 0)}
    if frozen:
        items |= {
            "HorizontalSplitMode": ("short", 0),
            "VerticalSplitMode": ("short", 2),
            "HorizontalSplitPosition": ("int", 0),
            "VerticalSplitPosition": ("int", frozen),
            "ActiveSplitRange": ("short", 2),
            "PositionLeft": ("int", 0),
            "PositionRight": ("int", 0),
            "PositionTop": ("int", 0),
            "PositionBottom": ("int", frozen),
        }
    lines = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, (kind, value) in items.items()
    )
    return (
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>{lines}"
        "</config:config-item-map-entry>"
    )
