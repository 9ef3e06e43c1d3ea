"""Writes what is new: the project folder of a system."""
