"""A path such as ("icons", "cart", "color") becomes the place in the file, looked up only when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from iconbuild.errors import Where
from iconbuild.loader.scalars import hidden_color

if TYPE_CHECKING:
    from yaml.nodes import Node

Path: TypeAlias = "tuple[str | int, ...]"


def mark_where(file: str, node: Node) -> Where:
    """Where `node` begins, and how far it goes on that line."""
    start, end = node.start_mark, node.end_mark
    length = end.column - start.column if end is not None and end.line == start.line else 1
    return Where(file, start.line + 1, start.column + 1, max(1, length))


class Places:
    """The places of one manifest's keys and values."""

    def __init__(self, file: str, text: str, root: Node) -> None:
        self.file, self.text, self.root = file, text, root
        self._tables: dict[int, dict[str, tuple[Node, Node]]] = {}

    def value(self, *path: str | int) -> Where:
        """Where the value at `path` stands; its key's place where it is empty, its table's where it is missing."""
        key, node = self._find(path)
        return self.of(key, node)

    def key(self, *path: str | int) -> Where:
        """Where the last key of `path` stands; a list's entry has none, so its value's place."""
        key, node = self._find(path)
        return mark_where(self.file, node if key is None else key)

    def of(self, key: Node | None, node: Node) -> Where:
        """The place of a value whose key is `key`."""
        if node.value != "" or node.start_mark.index != node.end_mark.index:
            return mark_where(self.file, node)
        color = hidden_color(self.text, node.start_mark.index)
        if color:
            start = node.start_mark
            found = self.text.index("#", start.index)
            return Where(self.file, start.line + 1, start.column + 1 + found - start.index, len(color))
        return mark_where(self.file, node if key is None else key)

    def node(self, *path: str | int) -> Node:
        """The node at `path`."""
        return self._find(path)[1]

    def pairs(self, *path: str | int) -> dict[str, tuple[Node, Node]]:
        """The keys and values of the table at `path`, the first of each name."""
        return self._table(self._find(path)[1])

    def _find(self, path: Path) -> tuple[Node | None, Node]:
        key: Node | None = None
        node = self.root
        for part in path:
            if isinstance(part, int):
                if isinstance(node.value, str) or not 0 <= part < len(node.value):
                    break
                key, node = None, node.value[part]
            else:
                pair = self._table(node).get(part)
                if pair is None:
                    break
                key, node = pair
        return key, node

    def _table(self, node: Node) -> dict[str, tuple[Node, Node]]:
        known = self._tables.get(id(node))
        if known is None:
            known = {}
            for pair in node.value if isinstance(node.value, list) else ():
                if isinstance(pair, tuple) and isinstance(pair[0].value, str):
                    known.setdefault(pair[0].value, pair)
            self._tables[id(node)] = known
        return known
