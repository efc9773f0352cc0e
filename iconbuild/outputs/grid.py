"""A number of cells becomes places on a uniform grid, the same at every scale."""

from __future__ import annotations

from collections.abc import Mapping
from math import isqrt
from typing import NamedTuple, cast

from iconbuild.model.values import Json


class Grid(NamedTuple):
    """Square cells of `cell` pixels in rows of `columns`, with `padding` pixels around and between them."""

    cell: int
    padding: int
    columns: int
    cells: int

    @classmethod
    def of(cls, value: Json) -> Grid:
        """What `data` gave."""
        return cls(**cast("Mapping[str, int]", value))

    @staticmethod
    def near_square(count: int) -> int:
        """The columns that make the grid as square as it gets, never higher than wide."""
        return isqrt(count - 1) + 1

    @property
    def width(self) -> int:
        """In pixels, the padding at both edges included."""
        return self.columns * (self.cell + self.padding) + self.padding

    @property
    def height(self) -> int:
        """In pixels, the padding at both edges included."""
        return -(-self.cells // self.columns) * (self.cell + self.padding) + self.padding

    def corner(self, place: int) -> tuple[int, int]:
        """The left upper pixel (x, y) of the cell at `place`, counted from 0 in reading order."""
        row, column = divmod(place, self.columns)
        pitch = self.cell + self.padding
        return self.padding + column * pitch, self.padding + row * pitch

    def scaled(self, scale: int) -> Grid:
        """The same grid in `scale` times as many pixels, so that one stylesheet fits every scale."""
        return Grid(self.cell * scale, self.padding * scale, self.columns, self.cells)

    def data(self) -> Json:
        """The grid as parameters of a recipe."""
        return cast("Json", self._asdict())
