"""What a picture of an icon shows, measured: its ground, its colours, the width and the ends of its strokes."""
