"""The elements of an SVG as they are read become one number: how many the renderer meets when it follows references."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from iconbuild.errors import PictureError
from iconbuild.pictures.svgwords import FILTERS, GRADIENTS

MAX_DEPTH = 64
MAX_ELEMENTS = 10_000
_FILTER_WEIGHT, _LAYER_WEIGHT = 100, 50
"""What a filter's step over the whole picture, or a layer of its own, costs more than a shape does: 10 ms at 512 px."""

Share = tuple[float, float]
"""A filter's area and that of the square around it, to the picture's, before transforms."""


class _Node:
    __slots__ = ("children", "name", "reach", "refs", "share", "size", "stretch", "weight")

    def __init__(self, name: str, share: Share | None, stretch: float, layered: bool) -> None:
        self.name, self.share, self.stretch = name, share, stretch
        self.reach = 1.0
        self.weight = _LAYER_WEIGHT if layered else 1
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
        self._covered: Callable[[Share, float], float] = lambda _share, _reach: 1.0
        self._count = 0

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._stack)

    def open(
        self, name: str, identity: str | None, *, layered: bool, share: Share | None = None, stretch: float = 1.0
    ) -> None:
        """An element that begins.

        `share`: for a <filter>, how much of the picture it may cover; `stretch`: what its transform makes of lengths.
        """
        above = self._stack[-1] if self._stack else None
        if share is None and above is not None and name in FILTERS:
            share = above.share
        node = _Node(name, share, stretch, layered)
        if above is not None:
            above.children.append(node)
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

    def check(self, covered: Callable[[Share, float], float]) -> None:
        """Raise PictureError where references loop, nest too deep or multiply too much.

        `covered` tells how much of the picture (0..1) is under a filter that is stretched by the transforms on the way
        to it; so much less does a step of it cost.
        """
        self._covered = covered
        for target in self._styled:
            node = self._ids.get(target)
            if node is not None and node.name not in GRADIENTS:
                raise PictureError(
                    f"the SVG names <{node.name}> by url(#{target[:80]}) in <style>",
                    remedy="write the reference as an attribute of the element it is for",
                )
        if self._root is not None:
            self._reach()
            self._measure(self._root, 1)

    def _reach(self) -> None:
        """How far each element is stretched at most, by any way of nesting and references that leads to it."""
        order: list[_Node] = []
        met: set[_Node] = set()
        waiting = [(self._root, False)]
        while waiting:
            node, done = waiting.pop()
            if node is None or (not done and node in met):
                continue
            if done:
                order.append(node)
                continue
            met.add(node)
            waiting += [(node, True), *((below, False) for below in self._below(node))]
        for node in reversed(order):  # whoever leads to an element comes before it; loops are refused afterwards
            for below in self._below(node):
                below.reach = max(below.reach, node.reach * below.stretch)

    def _below(self, node: _Node) -> list[_Node]:
        return [*node.children, *(self._ids[ref] for ref in node.refs if ref in self._ids)]

    def _weight(self, node: _Node) -> int:
        if node.name not in FILTERS:
            return node.weight
        return ceil(_FILTER_WEIGHT * (1.0 if node.share is None else self._covered(node.share, node.reach)))

    def _measure(self, node: _Node, level: int) -> tuple[int, int]:
        """Elements met below `node` and the levels they take; a loop of references ends at the depth limit."""
        if node.size is None:
            count, height = max(self._weight(node), self._least), 0
            for child in self._below(node):
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
