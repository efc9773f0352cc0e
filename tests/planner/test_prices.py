"""What a plan costs: every paid action once, at the icon that needs it first."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from iconbuild.model.manifest import Look, TemplateSpec
from iconbuild.model.money import Quote, total
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Delegate, Plan, Worklist
from iconbuild.planner.select import select
from tests.builders import icon, manifest, output, planned, step, theme

SMART, CROP = step("smart-remove-bg", True), step("crop", 5)
SAVED = TemplateSpec("saved", id="6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11")
FREE_OF_CHARGE = Quote("token", Decimal(0), "exact")


def chosen(plan: Plan, lost: set[ActionKey] | None = None, only: frozenset[str] | None = None) -> Worklist:
    """The worklist where nothing is in place; `lost` are the recipes whose bytes are gone (None: all)."""
    return select(plan, placed=(), known=lambda key: lost is not None and key not in lost, only=only)


def costs(worklist: Worklist) -> list[tuple[str, object]]:
    return [(verdict.action, verdict.cost.amount) for verdict in worklist.verdicts]


def tasks(plan: Plan) -> set[ActionKey]:
    return {each.key for each in plan.actions.values() if isinstance(each.work, Delegate)}


def test_a_paid_step_is_part_of_the_price() -> None:
    plan = planned(manifest(icon("a", steps=(SMART, CROP)), icon("b"), provider="iconly"))
    assert costs(chosen(plan)) == [("generate", 7), ("generate", 6)]
    assert chosen(plan).cost.token == 13
    assert chosen(plan).cost.bound == "estimate"


def test_a_paid_step_on_a_picture_that_is_there_is_processing_with_a_price() -> None:
    plan = planned(manifest(icon("a", steps=(SMART,)), icon("b"), provider="iconly"))
    gone = tasks(plan) | {plan.targets[0].key}
    assert costs(chosen(plan, gone)) == [("process", 1), ("restore", 0)]
    assert chosen(plan, gone).verdicts[1].cost == FREE_OF_CHARGE


def test_a_paid_step_for_a_shared_file_alone_is_paid_by_its_icon() -> None:
    sprite = (output("sprite", "dist/s.png"),)
    plan = planned(manifest(icon("a"), icon("b", steps=(SMART,)), provider="iconly", outputs=sprite))
    assert costs(chosen(plan, tasks(plan) | {plan.targets[0].key})) == [("reuse", 0), ("process", 1)]


def test_what_two_icons_share_is_paid_by_the_first_and_their_own_by_each() -> None:
    same = [icon("a", subject="house"), icon("b", subject="house", steps=(SMART,))]
    plan = planned(manifest(*same, icon("c", subject="house", steps=(SMART, CROP)), provider="iconly"))
    assert costs(chosen(plan)) == [("generate", 6), ("process", 1), ("process", 0)]
    assert chosen(plan).cost.token == 7


def test_saves_and_free_steps_cost_nothing_and_are_work() -> None:
    made = manifest(icon("a", steps=(CROP,)), provider="iconly", outputs=(output("library", "l.html"),))
    plan = planned(made._replace(steps_on="provider"))
    assert costs(chosen(plan, tasks(plan) | {plan.targets[0].key})) == [("process", 0)]
    assert chosen(plan, tasks(plan) | {plan.targets[0].key}).cost.token == 0


def test_an_unknown_price_stays_unknown_whatever_is_added() -> None:
    drawn = icon("a", look=Look("template", "saved"), template=SAVED, steps=(SMART,))
    worklist = chosen(planned(manifest(drawn, provider="iconly")))
    assert worklist.verdicts[0].cost == Quote("token", None, "lower")
    assert (worklist.cost.token, worklist.cost.unknown) == (1, 1)


def test_a_template_declared_to_cost_nothing_is_bought_all_the_same() -> None:
    drawn = icon("a", look=Look("template", "saved"), template=SAVED._replace(tokens=Decimal(0)))
    plan = planned(manifest(drawn, provider="iconly"))
    assert list(plan.prices) == [plan.icons[0].source]


def test_a_contact_sheet_tells_the_price_with_its_paid_steps() -> None:
    icons = (icon("a", steps=(SMART, CROP)), icon("b", subject="a a", steps=(SMART,)))
    made = manifest(*icons, provider="iconly", outputs=(output("html", "i.html"),))
    plan = planned(made)
    assert chosen(plan).cost.token == 7
    assert '"cost: 7 tokens"' in plan.actions[plan.targets[0].key].recipe_text()


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Sets with shared pictures, chains and paid steps, at a provider that sells."""
    names = [f"i{number}" for number in range(draw(st.integers(1, 5)))]
    chains = st.sampled_from([(), (CROP,), (SMART,), (CROP, SMART), (SMART, CROP, SMART)])
    icons = []
    for place, name in enumerate(names):
        anchor = draw(st.sampled_from([None, *names[:place]]))
        subject = draw(st.sampled_from(["house", "cart", name]))
        template = draw(st.sampled_from([None, None, SAVED]))
        look = Look("template", "saved") if template else Look("style", "line")
        anchor = None if template else anchor
        icons.append(icon(name, subject=subject, anchor=anchor, steps=draw(chains), look=look, template=template))
    themes = draw(st.sampled_from([(theme(""),), (theme("light"), theme("dark", SMART))]))
    kinds = draw(st.sampled_from([("files",), ("sprite",), ("files", "library")]))
    file = {"files": "dist", "sprite": "dist/s.png", "library": "dist/l.html"}
    outputs = tuple(output(kind, file[kind]) for kind in kinds)
    where = draw(st.sampled_from(["machine", "provider"]))
    return planned(manifest(*icons, provider="iconly", outputs=outputs, themes=themes)._replace(steps_on=where))


@given(plans(), st.data())
def test_the_verdicts_add_up_to_what_has_to_be_paid(plan: Plan, data: st.DataObject) -> None:
    lost = data.draw(st.sets(st.sampled_from(sorted(plan.actions))))
    names = st.sets(st.sampled_from([each.name for each in plan.icons]))
    only = data.draw(st.one_of(st.none(), names.map(frozenset)))
    worklist = chosen(plan, lost, only)
    due = [plan.prices[action.key] for action in worklist.todo if action.key in plan.prices]
    assert worklist.cost == total(due)
    parts = total(verdict.cost for verdict in worklist.verdicts)
    if not worklist.cost.unknown:
        assert (parts.token, parts.bound) == (worklist.cost.token, worklist.cost.bound)
    else:
        assert 0 < parts.unknown <= worklist.cost.unknown
        assert parts.token <= worklist.cost.token


@given(plans())
def test_every_price_belongs_to_an_icon(plan: Plan) -> None:
    assert {key for each in plan.icons for key in each.paid} == set(plan.prices)
    assert all(plan.actions[key].pool in ("generation", "processing", "upload") for key in plan.prices)
