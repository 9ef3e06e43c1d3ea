"""Runs chapters: plan, parameters, execution, workers (floor 5)."""
