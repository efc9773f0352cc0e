from __future__ import annotations

import json
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path

import pytest

from iconbuild.errors import DifferenceError, UsageError
from iconbuild.model.money import CostEstimate
from iconbuild.report.saved import read_plan, refuse_stale, saved_plan
from tests.report.project import DASHBOARD, LOCAL, Folder


def kept(folder: Folder, text: str) -> Path:
    """A plan saved to a file."""
    path = folder.path / "plan.json"
    path.write_bytes(saved_plan(folder.preview(text)))
    return path


def test_the_same_plan_is_not_stale(folder: Folder) -> None:
    path = kept(folder, LOCAL)
    refuse_stale(read_plan(str(path)), folder.preview("# a comment\n" + LOCAL))
    assert path.read_bytes() == saved_plan(folder.preview())


def test_it_holds_keys_verbs_files_and_the_cost(folder: Folder) -> None:
    data = json.loads(kept(folder, DASHBOARD).read_bytes())
    assert (data["provider"], data["tokens"]) == ("iconly", 124)
    icons = data["icons"]
    assert {name: rest for name, (_, *rest) in icons.items()} == {
        name: ["generate", 9 if name == "analytics" else 23, "estimate"] for name in icons
    }
    assert all(len(key) == 64 for key, *_ in data["icons"].values())
    assert len(data["files"]) == 6


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("house", "villa", r"stale \(home\)"),
        ("crop: 5", "crop: 6", r"stale \(dist/cart-64\.png\)"),
        ("outputs: dist", "outputs: elsewhere", r"stale \(dist/cart-64\.png, dist/home-64\.png, elsewhere/"),
        ("  home: house\n", "", r"stale \(home\)"),
    ],
)
def test_what_changed_is_named(folder: Folder, old: str, new: str, named: str) -> None:
    path = kept(folder, LOCAL)
    with pytest.raises(DifferenceError, match=named) as caught:
        refuse_stale(read_plan(str(path)), folder.preview(LOCAL.replace(old, new)))
    assert caught.value.exit_code == 3
    assert "nothing was spent" in caught.value.message


def test_a_plan_whose_work_is_done_is_stale(folder: Folder) -> None:
    path = kept(folder, LOCAL)
    folder.build()
    with pytest.raises(DifferenceError, match=r"stale \(cart, home\)"):
        refuse_stale(read_plan(str(path)), folder.preview())


def test_many_changes_are_counted(folder: Folder) -> None:
    icons = "".join(f"  i{number}: house\n" for number in range(10))
    path = kept(folder, f"icons:\n{icons}outputs: dist\n")
    with pytest.raises(DifferenceError, match=r"i0, .*i7 and 2 more"):
        refuse_stale(read_plan(str(path)), folder.preview(f"icons:\n{icons.replace('house', 'villa')}outputs: dist\n"))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", "{}", '{"iconbuild_plan": 1}', "[" * 100_000, "icons: {home: house}"]
)
def test_what_is_no_plan_is_refused(folder: Folder, text: str) -> None:
    (folder.path / "plan.json").write_text(text)
    with pytest.raises(UsageError, match=r"plan\.json is not a"):
        read_plan("plan.json")


def test_a_plan_that_is_not_there_is_refused(folder: Folder) -> None:
    with pytest.raises(UsageError, match=r"cannot read the plan gone\.json: No such file"):
        read_plan("gone.json")


@pytest.mark.parametrize(
    ("cost", "stale"),
    [
        (CostEstimate(token=Decimal(124), bound="estimate"), False),
        (CostEstimate(token=Decimal(124), bound="lower"), True),
        (CostEstimate(token=Decimal(124), bound="estimate", unknown=1), True),
        (CostEstimate(token=Decimal(124), bound="estimate", usd=Decimal("0.10")), True),
    ],
)
def test_a_price_that_has_become_less_certain_is_stale(folder: Folder, cost: CostEstimate, stale: bool) -> None:
    path = kept(folder, DASHBOARD)
    seen = folder.preview()
    now = seen._replace(worklist=seen.worklist._replace(cost=cost))
    with pytest.raises(DifferenceError, match="the cost changed") if stale else nullcontext():
        refuse_stale(read_plan(str(path)), now)


@pytest.mark.parametrize("tokens", ["9", "unknown"])
def test_an_icon_whose_price_changed_is_named(folder: Folder, tokens: str) -> None:
    saved = "templates: {t: {id: 6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11, tokens: 8}}\n"
    text = f"provider: iconly\nicons: {{a: {{subject: house, template: t}}, b: cart}}\n{saved}outputs: dist\n"
    path = kept(folder, text)
    now = text.replace(", tokens: 8", "" if tokens == "unknown" else f", tokens: {tokens}")
    with pytest.raises(DifferenceError, match=r"stale \(a\)"):
        refuse_stale(read_plan(str(path)), folder.preview(now))


def test_an_icon_that_was_not_asked_for_costs_nothing(folder: Folder) -> None:
    seen = folder.preview(DASHBOARD, only=frozenset({"analytics"}))
    icons = json.loads(saved_plan(seen))["icons"]
    assert icons["analytics"][1:] == ["generate", 9, "estimate"]
    assert icons["users"][1:] == ["reuse", 0, "exact"]
