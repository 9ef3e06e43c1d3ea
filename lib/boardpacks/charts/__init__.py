"""One module for each kind of chart, one theme (floor 3)."""
