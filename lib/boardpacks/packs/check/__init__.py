"""Checks packs: what their chapters hand over, and the finished documents."""
