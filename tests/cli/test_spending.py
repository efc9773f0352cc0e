"""The question before money is spent, on a real terminal: nothing is sent before somebody or a flag says yes."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Mapping

import pytest

from tests.system.project import TIMEOUT, Project

MANIFEST = """\
version: 1
name: paid
provider: iconly
icons: {house: house, bell: bell}
outputs: dist
"""
NOBODY = "http://127.0.0.1:9/api"
"""An address at which nobody answers: a build that may spend ends with 6 there."""
QUESTION = "Spend 12 tokens (estimate) at iconly? [y/N]"


@pytest.fixture
def paid(project: Project) -> Project:
    """Two pictures to be bought at a server that is not there."""
    project.env |= {
        "ICONBUILD_STATE_DIR": str(project.base / "state"),
        "ICONBUILD_ICONLY_URL": NOBODY,
        "ICONBUILD_ICONLY_KEY": "ik_nobody_answers_1",
        "ICONBUILD_KEYRING": "0",
    }
    project.write(MANIFEST)
    return project


def on_terminal(
    project: Project, *arguments: str, typed: bytes, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """The exit code and all that a terminal shows, where somebody types."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        project.command(["build", *arguments], "iconbuild"),
        cwd=project.root,
        env={**project.env, **(env or {})},
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    project.started.append(process)
    os.close(follower)
    os.write(leader, typed)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:  # the last one at the other end has gone
            break
        if not piece:
            break
        shown += piece
    os.close(leader)
    return process.wait(TIMEOUT), shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("typed", [b"y\n", b"YES\n"])
def test_yes_spends(paid: Project, typed: bytes) -> None:
    code, shown = on_terminal(paid, typed=typed)
    assert QUESTION in shown
    assert code == 6
    assert "cannot be reached" in shown


@pytest.mark.parametrize("typed", [b"n\n", b"\n", b"yes please\n", b"\x04"], ids=["n", "enter", "else", "end"])
def test_everything_else_does_not(paid: Project, typed: bytes) -> None:
    code, shown = on_terminal(paid, typed=typed)
    assert QUESTION in shown
    assert code == 4
    assert "not confirmed; nothing was spent" in shown
    assert not (paid.base / "state" / "ledger.db").exists()


def test_y_is_not_asked(paid: Project) -> None:
    code, shown = on_terminal(paid, "-y", typed=b"")
    assert (code, "[y/N]" in shown) == (6, False)
    code, shown = on_terminal(paid, typed=b"", env={"ICONBUILD_YES": "1"})
    assert (code, "[y/N]" in shown) == (6, False)


def test_nobody_is_asked_where_there_is_no_terminal(paid: Project) -> None:
    done = paid.run("build", module="iconbuild")
    assert (done.code, "[y/N]" in done.err) == (6, False)


@pytest.mark.parametrize("flags", [[], ["-y"]])
def test_with_ci_set_nothing_is_bought(paid: Project, flags: list[str]) -> None:
    done = paid.run("build", *flags, env={"CI": "true"}, module="iconbuild")
    assert done.code == 4
    assert "costs 12 tokens (estimate) at iconly, and CI is set; nothing was spent" in done.err
    assert "--allow-spend" in done.err
    assert not (paid.base / "state" / "ledger.db").exists()


@pytest.mark.parametrize(("flags", "env"), [(["--allow-spend"], {}), ([], {"ICONBUILD_ALLOW_SPEND": "1"})])
def test_ci_may_be_allowed_to_buy(paid: Project, flags: list[str], env: dict[str, str]) -> None:
    assert paid.run("build", *flags, env={"CI": "true", **env}, module="iconbuild").code == 6


def test_ci_that_says_no_is_none(paid: Project) -> None:
    assert paid.run("build", env={"CI": "false"}, module="iconbuild").code == 6


def test_what_is_free_needs_no_permission(paid: Project) -> None:
    paid.edit("provider: iconly", "provider: local")
    code, shown = on_terminal(paid, typed=b"", env={"CI": "true"})
    assert (code, "[y/N]" in shown) == (0, False)
