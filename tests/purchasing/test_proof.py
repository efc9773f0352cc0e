"""Balances prove that nothing was charged, or nothing at all: never too early, never where it may be something else."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from iconbuild.model.purchase import Attempt, Order, Reading, State
from iconbuild.model.values import ActionKey
from iconbuild.purchasing.proof import Proof, prove

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
ORDER = Order(
    ActionKey("k"), "house", "shop", "me", "generate", "{}", "/p/icons.yaml", "/p", "token", Decimal(6), Decimal(6)
)


def attempt(
    name: str, began: float, ended: float | None, state: State = "settled", spent: int = 6, price: str = "observed"
) -> Attempt:
    """A purchase; times in seconds after noon."""
    until = None if ended is None else NOON + ended
    return Attempt(name, ORDER, state, Decimal(spent), price, None, NOON + began, until, "")  # type: ignore[arg-type]


def reading(at: float, total: int) -> Reading:
    """A balance so many seconds after noon."""
    return Reading(NOON + at, Decimal(total))


UNKNOWN = attempt("u", 10, 20, "unknown")
BEFORE = reading(0, 100)


def judged(now: float, *readings: Reading, others: tuple[Attempt, ...] = (), unknown: Attempt = UNKNOWN) -> Proof:
    """The verdict at a time."""
    return prove(unknown, [unknown, *others], readings, NOON + now)


def test_two_equal_readings_after_the_settle_window_prove_it() -> None:
    assert judged(180, BEFORE, reading(140, 100), reading(175, 100)) == Proof(True)


def test_too_early_is_told_with_how_long_to_wait() -> None:
    assert judged(30, BEFORE, reading(30, 100)) == Proof(False, "it is too early to tell", 110.0)
    assert judged(150, BEFORE, reading(150, 100)) == Proof(False, "one more reading is needed", 30.0)
    assert judged(160, BEFORE, reading(150, 100), reading(160, 100)) == Proof(False, "one more reading is needed", 20.0)


def test_the_settle_window_is_twice_the_slowest_answer() -> None:
    slow = attempt("s", -500, -300, spent=6)
    readings = (BEFORE, reading(150, 100), reading(190, 100))
    assert judged(200, *readings, others=(slow,)).wait == 220
    assert judged(500, *readings, reading(430, 100), reading(470, 100), others=(slow,)).void


def test_a_lower_balance_proves_nothing() -> None:
    late = (BEFORE, reading(140, 100), reading(175, 94))
    assert judged(180, *late) == Proof(False, "the balance is not what it was")


def test_what_else_was_bought_is_reckoned_with() -> None:
    others = (attempt("a", 1, 5, spent=6), attempt("b", 150, 160, spent=23))
    assert judged(200, BEFORE, reading(145, 94), reading(190, 71), others=others).void
    assert not judged(200, BEFORE, reading(145, 94), reading(190, 65), others=others).void


def test_what_cannot_be_told_from_something_else_is_never_proved() -> None:
    good = (BEFORE, reading(140, 100), reading(175, 100))
    cases = {
        "something else was being bought at the same time": [attempt("a", 15, 30), attempt("a", 5, None, "sending")],
        "another price of the same time is not known for certain": [
            attempt("a", 30, 40, price="planned"),
            attempt("a", 30, 40, price="unknown"),
            attempt("a", 30, 40, "unknown"),
        ],
    }
    for why, others in cases.items():
        for other in others:
            assert judged(180, *good, others=(other,)) == Proof(False, why)
    assert judged(180, *good, others=(attempt("a", 15, 30, "void", spent=0),)).void
    assert judged(180, *good, others=(attempt("a", -40, -30, "unknown"),)).void


def test_without_a_balance_from_before_nothing_is_proved() -> None:
    assert judged(200, reading(140, 100), reading(175, 100)) == Proof(False, "the balance before it is not known")


def test_a_top_up_an_old_balance_a_new_month_and_a_clock_that_was_set_back_prove_nothing() -> None:
    topped = judged(180, BEFORE, reading(140, 200), reading(175, 100))
    assert topped.why == "the account was topped up or reset in between"
    hours = 13 * 3600
    old = judged(20 + 26 * 3600, BEFORE, reading(26 * 3600 - 40, 100), reading(26 * 3600, 100))
    assert old.why == "the last balance before it is too old"
    end = datetime(2026, 11, 30, 23, 55, tzinfo=UTC).timestamp() - NOON
    late = attempt("u", end + 10, end + 20, "unknown")
    over = judged(end + 600, reading(end, 100), reading(end + 400, 100), reading(end + 500, 100), unknown=late)
    assert over.why == "a month has begun in between, and with it the account's tokens"
    back = judged(180, BEFORE, reading(175, 100), reading(hours, 100))
    assert back.why == "the clock was set back in between"


@given(
    charged=st.booleans(),
    delay=st.floats(0, 60),
    others=st.lists(st.tuples(st.integers(-300, 900), st.integers(1, 30), st.sampled_from([6, 9, 23])), max_size=4),
    read=st.lists(st.integers(-400, 1200), min_size=2, max_size=10),
    topped=st.none() | st.integers(-400, 1200),
    now=st.integers(20, 1300),
)
def test_what_was_charged_is_never_proved_void(
    charged: bool,
    delay: float,
    others: list[tuple[int, int, int]],
    read: list[int],
    topped: int | None,
    now: int,
) -> None:
    """A true server: it charges when an answer leaves, for the unknown one up to a minute later; packs hold 100."""
    bought = [attempt(f"o{n}", at, at + took, spent=price) for n, (at, took, price) in enumerate(others)]
    bought = [each for each in bought if each.ended and each.ended <= NOON + now]

    def total(at: float) -> int:
        spent = sum(int(each.spent) for each in bought if each.ended and each.ended <= NOON + at)
        spent += 6 if charged and at >= 20 + delay else 0
        return 1000 - spent + (100 if topped is not None and at >= topped else 0)

    readings = [reading(at, total(at)) for at in sorted(read) if at <= now]
    proof = judged(now, *readings, others=tuple(bought))
    assert not (charged and proof.void)


@given(read=st.lists(st.integers(0, 1200), max_size=8), now=st.integers(20, 1200))
def test_who_waits_as_long_as_told_gets_an_answer(read: list[int], now: int) -> None:
    readings = [BEFORE, *(reading(at, 100) for at in sorted(read) if at <= now)]
    for _ in range(4):
        proof = judged(now, *readings)
        if proof.void:
            return
        assume(proof.wait)
        now += int(proof.wait + 1)
        readings.append(reading(now, 100))
    raise AssertionError("it never ends")


def test_those_that_were_doubted_together_are_proved_together() -> None:
    """Six calls are under way when a build is killed: the same balance as before says that none was charged."""
    rest = (attempt("v", 12, 30, "unknown"), attempt("w", 29, 40, "unknown"))
    readings = (BEFORE, reading(165, 100), reading(196, 100))
    assert judged(197, *readings, others=rest).void
    assert judged(150, BEFORE, reading(150, 100), others=rest).wait == 10, "the last of them ended at 40"
    assert not judged(197, BEFORE, reading(165, 94), reading(196, 94), others=rest).void
    paid = attempt("x", 35, 45)
    assert judged(197, *readings, others=(*rest, paid)) == Proof(
        False, "something else was being bought at the same time"
    )
