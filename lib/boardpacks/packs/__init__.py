"""Makes packs: compose, render, check, publish, library (floor 6)."""
