"""The README tells the truth: its manifest, its plan and its build are run as they stand there."""

from __future__ import annotations

import re
import shlex
import subprocess

from iconbuild.cli.commands import COMMANDS
from tests.system.paid import Shop, plain
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


def shown(title: str) -> list[str]:
    """What the commands of a section's first console block print, a text for each."""
    section = README.partition(f"\n## {title}\n")[2]
    found = re.search(r"```console\n(.*?)```", section, re.DOTALL)
    assert found
    return [answer for answer in re.split(r"(?m)^\$ .*\n", found[1]) if answer.strip()]


def lines(text: str) -> set[str]:
    """The lines that a reader sees, without what differs from run to run."""
    text = re.sub(r"\b[0-9a-f]{12}\b", "ID", text)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", text)
    text = re.sub(r"\S+/spool/", "SPOOL/", text)
    return {line for line in text.splitlines() if line.strip() and line != "..."}


def test_the_set_at_iconly(shop: Shop) -> None:
    shop.project.write(block("yaml").replace("provider: local ", "provider: iconly "))
    plan, build = map(lines, shown("Pictures from Iconly"))
    assert plan <= lines(shop.run("plan").ok().out)
    asked = {line for line in build if line.startswith("Spend ")}
    told = lines(shop.run("build", "--progress", "none").ok().out)
    assert asked
    assert {line.removesuffix(" (estimate)") for line in build - asked} <= {
        line.removesuffix(" (estimate)") for line in told
    }
    assert shop.spent() == 124


def test_a_purchase_that_nobody_knows(shop: Shop) -> None:
    shop.project.write(plain("home", "alerts"))
    shop.faults({"path": "/generate-icon/", "subject": "alerts", "cut": 2000})
    assert shop.run("build").code == 9
    (ledger,) = shown("Money")
    assert lines(shop.run("ledger").ok().out) == lines(ledger)


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
