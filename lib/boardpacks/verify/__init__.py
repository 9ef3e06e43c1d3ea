"""Verifies a published pack, by its files and by making it again, and how far a project is by the levels of RAP."""
