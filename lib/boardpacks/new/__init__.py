"""Writes what is new: the project folder of a system, and what is added to a project, checked first."""
