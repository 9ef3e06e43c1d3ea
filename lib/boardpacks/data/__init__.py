"""Published figures: snapshots, and the checks that figures pass."""
