"""Makes the merged meeting pack: cover, agenda, and every paper after a sheet of its own, in one PDF."""
