"""What a notebook imports: measures, words, tables and artefacts (floor 4)."""
