"""Boardpacks turns published figures into finished board packs."""

__version__ = "0.1.0"
