"""The warm runner: chapters in forks of a process that has imported everything once."""
