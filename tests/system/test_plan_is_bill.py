"""What is planned is what is billed, for any manifest: the server's own list of charges is the judge."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from iconbuild.sandbox.endpoints import ENDPOINTS
from tests.sandbox.serving import Sandbox, sandbox_process
from tests.system.inside import Buyer
from tests.system.orders import EVERYTHING, SAVED, Table, edited, lay_out, manifest, orders
from tests.system.project import Project

MANIFESTS = 50
MINIMUM = 6
"""Tokens of the cheapest picture: there is at least one to draw."""


@pytest.fixture(scope="module")
def open_sandbox() -> Iterator[Sandbox]:
    """A sandbox without limits, since prices are what matters here; its accounts never run dry."""
    with sandbox_process(window=0, tokens=1_000_000) as sandbox:
        sandbox.scenario([], SAVED)
        yield sandbox


class Billed(Buyer):
    """A buyer who counts every token; in this process, since each start would load everything anew."""

    known = 0
    """What was spent when that was last asked."""

    @property
    def env(self) -> dict[str, str]:
        """The limits of this server are none, so those of the client are next to none."""
        return {**super().env, "ICONBUILD_REHEARSAL_WINDOW": "0.05"}

    def bill(self) -> int:
        """Plan, build, and hold one to the other; the tokens that this build cost."""
        planned = self.run("plan", "--format", "json").ok().json
        before, calls = self.known, self._calls()
        done = self.build("--allow-blank").ok().json
        self.known = self.spent()
        assert planned["totals"]["token"] == self.known - before
        assert done["result"]["spent"]["token"] == self.known - before
        assert {pool: count - calls[pool] for pool, count in self._calls().items()} == planned["calls"]
        return self.known - before

    def _calls(self) -> dict[str, int]:
        """How often the server was asked so far, by rate class."""
        counts = self.sandbox.requests()["counts"]
        made = dict.fromkeys(("generation", "processing", "upload"), 0)
        for endpoint in ENDPOINTS:
            if endpoint.pool:
                made[endpoint.pool] += sum(counts.get(endpoint.path, {}).values())
        return made


@settings(max_examples=MANIFESTS, deadline=None)
@given(tables=orders())
@example(tables=(EVERYTHING, edited(EVERYTHING, "first")))
def test_the_plan_is_the_bill(
    tables: tuple[Table, Table], open_sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    buyer = _moved_in(tmp_path_factory.mktemp("bill"), open_sandbox)
    buyer.project.write(manifest(tables[0]))
    assert buyer.bill() >= MINIMUM
    assert buyer.bill() == 0
    buyer.project.write(manifest(tables[1]))
    assert buyer.bill() >= MINIMUM


def _moved_in(folder: Path, sandbox: Sandbox) -> Billed:
    """An empty project with the files that manifests name, whose owner has never bought anything."""
    project = Project(folder, {"HOME": str(folder), "ICONBUILD_CACHE_DIR": str(folder / "cache"), "TERM": "dumb"})
    lay_out(project.root)
    return Billed(project, sandbox)
