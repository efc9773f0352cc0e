"""`iconbuild schema`: the JSON Schema of the manifest, for editors and other programs."""

from __future__ import annotations

import argparse
import sys

from iconbuild.loader.schema import schema_text


def configure(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """Print the schema; it is JSON in every format."""
    del options
    sys.stdout.write(schema_text())
    return 0
