"""Composes the parts of a pack in Markdown: summary, front sheet, chapters, method, numbers."""
