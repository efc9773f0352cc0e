"""A look at the user's tree: which files are in place, which are ours but old, and which somebody else wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from iconbuild.emitter.index import Index
from iconbuild.emitter.tree import Tree
from iconbuild.model.session import Found
from iconbuild.model.work import Target

MISSING = Found("missing")


def survey(targets: Iterable[Target], tree: Tree, index: Index, proven: Callable[[str], bool]) -> Mapping[str, Found]:
    """What is at each target's path; bytes are read only where the stamp is not the one in the index.

    `proven` says of a digest whether the lock vouches that it is ours.
    """
    return {target.path: _look(target, tree, index, proven) for target in targets}


def _look(target: Target, tree: Tree, index: Index, proven: Callable[[str], bool]) -> Found:
    stamp = tree.stamp(target.path)
    if stamp is None:
        return MISSING
    entry = index.entries.get(target.path)
    if entry is not None and entry.stamp == stamp:
        return Found("placed" if entry.key == target.key else "ours", entry.digest, stamp)
    digest = sha256(tree.read(target.path)).hexdigest()
    if entry is not None and entry.digest == digest and entry.key == target.key:
        return Found("placed", digest, stamp)
    ours = index.owns(target.path, digest) or proven(digest)
    return Found("ours" if ours else "foreign", digest, stamp)
