"""An installed icon package becomes names, tags and artwork; nothing of it is imported or copied."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from iconbuild.errors import ProviderError
from iconbuild.providers.local.packs.pack import Entry

if TYPE_CHECKING:
    from iconbuild.providers.local.packs.artwork import Artwork


class PhosphorPack:
    """Phosphor Icons (https://phosphoricons.com, MIT) as the PyPI package `py-phosphor-icons` installs them."""

    prefix, title, licence, author = "ph", "Phosphor Icons", "MIT", "Phosphor Icons"
    palette = False

    @cached_property
    def root(self) -> str:
        """The package's folder; found without importing the package, which would cost start-up time."""
        spec = find_spec("py_phosphor_icons")
        if spec is None or not spec.submodule_search_locations:
            raise ProviderError(
                "the icon package of the local engine is not installed",
                remedy="run `pip install py-phosphor-icons`",
            )
        return spec.submodule_search_locations[0]

    @property
    def version_file(self) -> str:
        """The file that holds the artwork's version."""
        return os.path.join(self.root, "phosphor_version.txt")

    @cached_property
    def version(self) -> str:
        """The artwork's version, such as `2.1.0`."""
        return (_text(self.version_file) or "").strip().lstrip("v")

    @property
    def revision(self) -> str:
        """The artwork's version: a published package does not change under its version."""
        return self.version

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The file that holds the version."""
        return (self.version_file,)

    def entries(self) -> Sequence[Entry]:
        """Every icon in the order of the package's metadata."""
        data = json.loads(_text(self.root, "search", "metadata.json") or "[]")
        return [
            Entry(
                item["name"],
                (*item["tags"], *([item["alias"].replace("-", " ")] if item["alias"] else ())),
                tuple(item["categories"]),
                item["name"].endswith("-logo"),
            )
            for item in data
        ]

    def has(self, name: str) -> bool:
        """Whether there is an icon of that name, without reading it."""
        return "/" not in name and os.path.exists(os.path.join(self.root, "svgs", "flat", "fill", f"{name}-fill.svg"))

    def artwork(self, name: str) -> Artwork:
        """Live strokes and tints, and the solid variant."""
        return _artwork(os.path.join(self.root, "svgs"), name)


@lru_cache(maxsize=256)
def _artwork(folder: str, name: str) -> Artwork:
    from iconbuild.providers.local.packs.artwork import Artwork, parse_fills, parse_strokes

    regular = _text(folder, "stroke", "regular", f"{name}.svg")
    solid = _text(folder, "flat", "fill", f"{name}-fill.svg")
    if regular is None or solid is None:
        raise KeyError(name)
    fills = parse_fills(solid)
    duotone = _text(folder, "stroke", "duotone", f"{name}-duotone.svg")
    if duotone is not None:
        layers = parse_strokes(duotone)
        return Artwork(layers.strokes, layers.dots, layers.tints, fills)
    # `book-user` has no live duotone file: its tint is taken from the outlined one.
    layers = parse_strokes(regular)
    outlined = _text(folder, "flat", "duotone", f"{name}-duotone.svg") or ""
    return Artwork(layers.strokes, layers.dots, parse_fills(outlined, tinted=True), fills)


def _text(*parts: str) -> str | None:
    try:
        with open(os.path.join(*parts), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None
