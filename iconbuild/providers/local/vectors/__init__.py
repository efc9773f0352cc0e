"""Vectors: geometry of shapes, their place on the canvas, and the markup they become."""
