"""Reference pages made from the code: each module makes one, as Markdown."""
