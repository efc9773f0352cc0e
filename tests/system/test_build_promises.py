"""`build` that must not write, change the lock, open a socket or spend more than it may."""

from __future__ import annotations

import shutil

import pytest

from tests.system.project import Project, contents
from tests.system.shapes import no_network, paid, refused


def test_check_fails_where_outputs_differ_and_writes_nothing(three: Project) -> None:
    before = contents(three.root)
    done = three.run("build", "--check")
    assert done.code == 3
    assert "3 files would change" in done.out
    assert contents(three.root) == before
    three.run("build").ok()
    three.run("build", "--check").ok()
    (three.root / "dist/bell-24.png").write_bytes(b"by hand")
    after = contents(three.root)
    answer = three.run("build", "--check", "--format", "json")
    assert answer.code == answer.json["exit_code"] == 3
    assert answer.json["result"]["differences"] == ["dist/bell-24.png"]
    assert contents(three.root) == after


def test_locked_fails_where_the_lock_would_change(three: Project) -> None:
    before = contents(three.root)
    refused(three.run("build", "--locked"), 3, "icons.lock", "house")
    assert contents(three.root) == before
    three.run("build").ok()
    three.run("build", "--locked").ok()
    three.edit("bell: bell", "bell: alarm clock")
    refused(three.run("build", "--locked"), 3, "bell")
    assert three.generations().total() == 3
    assert three.run("build", env={"ICONBUILD_LOCKED": "1"}).code == 3
    three.edit("bell: alarm clock", "bell: bell")
    three.edit("sizes: [24]", "sizes: [24, 48]")
    refused(three.run("build", "--locked"), 3, "icons.lock")
    assert len(three.tree()) == 3
    three.run("build").ok()
    shutil.rmtree(three.root / "dist")
    three.run("build", "--locked").ok()
    assert len(three.tree()) == 6


def test_offline_opens_no_socket_and_builds(three: Project) -> None:
    three.run("build", "--offline", prefix=no_network()).ok()
    assert len(three.tree()) == 3


def test_a_token_budget_stops_before_anything_is_done(project: Project) -> None:
    project.write(paid("duotone", 6))
    refused(project.run("build", "--max-tokens", "123"), 4, "124", "123", "nothing was spent")
    project.write(paid("duotone", 6) + "budget: {tokens: 100}\n")
    refused(project.run("build", "--max-tokens", "500"), 4, "124", "the budget is 100")
    refused(project.run("build", env={"ICONBUILD_MAX_TOKENS": "7"}), 4, "7")
    assert set(contents(project.root)) == {"icons.yaml"}
    refused(project.run("build", "--max-tokens", "nan"), 2, "--max-tokens")


def test_without_a_key_nothing_is_done(project: Project) -> None:
    project.write(paid("duotone", 6))
    refused(project.run("build"), 5, "ICONBUILD_ICONLY_KEY", "nothing was sent")
    assert set(contents(project.root)) == {"icons.yaml"}


@pytest.mark.parametrize(("one", "other"), [("--force", ""), ("--prune", ""), ("--stamp", "x"), ("--plan", "x")])
def test_options_that_contradict_each_other(three: Project, one: str, other: str) -> None:
    refused(three.run("build", "--check", one, *filter(None, [other])), 2, "--check", one)


def test_dry_run_is_plan(three: Project) -> None:
    assert three.run("build", "-n").ok().out == three.run("plan").ok().out
    assert three.generations().total() == 0
    assert set(contents(three.root)) == {"icons.yaml"}
