"""What an icon set says of itself becomes its credits: title, version, licence, author, and what kind of set it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from iconbuild.errors import ProviderError
from iconbuild.model.values import Json

Record = Mapping[str, Json]

_LONGEST = 200  # characters of a title, an author or a licence


class About(NamedTuple):
    """`palette` is None where the set does not say whether it has colours of its own."""

    title: str
    version: str
    licence: str
    author: str
    category: str
    palette: bool | None


def about(info: Record, package: Record, path: str) -> About:
    """The credits from `info` of a set and from its `package.json`; raises ProviderError for what is no text.

    Licences and authors were plain texts before they were objects. Title and version may be empty.
    """
    licence, author = info.get("license") or {}, info.get("author") or {}
    licences = {"title": licence} if isinstance(licence, str) else table(licence, "license", path)
    authors = {"name": author} if isinstance(author, str) else table(author, "author", path)
    palette = info.get("palette")
    return About(
        title=_word(info, "name", path),
        version=_word(package, "version", path) or _word(info, "version", path),
        licence=_word(licences, "spdx", path)
        or _word(licences, "title", path)
        or _word(package, "license", path)
        or "unknown licence",
        author=_word(authors, "name", path) or "unknown author",
        category=_word(info, "category", path),
        palette=palette if isinstance(palette, bool) else None,
    )


def table(value: Json, name: str, path: str) -> Record:
    """A value that has to be an object; raises ProviderError."""
    if not isinstance(value, Mapping):
        raise ProviderError(f"{path}: `{name}` is no object", remedy="install the pack anew")
    return value


def _word(said: Record, name: str, path: str) -> str:
    """A short text on one line; "" where there is none."""
    value = said.get(name) or ""
    if not isinstance(value, str):
        raise ProviderError(f"{path}: `{name}` is no text", remedy="install the pack anew")
    return "".join(char if char.isprintable() else " " for char in value[:_LONGEST]).strip()
