"""Artwork: where it is installed, what it is called, and the layers of each icon."""
