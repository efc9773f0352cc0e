"""Lets `python -m iconbuild` be the same program as `iconbuild`."""

import sys

from iconbuild.cli import main

if __name__ == "__main__":
    sys.exit(main())
