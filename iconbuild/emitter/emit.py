"""Artifacts become the user's files: only where bytes change, never over foreign bytes, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from iconbuild.emitter.index import Entry, Index
from iconbuild.emitter.survey import MISSING
from iconbuild.emitter.tree import Tree
from iconbuild.errors import FilesystemError
from iconbuild.model.artifact import Artifact
from iconbuild.model.outcome import Emitted
from iconbuild.model.session import Found
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Target

Made = Mapping[ActionKey, Artifact]
Read = Callable[[Artifact], bytes]


def preflight(targets: Iterable[Target], tree: Tree) -> None:
    """Raise FilesystemError now, before anything is spent, where an output folder cannot take files."""
    for folder in sorted({os.path.dirname(target.path) for target in targets}):
        tree.check_writable(folder)


def differing(targets: Sequence[Target], found: Mapping[str, Found], made: Made) -> list[str]:
    """The paths whose bytes on disk are not what their action makes; for `--check`."""
    return [
        target.path
        for target in targets
        if found[target.path].state != "placed" and not _same(found[target.path], made.get(target.key))
    ]


def _same(found: Found, artifact: Artifact | None) -> bool:
    return artifact is not None and found.digest == artifact.digest


class Emitter:
    """Writes below one tree and remembers in one index; the only writer into the user's files."""

    def __init__(self, tree: Tree, index: Index) -> None:
        self._tree, self._index = tree, index

    def orphans(self, targets: Iterable[Target]) -> list[str]:
        """Files of the index that are still there and that the manifest no longer asks for."""
        wanted = {target.path for target in targets}
        gone = [path for path in self._index.entries if path not in wanted]
        return sorted(path for path in gone if self._there(path))

    def _there(self, path: str) -> bool:
        try:
            return self._tree.stamp(path) is not None
        except FilesystemError:  # a folder or a link stands there now, which is none of ours
            return False

    def materialize(
        self, targets: Sequence[Target], found: Mapping[str, Found], made: Made, read: Read, *, force: bool
    ) -> Emitted:
        """Bring the tree to what `targets` ask for; `made` holds artifacts for all that are not in place.

        Targets without an artifact are reported as missing. The index is saved also when writing fails half-way.
        """
        entries = dict(self._index.entries)
        writes: list[tuple[Target, Artifact]] = []
        kept, missing, written = [], [], []
        for target in targets:
            seen, artifact = found.get(target.path, MISSING), made.get(target.key)
            if seen.state == "placed" or _same(seen, artifact):
                entries[target.path] = Entry(target.key, seen.digest, seen.stamp)
            elif seen.state == "edited" and not force:
                kept.append(target.path)
            elif artifact is None:
                missing.append(target.path)
            elif seen.state == "foreign" and not force:
                kept.append(target.path)
            else:
                writes.append((target, artifact))
        try:
            self._begin(writes)
            for target, artifact in writes:
                data = read(artifact)
                now = self._tree.stamp(target.path)
                if now is not None and not force and now != found.get(target.path, MISSING).stamp:
                    # Somebody wrote it since the survey: another build of ours the same bytes, or people theirs.
                    if sha256(self._tree.read(target.path)).hexdigest() == artifact.digest:
                        entries[target.path] = Entry(target.key, artifact.digest, now)
                    else:
                        kept.append(target.path)
                    continue
                stamp = self._tree.write(target.path, data)
                entries[target.path] = Entry(target.key, artifact.digest, stamp)
                written.append(target.path)
        finally:
            if entries != self._index.entries or writes:
                self._index.save(entries)
        unchanged = len(targets) - len(written) - len(kept) - len(missing)
        return Emitted(tuple(written), unchanged, tuple(kept), tuple(missing))

    def _begin(self, writes: Sequence[tuple[Target, Artifact]]) -> None:
        """Note what will be written, and clear what dead runs left in the same folders."""
        if writes:
            self._index.begin((target.path, artifact.digest) for target, artifact in writes)
        for folder in sorted({os.path.dirname(target.path) for target, _ in writes}):
            self._tree.sweep(folder)

    def remove(self, paths: Iterable[str]) -> list[str]:
        """Remove files of the index whose bytes are still the ones that were written; returns those removed."""
        entries = dict(self._index.entries)
        removed = [path for path in paths if _remove_ours(path, self._tree, self._index, entries)]
        if entries != self._index.entries:
            self._index.save(entries)
        return removed


def _remove_ours(path: str, tree: Tree, index: Index, entries: dict[str, Entry]) -> bool:
    stamp = tree.stamp(path)
    if stamp is None:
        entries.pop(path, None)
        return False
    if index.entries[path].stamp != stamp and not index.owns(path, sha256(tree.read(path)).hexdigest()):
        return False
    tree.remove(path)
    del entries[path]
    return True
