"""Kinds of output, one a file: finished pictures become the bytes of files."""
