from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iconbuild.store.ledger.balances import SETTLE, Booking, Charge, Told, book

ZERO = Decimal(0)


def tokens(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


class Desk:
    """Charges and readings in the order in which a ledger sees them, and what each was booked at."""

    def __init__(self) -> None:
        self.n, self.at = 0, 1_000_000.0
        self.charges: dict[str, Charge] = {}
        self.readings: list[Told] = []
        self.over = ZERO

    def tick(self, seconds: float = 1.0) -> int:
        self.n, self.at = self.n + 1, self.at + seconds
        return self.n

    def told(self, total: int, seconds: float = 1.0) -> None:
        self.readings.append(Told(self.tick(seconds), self.at, Decimal(total)))

    def send(self, name: str, planned: int | None = 6, worst: int = 6) -> None:
        self.charges[name] = Charge(name, self.tick(), None, 0.0, Decimal(worst), tokens(planned), Decimal(worst), None)

    def settle(self, name: str, remaining: int | None) -> Booking:
        others = [each for each in self.charges.values() if each.id != name]
        charge = self.charges[name]._replace(closed=self.tick(), ended=self.at, remaining=tokens(remaining))
        booking = book(others, self.readings, charge)
        self.charges[name] = charge._replace(booked=booking.spent)
        for other, price in booking.corrected.items():
            self.charges[other] = self.charges[other]._replace(booked=price)
        self.over += booking.over
        return booking

    def unknown(self, name: str) -> None:
        self.charges[name] = self.charges[name]._replace(closed=self.tick(), ended=self.at)

    def buy(self, name: str, remaining: int | None, planned: int | None = 6, worst: int = 6) -> Booking:
        self.send(name, planned, worst)
        return self.settle(name, remaining)

    @property
    def booked(self) -> Decimal:
        return sum((each.booked for each in self.charges.values()), ZERO)


def test_one_after_the_other_shows_each_price() -> None:
    desk = Desk()
    desk.told(100)
    assert desk.buy("a", 94) == Booking(Decimal(6), "observed", ZERO, {})
    assert desk.buy("b", 85, planned=9, worst=9) == Booking(Decimal(9), "observed", ZERO, {})
    assert desk.buy("c", 83) == Booking(Decimal(2), "observed", ZERO, {})


def test_a_higher_price_is_booked_and_told_once() -> None:
    desk = Desk()
    desk.told(100)
    assert desk.buy("a", 91) == Booking(Decimal(9), "observed", Decimal(3), {})
    assert desk.buy("b", 85) == Booking(Decimal(6), "observed", ZERO, {})


def test_twice_the_price_is_not_believed_but_told() -> None:
    desk = Desk()
    desk.told(100)
    assert desk.buy("a", 88) == Booking(Decimal(6), "unknown", Decimal(6), {})
    assert desk.buy("b", 82) == Booking(Decimal(6), "observed", ZERO, {})


@pytest.mark.parametrize("remaining", [None, 100, 130])
def test_no_price_is_seen_where_none_can_be(remaining: int | None) -> None:
    desk = Desk()
    desk.told(100)
    assert desk.buy("a", remaining) == Booking(Decimal(6), "unknown", ZERO, {})
    assert desk.buy("b", None, planned=None, worst=25) == Booking(Decimal(25), "unknown", ZERO, {})


def test_an_open_price_is_learned() -> None:
    desk = Desk()
    desk.told(100)
    assert desk.buy("a", 89, planned=None, worst=25) == Booking(Decimal(11), "observed", ZERO, {})


def test_the_first_answer_ever_shows_no_price() -> None:
    desk = Desk()
    assert desk.buy("a", 94) == Booking(Decimal(6), "planned", ZERO, {})
    assert desk.buy("b", 88) == Booking(Decimal(6), "observed", ZERO, {})


def test_many_at_once_are_planned_and_then_told_apart() -> None:
    desk = Desk()
    desk.told(100)
    for name in "abc":
        desk.send(name)
    assert desk.settle("b", 85) == Booking(Decimal(6), "planned", ZERO, {})
    assert desk.settle("a", 91) == Booking(Decimal(6), "planned", ZERO, {})
    last = desk.settle("c", 80)
    assert last == Booking(Decimal(5), "observed", Decimal(2), {"a": Decimal(9), "b": Decimal(6)})
    assert desk.booked == 20
    assert desk.buy("d", 74) == Booking(Decimal(6), "observed", ZERO, {})


def test_an_overcharge_shows_while_others_are_in_flight() -> None:
    desk = Desk()
    desk.told(100)
    desk.send("a")
    desk.send("b")
    assert desk.settle("a", 80).over == 8


def test_a_charge_that_comes_late_is_no_overcharge() -> None:
    desk = Desk()
    desk.told(100)
    assert desk.buy("a", 100) == Booking(Decimal(6), "unknown", ZERO, {})
    assert desk.buy("b", 88) == Booking(Decimal(6), "observed", ZERO, {})
    assert desk.buy("c", 79) == Booking(Decimal(9), "observed", Decimal(3), {})


def test_a_server_that_is_always_one_behind() -> None:
    desk = Desk()
    desk.told(100)
    assert [desk.buy(name, 100 - 6 * place).over for place, name in enumerate("abcdef")] == [ZERO] * 6
    assert desk.booked == 36


def test_what_others_spent_between_two_runs_is_not_ours() -> None:
    desk = Desk()
    desk.told(100)
    desk.buy("a", 94)
    desk.told(50, seconds=SETTLE + 1)
    assert desk.buy("b", 44) == Booking(Decimal(6), "observed", ZERO, {})


def test_a_loss_that_shows_at_once_is_told_with_the_next_answer() -> None:
    desk = Desk()
    desk.told(100)
    desk.buy("a", 94)
    desk.told(90)
    assert desk.buy("b", 84).over == 4
    assert desk.buy("c", 78).over == 0


def test_an_answer_to_an_old_question_is_no_top_up() -> None:
    desk = Desk()
    desk.told(100)
    desk.buy("a", 94)
    desk.told(100)  # asked before the charge, noted after it
    assert desk.buy("b", 88).over == 0


def test_what_is_owed_is_not_taken_for_a_price_of_many() -> None:
    desk = Desk()
    desk.told(100)
    desk.buy("late", 100, planned=3, worst=3)
    for name in "ab":
        desk.send(name)
    assert desk.settle("a", 91) == Booking(Decimal(6), "planned", ZERO, {})
    assert desk.settle("b", 85) == Booking(Decimal(6), "planned", ZERO, {})
    assert desk.booked == 15


def test_an_unknown_outcome_may_have_been_charged() -> None:
    desk = Desk()
    desk.told(100)
    desk.send("a")
    desk.unknown("a")
    assert desk.buy("b", 88).over == 0
    assert desk.buy("c", 82) == Booking(Decimal(6), "observed", ZERO, {})


def test_a_top_up_hides_nothing_that_looks_like_an_overcharge() -> None:
    desk = Desk()
    desk.told(10)
    assert desk.buy("a", 4).price == "observed"
    assert desk.buy("b", 2498) == Booking(Decimal(6), "unknown", ZERO, {})
    assert desk.buy("c", 2492).over == 0


class Plan(NamedTuple):
    """What happens next: to a slot of work, the clock, or the account."""

    what: str
    slot: int
    amount: int


PLANS = st.lists(
    st.builds(
        Plan,
        st.sampled_from(
            ["send", "send", "charge", "charge", "answer", "settle", "settle", "settle", "ask", "told", "top-up"]
        ),
        st.integers(0, 3),
        st.integers(1, 30),
    ),
    max_size=60,
)


class World:
    """A server that charges one call after the other, and a desk; `late`: an answer may tell the balance before it."""

    def __init__(self, *, late: bool, topping: bool, price: Callable[[int], int] = lambda planned: planned) -> None:
        self.desk, self.balance, self.lost = Desk(), 100_000, ZERO
        self.late, self.topping, self.price = late, topping, price
        self.flying: dict[int, tuple[str, int]] = {}
        self.charged: set[str] = set()
        self.answers: dict[str, int] = {}
        self.owed: list[int] = []
        self.asked: int | None = None
        self.names = 0
        self.desk.told(self.balance)

    def take(self, amount: int) -> None:
        self.balance -= amount
        self.lost += amount

    def do(self, plan: Plan) -> None:
        name, planned = self.flying.get(plan.slot, ("", 0))
        if plan.what == "send" and not name:
            self.names += 1
            self.flying[plan.slot] = (str(self.names), 3 + plan.amount % 5)
            self.desk.send(str(self.names), 3 + plan.amount % 5, 3 + plan.amount % 5)
        elif plan.what == "charge" and self.owed:
            self.take(self.owed.pop())
        elif plan.what == "answer" and name and name not in self.answers:
            self.answer(name, planned, late=self.late and plan.amount % 2 == 0)
        elif plan.what == "settle" and name:
            self.answer(name, planned, late=False)
            self.desk.settle(name, self.answers.get(name))
            del self.flying[plan.slot]
        elif plan.what == "ask":
            self.asked = self.balance
        elif plan.what == "told" and self.asked is not None:
            self.desk.told(self.asked)
            self.asked = None
        elif plan.what == "top-up" and self.topping:
            self.balance += plan.amount * 10

    def answer(self, name: str, planned: int, *, late: bool) -> None:
        if name in self.answers:
            return
        if late:
            self.owed.append(self.price(planned))
        else:
            self.take(self.price(planned))
        self.answers[name] = self.balance

    def end(self) -> None:
        """Every answer arrives, and every charge is made."""
        for slot in list(self.flying):
            self.do(Plan("settle", slot, 1))
        while self.owed:
            self.take(self.owed.pop())


@settings(max_examples=400, deadline=None)
@given(PLANS, st.booleans(), st.booleans())
def test_an_honest_server_is_never_accused(plans: list[Plan], late: bool, topping: bool) -> None:
    world = World(late=late, topping=topping)
    for plan in plans:
        world.do(plan)
        assert world.desk.over == 0
    world.end()
    assert world.desk.over == 0
    assert topping or world.desk.booked == world.lost


@settings(max_examples=200, deadline=None)
@given(st.lists(PLANS.map(lambda plans: [each for each in plans if each.what not in ("ask", "told")]), max_size=3))
def test_a_dearer_server_is_always_found_out(runs: list[list[Plan]]) -> None:
    world = World(late=False, topping=False, price=lambda planned: planned + 1)
    for plan in (plan for plans in runs for plan in plans):
        world.do(plan)
    world.end()
    assert (world.desk.over > 0) == (world.names > 0)
    assert world.desk.booked == world.lost
