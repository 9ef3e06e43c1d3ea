"""Makes packs from executed chapters: a wing with floors of its own."""

import boardpacks.project.no_addresses  # noqa: F401 - before nbformat is imported anywhere
