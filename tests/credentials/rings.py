"""A package `keyring` that has a key, or none, or fails, or never answers: put on the path in place of the real one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

_ANSWERS = {
    "key": "return {key!r} if (service, user) == ('iconbuild', 'iconly') else None",
    "none": "return None",
    "broken": "raise RuntimeError('no backend for {key}')",
    "silent": "import threading; threading.Event().wait(60)",
}


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str, key: str = "") -> None:
    """Make `import keyring` find one that answers as `kind` says; `missing` has none."""
    package = folder / "ring"
    package.mkdir()
    answer = _ANSWERS.get(kind, "").format(key=key)
    body = (
        "raise ModuleNotFoundError('keyring')\n"
        if kind == "missing"
        else f"def get_password(service, user):\n    {answer}\n"
    )
    (package / "keyring.py").write_text(body, encoding="utf-8")
    monkeypatch.syspath_prepend(str(package))
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
