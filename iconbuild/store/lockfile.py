"""`icons.lock`: what each icon is, one JSON line an icon, sorted, without timestamps, so that merges are unions.

    {"icon":"alert","key":"<recipe key>","provider":"local","files":["<28 hex>",...],"v":1}
    {"icon":"cart","key":"<recipe key>","provider":"iconly","original":"<64 hex>","library":{...},"files":[...],"v":1}
    {"output":"dist/sprite.webp","files":["<28 hex>"],"v":1}

`files` holds a proof of each file: 12 hex digits of its recipe's key and 16 of the digest of its bytes. In a fresh
clone they show that a file is in place and nothing has to be made, or that it is ours and may be replaced. Lines for
shared outputs follow the icons. `original` is the digest of a picture that was bought, and `library` says where an icon
is in the provider's library, and by which action (12 hex digits of its key); icons without them have no such fields.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring as quoted
from types import MappingProxyType
from typing import Any

from iconbuild.disk import read_file, sweep, write_atomic
from iconbuild.errors import FilesystemError, StoreError
from iconbuild.model.session import Lock, LockEntry, proof
from iconbuild.model.values import ActionKey, Digest
from iconbuild.model.work import Plan

VERSION = 1
_LONGEST = 1 << 28
"""Bytes: a thousand for each of the most icons that a set may have are less than half of it."""
_LIBRARY = ("key", "css_class", "icon_id", "slug", "url")
_DIGEST, _KEY_PART = re.compile(r"[0-9a-f]{64}\Z"), re.compile(r"[0-9a-f]{12}\Z")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def line(entry: LockEntry) -> str:
    """The JSON line of an entry, its name first so that sorted lines are sorted names; without the newline."""
    files = ",".join(map(quoted, entry.files))
    if entry.output:
        return f'{{"output":{quoted(entry.name)},"files":[{files}],"v":{VERSION}}}'
    key, provider = quoted(entry.key), quoted(entry.provider)
    paid = f'"original":{quoted(entry.original)},' if entry.original else ""
    if entry.library:
        fields = ",".join(f'"{name}":{quoted(entry.library[name])}' for name in _LIBRARY)
        paid += f'"library":{{{fields}}},'
    return f'{{"icon":{quoted(entry.name)},"key":{key},"provider":{provider},{paid}"files":[{files}],"v":{VERSION}}}'


def read_lock(path: str) -> tuple[dict[tuple[bool, str], LockEntry], bytes]:
    """The entries and the raw bytes; empty where there is no lock.

    After a union merge an icon may have two lines: the later one counts, the proofs of both are kept, and of what was
    paid or saved for the same picture whatever one of them knows. Raises StoreError for a lock of a newer version and
    for anything that is not a lock.
    """
    try:
        raw = read_file(path, _LONGEST)
    except FileNotFoundError:
        return {}, b""
    except ValueError:
        raise StoreError(f"{path} is not a file, or too long for a lock", remedy="move it away") from None
    except OSError as error:
        raise StoreError(f"cannot read {path}: {error.strerror}") from error
    entries: dict[tuple[bool, str], LockEntry] = {}
    for number, data in _rows(raw.decode("utf-8", "replace").split("\n")):
        entry = _entry(data, path, number)
        slot = (entry.output, entry.name)
        earlier = entries.get(slot)
        entries[slot] = _union(earlier, entry) if earlier else entry
    return entries, raw


def _rows(lines: list[str]) -> Iterator[tuple[int, Any]]:
    """Each line's number and JSON value, None where it is none; one parse for all where every line is sound."""
    filled = [(number, text) for number, text in enumerate(lines, 1) if text.strip()]
    try:
        values = json.loads(f"[{','.join(text for _, text in filled)}]")
    except (ValueError, RecursionError):
        values = []
    if len(values) != len(filled):
        values = [_value(text) for _, text in filled]
    yield from ((number, value) for (number, _), value in zip(filled, values, strict=True))


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _entry(data: Any, path: str, number: int) -> LockEntry:
    try:
        version = data["v"]
        if version > VERSION:
            raise StoreError(
                f"{path}:{number} was written by a newer iconbuild (lock version {version}, this one knows {VERSION})",
                remedy="upgrade iconbuild",
            )
        files = tuple(str(proof) for proof in data["files"])
        if "output" in data:
            return LockEntry(str(data["output"]), output=True, files=files)
        name, key, provider = str(data["icon"]), str(data["key"]), str(data["provider"])
        return LockEntry(name, False, key, provider, files, _original(data), _library(data))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path}:{number} is not a line of a lock",
            remedy="resolve a merge conflict in it, or take it back from version control; it may also be deleted",
        ) from error


def _original(data: Mapping[str, Any]) -> str:
    """The digest of a bought picture, "" where there is none; ValueError or TypeError for anything else."""
    if "original" not in data:
        return ""
    if not _DIGEST.match(data["original"]):
        raise ValueError("no digest")
    return str(data["original"])


def _library(data: Mapping[str, Any]) -> dict[str, str] | None:
    """The place in a library without fields of later versions; ValueError, KeyError or TypeError if it is none."""
    if "library" not in data:
        return None
    place = {name: data["library"][name] for name in _LIBRARY}
    if not all(isinstance(value, str) for value in place.values()) or not _KEY_PART.match(place["key"]):
        raise ValueError("no place in a library")
    return place


def _union(one: LockEntry, other: LockEntry) -> LockEntry:
    return _inheriting(other._replace(files=tuple(sorted({*one.files, *other.files}))), one)


def _inheriting(entry: LockEntry, earlier: LockEntry) -> LockEntry:
    """`entry`, with what an earlier line of the same picture knows of its original and its place in a library."""
    if entry.key != earlier.key:
        return entry
    return entry._replace(original=entry.original or earlier.original, library=entry.library or earlier.library)


def lock_bytes(entries: Iterable[LockEntry]) -> bytes:
    """The whole lock, sorted: icons by name, then shared outputs by path."""
    ordered = sorted(entries, key=lambda entry: (entry.output, entry.name))
    return "".join(f"{line(entry)}\n" for entry in ordered).encode()


def renewed(
    plan: Plan,
    old: Lock,
    digests: Mapping[str, str],
    originals: Mapping[str, str] = _NOTHING,
    library: Mapping[str, Mapping[str, str]] = _NOTHING,
) -> bytes:
    """The lock after a build; `digests` names the bytes of each target's path.

    `originals` are the digests of bought pictures, `library` the fields of places in a library, both by the names of
    icons; where they say nothing of an icon, what the old line says of the same picture stays. A line of which some
    file was not made stays as it was.
    """
    files: dict[tuple[bool, str], list[str | None]] = {(False, icon.name): [] for icon in plan.icons}
    for target in plan.targets:
        slot = (True, target.path) if target.icon is None else (False, target.icon)
        digest = digests.get(target.path)
        files.setdefault(slot, []).append(proof(target.key, digest) if digest else None)
    sources = {icon.name: icon.source for icon in plan.icons}
    entries = []
    for slot, made in files.items():
        proofs = tuple(sorted({each for each in made if each}))
        if None in made:
            kept = old.get(slot)
            entries += [kept] if kept else []
        elif slot[0]:
            entries.append(LockEntry(slot[1], output=True, files=proofs))
        else:
            name, key = slot[1], sources[slot[1]]
            entry = LockEntry(name, False, key, plan.provider, proofs, originals.get(name, ""), library.get(name))
            entries.append(_inheriting(entry, old.get(slot, entry)))
    return lock_bytes(entries)


def removed_from(lock: Lock, plan: Plan) -> frozenset[str]:
    """The proofs in lines whose icon or file is no longer planned."""
    wanted = {(False, icon.name) for icon in plan.icons} | {(True, target.path) for target in plan.targets}
    return frozenset(proof for slot, entry in lock.items() if slot not in wanted for proof in entry.files)


def pinned_originals(lock: Lock) -> dict[ActionKey, Digest]:
    """The digests of bought pictures by the keys of their recipes."""
    return {ActionKey(entry.key): Digest(entry.original) for entry in lock.values() if entry.original}


def check_lock(path: str) -> None:
    """Raise FilesystemError now where a new lock could not be written later."""
    folder = os.path.dirname(path) or "."
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FilesystemError(
            f"{path} has to change, and its folder cannot be written to",
            remedy="check the folder's permissions; nothing was made or spent",
        )


def write_lock(path: str, data: bytes) -> None:
    """Replace the lock durably: it is what a clean clone builds from."""
    sweep(os.path.dirname(path))
    write_atomic(path, data, durable=True)
