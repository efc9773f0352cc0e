"""Originals ahead of the cache: what cost money is looked for everywhere before it counts as gone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256

from iconbuild.errors import StoreError
from iconbuild.model.artifact import JSON, Artifact, Payload
from iconbuild.model.ports import Store
from iconbuild.model.session import Lock
from iconbuild.model.values import ActionKey, Digest, canonical
from iconbuild.model.work import Action
from iconbuild.store.lockfile import pinned_originals
from iconbuild.store.originals import OriginalsFolder

Elsewhere = Callable[[ActionKey], "tuple[OriginalsFolder, Digest] | None"]
"""Where the ledger says that the bytes of a key were kept, and what they are."""


class Memory:
    """A Store of one project in which paid results come from its originals, the cache, or another project's originals.

    `paid` are the keys that cost money, `lock` says what their bytes are and where saved icons are in a library,
    `elsewhere` finds the originals that the ledger knows of.
    """

    def __init__(
        self,
        originals: OriginalsFolder,
        cache: Store,
        *,
        paid: Collection[ActionKey],
        lock: Lock,
        elsewhere: Elsewhere,
    ) -> None:
        self._originals, self._cache = originals, cache
        self._paid, self._pins, self._elsewhere = paid, pinned_originals(lock), elsewhere
        self._saved = {entry.library["key"]: _told(entry.library) for entry in lock.values() if entry.library}
        self._far_folders: dict[Digest, OriginalsFolder] = {}

    def lookup(self, key: ActionKey) -> Artifact | None:
        """What `key` made, if its bytes are somewhere; the lock's pin comes first."""
        if key not in self._paid:
            saved = self._saved.get(key[:12])
            return _artifact(saved) if saved else self._cache.lookup(key)
        recorded, pinned = self._originals.lookup(key), self._pins.get(key)
        if pinned and (recorded is None or recorded.digest != pinned):
            recorded = self._originals.named(pinned) or recorded
        return recorded or self._cache.lookup(key) or self._far(key)

    def _far(self, key: ActionKey) -> Artifact | None:
        told = self._elsewhere(key)
        if told is None:
            return None
        folder, digest = told
        found = folder.lookup(key) or folder.named(digest)
        if found:
            self._far_folders[found.digest] = folder
        return found or self._originals.named(digest)

    def missing(self, key: ActionKey) -> bool:
        """Whether the lock or a record says that `key` was bought, and its bytes are nowhere."""
        known = key in self._pins or self._originals.mentions(key)
        return known and self.lookup(key) is None

    def secure(self, action: Action) -> Artifact | None:
        """What `action` made, which was bought, and is now among the originals of this project if it is anywhere."""
        found = self.lookup(action.key)
        if found and self._originals.lookup(action.key) is None:
            with contextlib.suppress(StoreError):  # a damaged copy that nobody needs now
                self._originals.keep(action.key, action.recipe_text(), self.read(found))
        return found

    def record(self, action: Action, payload: Payload) -> Artifact:
        """Keep what `action` made, in the cache; what was bought is in the originals already."""
        return self._cache.record(action, payload)

    def read(self, artifact: Artifact) -> Payload:
        """The bytes, digest checked; a damaged original is mended from a good copy, or told and never made again."""
        for saved in self._saved.values():
            if artifact == _artifact(saved):
                return saved
        original = self._originals.named(artifact.digest)
        if original is None:
            far = self._far_folders.get(artifact.digest)
            return far.read(artifact) if far else self._cache.read(artifact)
        try:
            return self._originals.read(original._replace(facts=artifact.facts))
        except StoreError as damage:
            try:
                payload = self._cache.read(artifact)
            except StoreError:
                raise damage from None
            self._originals.mend(artifact.digest, payload)
            return payload


def _told(place: Mapping[str, str]) -> Payload:
    """What the provider said when it saved an icon, as the lock remembers it."""
    told = {name: value for name, value in place.items() if name != "key"}
    return Payload(canonical(told).encode(), JSON)


def _artifact(payload: Payload) -> Artifact:
    return Artifact(Digest(sha256(payload.data).hexdigest()), payload.media, len(payload.data), payload.facts)
