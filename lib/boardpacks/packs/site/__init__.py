"""The library as a site: working papers, a page for each pack, and the index that leads to them."""
