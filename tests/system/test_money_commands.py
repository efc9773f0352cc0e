"""The commands about money against a real server: what they ask, what they write down, and what they never do."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid4

import pytest

from iconbuild.model.purchase import Balance
from iconbuild.store.ledger.ledger import SqliteLedger
from iconbuild.store.ledger.moments import Moment
from iconbuild.store.ledger.moments import now as this_moment
from iconbuild.store.spool import Spool
from tests.sandbox.serving import Sandbox, sandbox_process
from tests.system.project import Project

MANIFEST = """\
version: 1
name: paid
provider: iconly
icons: {house: house, bell: bell}
outputs:
  - files: {dir: dist, formats: [png], sizes: [24]}
"""
FAILING = {"path": "/api/generate-icon/", "status": 500}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One server; every test has an account of its own."""
    with sandbox_process() as made:
        yield made


@pytest.fixture
def key() -> str:
    """The key of an account that nobody used."""
    return f"ik_{uuid4().hex}"


@pytest.fixture
def paid(project: Project, sandbox: Sandbox, key: str) -> Iterator[Project]:
    """Two icons that are not yet bought."""
    project.env |= {
        **sandbox.environment(key),
        "ICONBUILD_STATE_DIR": str(project.base / "state"),
        "ICONBUILD_KEYRING": "0",
    }
    project.write(MANIFEST)
    yield project
    sandbox.scenario([])


def test_balance(paid: Project, sandbox: Sandbox, key: str) -> None:
    sandbox.account(key=key, monthly_tokens=280, bonus_tokens=13)
    assert paid.run("balance").ok().out == "iconly: 293 tokens (monthly 280, bonus 13)\n"
    assert paid.run("balance", "iconly", "--format", "json").ok().json == {
        "schema_version": 1,
        "command": "balance",
        "provider": "iconly",
        "unit": "token",
        "total": 293,
        "parts": {"monthly": 280, "bonus": 13},
    }
    line = paid.run("balance", "--format", "ndjson").ok().out
    assert line.count("\n") == 1
    assert json.loads(line)["total"] == 293
    assert paid.run("balance", "local").code == 2
    outside = paid.base / "outside"
    (outside / ".git").mkdir(parents=True)
    assert "293 tokens" in paid.run("balance", cwd=outside).ok().out


def test_balance_without_a_key_or_a_server(paid: Project) -> None:
    none = paid.run("balance", env={"ICONBUILD_ICONLY_KEY": ""})
    assert none.code == 5
    assert "ICONBUILD_ICONLY_KEY" in none.err
    marked = paid.run("balance", "--format", "github", env={"ICONBUILD_ICONLY_KEY": ""})
    error, remedy = (none.err.splitlines()[number].strip() for number in (0, 1))
    assert marked.err == f"::error::{error.removeprefix('error: ')}. {remedy}\n"
    assert paid.run("balance", env={"ICONBUILD_ICONLY_URL": "http://127.0.0.1:9/api"}).code == 6
    assert not (paid.base / "state" / "ledger.db").exists()


def test_a_note_about_the_key_reaches_people(paid: Project, key: str) -> None:
    spaced = {"ICONBUILD_ICONLY_KEY": f"{key} "}
    for words in (["balance"], ["build"]):
        said = paid.run(*words, env=spaced).ok().err
        assert "ICONBUILD_ICONLY_KEY" in said
        assert key not in said


def test_plan_asks_for_the_balance_only_where_told(paid: Project, sandbox: Sandbox, key: str) -> None:
    def asked() -> int:
        return sum(sandbox.requests()["counts"].get("/api/tokens/", {}).values())

    before = asked()
    plain = paid.run("plan", "--format", "json", env={"ICONBUILD_ICONLY_KEY": ""}).ok().json
    assert "balance" not in plain
    assert asked() == before
    assert not (paid.base / "state").exists()
    told = paid.run("plan", "--refresh", "--format", "json").ok().json
    assert told["balance"] == {"unit": "token", "amount": 2500, "after": 2488}
    assert "balance: 2500 tokens, 2488 after" in paid.run("plan", "--refresh").ok().out
    assert asked() == before + 2
    assert paid.run("plan", "--refresh", env={"ICONBUILD_ICONLY_KEY": ""}).code == 5
    paid.edit("provider: iconly", "provider: local")
    free = paid.run("plan", "--refresh").ok()
    assert "no balance to ask for" in free.err


def test_what_was_bought_is_in_the_ledger_at_its_price(paid: Project, sandbox: Sandbox, key: str) -> None:
    paid.run("build").ok()
    data = paid.run("ledger", "--format", "json").ok().json
    assert sorted(each["icon"] for each in data["attempts"]) == ["bell", "house"]
    assert {each["state"] for each in data["attempts"]} == {"settled"}
    assert data["totals"]["token"] == 12 == 2500 - sandbox.balance(key=key)
    assert "iconly: 12 tokens paid" in paid.run("ledger").ok().out
    spent = paid.run("ledger", env={"ICONBUILD_ICONLY_KEY": "", "ICONBUILD_ICONLY_URL": "http://127.0.0.1:9/api"})
    assert "iconly: 12 tokens paid" in spent.ok().out  # no key, no network


def test_nothing_is_bought_where_it_could_not_be_kept(paid: Project, sandbox: Sandbox, key: str) -> None:
    (paid.root / ".iconbuild").write_text("in the way")
    assert paid.run("build").code == 7
    assert sandbox.balance(key=key) == 2500
    assert paid.run("ledger").ok().out == "nothing was bought\n"


def failed(project: Project, sandbox: Sandbox, *, charge: str) -> str:
    """The id of a purchase that the server answered with 500."""
    sandbox.scenario([{**FAILING, "charge": charge, "subject": "bell"}])
    assert project.run("build").code == 9
    sandbox.scenario([])
    (unknown,) = project.run("ledger", "--unknown", "--format", "json").ok().json["attempts"]
    return str(unknown["id"])


def test_what_is_decided_is_what_the_next_build_does(paid: Project, sandbox: Sandbox, key: str) -> None:
    attempt = failed(paid, sandbox, charge="never")
    answer = Spool(str(paid.base / "state")).reply(attempt)
    assert answer is not None
    assert answer.status == 500
    assert paid.run("ledger", "--detailed-exitcode").code == 9
    assert paid.run("build").code == 9
    assert sandbox.balance(key=key) == 2494
    paid.run("ledger", "resolve", attempt, "--void").ok()
    paid.run("build").ok()
    assert sandbox.balance(key=key) == 2488
    assert paid.run("ledger", "--format", "json").ok().json["totals"]["token"] == 12


def test_charged_is_booked_and_bought_again(paid: Project, sandbox: Sandbox, key: str) -> None:
    paid.run("ledger", "resolve", failed(paid, sandbox, charge="early"), "--charged").ok()
    paid.run("build").ok()
    assert sandbox.balance(key=key) == 2500 - 18
    assert paid.run("ledger", "--format", "json").ok().json["totals"]["token"] == 18


def test_a_lost_picture_is_bought_again_only_when_somebody_says_so(paid: Project, sandbox: Sandbox, key: str) -> None:
    paid.run("build").ok()
    attempts = paid.run("ledger", "--format", "json").json["attempts"]
    for folder in (paid.root / ".iconbuild", paid.cache, paid.root / "dist"):
        for file in folder.rglob("*"):
            if file.is_file():
                file.unlink()
    gone = paid.run("build")
    assert gone.code == 8
    assert "--buy-lost" in gone.err
    paid.run("build", "--buy-lost").ok()
    assert sandbox.balance(key=key) == 2500 - 24
    assert all(each["id"] in paid.run("ledger").ok().out for each in attempts)


def aged(project: Project, seconds: float) -> None:
    """Move all purchases and the balances of before so far into the past."""
    database = sqlite3.connect(project.base / "state" / "ledger.db")
    with database:
        database.execute("UPDATE attempts SET began = began - ?, ended = ended - ?", (seconds, seconds))
        database.execute("UPDATE readings SET at = at - ?", (seconds,))
    database.close()


def read_before(project: Project, account: str, total: int, ago: float) -> None:
    """A balance that was told some time ago."""
    moment = this_moment()
    ledger = SqliteLedger(
        str(project.base / "state"), clock=lambda: Moment(moment.wall - ago, moment.uptime, moment.boot)
    )
    ledger.read_balance(account, Balance(Decimal(total), {}))
    ledger.close()


@pytest.mark.parametrize("charge", ["never", "early"])
def test_the_balance_decides_where_it_can(paid: Project, sandbox: Sandbox, key: str, charge: str) -> None:
    paid.run("build", "house").ok()
    attempt = failed(paid, sandbox, charge=charge)
    aged(paid, 600.0)
    ledger = SqliteLedger(str(paid.base / "state"))
    account = ledger.get(attempt).order.account
    read_before(paid, account, sandbox.balance(key=key), 60.0)
    done = paid.run("ledger", "resolve", attempt, "--by-balance")
    if charge == "never":
        assert "was not charged, as the balance shows" in done.ok().out
        assert ledger.get(attempt).state == "void"
    else:
        assert done.code == 9
        assert "stays unknown: the balance is not what it was" in done.out
        assert ledger.get(attempt).state == "unknown"
    ledger.close()


def test_a_build_frees_what_its_balance_proves_not_charged(paid: Project, sandbox: Sandbox, key: str) -> None:
    paid.run("build", "house").ok()
    attempt = failed(paid, sandbox, charge="never")
    aged(paid, 600.0)
    ledger = SqliteLedger(str(paid.base / "state"))
    read_before(paid, ledger.get(attempt).order.account, sandbox.balance(key=key), 60.0)
    done = paid.run("build").ok()
    assert "`bell` was not charged" in done.err
    assert sandbox.balance(key=key) == 2488
    assert ledger.get(attempt).state == "void"
    ledger.close()


def test_the_balance_of_another_key_decides_nothing(paid: Project, sandbox: Sandbox) -> None:
    attempt = failed(paid, sandbox, charge="never")
    other = paid.run("ledger", "resolve", attempt, "--by-balance", env={"ICONBUILD_ICONLY_KEY": "ik_another_account_1"})
    assert other.code == 2
    assert "another key" in other.err


def test_waiting_for_the_balance_is_told_and_can_be_ended(paid: Project, sandbox: Sandbox) -> None:
    paid.run("build", "house").ok()
    attempt = failed(paid, sandbox, charge="never")
    process = paid.start("ledger", "resolve", attempt, "--by-balance")
    assert process.stderr is not None
    said = process.stderr.readline().decode()
    assert "it is too early to tell: asking again in" in said
    time.sleep(0.2)  # it sleeps now
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert paid.run("ledger", "--detailed-exitcode").code == 9
