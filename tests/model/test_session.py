from __future__ import annotations

import pytest

from iconbuild.errors import WorkError
from iconbuild.model.manifest import Manifest
from iconbuild.model.outcome import Emitted, Failure, Outcome
from iconbuild.model.session import Built, Preview
from iconbuild.model.work import Worklist
from iconbuild.planner.select import select
from tests.builders import action, icon, manifest, planned

FAILED = Outcome(failures=(Failure(action=action("a"), error=WorkError("no")),))


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
        (FAILED._replace(signal=2), Emitted(missing=("a",)), ("a",), 130),
    ],
)
def test_the_exit_code(outcome: Outcome, emitted: Emitted, differences: tuple[str, ...], code: int) -> None:
    built = Built(preview=seen(manifest(icon("a"))), outcome=outcome, emitted=emitted, differences=differences)
    assert built.exit_code == code
