"""A node graph with aliases is checked to be a small tree: no cycle, few uses, bounded size when written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.loader.findings import Findings
from iconbuild.loader.nodes import MAX_DEPTH
from iconbuild.loader.places import mark_where

if TYPE_CHECKING:
    from yaml.nodes import Node

MAX_USES = 100
MAX_EXTRA = 10_000
"""How many nodes more than written the aliases may stand for."""


def check_aliases(root: Node, findings: Findings) -> None:
    """Raise ManifestError where aliases make a cycle or too much of a small file."""
    if "&" not in findings.text:
        return
    walk = _Walk(findings)
    size, _ = walk.measure(root)
    if walk.uses > MAX_USES:
        walk.refuse(root, f"{walk.uses} uses of aliases, more than {MAX_USES}")
    if size - len(walk.measured) > MAX_EXTRA:
        walk.refuse(root, f"aliases stand for {size - len(walk.measured):,} more values, more than {MAX_EXTRA:,}")


class _Walk:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.measured: dict[int, tuple[int, int]] = {}
        self.open: set[int] = set()
        self.uses = 0

    def measure(self, node: Node) -> tuple[int, int]:
        """How many nodes `node` stands for, and how deep they go."""
        known = self.measured.get(id(node))
        if known:
            self.uses += 1
            return known
        if id(node) in self.open:
            self.refuse(node, "an alias inside the value that it stands for")
        if len(self.open) >= MAX_DEPTH:
            self.refuse(node, f"nested more than {MAX_DEPTH} levels deep")
        self.open.add(id(node))
        size, depth = 1, 0
        for child in _children(node):
            more, deep = self.measure(child)
            size, depth = size + more, max(depth, deep)
        self.open.discard(id(node))
        if depth >= MAX_DEPTH:
            self.refuse(node, f"nested more than {MAX_DEPTH} levels deep once aliases are written out")
        self.measured[id(node)] = size, depth + 1
        return size, depth + 1

    def refuse(self, node: Node, message: str) -> None:
        self.findings.add("M007", message, mark_where(self.findings.file, node), remedy="write the values out")
        self.findings.fail()


def _children(node: Node) -> list[Node]:
    if isinstance(node.value, str):
        return []
    return [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
