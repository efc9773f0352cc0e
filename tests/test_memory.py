"""Peak memory of whole builds, read from the kernel inside the process that builds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.projects import manifest

PROGRAM = """
import sys
from iconbuild.cli import main
code = main(["build", "-q"])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) / 1024)
sys.exit(code)
"""
MIB_AT_1000 = 250
KIB_AN_ICON = 24
"""The plan itself grows with the icons (about 8 KiB each); pictures must not be held on top of it."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")


def peak(folder: Path, icons: int, cache: str = "cache") -> float:
    """MiB at the peak of one build of `icons` icons in two sizes."""
    folder.mkdir(exist_ok=True)
    (folder / "icons.yaml").write_text(manifest(icons - 1, output="sizes: [24, 48]"))
    env = {**os.environ, "ICONBUILD_CACHE_DIR": str(folder / cache)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=folder, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    assert len(list((folder / "dist").iterdir())) == 2 * icons
    return float(run.stdout.split()[-1])


def test_memory_does_not_grow_with_the_pictures(tmp_path: Path) -> None:
    few, many = peak(tmp_path / "few", 200), peak(tmp_path / "many", 1000)
    assert many <= MIB_AT_1000
    assert (many - few) * 1024 <= 800 * KIB_AN_ICON
