"""Output `files`: every finished picture becomes one file for each size, scale and format; one ICO, one SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import cast

from iconbuild.errors import PictureError
from iconbuild.model.artifact import ICO, SVG, Payload
from iconbuild.model.publishing import IconSet, Source, Wanted
from iconbuild.model.values import Json, Params
from iconbuild.outputs import checks, file_paths

FIELDS = ("dir", "formats", "sizes", "scales", "path", "themes", "current-color")
FORMATS = (*checks.SIZED, "ico", "svg")
_PALER = 0.35
_GLANCE = 64
"""Pixels a side at which a drawing is looked at for whether it shows anything."""


class Files:
    """Loose files in a folder, one Wanted each; equal pictures in equal formats share one action."""

    name = "files"
    version = 2
    speaks = False

    def bind(self, value: Json) -> Params:
        """`dir`, `formats`, `sizes` (px, 1..1024), `scales` (1..4), `path` (a pattern below `dir`), `themes` and
        `current-color` (the ink of SVG files follows the text around them).
        """
        given = checks.table(value, kind=self.name, short="dir", fields=FIELDS)
        formats = checks.words(given.get("formats", ("png",)), "formats", FORMATS)
        sizes = checks.wholes(given.get("sizes", (64,)), "sizes", 1, checks.MAX_PIXELS)
        scales = checks.wholes(given.get("scales", (1,)), "scales", 1, 4)
        checks.scaled_sizes(sizes, scales)
        checks.drawable(formats, sizes)
        follows = given.get("current-color", False)
        if not isinstance(follows, bool):
            raise ValueError(f"`current-color` must be true or false, not {checks.shown(follows)}")
        if follows and "svg" not in formats:
            raise ValueError("`current-color` is for SVG: add svg to `formats`")
        return Params(
            {
                "dir": checks.relative_path(given["dir"], "dir"),
                "formats": formats,
                "sizes": sizes,
                "scales": scales,
                "path": file_paths.pattern(given.get("path", file_paths.DEFAULT_PATH), formats),
                "themes": checks.theme_names(given.get("themes")),
                "current-color": follows,
            }
        )

    def wanted(self, params: Params, icons: IconSet) -> Iterator[Wanted]:
        """By theme, icon, size, scale and format, each in the order of the manifest; then ICO and SVG, once an icon and
        theme. An ICO holds all `sizes` up to 256 px, at scale 1.
        """
        themes = checks.select_themes(cast("Sequence[str] | None", params["themes"]), icons)
        formats = cast("Sequence[str]", params["formats"])
        yield from _pictures(params, icons, themes, [kind for kind in formats if kind in checks.SIZED])
        if "ico" in formats:
            yield from _collections(params, icons, themes)
        if "svg" in formats:
            yield from _drawings(params, icons, themes)

    def run(self, params: Params, inputs: Sequence[Source]) -> Payload:
        """One picture, `pixels` wide and high, in `format`; all `sizes` in one; or a drawing, `name` before its ids."""
        from iconbuild.pictures.blank import blank, blank_facts

        if params["format"] == "svg":
            from iconbuild.pictures.svgfile import svg_file

            inks = _inks(inputs[0]) if params["current-color"] else {}
            drawing = svg_file(inputs[0].payload.data, cast("str", params["name"]), inks)
            return Payload(drawing, SVG, blank_facts([blank(inputs[0].at(_GLANCE))]))
        if params["format"] == "ico":
            from iconbuild.pictures.ico import encode_ico

            pictures = [inputs[0].at(size) for size in cast("Sequence[int]", params["sizes"])]
            found = (blank(picture, inputs[0].facts) for picture in pictures)
            return Payload(encode_ico(pictures), ICO, blank_facts([next(filter(None, found), None)]))
        from iconbuild.pictures.encode import MEDIA, encode_picture

        kind, picture = cast("str", params["format"]), inputs[0].at(cast("int", params["pixels"]))
        return Payload(encode_picture(picture, kind), MEDIA[kind], blank_facts([blank(picture, inputs[0].facts)]))


def _pictures(params: Params, icons: IconSet, themes: Sequence[str], formats: Sequence[str]) -> Iterator[Wanted]:
    sizes, scales = cast("Sequence[int]", params["sizes"]), cast("Sequence[int]", params["scales"])
    folder, pattern = cast("str", params["dir"]), cast("str", params["path"])
    recipes = {
        (kind, pixels): Params({"format": kind, "pixels": pixels})
        for kind, pixels in {(kind, size * scale) for kind, size, scale in product(formats, sizes, scales)}
    }
    paths = {
        (theme, size, scale, kind): file_paths.path(folder, pattern, file_paths.values(theme, size, scale, kind))
        for theme, size, scale, kind in product(themes, sizes, scales, formats)
    }
    for theme, icon, size, scale, kind in product(themes, icons.icons, sizes, scales, formats):
        yield Wanted(
            path=paths[theme, size, scale, kind].replace(file_paths.NAME, icon.name),
            params=recipes[kind, size * scale],
            inputs=((icon.name, theme),),
            icon=icon.name,
            pixels=size * scale,
        )


def _collections(params: Params, icons: IconSet, themes: Sequence[str]) -> Iterator[Wanted]:
    """Smallest first, as programs expect them; the order in the manifest changes nothing."""
    sizes = tuple(sorted(size for size in cast("Sequence[int]", params["sizes"]) if size <= checks.MAX_ICO))
    recipe = Params({"format": "ico", "sizes": sizes})
    for theme, icon, path in _unsized(params, icons, themes, "ico"):
        yield Wanted(path, recipe, ((icon, theme),), icon, pixels=sizes[-1])


def _drawings(params: Params, icons: IconSet, themes: Sequence[str]) -> Iterator[Wanted]:
    follows = bool(params["current-color"])
    for theme, icon, path in _unsized(params, icons, themes, "svg"):
        recipe = Params({"format": "svg", "name": icon, "current-color": follows})
        yield Wanted(path, recipe, ((icon, theme),), icon, drawing=True, one_ink=follows)


def _unsized(params: Params, icons: IconSet, themes: Sequence[str], kind: str) -> Iterator[tuple[str, str, str]]:
    """Theme, name and path of every icon, for files without a size."""
    pattern = file_paths.unsized(cast("str", params["path"]))
    for theme in themes:
        path = file_paths.path(cast("str", params["dir"]), pattern, file_paths.values(theme, 0, 1, kind))
        for icon in icons.icons:
            yield theme, icon.name, path.replace(file_paths.NAME, icon.name)


def _inks(drawing: Source) -> dict[str, float]:
    """The colours that follow the text around them, and how opaque: the ink wholly, what goes with it paler.

    A drawing has one colour, or those of the profile that the engine says it drew with, its ink first.
    """
    from iconbuild.pictures.svgfile import paints

    found = paints(drawing.payload.data)
    profile = drawing.facts.get("profile")
    colors = profile.get("colors") if isinstance(profile, Mapping) else None
    known = [str(color) for color in colors] if isinstance(colors, (list, tuple)) else found[:1]
    if not known or not set(found) <= set(known):
        raise PictureError(
            f"`current-color` needs a drawing in one colour; this one has {len(found)}",
            remedy="take `current-color` away, or draw it in one colour",
        )
    return {color: 1.0 if color == known[0] else _PALER for color in found}
