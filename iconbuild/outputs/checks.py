"""Values that people wrote under `outputs:` become checked ones, or a ValueError with a sentence for them."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Mapping
from typing import TypeVar

from iconbuild.model import artifact
from iconbuild.model.publishing import IconSet
from iconbuild.model.values import Json
from iconbuild.pictures.avif import NO_AVIF, writes_avif

FORMATS = tuple(artifact.LOSSLESS)
"""Fit for many pictures in one."""
SIZED = tuple(artifact.MEDIA)
"""Formats that hold one picture of one size."""
MAX_ICO = artifact.MAX_ICO
MAX_PIXELS = 1024
"""The longest side of one picture: beyond it an icon is a poster."""

_SHOWN = 40

T = TypeVar("T", int, str)


def table(value: Json, *, kind: str, short: str, fields: Collection[str]) -> dict[str, Json]:
    """The long form of an output's value; a bare string is its `short` field. Refuses unknown and missing keys."""
    if isinstance(value, str):
        return {short: value}
    if not isinstance(value, Mapping):
        raise ValueError(f"`{kind}` must be a path or a table with `{short}`, not {shown(value)}")
    for field in value:
        if field not in fields:
            raise ValueError(f"unknown key `{field}` in output `{kind}`{closest(str(field), fields)}")
    if short not in value:
        raise ValueError(f"`{kind}` needs `{short}`")
    return dict(value)


def relative_path(value: Json, what: str) -> str:
    """A path below the manifest with POSIX slashes, without `./`, doubled and trailing slashes."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"`{what}` must be a path relative to the manifest, not {shown(value)}")
    reason = _unfit(value)
    if reason:
        raise ValueError(f"`{what}` {reason}: {shown(value)}")
    return posixpath.normpath(value)


def _unfit(path: str) -> str:
    if not path.isprintable():
        return "holds a character that cannot be printed"
    if "\\" in path:
        return "must use `/` between folders, not a backslash"
    if path.startswith("/") or path[1:2] == ":":
        return "must be relative to the manifest, not absolute"
    if path.startswith("~"):
        return "must not start with `~`, which nothing expands here"
    if ".." in path.split("/"):
        return "must stay inside the project, without `..`"
    return ""


def file_path(value: Json, what: str, formats: Collection[str]) -> str:
    """A relative path of a file whose extension is one of `formats`."""
    path = relative_path(value, what)
    if posixpath.splitext(path)[1][1:] not in formats:
        endings = " or ".join(f".{name}" for name in formats)
        raise ValueError(f"`{what}` must end in {endings}, not {shown(value)}")
    return path


def extension(path: str) -> str:
    """The part of `path` after its last dot, which `file_path` has checked."""
    return posixpath.splitext(path)[1][1:]


def with_suffix(path: str, suffix: str) -> str:
    """`path` with `suffix` written before its extension: `a/b.png` and `-dark` give `a/b-dark.png`."""
    stem, dot, ending = path.rpartition(".")
    return f"{stem}{suffix}{dot}{ending}"


def whole(value: Json, what: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`; `true` and `24.0` are none."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"`{what}` must be a whole number from {low} to {high}, not {shown(value)}")
    return value


def wholes(value: Json, what: str, low: int, high: int) -> tuple[int, ...]:
    """A list of different whole numbers from `low` to `high`, at least one."""
    return _different(tuple(whole(item, what, low, high) for item in _items(value, what)), what)


def words(value: Json, what: str, known: Collection[str]) -> tuple[str, ...]:
    """A list of different words out of `known`, at least one."""
    found = []
    for item in _items(value, what):
        if not isinstance(item, str) or item not in known:
            choice = ", ".join(f"`{word}`" for word in known)
            raise ValueError(f"`{what}` knows {choice}, not {shown(item)}{closest(item, known)}")
        found.append(item)
    return _different(tuple(found), what)


def theme_names(value: Json) -> tuple[str, ...] | None:
    """A list of different names of themes; None, the default, stands for all of the set."""
    if value is None:
        return None
    found = []
    for item in _items(value, "themes"):
        if not isinstance(item, str) or not item:
            raise ValueError(f"`themes` must hold names of themes, not {shown(item)}")
        found.append(item)
    return _different(tuple(found), "themes")


def select_themes(subset: Collection[str] | None, icons: IconSet) -> tuple[str, ...]:
    """The themes of `icons` that are in `subset` (None: all), in the order of the set; raises ValueError."""
    for name in subset or ():
        if name not in icons.themes:
            declared = [theme for theme in icons.themes if theme]
            hint = closest(name, declared) if declared else ": the set declares no themes"
            raise ValueError(f"`themes` names {shown(name)}, which the set does not have{hint}")
    return tuple(theme for theme in icons.themes if subset is None or theme in subset)


def scaled_sizes(sizes: Collection[int], scales: Collection[int]) -> None:
    """Refuses a size that would have more than MAX_PIXELS pixels at the largest of `scales`."""
    size, scale = max(sizes), max(scales)
    if size * scale > MAX_PIXELS:
        raise ValueError(f"size {size} at scale {scale} makes {size * scale} pixels, more than {MAX_PIXELS}")


def drawable(formats: Collection[str], sizes: Collection[int]) -> None:
    """Refuses AVIF where it cannot be written, and sizes that none of `formats` can hold or that `ico` has none of."""
    if "avif" in formats and not writes_avif():
        raise ValueError(f"`formats` has `avif`, and {NO_AVIF}")
    if "ico" not in formats:
        return
    if min(sizes) > MAX_ICO:
        raise ValueError(f"`ico` holds pictures of at most {MAX_ICO} px: add such a size to `sizes`")
    if max(sizes) > MAX_ICO and not set(formats) & set(SIZED):
        raise ValueError(f"size {max(sizes)} is too large: `ico` holds pictures of at most {MAX_ICO} px")


def closest(word: Json, known: Collection[str]) -> str:
    """`; did you mean ...?` with the name in `known` that is nearest to `word`, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1) if isinstance(word, str) else []
    return f"; did you mean `{near[0]}`?" if near else ""


def shown(value: Json) -> str:
    """A value as error messages quote it: short, on one line and plain ASCII."""
    text = json.dumps(value, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _items(value: Json, what: str) -> tuple[Json, ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise ValueError(f"`{what}` must be a list with at least one entry, not {shown(value)}")
    return tuple(value)


def _different(items: tuple[T, ...], what: str) -> tuple[T, ...]:
    for place, item in enumerate(items):
        if item in items[:place]:
            raise ValueError(f"`{what}` holds {item} twice")
    return items
