"""YAML becomes a checked Manifest with defaults written out: `load.load`; every problem is found at once."""
