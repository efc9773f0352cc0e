"""One shop for the whole run, and the test that has to be the last of all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.torture.till import Shop, opened

LAST = "test_nothing_that_this_run_left_holds_a_key"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The search for keys comes after everything that might have written one."""
    items.sort(key=lambda item: item.name == LAST)


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    """A shop that is open during the whole run."""
    with opened() as running:
        yield running
