"""A look at the user's tree: which files are in place, which are ours but old, and which somebody else wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from iconbuild.emitter.index import Index
from iconbuild.emitter.tree import Tree
from iconbuild.model.session import Found, proof, proven_bytes, short
from iconbuild.model.work import Target

MISSING = Found("missing")


def survey(targets: Iterable[Target], tree: Tree, index: Index, proofs: Collection[str]) -> Mapping[str, Found]:
    """What is at each target's path; bytes are read only where the stamp is not the one in the index.

    `proofs` are those of the lock: they vouch for files of which the index knows nothing.
    """
    ours = frozenset(map(proven_bytes, proofs))
    return {target.path: _look(target, tree, index, proofs, ours) for target in targets}


def _look(target: Target, tree: Tree, index: Index, proofs: Collection[str], ours: Collection[str]) -> Found:
    stamp = tree.stamp(target.path)
    if stamp is None:
        return MISSING
    entry = index.entries.get(target.path)
    if entry is not None and entry.stamp == stamp:
        return Found("placed" if entry.key == target.key else "ours", entry.digest, stamp)
    digest = sha256(tree.read(target.path)).hexdigest()
    if proof(target.key, digest) in proofs or (
        entry is not None and entry.digest == digest and entry.key == target.key
    ):
        return Found("placed", digest, stamp)
    if short(digest) in ours or index.owns(target.path, digest):
        return Found("ours", digest, stamp)
    return Found("foreign" if entry is None else "edited", digest, stamp)
