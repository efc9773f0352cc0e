"""Pictures as bytes and pixels: decoding within limits, SVG to pixels, resizing, encoding."""
