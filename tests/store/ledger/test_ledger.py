from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from iconbuild.errors import BudgetError, StoreError, UsageError
from iconbuild.model.purchase import Balance, Bought, Claimed, Held, Reading, Unresolved
from iconbuild.store.ledger.ledger import SqliteLedger
from tests.store.ledger.orders import DIGEST, PROJECT, Clock, claimed, key_of, order


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[SqliteLedger]:
    book = SqliteLedger(str(tmp_path / "state"), clock=clock)
    yield book
    book.close()


def dead(ledger: SqliteLedger, clock: Clock) -> SqliteLedger:
    """The ledger as the next process finds it."""
    ledger.close()
    return SqliteLedger(ledger._files.folder, clock=clock)


def claim(ledger: SqliteLedger, name: str = "home", **options: object) -> object:
    return ledger.claim(order(name), **{"budget": None, "retry_unknown": False, **options})  # type: ignore[arg-type]


def test_looking_creates_nothing(ledger: SqliteLedger, tmp_path: Path) -> None:
    assert ledger.attempts() == []
    assert ledger.standing([key_of("home")]) == {}
    assert ledger.spent(PROJECT) == 0
    assert ledger.readings("a") == []
    assert ledger.orphans() == []
    with pytest.raises(UsageError, match="no attempt begins with `ab`"):
        ledger.get("ab")
    assert not (tmp_path / "state").exists()


def test_a_purchase_from_claim_to_settled(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.read_balance(order().account, Balance(Decimal(100), {}))
    attempt = claimed(ledger)
    assert ledger.spent(PROJECT) == 6
    ledger.sending(attempt)
    clock.pass_by(10)
    ledger.received(attempt)
    assert ledger.settled(attempt, DIGEST, Decimal(91)) == (Decimal(9), "observed", Decimal(3))
    (found,) = ledger.attempts(account=order().account, project=PROJECT)
    assert found == ledger.get(attempt[:5]) == ledger.standing([key_of("home")])[key_of("home")]
    assert (found.state, found.spent, found.price, found.digest) == ("settled", 9, "observed", DIGEST)
    assert found.ended == found.began + 10
    assert found.order == order()
    assert ledger.readings(order().account) == [Reading(clock.wall - 10, Decimal(100))]
    assert ledger.attempts(account="other") == ledger.attempts(project="other") == []


def test_files_are_for_their_owner_alone(ledger: SqliteLedger, tmp_path: Path) -> None:
    claimed(ledger)
    state = tmp_path / "state"
    for path in (state, *state.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_is_bought_is_not_bought_again(ledger: SqliteLedger, clock: Clock) -> None:
    attempt = claimed(ledger)
    ledger.sending(attempt)
    ledger.received(attempt)
    ledger.settled(attempt, DIGEST, None)
    assert claim(ledger, budget=Decimal(0), retry_unknown=True) == Bought(attempt, DIGEST, order().originals)
    ledger.lost(attempt)
    assert ledger.standing([key_of("home")]) == {}
    assert isinstance(claim(ledger), Claimed)
    assert ledger.spent(PROJECT) == 12


def test_a_live_attempt_is_held(ledger: SqliteLedger, clock: Clock) -> None:
    attempt = claimed(ledger)
    assert claim(ledger) == Held(f"process {os.getpid()}")
    other = SqliteLedger(ledger._files.folder, clock=clock)
    for step in (lambda _: None, ledger.sending, ledger.received):
        step(attempt)
        assert claim(other, retry_unknown=True) == Held(f"process {os.getpid()}")
        assert other.orphans() == []
    other.close()


def test_an_intent_of_the_dead_is_void(ledger: SqliteLedger, clock: Clock) -> None:
    first = claimed(ledger)
    book = dead(ledger, clock)
    assert [each.id for each in book.orphans()] == [first]
    second = claimed(book)
    assert [(each.id, each.state, each.spent) for each in book.attempts()] == [
        (first, "void", 0),
        (second, "intent", 6),
    ]
    with pytest.raises(StoreError, match="is void, and was to be intent"):
        ledger.sending(first)  # so that nothing is sent by somebody who only looked dead
    book.close()


@pytest.mark.parametrize("arrived", [False, True])
def test_what_the_dead_sent_is_unknown_until_somebody_decides(
    ledger: SqliteLedger, clock: Clock, arrived: bool
) -> None:
    attempt = claimed(ledger)
    ledger.sending(attempt)
    if arrived:
        ledger.received(attempt)
    book = dead(ledger, clock)
    assert [each.id for each in book.orphans()] == [attempt]
    assert claim(book, retry_unknown=True) == Unresolved(attempt)
    assert book.orphans() == []
    assert claim(book) == Unresolved(attempt)
    assert book.standing([key_of("home")])[key_of("home")].id == attempt
    again = claim(book, retry_unknown=True)
    assert isinstance(again, Claimed)
    assert book.get(attempt).waived
    assert book.spent(PROJECT) == 12
    assert book.standing([key_of("home")])[key_of("home")].id == again.attempt
    book.close()


def test_an_answer_that_comes_after_all_counts(ledger: SqliteLedger) -> None:
    attempt = claimed(ledger)
    ledger.sending(attempt)
    ledger.unknown(attempt, "cut")
    ledger.received(attempt)
    assert ledger.settled(attempt, DIGEST, None).spent == 6
    assert ledger.get(attempt).note == ""


def test_a_refused_call_is_tried_again_or_void(ledger: SqliteLedger) -> None:
    attempt = claimed(ledger)
    ledger.sending(attempt)
    ledger.received(attempt)
    ledger.unsent(attempt)
    assert ledger.get(attempt).state == "intent"
    ledger.sending(attempt)
    ledger.void(attempt, "refused: 400")
    assert ledger.spent(PROJECT) == 0
    assert ledger.standing([key_of("home")]) == {}
    assert isinstance(claim(ledger), Claimed)


def test_somebody_decides(ledger: SqliteLedger) -> None:
    attempts = [claimed(ledger, name) for name in ("a", "b")]
    for attempt in attempts:
        ledger.sending(attempt)
        ledger.unknown(attempt, "reset")
    ledger.resolve(attempts[0], charged=True, note="seen on the account's page")
    ledger.resolve(attempts[1], charged=False, note="")
    assert [(each.state, each.spent) for each in ledger.attempts()] == [("settled", 6), ("void", 0)]
    assert ledger.standing([key_of("a"), key_of("b")]) == {}
    assert isinstance(claim(ledger, "a"), Claimed)
    with pytest.raises(StoreError, match="is void, and was to be unknown"):
        ledger.resolve(attempts[1], charged=True, note="")


def test_each_step_comes_from_the_right_one(ledger: SqliteLedger) -> None:
    attempt = claimed(ledger)
    steps = {
        "sending": lambda: ledger.sending(attempt),
        "unsent": lambda: ledger.unsent(attempt),
        "received": lambda: ledger.received(attempt),
        "settled": lambda: ledger.settled(attempt, DIGEST, None),
        "unknown": lambda: ledger.unknown(attempt, ""),
        "void": lambda: ledger.void(attempt, ""),
        "resolve": lambda: ledger.resolve(attempt, charged=True, note=""),
        "lost": lambda: ledger.lost(attempt),
    }

    def refused(*names: str) -> None:
        for name in names:
            with pytest.raises(StoreError):
                steps[name]()

    refused("unsent", "received", "settled", "unknown", "resolve", "lost")
    steps["sending"]()
    refused("sending", "resolve", "lost")
    steps["received"]()
    refused("sending", "received", "resolve", "lost")
    steps["settled"]()
    refused("sending", "unsent", "received", "settled", "unknown", "void", "resolve")
    with pytest.raises(StoreError, match="is not there"):
        ledger.sending("ffffffffffff")


def test_the_budget_counts_what_is_reserved_booked_and_unknown(ledger: SqliteLedger) -> None:
    budget = Decimal(20)
    for name in "abc":
        ledger.claim(order(name), budget=budget, retry_unknown=False)
    with pytest.raises(
        BudgetError, match=r"`d` costs up to 6 tokens; 18 of the budget of 20 .* nothing was spent"
    ) as e:
        ledger.claim(order("d"), budget=budget, retry_unknown=False)
    assert e.value.exit_code == 4
    assert len(ledger.attempts()) == 3
    ledger.void(ledger.attempts()[0].id, "")
    assert isinstance(ledger.claim(order("d"), budget=budget, retry_unknown=False), Claimed)
    other = order("d", project="/other/icons.yaml")._replace(key=key_of("x"))
    assert isinstance(ledger.claim(other, budget=Decimal(6), retry_unknown=False), Claimed)


def test_a_refusal_by_the_budget_decides_nothing(ledger: SqliteLedger) -> None:
    attempt = claimed(ledger)
    ledger.sending(attempt)
    ledger.unknown(attempt, "")
    with pytest.raises(BudgetError):
        ledger.claim(order(), budget=Decimal(10), retry_unknown=True)
    assert not ledger.get(attempt).waived


def test_a_budget_is_for_a_day_whatever_the_wall_clock_says(ledger: SqliteLedger, clock: Clock) -> None:
    attempt = claimed(ledger)
    ledger.sending(attempt)
    ledger.settled(attempt, DIGEST, None)
    clock.wall += 90_000
    assert ledger.spent(PROJECT) == 6
    clock.wall -= 200_000
    assert ledger.spent(PROJECT) == 6
    clock.uptime += 86_400
    assert ledger.spent(PROJECT) == 0
    clock.boot = "second"
    assert ledger.spent(PROJECT) == 6  # the wall clock says that it is yet to come
    clock.wall += 300_000
    assert ledger.spent(PROJECT) == 0


def test_what_is_open_counts_for_ever(ledger: SqliteLedger, clock: Clock) -> None:
    claimed(ledger)
    clock.pass_by(1_000_000)
    assert ledger.spent(PROJECT) == 6


@pytest.mark.parametrize("remaining", ["-5", "NaN", "Infinity", "-Infinity"])
def test_a_balance_that_is_none_shows_no_price(ledger: SqliteLedger, remaining: str) -> None:
    ledger.read_balance(order().account, Balance(Decimal(100), {}))
    attempt = claimed(ledger)
    ledger.sending(attempt)
    assert ledger.settled(attempt, DIGEST, Decimal(remaining)) == (Decimal(6), "unknown", Decimal(0))


def test_bookings_are_put_right_once_the_balances_tell(ledger: SqliteLedger) -> None:
    ledger.read_balance(order().account, Balance(Decimal(100), {}))
    attempts = [claimed(ledger, name) for name in "abc"]
    for attempt in attempts:
        ledger.sending(attempt)
    ledger.settled(attempts[1], DIGEST, Decimal(85))
    ledger.settled(attempts[0], DIGEST, Decimal(91))
    assert ledger.settled(attempts[2], DIGEST, Decimal(80)).over == 2
    assert [(each.spent, each.price) for each in ledger.attempts()] == [(price, "observed") for price in (9, 6, 5)]


def test_notes_are_short_and_drive_no_terminal(ledger: SqliteLedger, tmp_path: Path) -> None:
    attempt = claimed(ledger)
    ledger.sending(attempt)
    ledger.unknown(attempt, "\x1b[31mred\n" + "x" * 500)
    note = ledger.get(attempt).note
    assert len(note) == 300
    assert note.isprintable()
    assert b"\x1b[" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_prefix_has_to_be_of_one(ledger: SqliteLedger) -> None:
    attempts = [claimed(ledger, str(number)) for number in range(17)]
    (digit, *_) = (digit for digit in "0123456789abcdef" if sum(each.startswith(digit) for each in attempts) > 1)
    with pytest.raises(UsageError, match="more than one"):
        ledger.get(digit)
    assert ledger.get(attempts[3].upper()).id == attempts[3]


def test_many_keys_are_asked_for_at_once(ledger: SqliteLedger) -> None:
    attempt = claimed(ledger, "7")
    assert [each.id for each in ledger.standing(key_of(str(n)) for n in range(2000)).values()] == [attempt]
