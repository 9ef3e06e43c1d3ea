"""What a secretary does with a meeting's papers, from the form to the final edition."""
