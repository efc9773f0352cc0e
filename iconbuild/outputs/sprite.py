"""Output `sprite`: the whole set becomes one atlas for each theme and scale, with a stylesheet and JSON beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from iconbuild.model.artifact import Payload
from iconbuild.model.publishing import IconSet, Source, Wanted
from iconbuild.model.values import Json, Params
from iconbuild.outputs import checks
from iconbuild.outputs.grid import Grid

FIELDS = ("file", "css", "json", "size", "scales", "columns", "padding", "prefix", "themes")
MAX_SIDE = 16383
"""Pixels a side: what WebP can hold, and about what graphics cards take as one texture."""


class _Atlas(NamedTuple):
    """One picture of the whole set."""

    path: str
    theme: str
    scale: int


class Sprite:
    """Cells on a uniform grid in the order of the manifest; text parts need no picture and are made without one."""

    name = "sprite"
    version = 2
    speaks = False

    def bind(self, value: Json) -> Params:
        """`file`, `css`, `json` (None: not wanted), `size` and `padding` in px at scale 1, `columns` (None: auto)."""
        given = checks.table(value, kind=self.name, short="file", fields=FIELDS)
        size = checks.whole(given.get("size", 64), "size", 1, checks.MAX_PIXELS)
        scales = tuple(sorted(checks.wholes(given.get("scales", (1,)), "scales", 1, 4)))
        checks.scaled_sizes((size,), scales)
        columns = given.get("columns", "auto")
        css, text = given.get("css"), given.get("json")
        return Params(
            {
                "file": checks.file_path(given["file"], "file", checks.FORMATS),
                "css": None if css is None else checks.file_path(css, "css", ("css",)),
                "json": None if text is None else checks.file_path(text, "json", ("json",)),
                "size": size,
                "scales": scales,
                "columns": None if columns == "auto" else checks.whole(columns, "columns", 1, MAX_SIDE),
                "padding": checks.whole(given.get("padding", 2), "padding", 0, 64),
                "prefix": _prefix(given.get("prefix", "icon")),
                "themes": checks.theme_names(given.get("themes")),
            }
        )

    def wanted(self, params: Params, icons: IconSet) -> Iterator[Wanted]:
        """The atlases by theme and scale, each followed by its JSON, then the stylesheet; nothing for an empty set."""
        names = tuple(icon.name for icon in icons.icons)
        if not names:
            return
        grid = _grid(params, len(names))
        themes = checks.select_themes(cast("Sequence[str] | None", params["themes"]), icons)
        scales = cast("Sequence[int]", params["scales"])
        _refuse_huge(grid.scaled(max(scales)))
        file, text, css = cast("str", params["file"]), cast("str | None", params["json"]), params["css"]
        atlases = [_Atlas(_beside(file, theme, scale), theme, scale) for theme in themes for scale in scales]
        for atlas in atlases:
            recipe = {"part": "image", "format": checks.extension(file), "grid": grid.scaled(atlas.scale).data()}
            pictures = tuple((name, atlas.theme) for name in names)
            yield Wanted(atlas.path, Params(recipe), pictures, pixels=grid.scaled(atlas.scale).cell, bundle=file)
            if text is not None:
                path = _beside(text, atlas.theme, atlas.scale)
                yield Wanted(path, _json_params(path, atlas, grid, names), (), bundle=file)
        if isinstance(css, str):
            yield Wanted(css, _css_params(css, atlases, grid, names, params["prefix"]), (), bundle=file)

    def run(self, params: Params, inputs: Sequence[Source]) -> Payload:
        """The bytes of one part: `image` takes all icons in order, `css` and `json` take no picture."""
        from iconbuild.outputs import sprite_text

        match params["part"]:
            case "css":
                return sprite_text.stylesheet(params)
            case "json":
                return sprite_text.coordinates(params)
            case _:
                return _image(params, inputs)


def _image(params: Params, inputs: Sequence[Source]) -> Payload:
    from PIL import Image

    from iconbuild.pictures.blank import blank, blank_facts
    from iconbuild.pictures.encode import MEDIA, encode

    grid, kind = Grid.of(params["grid"]), cast("str", params["format"])
    atlas = Image.new("RGBA", (grid.width, grid.height), (0, 0, 0, 0))
    blanks = []
    for place, source in enumerate(inputs):
        cell = source.at(grid.cell)
        atlas.paste(cell.rgba(), grid.corner(place))
        blanks.append(blank(cell, source.facts))
    return Payload(encode(atlas, kind), MEDIA[kind], blank_facts(blanks))


def _json_params(path: str, atlas: _Atlas, grid: Grid, names: Sequence[str]) -> Params:
    return Params(
        {
            "part": "json",
            "image": _url(path, atlas.path),
            "theme": atlas.theme,
            "scale": atlas.scale,
            "grid": grid.scaled(atlas.scale).data(),
            "names": tuple(names),
        }
    )


def _css_params(path: str, atlases: Sequence[_Atlas], grid: Grid, names: Sequence[str], prefix: Json) -> Params:
    images: Json = tuple({"theme": a.theme, "scale": a.scale, "url": _url(path, a.path)} for a in atlases)
    return Params({"part": "css", "prefix": prefix, "grid": grid.data(), "names": tuple(names), "images": images})


def _grid(params: Params, count: int) -> Grid:
    columns = cast("int | None", params["columns"]) or Grid.near_square(count)
    return Grid(cast("int", params["size"]), cast("int", params["padding"]), min(columns, count), count)


def _refuse_huge(grid: Grid) -> None:
    if max(grid.width, grid.height) > MAX_SIDE:
        raise ValueError(
            f"the sprite would be {grid.width} x {grid.height} pixels, more than {MAX_SIDE} a side:"
            " choose a smaller `size`, fewer `scales` or another number of `columns`"
        )


def _beside(path: str, theme: str, scale: int) -> str:
    return checks.with_suffix(path, (f"-{theme}" if theme else "") + (f"@{scale}x" if scale > 1 else ""))


def _url(page: str, target: str) -> str:
    """How `page` names `target` in a link; both relative to the manifest."""
    from posixpath import dirname, relpath
    from urllib.parse import quote

    return quote(relpath(target, dirname(page) or "."), safe="/@~")


def _prefix(value: Json) -> str:
    allowed = "letters, digits, `-` and `_`, at most 40 of them"
    if not isinstance(value, str) or not 0 < len(value) <= 40 or not value.isascii():
        raise ValueError(f"`prefix` must be {allowed}, not {checks.shown(value)}")
    if not value.replace("-", "").replace("_", "").isalnum():
        raise ValueError(f"`prefix` must be {allowed}, not {checks.shown(value)}")
    return value
