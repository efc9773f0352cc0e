"""The JSON shapes of the interface, and checks that several tests of the command line share."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from tests.system.project import OUTPUTS, Project, Run, contents

COST = {"unit": str, "amount": (int, float, type(None)), "bound": str}
TOTALS = {"token": (int, float), "usd": str}
ICON = {"name": str, "action": str, "reason": str, "reference": (str, type(None)), "cost": COST}
PLAN = {
    "schema_version": int,
    "command": str,
    "manifest": str,
    "provider": str,
    "icons": [ICON],
    "totals": TOTALS,
    "calls": {"generation": int, "processing": int, "upload": int},
    "seconds": {"estimate": (int, float)},
    "files": int,
}
RESULT = {
    "generated": int,
    "processed": int,
    "restored": int,
    "reused": int,
    "failed": [{"name": str, "error": str}],
    "written": [str],
    "unchanged": int,
    "sizes": dict,
    "spent": TOTALS,
}
BUILD = {**PLAN, "result": RESULT, "exit_code": int}
MATCH = {"subject": str, "candidates": [{"icon": str, "score": (int, float)}], "confident": bool}


def fits(data: Any, shape: Any, at: str = "$") -> None:
    """Every key of the contract is there with its type; more keys may be."""
    if isinstance(shape, dict):
        assert isinstance(data, dict), at
        for key, inner in shape.items():
            assert key in data, f"{at}.{key}"
            fits(data[key], inner, f"{at}.{key}")
    elif isinstance(shape, list):
        assert isinstance(data, list), at
        for number, item in enumerate(data):
            fits(item, shape[0], f"{at}[{number}]")
    else:
        assert isinstance(data, shape), f"{at} is {data!r}"
        assert shape is not int or not isinstance(data, bool), at


def paid(preset: str, icons: int) -> str:
    """A set that Iconly would draw, its first icon the anchor."""
    lines = "".join(f"  icon{number}: subject {number}\n" for number in range(icons))
    return (
        f"version: 1\nname: paid\nprovider: iconly\ndefaults: {{preset: {preset}}}\nanchor: icon0\n"
        f"icons:\n{lines}{OUTPUTS}"
    )


def refused(done: Run, code: int, *words: str) -> None:
    """An expected error: its words on stderr, nothing on stdout, no traceback."""
    assert done.code == code, done
    assert done.out == "", done
    assert "Traceback" not in done.err
    assert "internal error" not in done.err
    for word in words:
        assert word in done.err, done


def no_network() -> list[str]:
    """A prefix under which no socket reaches anything."""
    if shutil.which("unshare") and subprocess.run(["unshare", "-n", "true"], check=False).returncode == 0:
        return ["unshare", "-n"]
    return []


def unharmed(project: Project, *arguments: str, code: int, words: tuple[str, ...] = ()) -> None:
    """The build is refused before anything was drawn, and nothing in the project has changed."""
    before = contents(project.root)
    project.generations()
    refused(project.run("build", *arguments), code, *words)
    assert project.generations().total() == 0
    assert contents(project.root) == before
