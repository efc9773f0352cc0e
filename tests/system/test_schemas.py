"""What the program writes and prints is what `schemas/` says to other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.system.project import ANCHORED_SET, Project

SCHEMAS = Path(__file__).parents[2] / "schemas"


def validator(name: str) -> Draft202012Validator:
    """The validator of one schema, which is valid itself."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture
def sprited(project: Project) -> Project:
    """The anchored set, with a sprite."""
    project.write(ANCHORED_SET + "  - sprite: dist/sprite.png\n")
    return project


def test_plans_and_builds_are_what_the_schema_says(sprited: Project) -> None:
    plan = validator("plan")
    plan.validate(sprited.run("plan", "--format", "json").ok().json)
    built = sprited.run("build", "--format", "json").ok().json
    plan.validate(built)
    plan.validate(sprited.run("build", "--format", "json").ok().json)
    sprited.write(sprited.manifest.read_text().replace("version: 1\n", "version: 1\nprovider: iconly\n"))
    priced = sprited.run("plan", "--format", "json").ok().json
    plan.validate(priced)
    assert not plan.is_valid({**priced, "totals": {"token": -1, "usd": "0.00"}})
    assert not plan.is_valid({**built, "result": None})


def test_every_line_of_a_lock_is_what_the_schema_says(sprited: Project) -> None:
    sprited.run("build").ok()
    lock = validator("lock")
    lines = [json.loads(line) for line in (sprited.root / "icons.lock").read_text().splitlines()]
    assert [line for line in lines if "output" in line]
    for line in lines:
        lock.validate(line)
    assert not lock.is_valid({**lines[0], "files": ["short"]})
