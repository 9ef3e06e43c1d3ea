"""Reads each Markdown cell by itself, as JupyterLab does, and writes it so that every later reader means the same."""
