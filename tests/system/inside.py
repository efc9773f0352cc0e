"""The program run within this process: for hundreds of runs, and for clocks that do not tell the time of day."""

from __future__ import annotations

import contextlib
import gc
import io
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from iconbuild.cli import main
from iconbuild.store.ledger import moments
from tests.system.paid import Shop
from tests.system.project import Run


@dataclass
class Clock:
    """The clocks of a machine as far as they are set otherwise than those of this one, in seconds."""

    wall: float = 0.0
    uptime: float = 0.0
    boot: str = "this"

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.wall += seconds
        self.uptime += seconds

    def set_on(self, patch: pytest.MonkeyPatch) -> None:
        """Let the stores that keep times go by these clocks."""
        said = SimpleNamespace(time=lambda: time.time() + self.wall, monotonic=lambda: time.monotonic() + self.uptime)
        patch.setattr(moments, "time", said)
        patch.setattr(moments, "boot_id", lambda: self.boot)


@dataclass
class Buyer(Shop):
    """A shop that is used from within this process."""

    clock: Clock = field(default_factory=Clock)

    def run(self, *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Run:
        """Run the program here."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(cwd or self.project.root)
            for name, value in {**self.project.env, **self.env, **(env or {})}.items():
                patch.setenv(name, value)
            patch.delenv("CI", raising=False)
            self.clock.set_on(patch)
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(list(arguments))
        gc.enable()  # the program switches the collector off for the rest of its process
        return Run(code, out.getvalue(), err.getvalue())
