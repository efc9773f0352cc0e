"""Fixtures that every room may use: an environment of its own, and a project in which the real program runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.system.project import REPOSITORY, Project
from tests.torture.search import pytest_sessionfinish, pytest_terminal_summary

__all__ = ["pytest_sessionfinish", "pytest_terminal_summary"]

# The same examples each time, so that a change is judged by what it changes; ICONBUILD_EXPLORE=1 looks for new ones.
settings.register_profile("same", derandomize=True)
settings.load_profile("default" if os.environ.get("ICONBUILD_EXPLORE") else "same")

_NOT_INHERITED = ("CI", "NO_COLOR", "FORCE_COLOR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "MAKEFLAGS", "MAKELEVEL")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Environment variables without any setting of the user: cache and home lie in `tmp_path`."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ICONBUILD_", "COUNT_", "GITHUB_")) and name not in _NOT_INHERITED
    }
    home = tmp_path / "home"
    home.mkdir()
    return {
        **inherited,
        "HOME": str(home),
        "ICONBUILD_CACHE_DIR": str(tmp_path / "cache"),
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONWARNINGS": "error",
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def project(tmp_path: Path, environment: dict[str, str]) -> Iterator[Project]:
    """An empty project with a cache of its own."""
    made = Project(tmp_path, environment)
    yield made
    made.end()
