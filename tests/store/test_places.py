from __future__ import annotations

import sys
from pathlib import Path

import pytest

from iconbuild.errors import FilesystemError
from iconbuild.store.places import cache_dir, project_dir

unix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG is for other systems")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings, and a home of its own."""
    for name in ("ICONBUILD_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_what_is_chosen_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    monkeypatch.setenv("ICONBUILD_CACHE_DIR", str(tmp_path / "mine"))
    assert cache_dir() == str(tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ICONBUILD_CACHE_DIR", "here/../mine")
    assert cache_dir() == str(tmp_path / "mine")


@unix
def test_the_platform_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/xdg")
    assert cache_dir() == "/var/xdg/iconbuild"
    for useless in ("", "relative/cache"):
        monkeypatch.setenv("XDG_CACHE_HOME", useless)
        assert cache_dir() == str(tmp_path / ".cache" / "iconbuild")


@unix
def test_an_empty_choice_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ICONBUILD_CACHE_DIR", "")
    assert cache_dir() == str(tmp_path / ".cache" / "iconbuild")


@unix
def test_without_a_home_there_is_an_error_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "no/absolute/path")
    with pytest.raises(FilesystemError, match="no home folder is known") as caught:
        cache_dir()
    assert "ICONBUILD_CACHE_DIR" in caught.value.remedy


def test_every_manifest_and_output_folder_has_a_place_of_its_own() -> None:
    places = {
        project_dir("/cache", manifest, out)
        for manifest in ("/a/icons.yaml", "/a/icons.yml", "/b/icons.yaml", "/icons.yaml", "/ü \n/icons.yaml")
        for out in (None, "/out", "/other")
    }
    assert len(places) == 15
    assert all(place.startswith("/cache/projects/") for place in places)
    assert all(name.isascii() and "/" not in name for name in (place[16:] for place in places))
    assert project_dir("/cache", "/my-set/icons.yaml").startswith("/cache/projects/my-set-")


def test_names_that_are_no_text_have_a_place_too() -> None:
    assert project_dir("/cache", "/\udcff/icons.yaml") != project_dir("/cache", "/\udcfe/icons.yaml")
