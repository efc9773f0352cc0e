"""A base address becomes a host and a path that no message can leave."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from iconbuild.errors import UsageError

_LOOPBACK = frozenset(["127.0.0.1", "::1", "localhost"])
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]")
_PATH = re.compile(r"[A-Za-z0-9._~/-]*")
_MESSAGE_PATH = re.compile(r"[A-Za-z0-9._~/-]+(?:\?[A-Za-z0-9._~/%=&+,:-]*)?")
_EXAMPLE = "an address looks like https://host/path, or http://127.0.0.1:8000/path for a server on this machine"


class Base(NamedTuple):
    """Where a provider answers. `path` has no slash at its end; `text` is the whole address."""

    secure: bool
    host: str
    port: int
    path: str
    text: str

    def join(self, path: str) -> str:
        """The address of `path` below the base; raises ValueError for one that could lead out of it."""
        place = path.lstrip("/")
        if not _MESSAGE_PATH.fullmatch(place) or _climbs(place.partition("?")[0]):
            raise ValueError("the path of a message is relative, with letters, digits and -._~/ and a plain query")
        return f"{self.text}/{place}"


def checked_base(text: str, name: str = "the base address") -> str:
    """`text` in its plain form, without a slash at its end; `name` is the variable to blame.

    https only, but for http to this machine; no user name, query or fragment. Raises UsageError.
    """
    return parsed_base(text, name).text


def parsed_base(text: str, name: str = "the base address") -> Base:
    """The parts of a base address; raises UsageError as `checked_base` does, and never quotes it: it may be a key."""
    parts = _split(text)
    if parts is None:
        raise UsageError(f"{name} is no address", remedy=_EXAMPLE)
    host, port = parts.hostname or "", parts.port
    if "@" in parts.netloc:
        raise UsageError(f"{name} holds a user name", remedy="leave out all up to the @: keys have places of their own")
    if "?" in text or "#" in text:
        raise UsageError(f"{name} holds a query or a fragment", remedy="leave out all from the ? or # on")
    bracketed = f"[{host}]" if "[" in parts.netloc else host
    if not _HOST.fullmatch(bracketed) or not _PATH.fullmatch(parts.path) or _climbs(parts.path) or port == 0:
        raise UsageError(f"{name} is no address", remedy=_EXAMPLE)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise UsageError(f"{name} has to begin with https://", remedy="a key is sent over http to this machine only")
    secure = parts.scheme == "https"
    path = parts.path.rstrip("/")
    place = bracketed if port is None else f"{bracketed}:{port}"
    return Base(secure, host, port or (443 if secure else 80), path, f"{parts.scheme}://{place}{path}")


def _split(text: str) -> SplitResult | None:
    """The parts of an address, None for what is none; urlsplit itself drops tabs and newlines in silence."""
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text:
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _climbs(path: str) -> bool:
    return any(part in (".", "..") for part in path.split("/"))
