"""K08: a signal in any phase of a paid build loses nothing that was paid, and says how to go on."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import pytest

from iconbuild.store.ledger.ledger import SqliteLedger
from iconbuild.store.spool import Spool
from tests.system.crowd import is_flying, slow, sold, start, watched
from tests.system.paid import Shop, plain
from tests.system.project import WORDS, finish
from tests.system.rows import asked

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
RESUME = "the same command goes on from there"


class Phase(NamedTuple):
    """Where a build is when the signal comes."""

    name: str
    manifest: str
    faults: tuple[dict[str, object], ...]
    reached: Callable[[Shop], bool]
    bought: int
    """How many icons are paid for by then."""
    env: Mapping[str, str] = MappingProxyType({})


def _states(shop: Shop) -> Counter[str]:
    """The states of the ledger's attempts; looking creates nothing."""
    ledger = SqliteLedger(str(shop.project.base / "state"))
    return Counter(each.state for each in ledger.attempts())


def _all_but_the_last(shop: Shop) -> bool:
    """Ten are bought, and the eleventh waits for its turn."""
    return _states(shop) == {"settled": 10, "intent": 1}


def _all(shop: Shop) -> bool:
    """What is left is to be done on this machine."""
    return _states(shop) == {"settled": 2}


def _arriving(shop: Shop) -> bool:
    """The first bytes of every answer are in the spool, and no answer is whole."""
    spool = Spool(str(shop.project.base / "state"))
    return len([attempt for attempt in spool.left() if spool.reply(attempt)]) == 2


def _processing(shop: Shop) -> bool:
    """Both are bought, and a step is at the server."""
    counts = shop.sandbox.requests()["counts"].get("/api/crop-recenter/", {})
    return bool(counts.get("open")) and _all(shop)


PAIR = plain("house", "bell")
STEPS_THERE = PAIR.replace("line}", "line, steps: [crop: 10]}").replace("defaults", "steps-on: provider\ndefaults")
STEPS_HERE = PAIR.replace("line}", "line, steps: [smooth: 8, thickness: 2]}").replace(
    "[24]", "[24, 500, 600, 700, 800, 900, 1000]"
)
WAITING = Phase("waiting", plain(*WORDS[:11]), (), _all_but_the_last, 10, {"ICONBUILD_REHEARSAL_WINDOW": "500"})
SENDING = Phase("sent", PAIR, (slow(1.0),), lambda shop: is_flying(shop, 2)(), 2)
RECEIVING = Phase("receiving", PAIR, ({"path": "generate-icon", "drip": 4000, "times": -1},), _arriving, 2)
PROCESSING = Phase("steps-there", STEPS_THERE, (slow(1.0, path="crop-recenter"),), _processing, 2)
WORKING = Phase("steps-here", STEPS_HERE, (), _all, 2)
PHASES = {phase.name: phase for phase in (WAITING, SENDING, RECEIVING, PROCESSING, WORKING)}


def _begun(shop: Shop, phase: Phase) -> subprocess.Popen[bytes]:
    """A build that has come to the phase."""
    shop.project.write(phase.manifest)
    shop.faults(*phase.faults)
    process = start(shop, "build", env=phase.env)
    watched(process, lambda: phase.reached(shop))
    return process


def _cases() -> Iterator[object]:
    """Ctrl-C in all phases and all signals in one; the others when there is time."""
    for name in PHASES:
        for number in CODES:
            usual = number is signal.SIGINT or name == SENDING.name
            yield pytest.param(name, number, id=f"{name}-{number.name}", marks=[] if usual else pytest.mark.torture)


@pytest.mark.parametrize(("name", "number"), list(_cases()))
def test_the_first_signal_keeps_what_is_paid(shop: Shop, name: str, number: signal.Signals) -> None:
    process = _begun(shop, PHASES[name])
    process.send_signal(number)
    done = finish(process)
    assert done.code == CODES[number], done
    assert RESUME in done.err
    assert sum(sold(shop).values()) == PHASES[name].bought
    assert set(_states(shop)) <= {"settled", "void"}
    _goes_on(shop, PHASES[name])


@pytest.mark.parametrize("phase", [PROCESSING, WORKING], ids=lambda phase: phase.name)
def test_the_second_signal_ends_a_run_that_owes_nothing(shop: Shop, phase: Phase) -> None:
    _interrupted_twice(shop, phase)
    assert _states(shop) == {"settled": 2}
    _goes_on(shop, phase)


LONG_SENDING = SENDING._replace(faults=(slow(30.0),))
LONG_RECEIVING = RECEIVING._replace(faults=({"path": "generate-icon", "drip": 60, "times": -1},))


@pytest.mark.parametrize("phase", [LONG_SENDING, LONG_RECEIVING], ids=lambda phase: phase.name)
def test_the_second_signal_leaves_what_is_under_way_unknown_and_nothing_is_sent_again(shop: Shop, phase: Phase) -> None:
    _interrupted_twice(shop, phase)
    paid = sold(shop)
    shop.faults()
    sent = len(asked(shop))
    again = shop.run("build")
    assert again.code == 9, again
    assert "ledger resolve" in again.err
    assert _states(shop) == {"unknown": 2}
    assert (sold(shop), len(asked(shop))) == (paid, sent)
    shop.run("build", "--retry-unknown").ok()
    assert sold(shop) == paid + paid


def _interrupted_twice(shop: Shop, phase: Phase) -> None:
    """Somebody leans on Ctrl-C until the program is gone, which does not wait for the server."""
    process = _begun(shop, phase)
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    done = finish(process)
    assert done.code == 130, done
    assert RESUME in done.err
    assert "Traceback" not in done.err


def _goes_on(shop: Shop, phase: Phase) -> None:
    """The same command buys what is missing, and nothing again."""
    shop.faults()
    shop.build().ok()
    subjects = [line.split(": ")[1] for line in phase.manifest.split("icons:\n")[1].split("outputs")[0].splitlines()]
    assert sold(shop) == dict.fromkeys(subjects, 1)
    assert shop.build().ok().json["result"]["spent"]["token"] == 0
