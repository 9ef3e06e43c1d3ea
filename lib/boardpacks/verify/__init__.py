"""Verifies a published pack: its files, what it was made from, and that it can be made again."""
