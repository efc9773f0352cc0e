"""No keyring of the machine, and a folder of our own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.credentials.rings import install


@pytest.fixture(autouse=True)
def no_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No keyring but the one that a test installs."""
    (tmp_path / "none").mkdir()
    install(tmp_path / "none", monkeypatch, "missing")
    yield
    sys.modules.pop("keyring", None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of our own."""
    made = tmp_path / "secrets"
    made.mkdir(mode=0o700)
    return made
