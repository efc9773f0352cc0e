"""Fixtures of the system tests."""

from __future__ import annotations

import pytest

from tests.system.project import Project, many


@pytest.fixture
def three(project: Project) -> Project:
    """Three icons, not yet built."""
    project.write(many(3))
    return project
