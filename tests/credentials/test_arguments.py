"""C13: no option takes a key. Whoever types one all the same is told where it belongs, and it is not printed."""

from __future__ import annotations

import pytest

from tests.system.project import Project

KEY = "ik_CANARYcanary0123456789"
BARE = "0123456789CANARYcanary"
"""A key without a prefix, which nothing but its place gives away."""
HINT = "set ICONBUILD_ICONLY_KEY, or ICONBUILD_ICONLY_KEY_FILE"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["build", "--key", KEY], True),
        (["build", f"--key={KEY}"], True),
        (["build", f"--api-key={BARE}"], True),
        (["validate", "icons.yaml", "--token", BARE], True),
        (["plan", "--format", "json", f"--ICONLY_KEY={BARE}"], True),
        ([f"--api-key={KEY}", "build"], True),
        (["--key", KEY, "build"], False),
        ([KEY], False),
        (["build", KEY], False),
        (["build", "--debug", "-C", KEY], False),
        (["build", "--format", KEY], False),
    ],
)
def test_c13_a_key_among_the_arguments_is_refused_and_not_echoed(
    arguments: list[str], hint: bool, project: Project
) -> None:
    project.write("icons: {home: house}\n")
    ended = project.run(*arguments, module="iconbuild")
    assert ended.code == 2
    assert "anary" not in ended.out + ended.err
    assert (HINT in ended.err) == hint
