"""Which chapters and packs are due or out of date, and why: calendars, fingerprints, receipts."""

import boardpacks.project.no_addresses  # noqa: F401 - before nbformat is imported anywhere
