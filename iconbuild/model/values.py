"""The small values everything else is made of: names of bytes and recipes, and immutable parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NewType, TypeAlias

Digest = NewType("Digest", str)
"""The name of some bytes: their SHA-256, 64 lower-case hex digits."""

ActionKey = NewType("ActionKey", str)
"""The name of a recipe: the SHA-256 of its canonical text, 64 lower-case hex digits."""

Json: TypeAlias = "bool | int | float | str | list[Json] | tuple[Json, ...] | Mapping[str, Json] | None"


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, no NaN."""
    return _encode(value)


def _data(value: object) -> object:
    if isinstance(value, Params):
        return value.data
    raise TypeError(f"{type(value).__name__} is no JSON value")


_encode = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_data
).encode


class Params(Mapping[str, Json]):
    """A mapping of JSON values that nobody changes once made; its canonical text gives equality, hash and key."""

    __slots__ = ("_text", "data")

    def __init__(self, data: Mapping[str, Json] | None = None) -> None:
        self.data: dict[str, Json] = dict(data or {})
        if float in map(type, self.data.values()):
            self.data = {name: _whole(value) for name, value in self.data.items()}
        self._text: str | None = None

    @property
    def text(self) -> str:
        """The canonical JSON text."""
        if self._text is None:
            self._text = canonical(self.data)
        return self._text

    def __getitem__(self, key: str) -> Json:
        return self.data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Params) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Params({self.text})"

    def merged(self, more: Mapping[str, Json]) -> Params:
        """A new mapping with `more` written over this one."""
        return Params({**self.data, **more})


def _whole(value: Json) -> Json:
    """2.0 is 2: the same number must not have two texts."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
