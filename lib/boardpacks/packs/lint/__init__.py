"""Holds an analyst's own prose against the facts of the chapter."""
