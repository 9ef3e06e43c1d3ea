"""Shows a place's pack in a browser while it is worked on, and makes anew what a save has changed."""
