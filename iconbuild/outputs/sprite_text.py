"""The layout of a sprite becomes text: a stylesheet for pages, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from iconbuild.model.artifact import CSS, JSON, Payload
from iconbuild.model.values import Params
from iconbuild.outputs.grid import Grid

DARK = "dark"
"""The theme that follows the reader's own preference where the page names no theme."""


class _Image(NamedTuple):
    theme: str
    scale: int
    url: str


def coordinates(params: Params) -> Payload:
    """Where each icon is in one atlas, in that atlas's own pixels."""
    grid = Grid.of(params["grid"])
    icons = {}
    for place, name in enumerate(cast("Sequence[str]", params["names"])):
        x, y = grid.corner(place)
        icons[name] = {"x": x, "y": y, "width": grid.cell, "height": grid.cell}
    page: dict[str, object] = {"version": 1, "image": params["image"]}
    if params["theme"]:
        page["theme"] = params["theme"]
    page |= {"scale": params["scale"], "width": grid.width, "height": grid.height, "size": grid.cell, "icons": icons}
    return Payload((json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode(), JSON)


def stylesheet(params: Params) -> Payload:
    """One class for the sprite and one for each icon; themes by `data-theme`, scales by the screen's density."""
    prefix, grid = cast("str", params["prefix"]), Grid.of(params["grid"])
    images = [
        _Image(cast("str", item["theme"]), cast("int", item["scale"]), cast("str", item["url"]))
        for item in cast("Sequence[Mapping[str, object]]", params["images"])
    ]
    lines = [f'/* Use: <span class={json.dumps(f"{prefix} {prefix}-NAME")} role="img" aria-label="..."></span> */']
    lines += _sprite_rules(f".{escape(prefix)}", grid, images)
    for place, name in enumerate(cast("Sequence[str]", params["names"])):
        x, y = grid.corner(place)
        lines.append(f".{escape(f'{prefix}-{name}')} {{ background-position: {_px(-x)} {_px(-y)}; }}")
    return Payload(("\n".join(lines) + "\n").encode(), CSS)


def _sprite_rules(selector: str, grid: Grid, images: Sequence[_Image]) -> Iterator[str]:
    yield f"{selector} {{"
    yield f"  display: inline-block; width: {grid.cell}px; height: {grid.cell}px;"
    yield f"  background-repeat: no-repeat; background-size: {grid.width}px {grid.height}px;"
    yield "}"
    first = min(image.scale for image in images)
    for scale in sorted({image.scale for image in images}):
        # Half a step below: a screen at 1.5 gets the pictures for 2, which shrink well; the others would be blurred.
        density = f"(min-resolution: {scale - 0.5}dppx)" if scale > first else ""
        yield from _image_rules(selector, {image.theme: image.url for image in images if image.scale == scale}, density)


def _image_rules(selector: str, urls: Mapping[str, str], density: str) -> Iterator[str]:
    """The rules of one scale. Weak selectors come first, so that `data-theme` always has the last word."""
    default = next((theme for theme in urls if theme != DARK), DARK)
    yield from _rule(selector, urls[default], density)
    if DARK in urls and default != DARK:
        media = " and ".join(filter(None, ("(prefers-color-scheme: dark)", density)))
        yield from _rule(f":where(:root:not([data-theme])) {selector}", urls[DARK], media)
    for theme, url in urls.items():
        if theme:
            yield from _rule(f"[data-theme={_string(theme)}] {selector}", url, density)


def _rule(selector: str, url: str, media: str) -> Iterator[str]:
    rule = f"{selector} {{ background-image: url({_string(url)}); }}"
    yield f"@media {media} {{ {rule} }}" if media else rule


def escape(name: str) -> str:
    """`name` as a CSS identifier; the rules of `CSS.escape` (CSSOM, 2.1 Common Serializing Idioms)."""
    return "".join(_escaped(character, place, name) for place, character in enumerate(name))


def _escaped(character: str, place: int, name: str) -> str:
    if character == "\0":
        return "\N{REPLACEMENT CHARACTER}"
    leading = place == 0 or (place == 1 and name[0] == "-")
    if character < " " or character == "\x7f" or (leading and character in "0123456789"):
        return f"\\{ord(character):x} "
    if name == "-" or not (character >= "\x80" or character in "-_" or character.isalnum()):
        return f"\\{character}"
    return character


def _string(text: str) -> str:
    """`text` as a CSS string; the rules of CSSOM's "serialize a string"."""
    inner = "".join(f"\\{ord(c):x} " if c < " " or c == "\x7f" else f"\\{c}" if c in '"\\' else c for c in text)
    return f'"{inner}"'


def _px(value: int) -> str:
    return f"{value}px" if value else "0"
