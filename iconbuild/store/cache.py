"""The cache: recipes and the bytes they made, content-addressed, disposable, crash-safe.

    <cache>/v1/blobs/ab/cdef...     bytes, named by their SHA-256
    <cache>/v1/actions/ab/cdef...   one JSON line: digest, media type, size, facts, and the recipe that `explain` diffs

A damaged entry is an entry that is not there: digests are checked whenever bytes are read, and what fails the check is
removed, so that it is made again.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from types import NoneType
from typing import Any

from iconbuild.disk import TEMP_PREFIX, cannot, make_folder, write_atomic
from iconbuild.errors import FilesystemError, StoreError
from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.values import ActionKey, Digest, Params, canonical
from iconbuild.model.work import Action

LAYOUT = "v1"
_TRIES = 3
_HEX = frozenset("0123456789abcdef")
_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder was made by iconbuild. Everything in it can be made again; see https://bford.info/cachedir/\n"
)


class DamagedError(StoreError):
    """Bytes are gone or are not what their digest says; the entry has been forgotten."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(
            f"the cached bytes {digest[:12]} are gone or damaged",
            remedy="run the same command again: they are made anew",
        )
        self.digest = digest


class Cache:
    """A folder of action records and blobs, shared by all projects and processes of the user."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._root = os.path.join(folder, LAYOUT)
        self._made: set[str] = set()

    def lookup(self, key: ActionKey) -> Artifact | None:
        """What `key` made, if the record is whole and its bytes have the right size; reads no bytes."""
        record = self._record(key)
        if record is None:
            return None
        try:
            artifact = artifact_of(record)
            size = os.stat(self._blob_path(artifact.digest)).st_size
        except (OSError, KeyError, ValueError):
            return None
        return artifact if size == artifact.size else None

    def recipe(self, key: ActionKey) -> dict[str, object] | None:
        """The recipe behind `key`, as it was when it ran; None where it is not remembered."""
        record = self._record(key)
        known = record.get("recipe") if record else None
        return known if isinstance(known, dict) else None

    def _record(self, key: ActionKey) -> dict[str, Any] | None:
        try:
            with open(self._action_path(key), "rb") as file:
                record = json.loads(file.read())
        except (OSError, ValueError, RecursionError):
            return None
        return record if isinstance(record, dict) else None

    def record(self, action: Action, payload: Payload) -> Artifact:
        """Keep what `action` made: the bytes first, then the record that points to them."""
        digest = Digest(sha256(payload.data).hexdigest())
        artifact = Artifact(digest, payload.media, len(payload.data), payload.facts)
        blob = self._blob_path(digest)
        if not self._has(blob, len(payload.data)):
            self._write(blob, payload.data)
        entry = canonical(
            {
                "digest": digest,
                "media": artifact.media,
                "size": artifact.size,
                "facts": payload.facts,
                "recipe": json.loads(action.recipe_text()),
            }
        )
        self._write(self._action_path(action.key), entry.encode())
        return artifact

    def read(self, artifact: Artifact) -> Payload:
        """The bytes of `artifact`; raises DamagedError, and forgets them, where they are not what was kept."""
        path = self._blob_path(artifact.digest)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except FileNotFoundError:
            raise DamagedError(artifact.digest) from None
        except OSError as error:
            raise cannot("read", path, error) from error
        if sha256(data).hexdigest() != artifact.digest:
            with contextlib.suppress(OSError):
                os.unlink(path)
            raise DamagedError(artifact.digest)
        return Payload(data, artifact.media, artifact.facts)

    def entries(self) -> Iterator[tuple[str, ActionKey]]:
        """Every action record as (path, key)."""
        yield from ((path, ActionKey(name)) for path, name in _walk(os.path.join(self._root, "actions")))

    def blobs(self) -> Iterator[tuple[str, Digest]]:
        """Every blob as (path, digest by name)."""
        yield from ((path, Digest(name)) for path, name in _walk(os.path.join(self._root, "blobs")))

    def _has(self, blob: str, size: int) -> bool:
        """Whether the bytes are there; a blob of another size is the trace of a crash and is written again."""
        try:
            return os.stat(blob).st_size == size
        except OSError:
            return False

    def _write(self, path: str, data: bytes) -> None:
        for _ in range(_TRIES):
            try:
                self._write_once(path, data)
                return
            except FilesystemError:
                if os.path.isdir(os.path.dirname(path)):
                    raise
                self._made.clear()  # somebody removed the cache meanwhile, which is allowed
        self._write_once(path, data)

    def _write_once(self, path: str, data: bytes) -> None:
        folder = os.path.dirname(path)
        if folder not in self._made:
            self.prepare()
            make_folder(folder)
            self._made.add(folder)
        write_atomic(path, data)

    def prepare(self) -> None:
        """Create the folder with its CACHEDIR.TAG, so that backups leave it out."""
        if self.folder in self._made:
            return
        make_folder(self.folder, mode=0o700)
        tag = os.path.join(self.folder, "CACHEDIR.TAG")
        if not os.path.exists(tag):
            write_atomic(tag, _TAG.encode())
        self._made.add(self.folder)

    def _blob_path(self, digest: Digest) -> str:
        return os.path.join(self._root, "blobs", digest[:2], digest[2:])

    def _action_path(self, key: ActionKey) -> str:
        return os.path.join(self._root, "actions", key[:2], key[2:])


def artifact_of(record: Mapping[str, Any]) -> Artifact:
    """The artifact of a record; ValueError or KeyError where it is damaged.

    A digest becomes a path, and what does not match it is removed: it has to be nothing but a digest.
    """
    digest, media, size, facts = record["digest"], record["media"], record["size"], record.get("facts")
    if not isinstance(digest, str) or len(digest) != 64 or not _HEX.issuperset(digest):
        raise ValueError("no digest")
    if not isinstance(media, str) or not isinstance(size, int) or not isinstance(facts, (dict, NoneType)):
        raise ValueError("no record of ours")
    return Artifact(Digest(digest), media, size, Params(facts))


def _walk(folder: str) -> Iterator[tuple[str, str]]:
    for prefix in sorted(names_in(folder)):
        inside = os.path.join(folder, prefix)
        for name in sorted(names_in(inside)):
            yield os.path.join(inside, name), prefix + name


def names_in(folder: str) -> list[str]:
    """What stands in `folder`, without the files that somebody may be writing at this moment."""
    try:
        return [name for name in os.listdir(folder) if not name.startswith(TEMP_PREFIX)]
    except OSError:
        return []
