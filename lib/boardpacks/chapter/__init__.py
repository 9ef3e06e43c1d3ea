"""What a notebook imports: measures, words, tables and charts that are handed over to the pack."""
