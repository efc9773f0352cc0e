"""C: after everything else has run, no store, lock, output, log or page that was left holds the key of any test."""

from __future__ import annotations

import pytest

from tests.torture.canary import CANARY, PLANTED, leaks


def test_nothing_that_this_run_left_holds_a_key(tmp_path_factory: pytest.TempPathFactory) -> None:
    found = leaks(tmp_path_factory.getbasetemp())
    words = f"keys begin with {CANARY}, and those that tests write themselves lie in folders called {PLANTED}"
    assert not found, f"{words}: {[str(path) for path in found]}"
