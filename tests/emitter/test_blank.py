"""Files that show nothing are withheld before they are written, with one failure for each icon and reason."""

from __future__ import annotations

from collections.abc import Mapping

from iconbuild.emitter.blank import withhold_blank
from iconbuild.errors import WorkError
from iconbuild.model.artifact import BLANK, PNG, Artifact
from iconbuild.model.outcome import Failure, Outcome
from iconbuild.model.session import Found
from iconbuild.model.values import ActionKey, Params
from iconbuild.model.work import Plan, Target
from tests.builders import action, digest_of, icon, manifest, output, planned

GONE = Found("missing")


def plan_of(*outputs: str) -> Plan:
    """Two icons, in two sizes each or in a sprite."""
    values = {"files": {"dir": "dist", "sizes": (16, 32)}, "sprite": {"file": "sheet.png"}}
    made = manifest(icon("home"), icon("star"), outputs=tuple(output(kind, values[kind]) for kind in outputs))  # type: ignore[arg-type]
    return planned(made)


def made_of(plan: Plan, blank: Mapping[str, Mapping[str, str]]) -> dict[ActionKey, Artifact]:
    """An artifact a file; `blank` holds answers by path."""
    return {
        target.key: Artifact(
            digest_of(target.path.encode()),
            PNG,
            1,
            Params({BLANK: blank[target.path]}) if target.path in blank else Params(),
        )
        for target in plan.targets
    }


def missing(targets: tuple[Target, ...]) -> dict[str, Found]:
    """Nothing is in place."""
    return {target.path: GONE for target in targets}


def test_nothing_is_withheld_where_all_shows_something() -> None:
    plan = plan_of("files", "sprite")
    made, outcome = made_of(plan, {}), Outcome()
    assert withhold_blank(plan, plan.targets, missing(plan.targets), made, outcome) == (made, outcome)


def test_an_icon_fails_once_for_one_reason() -> None:
    plan = plan_of("files")
    made = made_of(plan, {f"dist/star-{size}.png": {"0": "is empty"} for size in (16, 32)})
    before = Outcome(failures=(Failure(action("other"), WorkError("no")),))
    left, outcome = withhold_blank(plan, plan.targets, missing(plan.targets), made, before)
    assert {target.path for target in plan.targets if target.key in left} == {"dist/home-16.png", "dist/home-32.png"}
    first, failure = outcome.failures
    assert first == before.failures[0]
    assert failure.action.label == "dist/star-16.png"
    assert failure.error.message == "the picture of `star` is empty; the file is not written, nor is 1 more with it"
    assert "--allow-blank" in failure.error.remedy


def test_a_file_of_the_set_names_each_blank_icon() -> None:
    plan = plan_of("sprite")
    made = made_of(plan, {"sheet.png": {"0": "is flat", "1": "is empty"}})
    left, outcome = withhold_blank(plan, plan.targets, missing(plan.targets), made, Outcome())
    assert not left
    assert [failure.error.message for failure in outcome.failures] == [
        "the picture of `home` is flat; the file is not written",
        "the picture of `star` is empty; the file is not written",
    ]


def test_what_is_in_place_stays() -> None:
    plan = plan_of("files")
    made = made_of(plan, {target.path: {"0": "is empty"} for target in plan.targets})
    there = {target.path: Found("placed", made[target.key].digest, (1, 2, 3)) for target in plan.targets}
    assert withhold_blank(plan, plan.targets, there, made, Outcome()) == (made, Outcome())
    same_bytes = {path: found._replace(state="foreign") for path, found in there.items()}
    assert withhold_blank(plan, plan.targets, same_bytes, made, Outcome()) == (made, Outcome())
