from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.project import Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty working folder, and a cache beside it."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("ICONBUILD_CACHE_DIR", str(tmp_path / "cache"))
    return Folder(tmp_path / "work")
