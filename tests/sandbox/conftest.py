"""One sandbox for the tests of this folder; each test has an account of its own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.sandbox.serving import Sandbox, sandbox_process


@pytest.fixture(scope="session")
def shared() -> Iterator[Sandbox]:
    """A running sandbox."""
    with sandbox_process() as made:
        yield made


@pytest.fixture
def sandbox(shared: Sandbox) -> Iterator[Sandbox]:
    """A running sandbox without faults."""
    yield shared
    shared.scenario([], {})


@pytest.fixture
def key() -> str:
    """The key of an account that nobody used."""
    return f"ik_{uuid4().hex}"
