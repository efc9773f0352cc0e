"""`iconbuild ledger resolve`: what people can decide, what that changes, and what nobody can decide."""

from __future__ import annotations

import json

import pytest

from iconbuild.store.spool import Spool
from tests.cli.ledgers import Shelf
from tests.system.project import Project


def decide(project: Project, attempt: str, *flags: str) -> str:
    """What `ledger resolve` answers."""
    return project.run("ledger", "resolve", attempt, *flags).ok().out


def test_charged_stays_booked_and_may_be_bought_again(paid: Project, shelf: Shelf) -> None:
    attempt = shelf.riddle("bell")
    assert "stays booked with 6 tokens" in decide(paid, attempt[:6], "--charged")
    found = shelf.ledger.get(attempt)
    assert (found.state, found.spent, found.digest) == ("settled", 6, None)
    assert "paid, and the picture is lost" in paid.run("ledger").ok().out
    shelf.claim("bell")


def test_void_is_bought_at_the_next_build(paid: Project, shelf: Shelf) -> None:
    attempt = shelf.riddle("bell", answer=True)
    done = paid.run("ledger", "resolve", attempt, "--void", "--format", "json").ok().json
    assert list(done)[:5] == ["schema_version", "command", "id", "icon", "state"]
    assert (done["id"], done["icon"], done["state"]) == (attempt, "bell", "void")
    assert Spool(str(shelf.state)).left() == []
    assert shelf.ledger.get(attempt).spent == 0
    shelf.claim("bell")


def test_a_decision_is_one_line_for_programs(paid: Project, shelf: Shelf) -> None:
    line = decide(paid, shelf.riddle("bell"), "--charged", "--format", "ndjson")
    assert line.count("\n") == 1
    assert json.loads(line)["state"] == "settled"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "what became of it?"),
        (["--charged", "--void"], "not allowed with"),
    ],
)
def test_a_decision_is_one_and_fits(paid: Project, shelf: Shelf, flags: list[str], said: str) -> None:
    done = paid.run("ledger", "resolve", shelf.riddle("bell"), *flags)
    assert done.code == 2
    assert said in done.err


def test_only_what_is_unknown_can_be_decided(paid: Project, shelf: Shelf) -> None:
    for attempt, state in (
        (shelf.bought("house"), "paid"),
        (shelf.refused("heart"), "not charged"),
        (shelf.claim("star"), "running"),
    ):
        done = paid.run("ledger", "resolve", attempt, "--void")
        assert done.code == 2
        assert f"is not unknown, but {state}" in done.err
    shelf.riddle("a")
    for words in (["resolve", "", "--void"], ["resolve", "zz", "--void"], ["resolve", "--void"], ["--void"]):
        assert paid.run("ledger", *words).code == 2


def test_what_a_dead_run_left_is_looked_at_first(paid: Project, shelf: Shelf) -> None:
    attempt = shelf.claim("house")
    shelf.ledger.sending(attempt)
    shelf.ledger.close()
    done = paid.run("ledger", "resolve", attempt, "--charged").ok()
    assert "nobody knows whether `house` was charged (6 tokens)" in done.err
    assert "stays booked with 6 tokens" in done.out
