"""The README tells the truth: its manifest, its plan and its build are run as they stand there."""

from __future__ import annotations

import re
import shlex
import subprocess

from iconbuild.cli.commands import COMMANDS
from tests.system.project import REPOSITORY, Project

README = (REPOSITORY / "README.md").read_text()


def block(kind: str) -> str:
    """The first fenced block of a kind."""
    found = re.search(rf"```{kind}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


def test_the_first_screen(project: Project) -> None:
    project.write(block("yaml"))
    plan, build = re.findall(r"\$ iconbuild \w+\n(.*?)(?=\n\$|\Z)", block("console"), re.DOTALL)
    planned = project.run("plan").ok().out.splitlines()
    assert [line for line in plan.splitlines() if line.strip() and line != "..." and line not in planned] == []
    assert project.run("build", "--progress", "none").ok().out == build


def test_every_command_is_named() -> None:
    for command in COMMANDS:
        assert f"`{command}" in README, command


def test_the_rule_for_make(project: Project) -> None:
    project.write(block("yaml"))
    program = f"{shlex.quote(project.python)} -m iconbuild"
    (project.root / "Makefile").write_text(block("make").replace("\ticonbuild", f"\t{program}"))

    def make() -> str:
        run = subprocess.run(["make"], cwd=project.root, env=project.env, capture_output=True, text=True, check=True)
        return run.stdout

    assert "51 files written" in make()
    assert "up to date" in make()
    project.edit("bell notification alert", "alarm clock")
    assert "1 generated" in make()
