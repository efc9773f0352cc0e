"""Icon sets in the Iconify format, written for one test each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from iconbuild.providers.local.packs.iconify import open_pack
from iconbuild.providers.local.packs.pack import Pack

BELL = '<path fill="none" stroke="currentColor" stroke-width="2" d="M4 17h16L18 8a6 6 0 0 0-12 0z"/>'
CART = '<path fill="currentColor" d="M3 3h18v14H3z"/>'
COLORS = (
    '<defs><linearGradient id="a"><stop stop-color="#f00"/><stop offset="1" stop-color="currentColor"/>'
    '</linearGradient><path id="b" d="M2 2h8v8H2z"/></defs><use href="#b" fill="url(#a)"/>'
)
INFO = {
    "name": "Sample Icons",
    "version": "4.5.6",
    "author": {"name": "Ada Example", "url": "https://example.org"},
    "license": {"title": "MIT License", "spdx": "MIT"},
    "palette": False,
}


def icon_set(**changes: Any) -> dict[str, Any]:
    """A set of two icons; `changes` replace its members."""
    icons = {"bell": {"body": BELL}, "cart": {"body": CART}}
    return {"prefix": "sample", "info": INFO, "icons": icons, "width": 24, "height": 24, **changes}


def written(folder: Path, data: Any, name: str = "icons.json") -> Path:
    """The data as a file; bytes as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return path


def opened(folder: Path, **changes: Any) -> Pack:
    return open_pack(str(written(folder, icon_set(**changes))), None)


def one(folder: Path, record: Any, **changes: Any) -> Pack:
    """A pack with a good icon and the one in question."""
    return opened(folder, icons={"odd": record, "cart": {"body": CART}}, **changes)
