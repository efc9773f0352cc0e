"""A pack that has nothing but names: enough to be searched."""

from __future__ import annotations

from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.packs.pack import Entry


class NamesOnly(NamedTuple):
    """A pack as emoji sets are: names that say everything, no tags, colours of its own."""

    names: tuple[str, ...]
    prefix: str = "emoji"
    title: str = "Emoji"
    version: str = "1"
    revision: str = "1"
    licence: str = "MIT"
    author: str = "Somebody"
    palette: bool = True
    witnesses: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        return name in self.names

    def entries(self) -> list[Entry]:
        return [Entry(name, (), ("Objects",), brand=False) for name in self.names]

    def artwork(self, name: str) -> Artwork:
        raise KeyError(name)
