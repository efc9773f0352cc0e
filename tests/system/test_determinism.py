"""The same manifest gives the same bytes: in another process, on more threads, under another Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OTHERS = [f"3.{minor}" for minor in range(11, 20) if minor != sys.version_info.minor]


def digest(python: str, threads: int, **env: str) -> str:
    """The digest of every look, drawn by one interpreter."""
    command = [python, "-m", "tests.providers.local.everything", str(threads)]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=True)
    return run.stdout.strip()


@pytest.fixture(scope="module")
def expected() -> str:
    """What this interpreter draws on one thread."""
    return digest(sys.executable, 1, PYTHONHASHSEED="0")


def test_other_processes_and_threads_draw_the_same_bytes(expected: str) -> None:
    assert len(expected) == 64
    assert digest(sys.executable, 8, PYTHONHASHSEED="4711") == expected
    assert digest(sys.executable, 2, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1") == expected


def test_another_python_draws_the_same_bytes(expected: str, tmp_path: Path) -> None:
    """With the newest libraries that it can have."""
    python = next(filter(None, map(_usable, OTHERS)), None)
    if python is None:
        pytest.skip("no second Python of 3.11 or newer on this machine")
    subprocess.run([python, "-m", "venv", tmp_path / "venv"], check=True)
    inside = str(tmp_path / "venv" / "bin" / "python")
    subprocess.run([inside, "-m", "pip", "install", "--quiet", str(ROOT)], check=True, capture_output=True)
    assert digest(inside, 2) == expected


def _usable(version: str) -> str | None:
    """An interpreter of that version that can make environments: on the path, or where version managers keep them."""
    managed = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for candidate in [shutil.which(f"python{version}"), *map(str, managed)]:
        if (
            candidate
            and not subprocess.run([candidate, "-c", "import venv, ssl"], check=False, capture_output=True).returncode
        ):
            return candidate
    return None
