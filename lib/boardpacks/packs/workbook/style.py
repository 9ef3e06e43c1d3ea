"""How a workbook looks, in Excel and in OpenDocument alike."""

from __future__ import annotations

FONT = "Arial"
SIZE = 12
TITLE_SIZE = 16
HEADING_SIZE = 14
SPACE = 1.4
"""Height of a row with a title or a heading, in heights of its letters."""
HEADER_FILL = "#E8EDEE"
"""Light grey behind headers, which are bold and underlined as well."""
LINK_COLOUR = "#005EB8"
WIDE = 72
"""Width in digits of the column on a sheet without a table."""
