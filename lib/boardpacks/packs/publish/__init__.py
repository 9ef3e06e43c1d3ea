"""Publishes packs, whole or not at all, and knows which published ones are out of date."""
