"""Executes chapters with Papermill: kernels, limits, workers."""

import boardpacks.project.no_addresses  # noqa: F401 - before nbformat is imported anywhere
