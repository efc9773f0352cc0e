"""Keys that give themselves away: a folder is searched for them in every form that a program may write them in."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

CANARY = "ik_canary"
"""How the key of every test begins; what is searched for unless whole keys are given."""

_LONGEST = 64 << 20
PLANTED = "secrets"
"""The name of the folders in which tests themselves write keys, for the program to read."""


def forms(key: str) -> set[bytes]:
    """A text as programs may write it: plain, base64 wherever it stands, in addresses, in JSON, in hex, in UTF-16."""
    plain = key.encode()
    found = {plain, quote(key, safe="").encode(), json.dumps(key)[1:-1].encode(), plain.hex().encode()}
    found |= {plain.hex().upper().encode(), key.encode("utf-16-le"), plain[::-1]}
    found.add("".join(char if char.isalnum() else f"%{ord(char):02X}" for char in key).encode())
    found.add("".join(f"%{byte:02X}" for byte in plain).encode())
    found.add("".join(f"\\u{byte:04x}" for byte in plain).encode())
    for shift in range(3):
        # The first and the last characters hold bits of the neighbours too.
        for encode in (b64encode, urlsafe_b64encode):
            text = encode(b"\0" * shift + plain).rstrip(b"=")
            found.add(text[(0, 2, 3)[shift] : len(text) if (shift + len(plain)) % 3 == 0 else -1])
    return found


def leaks(folder: Path, keys: Iterable[str] = (CANARY,)) -> list[Path]:
    """The files below `folder` that hold a key in any form, in their bytes or their names."""
    wanted = sorted({form for key in keys for form in forms(key)})
    return [
        path
        for path in sorted(folder.rglob("*"))
        if PLANTED not in path.relative_to(folder).parts and _holds(path, wanted)
    ]


def _holds(path: Path, wanted: list[bytes]) -> bool:
    if any(form in path.name.encode(errors="surrogateescape") for form in wanted):
        return True
    if path.is_symlink() or not path.is_file():
        return False
    try:
        data = _beginning(path)
    except PermissionError:
        path.chmod(0o600)
        data = _beginning(path)
    return any(form in data for form in wanted)


def _beginning(path: Path) -> bytes:
    """All that the program writes fits in: what is longer are holes that tests made."""
    with path.open("rb") as file:
        return file.read(_LONGEST)
