"""A pack's names and tags become an inverted index, kept as one JSON file that is rebuilt whenever it is in doubt."""

from __future__ import annotations

import json
import os
from binascii import crc32
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from iconbuild.disk import make_folder, write_atomic
from iconbuild.errors import FilesystemError
from iconbuild.providers.local.pack import Entry, Pack
from iconbuild.providers.local.words import words

FORMAT = 1
"""Raised by hand whenever the index's content or the folding of words changes."""

NAME, TAG, TAG_PART, CATEGORY = range(4)
FIELDS = 4
"""A posting is `entry * FIELDS + field`."""


class Index(NamedTuple):
    """`names[i]` and its folded words `terms[i]`; `postings[word]` lists where a word occurs; `brands` are marks."""

    names: list[str]
    terms: list[list[str]]
    brands: list[int]
    postings: dict[str, list[int]]


def open_index(pack: Pack, cache_dir: str | os.PathLike[str] | None) -> Index:
    """The pack's index, from `cache_dir` where it is there and sound; a folder that cannot be written is no error."""
    if cache_dir is None:
        return build(pack.entries())
    path = os.path.join(cache_dir, f"index-{pack.prefix}-{pack.version}-{FORMAT}.json")
    found = _read(path)
    if found is None:
        found = build(pack.entries())
        with suppress(FilesystemError):
            _write(path, found)
    return found


def build(entries: Iterable[Entry]) -> Index:
    """The index of some icons; a word counts once per icon, in the best field it occurs in."""
    index = Index([], [], [], {})
    for number, entry in enumerate(entries):
        terms = words(entry.name)
        index.names.append(entry.name)
        index.terms.append(terms)
        if entry.brand:
            index.brands.append(number)
        for word, field in _fields(entry, terms).items():
            index.postings.setdefault(word, []).append(number * FIELDS + field)
    return index


def _fields(entry: Entry, terms: list[str]) -> dict[str, int]:
    found: dict[str, int] = dict.fromkeys(terms, NAME)
    tags = [words(tag) for tag in entry.tags]
    for tag in tags:
        if len(tag) == 1:
            found.setdefault(tag[0], TAG)
    for tag in tags:
        for word in tag:
            found.setdefault(word, TAG_PART)
    for category in entry.categories:
        for word in words(category):
            found.setdefault(word, CATEGORY)
    return found


def _read(path: str) -> Index | None:
    """The file's first eight bytes are the checksum of the rest."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
        if raw[:8] != _checksum(raw[8:]):
            return None
        return Index(**json.loads(raw[8:]))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: str, index: Index) -> None:
    text = json.dumps(index._asdict(), separators=(",", ":")).encode()
    make_folder(os.path.dirname(path))
    write_atomic(path, _checksum(text) + text)


def _checksum(data: bytes) -> bytes:
    return f"{crc32(data):08x}".encode()
