"""What the emitter wrote and where: its own index, the only list that anything is ever removed by.

One marshal file behind a checksum, and beside it a journal of lines `digest path` that is written before the files are,
so that a killed run still knows its own files. Damage means an empty index: files are then told by the lock's proofs.
"""

from __future__ import annotations

import contextlib
import marshal
import os
from binascii import crc32
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from iconbuild.disk import cannot, make_folder, write_atomic
from iconbuild.emitter.tree import Tree
from iconbuild.errors import FilesystemError
from iconbuild.model.session import Found, Stamp, proven_bytes, short
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Target

_FORMAT = 1


class Entry(NamedTuple):
    """One file of ours: the recipe that made it, the digest of its bytes, and its stamp when it was last seen."""

    key: str
    digest: str
    stamp: Stamp


class Index:
    """The entries by path, and digests that an interrupted run may have written."""

    def __init__(self, folder: str, identity: str) -> None:
        self._path = os.path.join(folder, "outputs.index")
        self._journal = os.path.join(folder, "outputs.journal")
        self._identity = identity
        self.entries: dict[str, Entry] = self._load()
        self._begun: dict[str, set[str]] = self._load_journal()

    def owns(self, path: str, digest: str) -> bool:
        """Whether bytes with `digest` at `path` are known to be ours."""
        entry = self.entries.get(path)
        return (entry is not None and entry.digest == digest) or digest in self._begun.get(path, ())

    def key_of(self, path: str) -> ActionKey | None:
        """The recipe that made what stands at `path`; None where that is not known."""
        entry = self.entries.get(path)
        return ActionKey(entry.key) if entry and entry.key else None

    def adopt(self, tree: Tree) -> None:
        """Take what a killed run wrote into the entries, in memory."""
        for path, digests in self._begun.items():
            with contextlib.suppress(FilesystemError):  # something else stands there now, which is none of ours
                self._take(tree, path, digests.__contains__)

    def recognise(self, tree: Tree, folders: Iterable[str], proofs: Collection[str]) -> None:
        """Take files in `folders` that `proofs` of the lock vouch for into the entries, in memory."""
        vouched = frozenset(map(proven_bytes, proofs))
        for path in tree.files(folders):
            if path not in self.entries:
                self._take(tree, path, lambda digest: short(digest) in vouched)

    def _take(self, tree: Tree, path: str, ours: Callable[[str], bool]) -> None:
        """An entry for the file at `path`, if its bytes are `ours`; the recipe that made them is not known."""
        stamp, entry = tree.stamp(path), self.entries.get(path)
        if stamp is None or (entry is not None and entry.stamp == stamp):
            return
        digest = sha256(tree.read(path)).hexdigest()
        if ours(digest):
            self.entries[path] = Entry("", digest, stamp)

    def note(self, targets: Iterable[Target], found: Mapping[str, Found]) -> None:
        """Take the targets that are in place into the entries, in memory."""
        for target in targets:
            seen = found[target.path]
            if seen.state == "placed":
                self.entries[target.path] = Entry(target.key, seen.digest, seen.stamp)

    def begin(self, files: Iterable[tuple[str, str]]) -> None:
        """Note (path, digest) pairs before they are written."""
        make_folder(os.path.dirname(self._journal))
        try:
            with open(self._journal, "a", encoding="utf-8") as file:
                file.writelines(f"{digest} {path}\n" for path, digest in files)
        except OSError as error:
            raise cannot("write", self._journal, error) from error

    def save(self, entries: Mapping[str, Entry]) -> None:
        """Replace the entries; the journal is done with."""
        self.entries = dict(entries)
        body = marshal.dumps((_FORMAT, self._identity, {path: tuple(entry) for path, entry in entries.items()}))
        make_folder(os.path.dirname(self._path))
        write_atomic(self._path, crc32(body).to_bytes(4, "big") + body)
        with contextlib.suppress(OSError):  # what stays in it is true, and read again next time
            os.unlink(self._journal)
        self._begun = {}

    def _load(self) -> dict[str, Entry]:
        try:
            with open(self._path, "rb") as file:
                raw = file.read()
            if crc32(raw[4:]) != int.from_bytes(raw[:4], "big"):
                return {}
            format_, identity, entries = marshal.loads(raw[4:])  # noqa: S302 - our own file, checksum checked
            if (format_, identity) != (_FORMAT, self._identity):
                return {}
            return {path: Entry(*entry) for path, entry in entries.items()}
        except (OSError, ValueError, EOFError, TypeError):
            return {}

    def _load_journal(self) -> dict[str, set[str]]:
        begun: dict[str, set[str]] = {}
        try:
            with open(self._journal, encoding="utf-8", errors="replace") as file:
                for line in file:
                    digest, _, path = line.rstrip("\n").partition(" ")
                    begun.setdefault(path, set()).add(digest)
        except OSError:
            pass
        return begun
