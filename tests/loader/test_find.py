"""Where the manifest is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.errors import UsageError
from iconbuild.loader.find import NAMES, find_manifest


@pytest.mark.parametrize("name", NAMES)
def test_here(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert find_manifest(str(tmp_path)) == str(tmp_path / name)


def test_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "icons.yml").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert Path(find_manifest(str(tmp_path / "a" / "b"))).resolve() == (tmp_path / "icons.yml").resolve()
    monkeypatch.chdir(tmp_path / "a")
    assert find_manifest(".") == str(Path("..", "icons.yml"))


def test_not_above_the_repository(tmp_path: Path) -> None:
    (tmp_path / "icons.yaml").touch()
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "a").mkdir()
    with pytest.raises(UsageError) as caught:
        find_manifest(str(tmp_path / "repo" / "a"))
    assert "iconbuild init" in caught.value.remedy


def test_the_repository_itself_counts(tmp_path: Path) -> None:
    (tmp_path / ".git").touch()  # a worktree has a file here
    (tmp_path / "iconbuild.yaml").touch()
    (tmp_path / "a").mkdir()
    assert Path(find_manifest(str(tmp_path / "a"))).name == "iconbuild.yaml"


def test_two_in_one_folder(tmp_path: Path) -> None:
    (tmp_path / "icons.yaml").touch()
    (tmp_path / "iconbuild.yml").touch()
    with pytest.raises(UsageError, match="two manifests"):
        find_manifest(str(tmp_path))


def test_none_up_to_the_root() -> None:
    root = Path(Path.cwd().anchor)
    if not any((root / name).exists() for name in NAMES):
        with pytest.raises(UsageError, match="no manifest"):
            find_manifest(str(root))
