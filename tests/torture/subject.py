"""A program on trial: what it is called with, what it should bring, and one trial of it in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.system.project import REPOSITORY
from tests.torture.till import Fault, Shop, Truth

TIMEOUT = 120.0
DEAD = 137

TWO = {"house": "dist/home.webp", "bell": "dist/alert.webp"}


class Subject(NamedTuple):
    """A command line that buys icons from a server, run in a folder that holds `files`."""

    name: str
    command: tuple[str, ...]
    outputs: Mapping[str, str]
    """Subject of each icon and the path of its file below the project."""
    files: Mapping[str, str] = {}
    retry: tuple[str, ...] = ("--retry-unknown",)
    """Words that let it order again what is known to be unknown."""
    books: tuple[str, ...] = ()
    """A command that tells as JSON what was spent: `totals` by unit."""


def loop(name: str, outputs: Mapping[str, str] = TWO) -> Subject:
    """One of the small programs in `loops/`."""
    words = tuple(f"{subject}={path}" for subject, path in outputs.items())
    return Subject(name, (sys.executable, "-S", "-m", f"tests.torture.loops.{name}", *words), outputs)


def iconbuild(outputs: Mapping[str, str] = TWO, extra: str = "") -> Subject:
    """The real program with a manifest of plain line icons."""
    icons = "".join(f"  {Path(path).stem}: {subject}\n" for subject, path in outputs.items())
    files = "outputs:\n  - files: {dir: dist, formats: [webp], sizes: [24]}\n"
    manifest = f"version: 1\nname: torture\nprovider: iconly\nicons:\n{icons}{files}{extra}"
    command = (sys.executable, "-m", "iconbuild", "build", "-q", "-j", "1", "icons.yaml")
    placed = {subject: str(Path(path).with_name(f"{Path(path).stem}-24.webp")) for subject, path in outputs.items()}
    books = (sys.executable, "-m", "iconbuild", "ledger", "--all", "--format", "json")
    return Subject("iconbuild", command, placed, {"icons.yaml": manifest}, books=books)


class Ended(NamedTuple):
    """How one run ended; a killed one has the code `DEAD`."""

    code: int
    said: str


class Trial(NamedTuple):
    """A subject in a folder of its own, as a customer of its own."""

    subject: Subject
    shop: Shop
    folder: Path
    key: str

    @property
    def disk(self) -> Path:
        """Where everything lies that it reads and writes: it may be a volume of its own."""
        return self.folder / "disk"

    @property
    def project(self) -> Path:
        """Where it runs."""
        return self.disk / "project"

    @property
    def env(self) -> dict[str, str]:
        """Its environment: nothing of the user's."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.disk / "home"),
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
            "ICONBUILD_CACHE_DIR": str(self.disk / "cache"),
            "ICONBUILD_STATE_DIR": str(self.disk / "state"),
            "ICONBUILD_ICONLY_URL": self.shop.url,
            "ICONBUILD_REHEARSAL_WINDOW": "2",
            "ICONBUILD_TIMEOUT": "8",
            "ICONBUILD_ICONLY_KEY": self.key,
        }

    def start(
        self,
        command: Sequence[str],
        *,
        prefix: Sequence[str] = (),
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start it and leave it running."""
        return subprocess.Popen(
            [*prefix, *command],
            cwd=cwd or self.project,
            env={**self.env, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def end(self, process: subprocess.Popen[bytes]) -> Ended:
        """The end of a process; what it said is kept in the folder, to be searched for keys."""
        try:
            told, _ = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            told, _ = process.communicate()
            told += b"\nIT NEVER ENDED"
        with open(self.folder / "said.txt", "ab") as file:
            file.write(told)
        code = process.returncode
        return Ended(128 - code if code < 0 else code, told.decode(errors="replace"))

    def run(self, *prefix: str, words: Sequence[str] = (), env: Mapping[str, str] | None = None) -> Ended:
        """Run the subject's command, with more words, to its end, behind a prefix such as strace."""
        return self.end(self.start([*self.subject.command, *words], prefix=prefix, env=env))

    def write(self) -> None:
        """Write the subject's files into the project."""
        for name, text in self.subject.files.items():
            (self.project / name).write_text(text, encoding="utf-8")

    def booked(self) -> int | None:
        """The tokens that its own books know of, unknown outcomes included; None where it keeps none."""
        if not self.subject.books:
            return None
        ended = self.end(self.start(self.subject.books))
        return int(json.loads(ended.said)["totals"]["token"])

    def truth(self) -> Truth:
        """What was really bought."""
        return self.shop.truth(self.key)


def trial(
    subject: Subject,
    shop: Shop,
    folder: Path,
    *,
    late: float = 0,
    script: Sequence[Fault] = (),
    always: Fault = {},  # noqa: B006 - never changed
) -> Trial:
    """A new folder and a new customer; `late` are the seconds after which the shop's balance shows a charge."""
    made = Trial(subject, shop, folder, shop.open(late=late, script=script, always=always))
    for place in (made.project / "dist", made.disk / "home"):
        place.mkdir(parents=True)
    made.write()
    return made
