"""Statistics on published figures: pure functions that know no word of the project."""
