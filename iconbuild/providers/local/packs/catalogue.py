"""An Iconify file becomes a catalogue: what it says of itself, and where in it each icon's text stands.

The catalogue is kept beside the search indexes, so that the file, which may have a hundred megabytes, is read as a
whole once: later runs look up one icon and read its few kilobytes from the file itself.
"""

from __future__ import annotations

import json
import os
import re
from binascii import crc32
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from iconbuild.errors import PictureError, ProviderError
from iconbuild.model.values import Json
from iconbuild.providers.local.kept import keep, kept
from iconbuild.providers.local.packs.jsontext import Member, read_text

FORMAT = 2
"""Raised by hand whenever the catalogue's content changes."""

MAX_BYTES = 256 << 20
MAX_ICONS = 50_000
MAX_BODY = 1 << 20

NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LONGEST_NAME = 128
_GROUPS = frozenset({"icons", "aliases"})
_SAID = frozenset({"prefix", "info", "left", "top", "width", "height"})
_SIDES = ("left", "top", "width", "height")

Spot = tuple[int, int, int]
"""Where an icon's text begins in its file, how many bytes it has, and their CRC-32."""


class Catalogue(NamedTuple):
    """One file: its icons and aliases by name.

    `said` are its outermost members besides them: prefix, default box, perhaps `info`. `inked`: how many icons use the
    colour of the text around them. `stamp` is that of the file when it was read.
    """

    path: str
    stamp: tuple[int, ...]
    digest: str
    said: Mapping[str, Json]
    inked: int
    icons: Mapping[str, Spot]
    aliases: Mapping[str, Spot]

    def read(self, name: str) -> Mapping[str, Json]:
        """The record of an icon or alias; raises KeyError for neither, PictureError for a damaged or oversized one."""
        start, length, checksum = self.icons.get(name) or self.aliases[name]
        if length > 2 * MAX_BODY:
            raise PictureError(f"it has more than {MAX_BODY} bytes", remedy="simplify its paths")
        try:
            with open(self.path, "rb") as file:
                file.seek(start)
                data = file.read(length)
        except OSError as error:
            raise ProviderError(f"cannot read {self.path}: {error.strerror}", remedy="install the pack anew") from None
        if crc32(data) != checksum:
            raise ProviderError(f"{self.path} changed while it was read", remedy="run the same command again")
        try:
            record = json.loads(data)
        except RecursionError:
            raise PictureError("its record is nested too deep") from None
        if not isinstance(record, dict):
            raise PictureError("it is no object")
        return record


def open_catalogue(path: str, cache_dir: str | os.PathLike[str] | None) -> Catalogue:
    """The catalogue of a file, from `cache_dir` where it is there, sound and of this very file; else made anew.

    A folder that cannot be written is no error; raises ProviderError for a file that is no icon set.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        raise ProviderError(f"cannot read {path}: {error.strerror}") from None
    if cache_dir is None:
        return _made(path, status)
    place = os.path.join(cache_dir, f"catalogue-{crc32(os.fsencode(path)):08x}-{FORMAT}.json")
    found = _kept(place)
    if found is None or (found.path, found.stamp) != (path, _stamp(status)):
        found = _made(path, status)
        keep(place, found._asdict())
    return found


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    """What changes with a file's bytes even where its size and its time of writing were set back."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _made(path: str, status: os.stat_result) -> Catalogue:
    source = read_text(path, MAX_BYTES)
    said: dict[str, Json] = {}
    places: dict[str, dict[str, Spot]] = {group: {} for group in _GROUPS}
    inked = reached = bytes_before = 0
    plain = source.text.isascii()

    def meet(group: str, member: Member) -> None:
        nonlocal inked, reached, bytes_before
        if not group:
            if member.name in _SAID:
                said[member.name] = member.value
            return
        text = source.text[member.start : member.end]
        inked += "currentColor" in text
        if plain:
            bytes_before = member.start
        else:
            bytes_before += len(source.text[reached : member.start].encode())
            reached = member.start
        data = text.encode()
        if NAME.fullmatch(member.name) and len(member.name) <= _LONGEST_NAME:
            places[group][member.name] = (bytes_before, len(data), crc32(data))
        if len(places[group]) > MAX_ICONS:
            raise source.wrong(f"it has more than {MAX_ICONS} {group}", "use a smaller pack")

    source.walk(_GROUPS, meet)
    digest = sha256(source.text.encode()).hexdigest()
    if not places["icons"]:
        raise source.wrong("it has no icons", "name an Iconify package, or a file with `prefix` and `icons`")
    _check_box(said, path)
    return Catalogue(path, _stamp(status), digest, said, inked, places["icons"], places["aliases"])


def _check_box(said: Mapping[str, Json], path: str) -> None:
    for side in _SIDES:
        value = said.get(side, 0)
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise ProviderError(f"{path}: `{side}` is no number", remedy="install the pack anew")


def _kept(place: str) -> Catalogue | None:
    data = kept(place)
    try:
        return Catalogue(**{**data, "stamp": tuple(data["stamp"])}) if data is not None else None
    except (KeyError, TypeError):  # of another shape
        return None
