"""JSON text becomes values and the places they stand at, or an error that says what is wrong with it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from iconbuild.errors import ProviderError
from iconbuild.model.values import Json

_BLANK = re.compile(r"[ \t\n\r]*")


class Member(NamedTuple):
    """One member of an object: its name, its value, and where the value's text begins and ends, in characters."""

    name: str
    value: Json
    start: int
    end: int


class Text:
    """The text of one file; everything wrong with it is a ProviderError that names the file."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        if data.startswith(b"\xef\xbb\xbf"):
            raise self.wrong("it begins with a byte order mark", "save it as UTF-8 without one")
        try:
            self.text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self.wrong(f"it is not UTF-8 (byte {error.start})", "save it as UTF-8") from None
        self._decoder = json.JSONDecoder(object_pairs_hook=self._unique, parse_constant=self._refused)

    def wrong(self, what: str, remedy: str = "") -> ProviderError:
        """The error that says `what` about this file."""
        return ProviderError(f"{self.path}: {what}", remedy=remedy or "install the pack anew")

    def value(self) -> dict[str, Json]:
        """The whole text as one object."""
        value, end = self._read(self._skip(0))
        self._end(end)
        if not isinstance(value, dict):
            raise self.wrong("it holds no JSON object")
        return value

    def walk(self, within: frozenset[str], meet: Callable[[str, Member], None]) -> None:
        """Show `meet` the members of the outermost object under "", and of the objects in `within` under their names.

        Only one value is held at a time, so that a file of a hundred megabytes takes little more than itself.
        """

        def met(group: str, name: str, at: int) -> int:
            value, end = self._read(at)
            meet(group, Member(name, value, at, end))
            return end

        def outer(name: str, at: int) -> int:
            if name in within:
                return self._each(at, f"`{name}` is no object", partial(met, name))
            return met("", name, at)

        self._end(self._each(self._skip(0), "it holds no JSON object", outer))

    def _each(self, at: int, otherwise: str, visit: Callable[[str, int], int]) -> int:
        """Call `visit` with each name of an object and where its value begins; it returns where the value ends."""
        if self.text[at : at + 1] != "{":
            raise self.wrong(otherwise)
        at, seen = self._skip(at + 1), set[str]()
        if self.text[at : at + 1] == "}":
            return at + 1
        while True:
            name, at = self._name(at, seen)
            at = self._skip(visit(name, at))
            sign = self.text[at : at + 1]
            if sign == "}":
                return at + 1
            if sign != ",":
                raise self._broken(at)
            at = self._skip(at + 1)

    def _name(self, at: int, seen: set[str]) -> tuple[str, int]:
        if self.text[at : at + 1] != '"':
            raise self._broken(at)
        value, at = self._read(at)
        name, at = str(value), self._skip(at)
        if name in seen:
            raise self.wrong(f"it has `{name[:80]}` twice")
        if self.text[at : at + 1] != ":":
            raise self._broken(at)
        seen.add(name)
        return name, self._skip(at + 1)

    def _read(self, at: int) -> tuple[Json, int]:
        try:
            found: tuple[Json, int] = self._decoder.raw_decode(self.text, at)
        except RecursionError:
            raise self.wrong("it is nested too deeply") from None
        except ValueError as error:
            raise self.wrong(f"it is no JSON: {error}") from None
        return found

    def _skip(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def _end(self, at: int) -> None:
        if self._skip(at) != len(self.text):
            raise self._broken(self._skip(at))

    def _broken(self, at: int) -> ProviderError:
        return self.wrong(f"it is no JSON: character {at} is not expected there")

    def _unique(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"`{twice[:80]}` stands there twice")
        return found

    def _refused(self, constant: str) -> Json:
        raise ValueError(f"{constant} is no number")


def read_text(path: str, most: int) -> Text:
    """A file's text; raises ProviderError where it cannot be read or has more than `most` bytes."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > most:
                raise ProviderError(
                    f"{path}: it has {size} bytes, the limit is {most}", remedy="use a pack that is no larger"
                )
            return Text(path, file.read())
    except OSError as error:
        raise ProviderError(f"cannot read {path}: {error.strerror}", remedy="check the path and its rights") from None
