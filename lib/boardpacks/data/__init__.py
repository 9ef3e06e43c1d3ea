"""Published figures: snapshots, areas and checks (floor 2)."""
