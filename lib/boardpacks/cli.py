"""The command line: commands, nothing else (floor 7)."""
