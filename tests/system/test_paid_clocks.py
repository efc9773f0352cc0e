"""Clocks that jump cost nothing: what was bought stays bought, limits stand, and doubt is not settled by a date."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.system.crowd import sold
from tests.system.inside import Buyer, Clock
from tests.system.paid import Shop, plain
from tests.system.project import WORDS
from tests.system.rows import asked

DAY = 86_400.0
SETTLED, APART = 150.0, 40.0
"""Seconds after which a charge shows in the balance, and between two readings of it."""
UNCHARGED: dict[str, object] = {"path": "generate-icon", "subject": "bell", "status": 500}


@pytest.fixture
def buyer(shop: Shop) -> Buyer:
    """A shop within this process."""
    return Buyer(shop.project, shop.sandbox)


def jump(seconds: float) -> Callable[[Clock], None]:
    """The wall clock is set; the machine runs on."""

    def set_clock(clock: Clock) -> None:
        clock.wall += seconds

    return set_clock


def restart(seconds: float) -> Callable[[Clock], None]:
    """The machine is started anew, and its wall clock is wrong by so much afterwards."""

    def start_anew(clock: Clock) -> None:
        clock.wall += seconds
        clock.uptime, clock.boot = -time.monotonic(), "another"

    return start_anew


JUMPS = {
    "a-day-back": jump(-DAY),
    "a-day-on": jump(DAY),
    "summer-ends": jump(-3600),
    "a-restart": restart(0),
    "a-restart-a-day-back": restart(-DAY),
}


@pytest.mark.parametrize("change", JUMPS.values(), ids=JUMPS)
def test_a_clock_that_jumps_between_two_runs_costs_nothing(buyer: Buyer, change: Callable[[Clock], None]) -> None:
    """K10: ten are as many as a window takes, so the second run has to wait for the first, whatever the clock says."""
    buyer.project.write(plain(*WORDS[:10]))
    buyer.build().ok()
    change(buyer.clock)
    buyer.project.write(plain(*WORDS[:12]))
    buyer.build().ok()
    assert buyer.build().ok().json["result"]["spent"]["token"] == 0
    assert sold(buyer) == dict.fromkeys(WORDS[:12], 1)
    assert {str(each["status"]) for each in asked(buyer)} == {"200"}, "none was one too many"


@pytest.mark.parametrize("change", JUMPS.values(), ids=JUMPS)
def test_a_clock_that_jumps_settles_no_doubt(buyer: Buyer, change: Callable[[Clock], None]) -> None:
    """K10: the settle window has not passed because somebody set the clock."""
    doubtful(buyer)
    change(buyer.clock)
    buyer.run("balance").ok()
    assert buyer.run("build").code == 9
    assert sold(buyer) == {"house": 1}


def test_a_budget_is_for_a_day_that_has_passed(buyer: Buyer) -> None:
    """K10"""
    buyer.project.write(plain("house", "bell", more="budget: {tokens: 12}\n"))
    buyer.build().ok()
    buyer.project.edit("bell: bell", "bell: heart")
    buyer.clock.wall += 2 * DAY
    assert buyer.run("build").code == 4
    buyer.clock.uptime += 2 * DAY
    buyer.build().ok()
    assert buyer.spent() == 18


def doubtful(buyer: Buyer) -> None:
    """A set of two, one of which nobody knows whether it was charged; the balance before it is known."""
    buyer.project.write(plain("house", "bell"))
    buyer.build("house").ok()
    buyer.faults(UNCHARGED)
    assert buyer.run("build").code == 9


def waited(buyer: Buyer) -> None:
    """So long that a charge would show, with two readings after it, the second by the next build."""
    buyer.clock.passes(SETTLED)
    buyer.run("balance").ok()
    buyer.clock.passes(APART)


def test_two_equal_balances_within_a_month_settle_a_doubt(buyer: Buyer) -> None:
    """What the next test refuses is done where there is nothing against it."""
    stand_at(buyer.clock, datetime(2026, 3, 15, 12, tzinfo=UTC))
    doubtful(buyer)
    waited(buyer)
    done = buyer.run("build").ok()
    assert "`bell` was not charged" in done.err
    assert sold(buyer) == {"house": 1, "bell": 1}


@pytest.mark.parametrize("minutes", [0.5, 1, 2.8])
def test_a_month_that_begins_in_between_settles_none(buyer: Buyer, minutes: float) -> None:
    """K11: the account may have been filled up, so that two equal balances prove nothing."""
    stand_at(buyer.clock, datetime(2026, 4, 1, tzinfo=UTC), before=minutes * 60)
    doubtful(buyer)
    waited(buyer)
    again = buyer.run("build")
    assert again.code == 9, again
    assert "ledger resolve" in again.err
    buyer.clock.passes(DAY / 2)
    waited(buyer)
    assert buyer.run("build").code == 9
    assert sold(buyer) == {"house": 1}


def stand_at(clock: Clock, date: datetime, *, before: float = 0.0) -> None:
    """Set the wall clock to so many seconds before a date."""
    clock.wall = date.timestamp() - before - time.time()
