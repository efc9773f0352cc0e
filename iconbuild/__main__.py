"""Lets `python -m iconbuild` be the same program as `iconbuild`."""

from iconbuild.cli import entry

if __name__ == "__main__":
    entry()
