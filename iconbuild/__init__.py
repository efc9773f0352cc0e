"""iconbuild turns a manifest of icons into files, and tells the cost before it is spent."""

__version__ = "0.1.0"
