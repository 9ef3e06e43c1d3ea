"""Checks that stop bad figures: a module for each family, and one list of all of them."""
