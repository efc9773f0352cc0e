"""Manifests of a paid provider: no address and no key in them (M25, M26), and exactly the plan that was seen (M29)."""

from __future__ import annotations

import pytest

from tests.system.paid import Shop, anchored, plain
from tests.system.rows import PAIR, goes_on, is_calm

STRANGER = "https://evil.example/canary/api"
CONNECTIONS = {
    "base_url": (f"provider: {{name: iconly, base_url: {STRANGER}}}", "M025", "addresses and keys are not allowed"),
    "url": (f"provider: {{name: iconly, url: {STRANGER}}}", "M025", "addresses and keys are not allowed"),
    "host": ("provider: {name: iconly, host: evil.canary.example}", "M025", "addresses and keys are not allowed"),
    "top": (f"provider: iconly\nbase_url: {STRANGER}", "M025", "addresses and keys are not allowed"),
    "key": ("provider: {name: iconly, key: ik_xcanary_0123456789}", "M025", "addresses and keys are not allowed"),
    "variable as key": ("provider: {name: iconly, api_key: '${ICONLY_KEY}'}", "M025", "addresses and keys are not"),
    "variable": ("provider: '${ICONBUILD_ICONLY_URL}'", "M026", "a manifest reads no variables"),
    "variable elsewhere": ("provider: iconly\nname: 'x ${ICONBUILD_ICONLY_KEY}'", "M026", "reads no variables"),
    "include": ("provider: iconly\ninclude: keys.yaml", "M026", "a manifest includes no other file"),
    "tag": ("provider: !include keys.yaml", "M005", "tags are not supported"),
    "environment": ("provider: !env ICONBUILD_ICONLY_KEY", "M005", "tags are not supported"),
}


@pytest.mark.parametrize("name", CONNECTIONS)
def test_m25_m26_a_manifest_decides_neither_where_a_key_goes_nor_what_it_is(shop: Shop, name: str) -> None:
    lines, code, words = CONNECTIONS[name]
    shop.project.write(PAIR.replace("name: plain\n", "").replace("provider: iconly", lines))
    before = shop.sandbox.requests()["counts"]
    run = shop.run("build")
    assert run.code == 2, run
    assert f"error[{code}]" in run.err
    assert words in run.err
    assert "icons.yaml:" in run.err
    assert "anary" not in run.out + run.err
    is_calm(run)
    assert shop.sandbox.requests()["counts"] == before
    assert not (shop.project.base / "state").exists(), "nothing was even written down"


EDITS = {
    "an icon": (("bell: bell", "bell: church bell"), "(bell)"),
    "one more": (("bell: bell", "bell: bell\n  star: star"), "(star)"),
    "one less": (("  bell: bell\n", ""), "(bell)"),
    "all of them": (("style: line", "style: glyph"), "(bell, house)"),
    "the price": (("style: line", "style: line, model: high"), "(bell, house)"),
    "a file": (("sizes: [24]", "sizes: [24, 48]"), "dist/bell-48.png"),
}


@pytest.mark.parametrize("name", EDITS)
def test_m29_a_manifest_that_was_edited_after_the_plan(shop: Shop, name: str) -> None:
    (old, new), words = EDITS[name]
    shop.project.write(PAIR)
    shop.run("plan", "-o", "plan.json").ok()
    shop.project.edit(old, new)
    run = shop.run("build", "--plan", "plan.json")
    assert run.code == 3, run
    assert "the plan is stale" in run.err
    assert words in run.err
    assert "nothing was spent" in run.err
    assert "iconbuild plan -o FILE" in run.err
    assert shop.spent() == 0
    shop.project.write(PAIR)
    shop.run("build", "--plan", "plan.json").ok()
    assert shop.spent() == 12


def test_m29_an_anchor_that_was_edited_after_the_plan(shop: Shop) -> None:
    """All that follow it are named, too."""
    shop.project.write(anchored())
    shop.run("plan", "-o", "plan.json").ok()
    shop.project.edit("analytics dashboard with bar chart", "pie chart")
    run = shop.run("build", "--plan", "plan.json")
    assert run.code == 3
    assert "(alerts, analytics, billing, settings, support, team)" in run.err
    assert shop.spent() == 0


def test_m29_a_plan_that_was_carried_out_is_stale(shop: Shop) -> None:
    """It spoke of two purchases, and they are made: it cannot be carried out twice."""
    shop.project.write(plain("house", "bell"))
    shop.run("plan", "-o", "plan.json").ok()
    shop.run("build", "--plan", "plan.json").ok()
    assert shop.run("build", "--plan", "plan.json").code == 3
    goes_on(shop, 12)
