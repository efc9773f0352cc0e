"""The elements of an SVG as they are read become one number: how many the renderer meets when it follows references."""

from __future__ import annotations

from iconbuild.errors import PictureError
from iconbuild.pictures.svgwords import FILTERS, GRADIENTS

MAX_DEPTH = 64
MAX_ELEMENTS = 10_000
_FILTER_WEIGHT, _LAYER_WEIGHT = 100, 50
"""What a filter, or a layer of its own, costs the renderer more than a shape does: 10 ms at 512 px."""


class _Node:
    __slots__ = ("children", "name", "refs", "size", "weight")

    def __init__(self, name: str, layered: bool) -> None:
        self.name = name
        self.weight = _FILTER_WEIGHT if name in FILTERS else _LAYER_WEIGHT if layered else 1
        self.children: list[_Node] = []
        self.refs: list[str] = []
        self.size: tuple[int, int] | None = None


class Drawing:
    """A tree built by `open` and `close`; `refer` notes a reference of the element that is open."""

    def __init__(self) -> None:
        self._stack: list[_Node] = []
        self._ids: dict[str, _Node] = {}
        self._styled: list[str] = []
        self._root: _Node | None = None
        self._least = 1
        self._count = 0

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._stack)

    def open(self, name: str, identity: str | None, *, layered: bool) -> None:
        node = _Node(name, layered)
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self._root = node
        self._stack.append(node)
        self._count += 1
        if len(self._stack) > MAX_DEPTH:
            raise PictureError(f"the SVG is nested deeper than {MAX_DEPTH}: <{name}>", remedy="ungroup it")
        if self._count > MAX_ELEMENTS:
            raise PictureError(f"the SVG has more than {MAX_ELEMENTS} elements", remedy="simplify it")
        if identity is not None:
            if identity in self._ids:
                raise PictureError(f"the SVG has the id `{identity[:80]}` twice", remedy="rename one of them")
            self._ids[identity] = node

    def close(self) -> None:
        self._stack.pop()

    def refer(self, target: str) -> None:
        self._stack[-1].refs.append(target)

    def refer_from_style(self, target: str) -> None:
        """Note a reference of a style sheet: it may hit every element, so only gradients may be named."""
        self._styled.append(target)

    def layer_from_style(self) -> None:
        """Note that a style sheet gives layers to elements: it may be any of them."""
        self._least = _LAYER_WEIGHT

    def check(self) -> None:
        """Raise PictureError where references loop, nest too deep or multiply too much."""
        for target in self._styled:
            node = self._ids.get(target)
            if node is not None and node.name not in GRADIENTS:
                raise PictureError(
                    f"the SVG names <{node.name}> by url(#{target[:80]}) in <style>",
                    remedy="write the reference as an attribute of the element it is for",
                )
        if self._root is not None:
            self._measure(self._root, 1)

    def _measure(self, node: _Node, level: int) -> tuple[int, int]:
        """Elements met below `node` and the levels they take; a loop of references ends at the depth limit."""
        if node.size is None:
            count, height = max(node.weight, self._least), 0
            targets = [self._ids[ref] for ref in node.refs if ref in self._ids]
            for child in (*node.children, *targets):
                if level >= MAX_DEPTH:
                    raise _too_deep(node)
                below, levels = self._measure(child, level + 1)
                count, height = count + below, max(height, levels)
            node.size = (count, height + 1)
        count, height = node.size
        if level + height - 1 > MAX_DEPTH:
            raise _too_deep(node)
        if count > MAX_ELEMENTS:
            raise PictureError(
                f"the SVG is as much work as more than {MAX_ELEMENTS} elements, at <{node.name}>",
                remedy="use fewer copies (<use>), filters, masks and groups with opacity",
            )
        return node.size


def _too_deep(node: _Node) -> PictureError:
    return PictureError(
        f"the SVG's references loop or nest deeper than {MAX_DEPTH}, at <{node.name}>",
        remedy="break the loop of <use> or url(#...)",
    )
