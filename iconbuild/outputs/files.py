"""Output `files`: every finished picture becomes one file for each size, scale and format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import cast

from iconbuild.model.artifact import Payload
from iconbuild.model.ports import IconSet, Wanted
from iconbuild.model.values import Json, Params
from iconbuild.outputs import checks

FIELDS = ("dir", "formats", "sizes", "scales", "path", "themes")
PLACEHOLDERS = ("name", "size", "scale", "@scale", "theme", "format", "pixels")
DEFAULT_PATH = "{theme}/{name}-{size}{@scale}.{format}"
"""`{@scale}` is `@2x` at scale 2 and nothing at scale 1; a folder whose name comes out empty is left out."""

_NAME = "\0"
"""Stands for the icon's name in a path that is filled in but for that; no path of a manifest can hold it."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Files:
    """Loose files in a folder, one Wanted each; equal pictures in equal formats share one action."""

    name = "files"
    version = 1
    speaks = False

    def bind(self, value: Json) -> Params:
        """`dir`, `formats`, `sizes` (px, 1..1024), `scales` (1..4), `path` (a pattern below `dir`) and `themes`."""
        given = checks.table(value, kind=self.name, short="dir", fields=FIELDS)
        formats = checks.words(given.get("formats", ("png",)), "formats", checks.FORMATS)
        sizes = checks.wholes(given.get("sizes", (64,)), "sizes", 1, checks.MAX_PIXELS)
        scales = checks.wholes(given.get("scales", (1,)), "scales", 1, 4)
        checks.scaled_sizes(sizes, scales)
        return Params(
            {
                "dir": checks.relative_path(given["dir"], "dir"),
                "formats": formats,
                "sizes": sizes,
                "scales": scales,
                "path": _pattern(given.get("path", DEFAULT_PATH), formats),
                "themes": checks.theme_names(given.get("themes")),
            }
        )

    def wanted(self, params: Params, icons: IconSet) -> Iterator[Wanted]:
        """By theme, icon, size, scale and format, each in the order of the manifest."""
        themes = checks.select_themes(cast("Sequence[str] | None", params["themes"]), icons)
        sizes, scales = cast("Sequence[int]", params["sizes"]), cast("Sequence[int]", params["scales"])
        formats = cast("Sequence[str]", params["formats"])
        recipes = {
            (kind, pixels): Params({"format": kind, "pixels": pixels})
            for kind, pixels in {(kind, size * scale) for kind, size, scale in product(formats, sizes, scales)}
        }
        paths = {
            (theme, size, scale, kind): _path(cast("str", params["dir"]), cast("str", params["path"]), values)
            for theme, size, scale, kind in product(themes, sizes, scales, formats)
            for values in [_values(theme, size, scale, kind)]
        }
        for theme, icon, size, scale, kind in product(themes, icons.icons, sizes, scales, formats):
            yield Wanted(
                path=paths[theme, size, scale, kind].replace(_NAME, icon.name),
                params=recipes[kind, size * scale],
                inputs=((icon.name, theme),),
                icon=icon.name,
                pixels=size * scale,
            )

    def run(self, params: Params, inputs: Sequence[Payload]) -> Payload:
        """One picture, `pixels` wide and high, in `format`."""
        from iconbuild.pictures.decode import open_picture
        from iconbuild.pictures.encode import MEDIA, encode

        kind, pixels = cast("str", params["format"]), cast("int", params["pixels"])
        return Payload(encode(open_picture(inputs[0], pixels), kind), MEDIA[kind])


def _pattern(value: Json, formats: Sequence[str]) -> str:
    """A checked pattern; it has to end in what it holds, since programs believe extensions."""
    pattern = checks.relative_path(value, "path")
    for name in _PLACEHOLDER.findall(pattern):
        if name not in PLACEHOLDERS:
            raise ValueError(f"`path` has an unknown placeholder {{{name}}}{checks.closest(name, PLACEHOLDERS)}")
    if set("{}") & set(_PLACEHOLDER.sub("", pattern)):
        raise ValueError(f"`path` has a brace that is not part of a placeholder: {checks.shown(value)}")
    endings = [".{format}"] + [f".{formats[0]}"] * (len(formats) == 1)
    if not pattern.endswith(tuple(endings)):
        raise ValueError(f"`path` must end in {' or '.join(endings)}, not {checks.shown(value)}")
    return pattern


def _values(theme: str, size: int, scale: int, kind: str) -> dict[str, str]:
    """What the placeholders stand for; the icon's name is filled in later, once a file."""
    return {
        "theme": theme,
        "name": _NAME,
        "size": str(size),
        "scale": str(scale),
        "@scale": f"@{scale}x" if scale > 1 else "",
        "pixels": str(size * scale),
        "format": kind,
    }


def _path(folder: str, pattern: str, values: Mapping[str, str]) -> str:
    filled = _PLACEHOLDER.sub(lambda found: values[found[1]], pattern)
    return "/".join(part for part in (*folder.split("/"), *filled.split("/")) if part not in ("", "."))
