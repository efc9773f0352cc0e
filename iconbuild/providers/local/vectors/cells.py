"""Polylines become cells of a coarse grid, as somebody with a one-pixel pen would place them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, copysign, floor

from iconbuild.providers.local.vectors.geometry import Line, Point

Cell = tuple[int, int]


def nearest(value: float) -> int:
    """The nearest integer; halves go towards zero, so that both sides of a symmetric drawing round alike."""
    return int(copysign(ceil(abs(value) - 0.5), value))


def stroke_cells(line: Line, *, cornered: bool = False) -> set[Cell]:
    """One cell wide, connected by corners; an outer corner cell is left out unless the drawing is `cornered`."""
    points = [*line.points, line.points[0]] if line.closed else line.points
    chain = [_cell(points[0])]
    for start, end in pairwise(points):
        chain += _segment(start, end)
    chain.append(_cell(points[-1]))
    chain = _connected([cell for i, cell in enumerate(chain) if i == 0 or cell != chain[i - 1]])
    if cornered or len(chain) < 4:
        return set(chain)
    dropped = {b for a, b, c in zip(chain, chain[1:], chain[2:], strict=False) if _is_corner(a, b, c)}
    if line.closed and chain[0] == chain[-1] and _is_corner(chain[-2], chain[0], chain[1]):
        dropped.add(chain[0])
    once_round = chain[1:] if chain[0] == chain[-1] else chain
    passed_twice = {cell for cell, times in Counter(once_round).items() if times > 1}
    return set(chain) - (_apart(chain, dropped) - passed_twice)


def area_cells(lines: Sequence[Line]) -> set[Cell]:
    """The cells whose middle lies inside the shapes, by the nonzero rule."""
    edges = [edge for line in lines for edge in pairwise([*line.points, line.points[0]]) if edge[0][1] != edge[1][1]]
    if not edges:
        return set()
    found: set[Cell] = set()
    for row in range(floor(min(y for edge in edges for _, y in edge)), ceil(max(y for edge in edges for _, y in edge))):
        crossings = sorted(_crossings(edges, row))
        winding = 0
        for (left, turn), (right, _) in pairwise(crossings):
            winding += turn
            if winding:
                found.update((column, row) for column in range(ceil(left - 1e-6), floor(right + 1e-6) + 1))
    return found


def grown(cells: Iterable[Cell]) -> set[Cell]:
    """The cells and their eight neighbours."""
    return {(x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)}


def around(cell: Cell) -> tuple[Cell, Cell, Cell, Cell]:
    """The neighbours to the left and right, above and below."""
    x, y = cell
    return (x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)


def enclosed(walls: set[Cell]) -> set[Cell]:
    """The cells that cannot be left without crossing a wall."""
    if not walls:
        return set()
    xs, ys = [x for x, _ in walls], [y for _, y in walls]
    left, right, top, bottom = min(xs) - 1, max(xs) + 1, min(ys) - 1, max(ys) + 1
    outside, front = {(left, top)}, [(left, top)]
    while front:
        for cell in around(front.pop()):
            if cell not in outside and cell not in walls and left <= cell[0] <= right and top <= cell[1] <= bottom:
                outside.add(cell)
                front.append(cell)
    every = {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
    return every - outside - walls


def outline(cells: Iterable[Cell], unit: int = 1) -> str:
    """The cells, `unit` wide, as path data: runs of a row, as tall as the rows below repeat them."""
    rows: dict[int, list[int]] = {}
    for x, y in sorted(cells):
        rows.setdefault(y, []).append(x)
    runs = {y: _runs(xs) for y, xs in rows.items()}
    drawn: list[str] = []
    for y in sorted(runs):
        for start, length in runs[y]:
            if (start, length) in runs.get(y - 1, ()):
                continue
            height = 1
            while (start, length) in runs.get(y + height, ()):
                height += 1
            drawn.append(f"M{start * unit} {y * unit}h{length * unit}v{height * unit}h{-length * unit}z")
    return "".join(drawn)


def _runs(xs: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for x in xs:
        if runs and x == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


def _cell(point: Point) -> Cell:
    return nearest(point[0]), nearest(point[1])


def _segment(start: Point, end: Point) -> list[Cell]:
    """One cell for each column that a flat segment passes the middle of, or for each row where it is steep."""
    steep = abs(end[1] - start[1]) > abs(end[0] - start[0])
    (a, b), (c, d) = (start[::-1], end[::-1]) if steep else (start, end)
    low, high = sorted((a, c))
    steps = range(ceil(low), floor(high) + 1)
    cells = []
    for step in steps if a <= c else reversed(steps):
        across = b + (d - b) * ((step - a) / (c - a)) if a != c else b
        cells.append((nearest(across), step) if steep else (step, nearest(across)))
    return cells


def _connected(chain: list[Cell]) -> list[Cell]:
    """The chain with the cells put in that are missing between two that do not touch."""
    whole = chain[:1]
    for (a, b), (c, d) in pairwise(chain):
        steps = max(abs(c - a), abs(d - b))
        whole += [(a + nearest((c - a) * i / steps), b + nearest((d - b) * i / steps)) for i in range(1, steps + 1)]
    return whole


def _is_corner(a: Cell, b: Cell, c: Cell) -> bool:
    beside = abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1 and abs(c[0] - b[0]) + abs(c[1] - b[1]) == 1
    return beside and abs(a[0] - c[0]) == 1 and abs(a[1] - c[1]) == 1


def _apart(chain: list[Cell], dropped: set[Cell]) -> set[Cell]:
    """Those of the dropped cells that do not follow one another: two in a row would tear the line."""
    kept: set[Cell] = set()
    last = -2
    for i, cell in enumerate(chain):
        if cell in dropped and i - last > 1:
            kept.add(cell)
            last = i
    return kept


def _crossings(edges: Sequence[tuple[Point, Point]], row: int) -> list[tuple[float, int]]:
    found = []
    for (a, b), (c, d) in edges:
        if (b <= row) != (d <= row):
            found.append((a + (c - a) * (row - b) / (d - b), 1 if d > b else -1))
    return found
