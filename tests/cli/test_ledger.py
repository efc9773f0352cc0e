"""`iconbuild ledger` on a real ledger: what it lists, and what it says of what nobody knows."""

from __future__ import annotations

import json
import sqlite3
import time
from decimal import Decimal
from pathlib import Path

from iconbuild.model.purchase import Balance
from tests.builders import digest_of
from tests.cli.ledgers import PICTURE, Shelf
from tests.system.project import Project


def test_where_nothing_was_bought_nothing_is_made(paid: Project) -> None:
    assert paid.run("ledger").ok().out == "nothing was bought\n"
    empty = paid.run("ledger", "--format", "json").ok().json
    assert empty == {
        "schema_version": 1,
        "command": "ledger",
        "attempts": [],
        "totals": {"token": 0, "usd": "0.00"},
        "unknown": 0,
    }
    assert not (paid.base / "state").exists()


def test_lines_for_programs_are_lines(paid: Project, shelf: Shelf) -> None:
    shelf.bought("house")
    line = paid.run("ledger", "--format", "ndjson").ok().out
    assert line.count("\n") == 1
    assert json.loads(line) == paid.run("ledger", "--format", "json").ok().json


def test_what_was_spent_on_what(paid: Project, shelf: Shelf) -> None:
    first, second = shelf.bought("house"), shelf.bought("bell", told=False, planned=None)
    shelf.refused("heart")
    running = shelf.claim("star", planned=23)
    lines = paid.run("ledger").ok().out.splitlines()
    today = time.strftime("%Y-%m-%d")
    assert [line.split()[:1] for line in lines] == [["id"], [first], [second], [running], [], ["iconly:"]]
    assert [line.rsplit("  ", 1)[1] for line in lines[1:4]] == ["paid", "paid (price not told)", "running"]
    assert today in lines[1]
    assert lines[-1] == "iconly: 33 tokens paid, 23 tokens reserved"
    assert "heart" in paid.run("ledger", "--all").ok().out


def test_the_unknown_come_first_with_the_commands_that_decide(paid: Project, shelf: Shelf) -> None:
    shelf.bought("house")
    lost = shelf.riddle("bell", answer=True)
    lines = paid.run("ledger").ok().out.splitlines()
    assert lines[0] == "unknown: `bell`, 6 tokens at iconly may have been charged: status 500"
    assert lines[1] == f"  what arrived is in {shelf.state}/spool/{lost}"
    assert f"iconbuild ledger resolve {lost} --charged" in lines[2]
    assert f"iconbuild ledger resolve {lost} --by-balance" in lines[3]
    assert lines[-1] == "iconly: 6 tokens paid, 6 tokens unknown"
    only = paid.run("ledger", "--unknown").ok().out
    assert "house" not in only
    assert paid.run("ledger", "--detailed-exitcode").code == 9
    shelf.ledger.resolve(lost, charged=False, note="looked")
    assert paid.run("ledger", "--detailed-exitcode").code == 0


def test_the_json_has_every_field(paid: Project, shelf: Shelf) -> None:
    house, bell = shelf.bought("house"), shelf.riddle("bell", answer=True)
    shelf.claim("heart", planned=None, unit="usd")
    data = paid.run("ledger", "--format", "json").ok().json
    assert data["totals"] == {"token": 12, "usd": "27.00"}
    assert data["unknown"] == 1
    first, second, third = data["attempts"]
    assert 0 < first.pop("began") <= first.pop("ended") <= time.time()
    assert first == {
        "id": house,
        "icon": "house",
        "provider": "iconly",
        "task": "generate",
        "state": "settled",
        "unit": "token",
        "planned": 6,
        "spent": 6,
        "price": "observed",
        "project": str(paid.manifest),
        "key": digest_of(b"house"),
        "digest": digest_of(PICTURE + b"house"),
        "note": "",
        "waived": False,
        "answer": None,
    }
    assert (second["id"], second["state"], second["note"]) == (bell, "unknown", "status 500")
    assert Path(second["answer"]).is_file()
    assert (third["planned"], third["unit"], third["ended"]) == (None, "usd", None)


def test_a_project_sees_its_own_and_all_are_seen_from_anywhere(paid: Project, shelf: Shelf) -> None:
    shelf.bought("house")
    shelf.bought("castle", project="/elsewhere/castles/icons.yaml")
    here = paid.run("ledger").ok().out
    assert "house" in here
    assert "castle" not in here
    everything = paid.run("ledger", "--all").ok().out
    assert "castles" in everything
    outside = paid.base / "outside"
    (outside / ".git").mkdir(parents=True)
    assert paid.run("ledger", cwd=outside).ok().out == everything
    assert "no manifest found" in paid.run("ledger", "--project", cwd=outside).err
    assert paid.run("ledger", str(paid.manifest), cwd=outside).ok().out == here
    assert paid.run("ledger", "--all", "--project").code == 2
    assert paid.run("ledger", "resolv", "x").code == 2


def test_text_from_outside_cannot_drive_the_terminal(paid: Project, shelf: Shelf) -> None:
    shelf.riddle("evil\x1b]0;owned\x07\n::error::x", note="why \x1b[2J\u202e")
    said = paid.run("ledger").ok().out
    assert not [char for char in said if char in "\x1b\x07\u202e"]
    assert not [line for line in said.splitlines() if line.startswith("::")]


def test_a_run_that_ended_early_is_told_from_one_that_runs(paid: Project, shelf: Shelf) -> None:
    shelf.claim("house")
    assert "running" in paid.run("ledger").ok().out
    shelf.ledger.close()
    assert "ended early: the next build looks at it first" in paid.run("ledger").ok().out


def test_a_ledger_of_a_newer_version_is_not_touched(paid: Project, shelf: Shelf) -> None:
    shelf.ledger.read_balance("me", Balance(Decimal(5), {}))
    database = sqlite3.connect(shelf.state / "ledger.db")
    database.execute("PRAGMA user_version = 99")
    database.close()
    for words in (["ledger"], ["ledger", "resolve", "a", "--void"]):
        assert paid.run(*words).code == 8


def test_doctor_knows_the_ledger_and_shows_no_key(paid: Project, shelf: Shelf) -> None:
    key = "ik_canary_of_the_doctor_1"
    shelf.bought("house")
    shelf.riddle("bell")
    said = paid.run("doctor", env={"ICONBUILD_ICONLY_KEY": key, "ICONBUILD_ICONLY_URL": "http://127.0.0.1:9/api"}).ok()
    assert "1 purchase, 1 of unknown outcome" in said.out
    assert "found in ICONBUILD_ICONLY_KEY" in said.out
    assert "http://127.0.0.1:9/api, by ICONBUILD_ICONLY_URL" in said.out
    assert key not in said.out + said.err
    shelf.state.chmod(0o755)
    assert f"chmod 700 {shelf.state}" in paid.run("doctor").ok().out
    wrong = paid.run("doctor", env={"ICONBUILD_ICONLY_URL": "http://evil.example/api"})
    assert (wrong.code, "evil" in wrong.out) == (1, False)
