"""What was read from artwork is kept as JSON behind its own checksum, so that a damaged file is no file."""

from __future__ import annotations

import json
import os
from binascii import crc32
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from iconbuild.disk import make_folder, write_atomic
from iconbuild.errors import FilesystemError

_HEAD = 8  # hexadecimal digits of the CRC-32 of the rest


def keep(path: str, data: Mapping[str, object]) -> None:
    """Write `data` to `path`, whole or not at all; a folder that cannot be written is no error."""
    text = json.dumps(data, separators=(",", ":")).encode()
    with suppress(FilesystemError):
        make_folder(os.path.dirname(path))
        write_atomic(path, _checksum(text) + text)


def kept(path: str) -> dict[str, Any] | None:
    """What was kept at `path`; None where it is not there, or not as it was written."""
    try:
        with open(path, "rb") as file:
            raw = file.read()
        found = json.loads(raw[_HEAD:]) if raw[:_HEAD] == _checksum(raw[_HEAD:]) else None
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _checksum(data: bytes) -> bytes:
    return f"{crc32(data):08x}".encode()
