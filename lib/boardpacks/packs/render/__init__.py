"""Two render engines, Quarto and the bundled one, from one source."""
