"""Which manifests the schema has accepted before: empty files named by a digest, so that jsonschema need not load."""

from __future__ import annotations

import os

from iconbuild.disk import make_folder, write_atomic


class KnownVerdicts:
    """Digests of reduced manifests (with their schema) that were valid; a lost or damaged entry costs a check."""

    def __init__(self, cache: str) -> None:
        self._folder = os.path.join(cache, "valid")

    def known(self, digest: str) -> bool:
        """Whether `digest` was valid before."""
        return os.path.exists(os.path.join(self._folder, digest))

    def remember(self, digest: str) -> None:
        """Note that `digest` is valid."""
        make_folder(self._folder)
        write_atomic(os.path.join(self._folder, digest), b"")


class ReadOnlyVerdicts(KnownVerdicts):
    """For commands that write nothing, such as `plan` and `validate`."""

    def remember(self, digest: str) -> None:
        """Nothing is kept."""
