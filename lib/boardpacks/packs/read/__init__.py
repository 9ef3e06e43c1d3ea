"""Reads what executed notebooks hand over to a pack."""
