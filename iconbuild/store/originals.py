"""What cost money becomes files beside the manifest, for git: bytes by their digest, and a record for each recipe.

    .iconbuild/originals/ab/<digest>.webp     the bytes as they were bought
    .iconbuild/originals/cd/<key>.json        one JSON line: digest, media type, size, facts, recipe

Nothing here has a time, a path or an account in it, so that two branches merge as a union. Nothing is ever removed.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256

from iconbuild.disk import cannot, read_file, sweep, sync_folder, write_atomic
from iconbuild.errors import FilesystemError, StoreError
from iconbuild.model.artifact import JPEG, JSON, PNG, SVG, WEBP, Artifact, Payload
from iconbuild.model.values import ActionKey, Digest, canonical
from iconbuild.store.cache import artifact_of

_SUFFIXES = {WEBP: ".webp", PNG: ".png", SVG: ".svg", JPEG: ".jpg", JSON: ".json"}
_LONGEST_RECORD, _MOST_BYTES = 1 << 20, 64 << 20
"""Bytes: what is bought has a few million at most, and a project may come from a stranger."""


class DamagedOriginalError(StoreError):
    """Bought bytes are gone or are not what their digest says; nothing was removed."""

    def __init__(self, digest: Digest, path: str) -> None:
        super().__init__(
            f"the original {path} is gone or damaged",
            remedy="restore it (git checkout, git lfs pull, a backup); it is not bought again unasked",
        )
        self.digest = digest


class OriginalsFolder:
    """The originals of one project."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """See that originals can be kept, before anything is paid for; raises FilesystemError."""
        for each in (os.path.dirname(self.folder), self.folder):
            self._make(each)
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise FilesystemError(
                f"{self.folder} cannot be written, and what is bought is kept there; nothing was spent",
                remedy="check the permissions of the folder",
            )

    def keep(self, key: ActionKey, recipe: str, payload: Payload) -> Artifact:
        """Keep bytes for good: durable, whole or not at all; raises FilesystemError."""
        digest = Digest(sha256(payload.data).hexdigest())
        artifact = Artifact(digest, payload.media, len(payload.data), payload.facts)
        self._write_bytes(artifact, payload.data)
        self._write_record(key, recipe, artifact)
        return artifact

    def adopt(self, key: ActionKey, recipe: str, artifact: Artifact) -> None:
        """A record for bytes that are here already; raises StoreError where they are not whole, FilesystemError."""
        self.read(artifact)
        self._write_record(key, recipe, artifact)

    def mend(self, digest: Digest, payload: Payload) -> None:
        """Put good bytes in the place of damaged ones; raises ValueError for others, FilesystemError."""
        if sha256(payload.data).hexdigest() != digest:
            raise ValueError("these are other bytes")
        self._write_bytes(Artifact(digest, payload.media, len(payload.data)), payload.data)

    def recorded(self, key: ActionKey) -> Artifact | None:
        """What was bought for a recipe, whether or not its bytes are there."""
        try:
            artifact = artifact_of(json.loads(read_file(self._record_path(key), _LONGEST_RECORD)))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return artifact if artifact.media in _SUFFIXES else None

    def mentions(self, key: ActionKey) -> bool:
        """Whether there is a record of this recipe, even one that cannot be read: something was bought."""
        return os.path.lexists(self._record_path(key))

    def lookup(self, key: ActionKey) -> Artifact | None:
        """What was bought for a recipe, if its bytes are there in the right size."""
        artifact = self.recorded(key)
        if artifact is None:
            return None
        try:
            size = os.stat(self._bytes_path(artifact)).st_size
        except OSError:
            return None
        return artifact if size == artifact.size else None

    def named(self, digest: Digest) -> Artifact | None:
        """The bytes of a digest, if a file of that name is here, in whatever size."""
        if len(digest) != 64 or not digest.isalnum():  # it may come from a file, and becomes a path
            return None
        for media in _SUFFIXES:
            try:
                size = os.stat(self._bytes_path(Artifact(digest, media, 0))).st_size
            except OSError:
                continue
            return Artifact(digest, media, size)
        return None

    def read(self, artifact: Artifact) -> Payload:
        """The bytes, digest checked; raises DamagedOriginalError, and removes nothing, where they are damaged."""
        path = self._bytes_path(artifact)
        try:
            data = read_file(path, _MOST_BYTES)
        except (FileNotFoundError, ValueError):
            raise DamagedOriginalError(artifact.digest, path) from None
        except OSError as error:
            raise cannot("read", path, error) from error
        if sha256(data).hexdigest() != artifact.digest:
            raise DamagedOriginalError(artifact.digest, path)
        return Payload(data, artifact.media, artifact.facts)

    def _write_bytes(self, artifact: Artifact, data: bytes) -> None:
        self._write(self._bytes_path(artifact), data)

    def _write_record(self, key: ActionKey, recipe: str, artifact: Artifact) -> None:
        record = {
            "digest": artifact.digest,
            "media": artifact.media,
            "size": artifact.size,
            "facts": artifact.facts,
            "recipe": json.loads(recipe),
        }
        self._write(self._record_path(key), canonical(record).encode() + b"\n")

    def _write(self, path: str, data: bytes) -> None:
        """Whole and durable, its folders' names too; the same bytes are made durable and not written again."""
        inside = os.path.dirname(path)
        for folder in (os.path.dirname(self.folder), self.folder, inside):
            self._make(folder)
        sweep(inside)
        if not _holds(path, data):
            write_atomic(path, data, durable=True)
            return
        try:
            sync_folder(inside)  # whoever wrote it may have been killed before its name was durable
        except OSError as error:
            raise cannot("write", path, error) from error

    def _make(self, folder: str) -> None:
        """A folder of ours, whose name survives a power cut; a symlink would lead out of the project."""
        try:
            try:
                os.mkdir(folder)
            except FileExistsError:
                if os.path.islink(folder) or not os.path.isdir(folder):
                    raise FilesystemError(
                        f"{folder} is not a folder, and what is bought is kept there",
                        remedy="move it away; iconbuild follows no symbolic links there",
                    ) from None
            sync_folder(os.path.dirname(folder) or ".")
        except OSError as error:
            raise cannot("create the folder", folder, error) from error

    def _bytes_path(self, artifact: Artifact) -> str:
        suffix = _SUFFIXES.get(artifact.media)
        if suffix is None:
            raise ValueError(f"nothing of type {artifact.media} is bought")
        return os.path.join(self.folder, artifact.digest[:2], artifact.digest + suffix)

    def _record_path(self, key: ActionKey) -> str:
        return os.path.join(self.folder, key[:2], f"{key}.json")


def _holds(path: str, data: bytes) -> bool:
    """Whether exactly these bytes are there; they are made durable, whoever wrote them."""
    try:
        if read_file(path, len(data)) != data:
            return False
        with open(path, "rb") as file:
            os.fsync(file.fileno())
    except (OSError, ValueError):
        return False
    return True
