"""The names of other programs become commands that do the benchmark's work, or the reason why they cannot be had."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
NODE = HERE.parents[2] / "build" / "bench"
"""Where packages of npm are kept; `make clean` takes them away."""


class Peer(NamedTuple):
    """A program that takes FOLDER and OUT at the places of `{folder}` and `{out}` in its command."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str]
    reach: float | None = None
    """How many times our CPU its own should be."""

    def filled(self, folder: Path, out: Path) -> list[str]:
        """The command for these folders."""
        places = {"{folder}": str(folder), "{out}": str(out)}
        return [places.get(word, word) for word in self.command]


def packages() -> str | None:
    """Install sharp and the emoji with npm, unless they are there; why that cannot be, if so."""
    wanted, kept = (HERE / "package.json").read_bytes(), NODE / "package.json"
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "there is no npm: install Node.js 20 or newer"
    if (NODE / "done").exists() and kept.read_bytes() == wanted:
        return None
    try:
        NODE.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(wanted)
    except OSError as error:
        return f"its packages cannot be kept: {error}"
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
    done = subprocess.run(command, check=False, cwd=NODE, capture_output=True, text=True)
    if done.returncode:
        said = [line.removeprefix("npm error ") for line in done.stderr.splitlines() if line.startswith("npm error ")]
        return f"npm cannot install it: {' '.join(said)[:160]}"
    (NODE / "done").touch()
    return None


def emoji() -> Path | None:
    """The drawings of the emoji pack, where npm has brought it."""
    found = NODE / "node_modules" / "@iconify-json" / "fluent-emoji-flat" / "icons.json"
    return found if found.exists() else None


def sharp(missing: str | None) -> list[Peer] | str:
    """sharp as it comes, and with the least effort in its encoder, as we use it. `missing`: why npm could not."""
    if missing:
        return missing
    version = json.loads((NODE / "node_modules" / "sharp" / "package.json").read_bytes())["version"]
    base = ("node", str(HERE / "sharp.cjs"), "{folder}", "{out}")
    env = {"NODE_PATH": str(NODE / "node_modules")}
    return [
        Peer(f"sharp {version}", base, env, 2.0),
        Peer("  with our effort for WebP", (*base, '{"effort": 1, "quality": 1}'), env),
    ]


def magick() -> list[Peer] | str:
    """ImageMagick, one call an icon; it is not on any registry of packages that could bring it along."""
    for name in ("magick", "convert"):
        program = shutil.which(name)
        said = _said([program, "-version"]) if program else ""
        if program and (version := re.search(r"ImageMagick (\S+)", said)) and said.startswith("Version"):
            base = ("sh", str(HERE / "magick.sh"), program, "{folder}", "{out}")
            return [
                Peer(f"ImageMagick {version[1]}", base, {}, 5.0),
                Peer("  with our effort for WebP", (*base, "-quality", "1", "-define", "webp:method=1"), {}),
            ]
    return "it is not installed: apt-get install imagemagick, or brew install imagemagick"


def libvips() -> list[Peer] | str:
    """libvips through its binding for Python."""
    if not (importlib.util.find_spec("pyvips") and importlib.util.find_spec("_libvips")):
        return "it is not installed: pip install --group bench"
    version = _said([sys.executable, "-c", "import pyvips as v; print(*map(v.version, range(3)), sep='.')"]).strip()
    base = (sys.executable, str(HERE / "libvips.py"), "{folder}", "{out}")
    env = {"VIPS_CONCURRENCY": "1"}
    return [
        Peer(f"libvips {version}", base, env),
        Peer("  with our effort for WebP", (*base, '{"effort": 1, "Q": 0}'), env),
    ]


def _said(command: list[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=dict(os.environ))
    return done.stdout
