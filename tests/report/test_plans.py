"""Plans as people and programs read them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from iconbuild.model.ports import Provider
from iconbuild.model.purchase import Balance
from iconbuild.model.session import Preview
from iconbuild.report.figures import figures, plan_json
from iconbuild.report.markdown import plan_markdown
from iconbuild.report.text import plan_text, table
from tests.report.project import DASHBOARD, LOCAL, SHOP, Folder, provider_of

GOLDEN = Path(__file__).parent / "golden"
Show = Callable[[Preview, Provider], str]
SHOWN: list[tuple[str, str, Show]] = [
    ("dashboard.txt", DASHBOARD, plan_text),
    ("shop.txt", SHOP, plan_text),
    ("dashboard.md", DASHBOARD, plan_markdown),
    ("local.txt", LOCAL, plan_text),
    ("local.md", LOCAL, plan_markdown),
]


@pytest.mark.parametrize(("name", "text", "show"), SHOWN, ids=[name for name, _, _ in SHOWN])
def test_golden_plans(folder: Folder, name: str, text: str, show: Show) -> None:
    seen = folder.preview(text)
    shown = show(seen, provider_of(seen))
    if os.environ.get("ICONBUILD_UPDATE_GOLDENS"):
        (GOLDEN / name).write_text(shown, encoding="utf-8")
    assert shown == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("text", "tokens", "calls", "seconds"), [(DASHBOARD, 124, 6, 20), (SHOP, 361, 15, 80)])
def test_the_two_sums(folder: Folder, text: str, tokens: int, calls: int, seconds: int) -> None:
    seen = folder.preview(text)
    sums = figures(seen, provider_of(seen))
    assert (sums.cost.token, sums.calls["generation"], sums.seconds, sums.files) == (tokens, calls, seconds, calls)
    assert sums.cost.bound == "estimate"
    assert sums.elsewhere is None
    assert f"{tokens} tokens (estimate)" in plan_text(seen, provider_of(seen))


def test_programs_read_what_the_interface_promises(folder: Folder) -> None:
    seen = folder.preview(DASHBOARD)
    data = json.loads(json.dumps(plan_json(seen, provider_of(seen))))
    assert data["schema_version"] == 1
    assert (data["command"], data["manifest"], data["provider"]) == ("plan", "icons.yaml", "iconly")
    assert data["icons"][0] == {
        "name": "analytics",
        "action": "generate",
        "reason": "new",
        "reference": None,
        "cost": {"unit": "token", "amount": 9, "bound": "estimate"},
    }
    assert data["icons"][1]["reference"] == "analytics"
    assert data["totals"] == {"token": 124, "usd": "0.00"}
    assert data["calls"] == {"generation": 6, "processing": 0, "upload": 0}
    assert (data["seconds"], data["files"]) == ({"estimate": 20}, 6)


def test_an_unknown_price_is_null_and_unknown(folder: Folder) -> None:
    text = (
        "provider: iconly\ndefaults: {template: t}\nicons: {a: house}\noutputs: dist\n"
        "templates: {t: {id: 6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11}}\n"
    )
    seen = folder.preview(text)
    data = plan_json(seen, provider_of(seen))
    assert '"amount": null' in json.dumps(data["icons"])
    assert (data["unknown_prices"], data["bound"]) == (1, "lower")
    assert "at least 0 tokens, 1 price unknown" in plan_text(seen, provider_of(seen))
    assert "| unknown |" in plan_markdown(seen, provider_of(seen))


def test_a_free_set_is_told_what_it_would_cost_elsewhere_and_takes_no_time(folder: Folder) -> None:
    seen = folder.preview(LOCAL)
    data = plan_json(seen, provider_of(seen))
    assert data["elsewhere"] == {"provider": "iconly", "totals": {"token": 12, "usd": "0.00"}}
    assert data["seconds"] == {"estimate": 0}
    assert data["bound"] == "exact"


def test_a_picture_that_two_icons_share_is_priced_once_elsewhere(folder: Folder) -> None:
    shared = LOCAL.replace("  home: house\n", "  home: house\n  villa: house\n")
    plain, twice = (figures(seen, provider_of(seen)) for seen in (folder.preview(LOCAL), folder.preview(shared)))
    assert twice.calls == plain.calls
    assert twice.elsewhere == plain.elsewhere is not None


def test_followers_of_a_picture_that_is_there_begin_at_once(folder: Folder) -> None:
    file = DASHBOARD.replace("anchor: analytics", "anchor: {file: mood.svg}")
    (folder.path / "mood.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1"/></svg>'
    )
    seen = folder.preview(file)
    assert figures(seen, provider_of(seen)).seconds == 10


def test_work_at_the_provider_is_counted_by_its_limits(folder: Folder) -> None:
    text = DASHBOARD.replace("preset: duotone", "preset: duotone, steps: [smart-remove-bg: true, crop: 5]")
    here = folder.preview(text)
    assert figures(here, provider_of(here)).calls == {"generation": 12, "processing": 0, "upload": 0}
    assert here.worklist.cost.token == 130
    there = folder.preview(text.replace("outputs: dist/icons", "steps-on: provider\noutputs: [library: l.html]"))
    data = plan_json(there, provider_of(there))
    assert data["calls"] == {"generation": 12, "processing": 6, "upload": 6}
    assert data["seconds"] == {"estimate": 84}
    assert [verdict.action for verdict in there.worklist.verdicts] == ["generate"] * 6


def balance(amount: str) -> Balance:
    return Balance(Decimal(amount), {"monthly": Decimal(amount)})


def test_a_balance_is_shown_with_what_is_left(folder: Folder) -> None:
    seen = folder.preview(DASHBOARD)
    provider = provider_of(seen)
    data = json.loads(json.dumps(plan_json(seen, provider, balance=balance("2500"))))
    assert data["balance"] == {"unit": "token", "amount": 2500, "after": 2376}
    assert "balance: 2500 tokens, 2376 after\n" in plan_text(seen, provider, balance=balance("2500"))
    assert "- balance: 100 tokens, not enough for this build" in plan_markdown(seen, provider, balance("100"))
    assert "balance" not in plan_json(seen, provider)
    assert "balance" not in plan_text(seen, provider)


def test_what_a_balance_leaves_is_not_known_without_a_price(folder: Folder) -> None:
    text = (
        "provider: iconly\nicons: {a: {subject: house, template: t}}\noutputs: dist\n"
        "templates: {t: {id: 6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11}}\n"
    )
    seen = folder.preview(text)
    data = plan_json(seen, provider_of(seen), balance=balance("30"))
    assert data["balance"] == {"unit": "token", "amount": 30, "after": None}
    assert "\nbalance: 30 tokens\n" in plan_text(seen, provider_of(seen), balance=balance("30"))


def test_many_icons_that_are_up_to_date_are_counted_only(folder: Folder) -> None:
    icons = "".join(f"  i{number}: {{subject: house}}\n" for number in range(21))
    folder.build(f"icons:\n{icons}outputs: dist\n")
    seen = folder.preview(f"icons:\n{icons}  more: star\noutputs: dist\n")
    text = plan_text(seen, provider_of(seen))
    assert "(21 icons up to date, not shown; -v shows all)" in text
    assert [line.split()[0] for line in text.splitlines()[2:4]] == ["icon", "more"]
    assert len(plan_text(seen, provider_of(seen), everything=True).splitlines()) == 3 + 22 + 4


def test_orphans_are_named(folder: Folder) -> None:
    folder.build("icons: {home: house, cart: shopping cart}\noutputs: dist\n")
    seen = folder.preview("icons: {home: house}\noutputs: dist\n")
    assert "1 file no longer asked for: dist/cart-64.png (--prune removes)" in plan_text(seen, provider_of(seen))
    assert plan_json(seen, provider_of(seen))["orphans"] == ["dist/cart-64.png"]


def test_tables_line_up() -> None:
    assert table(("a", "n"), [("bbb", "1"), ("c", "100")]) == ["a      n", "bbb    1", "c    100"]
    assert table(("a", "n"), [("bbb", "1")], right=None) == ["a    n", "bbb  1"]
    assert table(("a", "n"), []) == ["a  n"]
