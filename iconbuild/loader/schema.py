"""The manifest's JSON Schema as text: from the installed package first, from the repository's `schemas/` second."""

from __future__ import annotations

import os
from functools import cache

from iconbuild.errors import FilesystemError

_FILE = "manifest.schema.json"


@cache
def schema_text() -> str:
    """The JSON text; raises FilesystemError where the installation is incomplete."""
    package = os.path.dirname(os.path.dirname(__file__))
    for folder in (package, os.path.dirname(package)):
        try:
            with open(os.path.join(folder, "schemas", _FILE), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            continue
    raise FilesystemError(f"the installation lacks {_FILE}", remedy="install iconbuild again")
