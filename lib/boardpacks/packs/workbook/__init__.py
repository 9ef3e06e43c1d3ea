"""The accessible workbook of a pack: one description, written as Excel and as OpenDocument."""
