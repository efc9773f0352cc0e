"""A project that buys from a sandbox: the real program, a real server, and the server's true list of charges."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iconbuild.model.secret import Secret
from tests.sandbox.serving import Sandbox
from tests.system.project import OUTPUTS, Project, Run
from tests.system.project import SIX as SEVEN

_NUMBERS = itertools.count()
KEYS = "ik_canary_"
"""What every key of these tests begins with: searched for in all that they leave behind."""

SIX = {name: subject for name, subject in SEVEN.items() if name != "home"}
"""The six of the documented sum: 9 + 5 x 23 = 124."""


def anchored(icons: Mapping[str, str] = SIX, *, outputs: str = OUTPUTS, more: str = "") -> str:
    """A set at Iconly whose first icon is the anchor."""
    lines = "".join(f"  {name}: {subject}\n" for name, subject in icons.items())
    first = next(iter(icons))
    return (
        f"version: 1\nname: paid\nprovider: iconly\n{more}defaults: {{preset: duotone}}\n"
        f"anchor: {first}\nicons:\n{lines}{outputs}"
    )


def plain(*subjects: str, outputs: str = OUTPUTS, more: str = "") -> str:
    """Icons in the cheapest style, 6 tokens each, that follow nobody."""
    lines = "".join(f"  {subject.split()[0]}: {subject}\n" for subject in subjects)
    return f"version: 1\nname: plain\nprovider: iconly\n{more}defaults: {{style: line}}\nicons:\n{lines}{outputs}"


@dataclass
class Shop:
    """A project, the sandbox it buys from, and an account that nobody else uses."""

    project: Project
    sandbox: Sandbox
    key: str = field(default_factory=lambda: f"{KEYS}{os.getpid()}_{next(_NUMBERS):06d}")

    @property
    def env(self) -> dict[str, str]:
        """What a build needs to buy here: address, key, a ledger of its own."""
        return {
            **self.sandbox.environment(self.key),
            "ICONBUILD_STATE_DIR": str(self.project.base / "state"),
            "ICONBUILD_REHEARSAL_WINDOW": "2",
        }

    def run(self, *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Run:
        """Run the program as a buyer."""
        return self.project.run(*arguments, env={**self.env, **(env or {})}, cwd=cwd, module="iconbuild")

    def build(self, *arguments: str, env: Mapping[str, str] | None = None) -> Run:
        """`build`, its answer as JSON."""
        return self.run("build", "--format", "json", *arguments, env=env)

    def charges(self) -> list[dict[str, Any]]:
        """What the server charged this account, oldest first."""
        mine = Secret(self.key).fingerprint
        return [charge for charge in self.sandbox.charges() if charge["account"] == mine]

    def spent(self) -> int:
        """The sum of it."""
        return sum(charge["tokens"] for charge in self.charges())

    def faults(self, *rules: Mapping[str, object]) -> None:
        """Let the server fail from now on."""
        self.sandbox.scenario(list(rules))

    def attempts(self, *arguments: str) -> list[dict[str, Any]]:
        """The ledger."""
        return list(self.run("ledger", "--all", "--format", "json", *arguments).ok().json["attempts"])


def names(run: Run) -> Sequence[str]:
    """The icons that a build could not make."""
    return [failure["name"] for failure in run.json["result"]["failed"]]
