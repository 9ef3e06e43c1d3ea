"""Executes chapters with Papermill: kernels, limits, workers."""
