"""The library: the site of all published packs, with working papers, and how to find a fact in it."""
