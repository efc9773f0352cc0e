"""After everything else has run, no store, lock, output, log or page that was left may hold the key of any test.

Part of every run of pytest; with workers it is their master that looks, once all of them are done.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.canary import CANARY, PLANTED, leaks

_FOUND = pytest.StashKey[list[Path]]()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Search what all tests have left; a find fails the run."""
    factory = getattr(session.config, "_tmp_path_factory", None)
    if factory is None or hasattr(session.config, "workerinput"):
        return
    found = leaks(factory.getbasetemp())
    session.config.stash[_FOUND] = found
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was found, or that nothing was."""
    found = config.stash.get(_FOUND, [])
    terminalreporter.section("keys in what the tests left")
    terminalreporter.line(
        f"{len(found)} found (keys begin with {CANARY}; planted ones lie in folders called {PLANTED})"
    )
    for path in found:
        terminalreporter.line(f"LEAKED {path}")
