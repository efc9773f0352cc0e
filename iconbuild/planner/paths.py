"""Paths that outputs ask for become problems where Linux, macOS or Windows could not hold them, or two collide."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from unicodedata import normalize

from iconbuild.errors import Problem, Where
from iconbuild.model.manifest import Manifest

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{digit}" for digit in "123456789"), *(f"lpt{digit}" for digit in "123456789")]
)
_STORES = frozenset([".git", ".hg", ".svn", ".iconbuild"])
_NAME_BYTES, _PATH_LENGTH = 255, 240
_FORBIDDEN = frozenset('<>:"\\|?*') | frozenset(map(chr, range(32)))


def refuse_paths(manifest: Manifest, wanted: Sequence[tuple[Where, str, str | None]]) -> list[Problem]:
    """Every path that is unsafe or wanted twice; paths are compared without case.

    `wanted` holds the place of the output, the path, and the icon it belongs to (None: the whole set).
    """
    problems: list[Problem] = []
    inputs = {_fold(path): path for path in _inputs(manifest)}
    icons = {icon.name: icon.where for icon in manifest.icons}
    seen: dict[str, tuple[Where, str | None]] = {}
    for where, path, icon in wanted:
        why = _unsafe(path)
        folded = _fold(path)
        if why:
            problems.append(Problem("M017", f"the output path `{path}` {why}", where))
        elif folded in inputs:
            problems.append(Problem("M017", f"the output path `{path}` would replace `{inputs[folded]}`", where))
        elif folded in seen:
            problems.append(_twice(path, where, icon, seen[folded], icons))
        else:
            seen[folded] = (where, icon)
    return problems + _files_as_folders({path: where for path, (where, _) in seen.items()})


def _twice(
    path: str, where: Where, icon: str | None, first: tuple[Where, str | None], icons: Mapping[str, Where]
) -> Problem:
    if icon and first[1] and icon != first[1]:
        message = f"the icons `{first[1]}` and `{icon}` want the same path `{path}`"
        remedy = f"`{first[1]}` stands at {icons[first[1]]}; names must differ in more than case, and be in the pattern"
        return Problem("M016", message, icons[icon], remedy=remedy)
    remedy = f"asked for first at {first[0]}; give one of them another folder or `path:` pattern"
    return Problem("M016", f"two outputs want the path `{path}`", where, remedy=remedy)


def _inputs(manifest: Manifest) -> Iterable[str]:
    """What the build reads, relative to the manifest: an output must never replace it."""
    yield posixpath.basename(manifest.file)
    yield posixpath.basename(manifest.lock)
    for icon in manifest.icons:
        for source in icon.files:
            yield posixpath.normpath(source.path)


def _fold(path: str) -> str:
    return path.casefold() if path.isascii() else normalize("NFC", path).casefold()


def _unsafe(path: str) -> str:
    if path.startswith("/") or path[1:2] == ":":
        return "is absolute; outputs go below the manifest's folder (or use --out-dir)"
    if len(path) > _PATH_LENGTH:
        return f"is longer than {_PATH_LENGTH} characters"
    folder, _, name = path.rpartition("/")
    return (_bad_folder(folder) if folder else "") or _bad_name(name)


@cache
def _bad_folder(folder: str) -> str:
    parts = folder.split("/")
    return (
        "leads out of the project" if ".." in parts else next((why for part in parts if (why := _bad_name(part))), "")
    )


def _bad_name(part: str) -> str:
    if not part or part == ".":
        return "has an empty part"
    if part.casefold() in _STORES:
        return f"lies in `{part}`"
    if part[-1] in " .":
        return f"has a part that ends in a dot or space (`{part}`), which Windows cannot hold"
    if part.split(".", maxsplit=1)[0].casefold() in _RESERVED:
        return f"has the part `{part}`, a device name on Windows"
    if not _FORBIDDEN.isdisjoint(part):
        return f"has a character in `{part}` that Windows cannot hold"
    return "has a part longer than 255 bytes" if len(part.encode()) > _NAME_BYTES else ""


def _files_as_folders(seen: dict[str, Where]) -> list[Problem]:
    """A path that is a file for one output and a folder for another."""
    folders = {parent for path in seen for parent in _parents(path)}
    return [
        Problem("M016", f"the output path `{path}` is also a folder of other outputs", where)
        for path, where in seen.items()
        if path in folders
    ]


def _parents(path: str) -> Iterable[str]:
    while "/" in path:
        path = path.rsplit("/", 1)[0]
        yield path
