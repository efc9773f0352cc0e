"""Every bad answer of a server as a script, and a sweep over all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.torture.subject import Subject, trial
from tests.torture.sweep import swept
from tests.torture.till import Fault, Shop
from tests.torture.verdict import UNKNOWN, Tally, Verdict, Violation, glimpsed, judged, leaked

DEADLINE = 2
"""Seconds that a program is told to wait for an answer; the loops wait for one."""
HTML = "<html><body>Bad gateway</body></html>"

UNCLEAR: Mapping[str, Fault] = {
    "500, charged": {"status": 500, "charge": True},
    "500, not charged": {"status": 500},
    "502 in HTML, charged": {"status": 502, "charge": True, "body": HTML, "type": "text/html"},
    "504, charged": {"status": 504, "charge": True},
    "cut before the body": {"cut": 0},
    "cut in the body": {"cut": 100},
    "cut before the last byte": {"cut": -1},
    "reset after the body": {"cut": 200, "reset": True},
    "HTML": {"body": HTML, "type": "text/html"},
    "no JSON": {"body": '{"image_data": "UklGR'},
    "no picture": {"body": '{"remaining_tokens": 2494}'},
    "half a picture": {"body": '{"image_data": "UklGRiQAAABXRUJQVlA4", "remaining_tokens": 2494}'},
    "nothing": {"body": ""},
    "after the deadline": {"delay": DEADLINE + 1},
}
"""What may have been charged: to order again on one's own is to pay twice."""

CLEAR: Mapping[str, Fault] = {
    "400": {"status": 400},
    "403, no tokens": {"status": 403, "error": "Insufficient tokens"},
    "429": {"status": 429, "headers": {"Retry-After": "1"}},
}
"""What proves that nothing was charged: to call it unknown would be a needless question."""


DRIPPING: Mapping[str, Fault] = {"a drop at a time": {"drip": 0.05}}
"""What no deadline for a single byte ever ends."""


class Case(NamedTuple):
    """One fault, and whether it may be charged."""

    name: str
    fault: Fault
    unclear: bool


def cases(faults: Mapping[str, Fault], *, unclear: bool) -> list[Case]:
    """Each fault as a case."""
    return [Case(name, fault, unclear) for name, fault in faults.items()]


CASES = (*cases(UNCLEAR, unclear=True), *cases(CLEAR, unclear=False))


def lied_to(subject: Subject, shop: Shop, base: Path, tried: Iterable[Case] = CASES, *, late: float = 0) -> Tally:
    """Answer the first order badly, look, run again with a sound server, and judge."""

    def one(case: Case) -> Verdict:
        there = trial(subject, shop, base / f"fault {case.name} {late}", late=late, script=[case.fault])
        there.run(env={"ICONBUILD_TIMEOUT": str(DEADLINE)})
        seen = glimpsed(there)
        ended = there.run()
        found = [*seen, *judged(there, ended), *leaked(there)]
        if ended.code == UNKNOWN and not case.unclear:
            found.append(Violation("stuck", "said to be unknown, and it cannot have been charged"))
        verdict = Verdict(case.name, tuple(dict.fromkeys(found)), reported=ended.code == UNKNOWN)
        if not verdict.violations:
            shutil.rmtree(there.folder)
        return verdict

    return swept(one, tried)
