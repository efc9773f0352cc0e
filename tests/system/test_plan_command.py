"""`plan` and the other commands that only look: their JSON, the two sums, and that they write nothing."""

from __future__ import annotations

import shutil

import pytest

from tests.system.project import ANCHORED_SET, SIX, Project, contents
from tests.system.shapes import PLAN, fits, no_network, paid

PAID = {
    124: ("duotone", 6),
    361: ("product", 15),
}


@pytest.mark.parametrize("tokens", PAID)
def test_plan_gives_the_two_sums_without_a_key_or_a_socket(project: Project, tokens: int) -> None:
    preset, icons = PAID[tokens]
    project.write(paid(preset, icons))
    log = project.base / "sockets"
    trace = ["strace", "-f", "-e", "trace=socket,connect", "-o", str(log)] if shutil.which("strace") else no_network()
    done = project.run("plan", "--format", "json", prefix=trace).ok()
    fits(done.json, PLAN)
    assert done.json["totals"] == {"token": tokens, "usd": "0.00"}
    assert done.json["calls"] == {"generation": icons, "processing": 0, "upload": 0}
    assert done.json["seconds"]["estimate"] > 0
    costs = [icon["cost"]["amount"] for icon in done.json["icons"]]
    assert costs == [costs[0], *[costs[1]] * (icons - 1)]
    assert {icon["reference"] for icon in done.json["icons"][1:]} == {"icon0"}
    assert str(tokens) in project.run("plan").ok().out
    if log.exists():
        assert "socket(" not in log.read_text()


def test_plan_json(three: Project) -> None:
    done = three.run("plan", "--format", "json").ok()
    fits(done.json, PLAN)
    assert done.err == ""
    assert [icon["action"] for icon in done.json["icons"]] == ["generate"] * 3
    assert done.json["files"] == 3
    three.run("build").ok()
    (three.root / "dist/bell-24.png").unlink()
    three.edit("heart: heart", "heart: alarm clock")
    icons = three.run("plan", "--format", "json").ok().json["icons"]
    assert [icon["action"] for icon in icons] == ["reuse", "restore", "generate"]
    three.edit("sizes: [24]", "sizes: [48]")
    icons = three.run("plan", "--format", "json").ok().json["icons"]
    assert [icon["action"] for icon in icons] == ["process", "process", "generate"]


def test_plan_and_build_agree(project: Project) -> None:
    project.write(ANCHORED_SET)
    project.run("build").ok()
    project.edit(SIX["team"], "two people")
    project.edit(SIX["home"], "castle")
    planned = project.run("plan", "--format", "json").ok().json
    made = project.run("build", "--format", "json").ok().json
    assert made["icons"] == planned["icons"]
    assert made["result"]["generated"] == planned["calls"]["generation"] == 2
    assert len(made["result"]["written"]) == planned["files"] == 2


@pytest.mark.parametrize("form", ["human", "markdown", "github", "ndjson"])
def test_plan_in_other_formats(three: Project, form: str) -> None:
    done = three.run("plan", "--format", form).ok()
    assert "house" in done.out
    assert done.err == ""


READERS = {
    "plan": ["plan"],
    "plan json": ["plan", "--format", "json"],
    "validate": ["validate"],
    "explain icon": ["explain", "house"],
    "explain path": ["explain", "dist/house-24.png"],
    "explain code": ["explain", "M017"],
    "outputs": ["outputs"],
    "schema": ["schema"],
    "presets": ["presets"],
    "cache dir": ["cache", "dir"],
    "cache info": ["cache", "info"],
    "completion": ["completion", "bash"],
}


@pytest.mark.parametrize("arguments", READERS.values(), ids=READERS.keys())
@pytest.mark.parametrize("state", ["never built", "built"])
def test_a_command_that_only_looks_writes_nothing_anywhere(three: Project, arguments: list[str], state: str) -> None:
    if state == "built":
        three.run("build").ok()
        (three.root / "dist/house-24.png").unlink()
    before, folders = contents(three.base), {path for path in three.base.rglob("*") if path.is_dir()}
    three.run(*arguments).ok()
    assert contents(three.base) == before
    assert {path for path in three.base.rglob("*") if path.is_dir()} == folders
