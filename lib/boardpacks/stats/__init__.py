"""Statistics on published figures, pure functions (floor 2)."""
