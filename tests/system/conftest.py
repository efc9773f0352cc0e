"""Fixtures of the system tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.serving import Sandbox, sandbox_process
from tests.system.paid import Shop
from tests.system.project import Project, many


@pytest.fixture
def three(project: Project) -> Project:
    """Three icons, not yet built."""
    project.write(many(3))
    return project


@pytest.fixture(scope="session")
def rehearsal() -> Iterator[Sandbox]:
    """One sandbox for all tests, whose limits count in windows of two seconds."""
    with sandbox_process(window=2) as sandbox:
        yield sandbox


@pytest.fixture
def shop(project: Project, rehearsal: Sandbox) -> Iterator[Shop]:
    """A project that buys from the sandbox with an account of its own."""
    rehearsal.scenario([])
    yield Shop(project, rehearsal)
    rehearsal.scenario([])
