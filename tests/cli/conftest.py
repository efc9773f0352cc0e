"""Fixtures of the commands about money."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.ledgers import Shelf
from tests.system.project import Project, many


@pytest.fixture
def paid(project: Project) -> Project:
    """A project with a state folder of its own."""
    project.env["ICONBUILD_STATE_DIR"] = str(project.base / "state")
    project.write(many(3))
    return project


@pytest.fixture
def shelf(paid: Project) -> Iterator[Shelf]:
    """The ledger of its user."""
    made = Shelf(paid)
    yield made
    made.ledger.close()
