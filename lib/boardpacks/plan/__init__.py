"""Which chapters and packs are due or out of date, and why: calendars, fingerprints, receipts."""
