"""Of files that belong together all are published, or none that would change."""

from __future__ import annotations

import pytest

from iconbuild.emitter.bundles import whole_bundles
from iconbuild.model.artifact import PNG, Artifact
from iconbuild.model.session import Found, State
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Target
from tests.builders import digest_of
from tests.system.project import Project

SPRITE = [Target(f"s.{end}", ActionKey(end), None, "sprite", "s.png") for end in ("png", "json", "css")]
OTHER = Target("a.png", ActionKey("a"), "a", "files")
ARTIFACT = Artifact(digest_of(b"x"), PNG, 1)


def published(made: str, placed: str = "") -> list[str]:
    states: dict[str, State] = dict.fromkeys(placed.split(), "placed")
    found = {target.path: Found(states.get(target.path, "missing")) for target in (*SPRITE, OTHER)}
    return sorted(whole_bundles([*SPRITE, OTHER], found, {ActionKey(key): ARTIFACT for key in made.split()}))


def test_all_or_none_and_nobody_else() -> None:
    assert published("png json css a") == ["a", "css", "json", "png"]
    assert published("json css a") == ["a"]
    assert published("png css a") == ["a"]


def test_what_is_in_place_is_there() -> None:
    assert published("json css a", placed="s.png") == ["a", "css", "json"]
    assert published("json css a", placed="s.css") == ["a", "css"]


@pytest.mark.parametrize("first", [True, False])
def test_a_stylesheet_never_speaks_of_an_atlas_that_is_not_there(project: Project, first: bool) -> None:
    outputs = "outputs: [{sprite: {file: s.png, css: s.css, json: s.json}}]\n"
    if not first:
        project.write(f"icons: {{home: house, bell: bell}}\n{outputs}")
        project.run("build").ok()
    before = {path.name: path.read_bytes() for path in project.root.glob("s.*")}
    (project.root / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    project.write(f"icons: {{first: star, home: house, bell: {{from: cut.png}}}}\n{outputs}")
    assert project.run("build").code == 1
    assert {path.name: path.read_bytes() for path in project.root.glob("s.*")} == before
    project.write(f"icons: {{first: star, home: house}}\n{outputs}")
    project.run("build").ok()
    assert sorted(path.name for path in project.root.glob("s.*")) == ["s.css", "s.json", "s.png"]
