from __future__ import annotations

import pytest

from iconbuild.errors import BudgetError, CredentialError, ProviderError, UnknownOutcomeError, WorkError
from iconbuild.model.manifest import Manifest
from iconbuild.model.outcome import Emitted, Failure, Outcome
from iconbuild.model.session import Built, Preview
from iconbuild.model.work import Worklist
from iconbuild.planner.select import select
from tests.builders import action, icon, manifest, planned

FAILED = Outcome(failures=(Failure(action=action("a"), error=WorkError("no")),))
UNKNOWN = FAILED._replace(failures=(*FAILED.failures, Failure(action("b"), UnknownOutcomeError("who knows"))))


def seen(made: Manifest) -> Preview:
    """A preview of a set that is in place."""
    plan = planned(made)
    worklist: Worklist = select(plan, placed=[target.path for target in plan.targets], known=lambda _: True)
    fields = {"manifest": made, "plan": plan, "worklist": worklist, "found": {}, "known": {}, "lock": {}, "orphans": ()}
    return Preview(**{name: fields.get(name, b"") for name in Preview._fields})


@pytest.mark.parametrize(
    ("outcome", "emitted", "differences", "code"),
    [
        (Outcome(), Emitted(), (), 0),
        (Outcome(), Emitted(written=("a",), orphans=("b",), pruned=("c",)), (), 0),
        (Outcome(), Emitted(), ("a",), 3),
        (FAILED, Emitted(), (), 1),
        (FAILED, Emitted(), ("a",), 1),
        (Outcome(), Emitted(kept=("a",)), (), 1),
        (Outcome(), Emitted(missing=("a",)), (), 1),
        (UNKNOWN, Emitted(missing=("a",)), ("a",), 9),
        (Outcome(stopped=BudgetError("no")), Emitted(missing=("a",)), (), 4),
        (Outcome(stopped=CredentialError("no")), Emitted(), (), 5),
        (UNKNOWN._replace(stopped=ProviderError("no")), Emitted(missing=("a",)), ("a",), 6),
        (FAILED._replace(signal=2), Emitted(missing=("a",)), ("a",), 130),
        (UNKNOWN._replace(signal=15, stopped=BudgetError("no")), Emitted(missing=("a",)), (), 143),
    ],
)
def test_the_exit_code(outcome: Outcome, emitted: Emitted, differences: tuple[str, ...], code: int) -> None:
    built = Built(preview=seen(manifest(icon("a"))), outcome=outcome, emitted=emitted, differences=differences)
    assert built.exit_code == code


def test_what_stopped_an_earlier_round_stays_told() -> None:
    first, second = BudgetError("no tokens"), ProviderError("unreachable")
    assert Outcome().after(Outcome(stopped=first)).stopped is first
    assert Outcome(stopped=second).after(Outcome(stopped=first)).stopped is first
    assert Outcome(stopped=second).after(Outcome()).stopped is second
