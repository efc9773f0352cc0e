"""One shop for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture.till import Shop, opened


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    """A shop that is open during the whole run."""
    with opened() as running:
        yield running
