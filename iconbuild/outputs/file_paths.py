"""A pattern such as `{theme}/{name}-{size}{@scale}.{format}` becomes the path of each file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from iconbuild.model.values import Json
from iconbuild.outputs import checks

PLACEHOLDERS = ("name", "size", "scale", "@scale", "theme", "format", "pixels")
DEFAULT_PATH = "{theme}/{name}-{size}{@scale}.{format}"
"""`{@scale}` is `@2x` at scale 2 and nothing at scale 1; a folder whose name comes out empty is left out."""

NAME = "\0"
"""Stands for the icon's name in a path that is filled in but for that; no path of a manifest can hold it."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SIZED = re.compile(r"[-_.@]?\{(?:size|scale|@scale|pixels)\}(?:px|x)?")


def pattern(value: Json, formats: Sequence[str]) -> str:
    """A checked pattern; it has to end in what it holds, since programs believe extensions."""
    given = checks.relative_path(value, "path")
    for name in _PLACEHOLDER.findall(given):
        if name not in PLACEHOLDERS:
            raise ValueError(f"`path` has an unknown placeholder {{{name}}}{checks.closest(name, PLACEHOLDERS)}")
    if set("{}") & set(_PLACEHOLDER.sub("", given)):
        raise ValueError(f"`path` has a brace that is not part of a placeholder: {checks.shown(value)}")
    endings = [".{format}"] + [f".{formats[0]}"] * (len(formats) == 1)
    if not given.endswith(tuple(endings)):
        raise ValueError(f"`path` must end in {' or '.join(endings)}, not {checks.shown(value)}")
    return given


def unsized(given: str) -> str:
    """The pattern of files that have no size or all, as SVG and ICO: without sizes, and what stands before them."""
    return _SIZED.sub("", given)


def values(theme: str, size: int, scale: int, kind: str) -> dict[str, str]:
    """What the placeholders stand for; the icon's name is filled in later, once a file."""
    return {
        "theme": theme,
        "name": NAME,
        "size": str(size),
        "scale": str(scale),
        "@scale": f"@{scale}x" if scale > 1 else "",
        "pixels": str(size * scale),
        "format": kind,
    }


def path(folder: str, given: str, filling: Mapping[str, str]) -> str:
    """A path with everything but the icon's name."""
    filled = _PLACEHOLDER.sub(lambda found: filling[found[1]], given)
    return "/".join(part for part in (*folder.split("/"), *filled.split("/")) if part not in ("", "."))
