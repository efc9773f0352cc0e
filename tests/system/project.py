"""A project folder and the real program in it: every call is a process of its own, in an environment of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.torture.canary import CANARY

REPOSITORY = Path(__file__).resolve().parents[2]
TIMEOUT = 60.0

SIX = {
    "analytics": "analytics dashboard with bar chart",
    "team": "group of people, team users",
    "settings": "gear cog settings",
    "billing": "credit card billing payment",
    "support": "chat bubble support help",
    "alerts": "bell notification alert",
    "home": "house",
}
"""Six icons and the anchor that they follow."""

ANCHORED = """\
version: 1
name: six
defaults: {preset: duotone, color: "#4338ca", steps: [crop: 10]}
anchor: analytics
icons:
""" + "".join(f"  {name}: {subject}\n" for name, subject in SIX.items())
OUTPUTS = "outputs:\n  - files: {dir: dist, formats: [png], sizes: [24]}\n"
ANCHORED_SET = ANCHORED + OUTPUTS

WORDS = tuple(
    "house bell heart star cloud camera car dog cat tree key lock rainbow phone printer rocket scissors shield truck "  # noqa: SIM905 - reads better than forty quotes
    "umbrella wallet anchor airplane globe bicycle bone book bridge broom bug cake calculator calendar clock coffee "
    "compass couch cow crown cube".split()
)
"""Forty subjects that the artwork surely has."""


def many(count: int) -> str:
    """A manifest of so many icons that follow nobody."""
    icons = "".join(f"  {word}: {word}\n" for word in WORDS[:count])
    return f"version: 1\nname: many\ndefaults: {{style: line}}\nicons:\n{icons}{OUTPUTS}"


@dataclass
class Run:
    """How one process ended."""

    code: int
    out: str
    err: str

    def __post_init__(self) -> None:
        assert CANARY not in self.out + self.err, "it says a key"

    @property
    def json(self) -> Any:
        """Its answer as data."""
        return json.loads(self.out)

    def ok(self) -> Run:
        """Itself, if it ended well."""
        assert self.code == 0, f"exit {self.code}\n{self.out}\n{self.err}"
        return self


@dataclass
class Project:
    """A folder with a manifest, a cache of its own, and a file that counts generations."""

    base: Path
    env: dict[str, str]
    root: Path = field(init=False)
    count_file: Path = field(init=False)
    name: str = "project"
    started: list[subprocess.Popen[bytes]] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self.root = self.base / self.name
        self.root.mkdir(parents=True, exist_ok=True)
        self.count_file = self.base / f"count-{self.name.replace('/', '-')}"
        self.env = {**self.env, "COUNT_FILE": str(self.count_file)}

    def sibling(self, name: str, *, cache: str | None = None) -> Project:
        """Another, empty project; it shares this one's cache unless it is given one of its own."""
        chosen = {"ICONBUILD_CACHE_DIR": str(self.base / cache)} if cache else {}
        return Project(self.base, {**self.env, **chosen}, name, self.started)

    def clone(self, name: str = "clone") -> Project:
        """What another machine has after a checkout: the files of the project, and nothing of the cache."""
        clone = self.sibling(name, cache=f"{name}-cache")
        shutil.copytree(self.root, clone.root, dirs_exist_ok=True)
        return clone

    @property
    def python(self) -> str:
        """The interpreter that runs the program."""
        return sys.executable

    @property
    def cache(self) -> Path:
        """The cache's folder."""
        return Path(self.env["ICONBUILD_CACHE_DIR"])

    @property
    def manifest(self) -> Path:
        """The manifest."""
        return self.root / "icons.yaml"

    def write(self, text: str) -> None:
        """Replace the manifest."""
        self.manifest.write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Replace one place in the manifest."""
        text = self.manifest.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        self.write(text.replace(old, new))

    def command(self, arguments: Sequence[str], module: str = "tests.counting") -> list[str]:
        """The whole command line of the program."""
        return [sys.executable, "-m", module, *arguments]

    def run(
        self,
        *arguments: str,
        prefix: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        module: str = "tests.counting",
    ) -> Run:
        """Run the program to its end."""
        done = subprocess.run(
            [*prefix, *self.command(arguments, module)],
            cwd=cwd or self.root,
            env={**self.env, **(env or {})},
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start the program and leave it running."""
        process = subprocess.Popen(
            self.command(arguments),
            cwd=self.root,
            env={**self.env, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        """Let nothing run on after a test that failed half-way."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def held(self, subject: str, *arguments: str) -> tuple[subprocess.Popen[bytes], Path]:
        """A build that stands still before it draws `subject`, and the file that lets it go on."""
        gate = self.base / f"gate-{len(list(self.base.glob('gate-*')))}"
        process = self.start("build", *arguments, env={"COUNT_HOLD": f"{subject}={gate}"})
        wait_for(gate.with_name(gate.name + ".reached"), process)
        return process, gate

    def generations(self) -> Counter[str]:
        """The generations since the last time this was asked, by subject."""
        lines = self.count_file.read_text().splitlines() if self.count_file.exists() else []
        self.count_file.unlink(missing_ok=True)
        return Counter(line.split("\t")[0] for line in lines)

    def build(self, *arguments: str, code: int = 0) -> int:
        """Build, and return how many generations that took."""
        self.generations()
        done = self.run("build", *arguments)
        assert done.code == code, f"exit {done.code}\n{done.out}\n{done.err}"
        return self.generations().total()

    def tree(self, folder: str = "dist") -> dict[str, bytes]:
        """Every file below a folder of the project."""
        return contents(self.root / folder)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below `folder`, links by where they lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path.relative_to(folder))] = os.fsencode(os.readlink(path))
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until `path` is there; fails if the process ends before that."""
    deadline = time.monotonic() + TIMEOUT
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.005)


def finish(process: subprocess.Popen[bytes]) -> Run:
    """The end of a process that was left running."""
    out, err = process.communicate(timeout=TIMEOUT)
    process.stdout = process.stderr = None
    return Run(process.returncode, out.decode(), err.decode())
